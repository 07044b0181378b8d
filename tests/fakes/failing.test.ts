import { describe, expect, it } from "vitest";
import type { Api12, Api2004 } from "./api";
import { Lms } from "./lms";

const LOCATION = "cmi.core.lesson_location";

function begin12(): { lms: Lms; api: Api12 } {
  const lms = new Lms();
  const api = lms.launch({ standard: "1.2" });
  api.LMSInitialize("");
  api.LMSSetValue(LOCATION, "p1");
  return { lms, api };
}

function begin2004(): { lms: Lms; api: Api2004 } {
  const lms = new Lms();
  const api = lms.launch({ standard: "2004" });
  api.Initialize("");
  api.SetValue("cmi.location", "p1");
  return { lms, api };
}

describe("a Commit that is refused", () => {
  it("gives false and 101 in 1.2, 391 in 2004, while values can be set and read", () => {
    const first = begin12();
    first.lms.fault.failure = "commit-refused";
    expect([first.api.LMSCommit(""), first.api.LMSGetLastError()]).toEqual(["false", "101"]);
    expect(first.api.LMSGetValue(LOCATION)).toBe("p1");
    const second = begin2004();
    second.lms.fault.failure = "commit-refused";
    expect([second.api.Commit(""), second.api.GetLastError()]).toEqual(["false", "391"]);
    expect(second.lms.stored("cmi.location")).toBeUndefined();
  });

  it("leaves the last save at the end of the session", () => {
    const { lms, api } = begin12();
    lms.fault.failure = "commit-refused";
    expect(api.LMSFinish("")).toBe("true");
    expect(lms.stored(LOCATION)).toBe("p1");
  });
});

describe("a lost session", () => {
  it("refuses every save until it returns", () => {
    const { lms, api } = begin12();
    lms.fault.failure = "session-lost";
    expect(api.LMSCommit("")).toBe("false");
    lms.fault.failure = "none";
    expect(api.LMSCommit("")).toBe("true");
    expect(lms.stored(LOCATION)).toBe("p1");
  });

  it("closes a 1.2 session whose LMSFinish fails: its data are gone", () => {
    const { lms, api } = begin12();
    lms.fault.failure = "session-lost";
    expect([api.LMSFinish(""), api.LMSGetLastError()]).toEqual(["false", "101"]);
    lms.fault.failure = "none";
    expect([api.LMSFinish(""), api.LMSGetLastError()]).toEqual(["false", "301"]);
    expect(lms.stored(LOCATION)).toBeUndefined();
  });

  it("leaves a 2004 session running whose Terminate fails", () => {
    const { lms, api } = begin2004();
    lms.fault.failure = "session-lost";
    expect([api.Terminate(""), api.GetLastError()]).toEqual(["false", "111"]);
    lms.fault.failure = "none";
    expect(api.Terminate("")).toBe("true");
    expect(lms.stored("cmi.location")).toBe("p1");
  });
});

describe("an API that throws", () => {
  it("throws from every method, and logs the call", () => {
    const { lms, api } = begin12();
    lms.fault.failure = "throws";
    const calls = [
      () => api.LMSGetValue(LOCATION),
      () => api.LMSSetValue(LOCATION, "p2"),
      () => api.LMSCommit(""),
      () => api.LMSFinish(""),
      () => api.LMSGetLastError(),
    ];
    for (const call of calls) expect(call).toThrow("script failed");
    expect(lms.calls.filter(({ threw }) => threw === "Error").map(({ method }) => method)).toEqual([
      "LMSGetValue",
      "LMSSetValue",
      "LMSCommit",
      "LMSFinish",
    ]);
    lms.fault.failure = "none";
    expect(api.LMSGetValue(LOCATION)).toBe("p1");
  });
});

describe("a platform that forgets", () => {
  it("says true and stores nothing", () => {
    const { lms, api } = begin2004();
    lms.fault.failure = "forgets";
    expect(api.Commit("")).toBe("true");
    expect(api.Terminate("")).toBe("true");
    expect(lms.record.attempts.every((attempt) => Object.keys(attempt).length === 0)).toBe(true);
  });
});

describe("a browser that refuses requests", () => {
  it("throws when offline", () => {
    const { lms, api } = begin12();
    lms.fault.failure = "offline";
    expect(() => api.LMSCommit("")).toThrow(DOMException);
  });

  it("throws for saves in the content's own pagehide listener and after it, and not before", () => {
    const { lms, api } = begin12();
    lms.fault.failure = "sync-refused";
    const outcomes: unknown[] = [];
    const save = (): void => {
      outcomes.push(api.LMSSetValue(LOCATION, "p2"));
      try {
        outcomes.push(api.LMSCommit(""));
      } catch (error) {
        outcomes.push(error instanceof DOMException && error.name);
      }
    };
    window.addEventListener("pagehide", save, { once: true });
    lms.dismissal.watch(window);
    expect(api.LMSCommit("")).toBe("true");
    window.dispatchEvent(new Event("pagehide"));
    expect(outcomes).toEqual(["true", "NetworkError"]);
    save();
    expect(outcomes).toEqual(["true", "NetworkError", "true", "NetworkError"]);
    expect(lms.stored(LOCATION)).toBe("p1");
    expect(lms.calls.filter(({ threw }) => threw !== undefined)).toMatchObject([
      { method: "LMSCommit", threw: "NetworkError" },
      { method: "LMSCommit", threw: "NetworkError" },
    ]);
  });

  it("is over with the next launch", () => {
    const { lms } = begin12();
    const page = new EventTarget();
    lms.dismissal.watch(page);
    page.dispatchEvent(new Event("pagehide"));
    lms.fault.failure = "sync-refused";
    const api = lms.launch({ standard: "1.2" });
    api.LMSInitialize("");
    expect(api.LMSCommit("")).toBe("true");
  });
});
