// The traps that were measured on Moodle 4.5 and 5.1, one test each.
import { describe, expect, it } from "vitest";
import type { Api12, Api2004 } from "./api";
import { Lms, type LmsOptions } from "./lms";

const LOCATION = "cmi.core.lesson_location";
const STATUS = "cmi.core.lesson_status";

const moodle = (options: LmsOptions = {}): Lms => new Lms({ fake: "moodle", ...options });

function open12(lms: Lms): Api12 {
  const api = lms.launch({ standard: "1.2" });
  api.LMSInitialize("");
  return api;
}

function open2004(lms: Lms): Api2004 {
  const api = lms.launch({ standard: "2004" });
  api.Initialize("");
  return api;
}

describe("Moodle, SCORM 1.2", () => {
  it("sends only what has changed since the last save", () => {
    const lms = moodle();
    const api = open12(lms);
    api.LMSSetValue(LOCATION, "p1");
    api.LMSSetValue("cmi.core.exit", "suspend");
    api.LMSCommit("");
    api.LMSSetValue(LOCATION, "p2");
    api.LMSCommit("");
    api.LMSCommit("");
    expect(lms.saves).toEqual([
      { [LOCATION]: "p1", "cmi.core.exit": "suspend", [STATUS]: "not attempted" },
      { [LOCATION]: "p2" },
      {},
    ]);
  });

  it("loses what a failed Commit carried, although the retry gives true", () => {
    const lms = moodle();
    const api = open12(lms);
    api.LMSSetValue("cmi.suspend_data", "1;answers");
    lms.fault.failure = "session-lost";
    expect([api.LMSCommit(""), api.LMSGetLastError()]).toEqual(["false", "101"]);
    lms.fault.failure = "none";
    expect(api.LMSCommit("")).toBe("true");
    expect(lms.stored("cmi.suspend_data")).toBeUndefined();
  });

  it("stores a retry whose value differs", () => {
    const lms = moodle();
    const api = open12(lms);
    api.LMSSetValue("cmi.suspend_data", "1;answers");
    lms.fault.failure = "session-lost";
    api.LMSCommit("");
    lms.fault.failure = "none";
    api.LMSSetValue("cmi.suspend_data", "2;answers");
    expect(api.LMSCommit("")).toBe("true");
    expect(lms.stored("cmi.suspend_data")).toBe("2;answers");
  });

  it("gives true offline and loses the data", () => {
    const lms = moodle();
    const api = open12(lms);
    api.LMSSetValue(LOCATION, "p1");
    lms.fault.failure = "offline";
    expect(api.LMSCommit("")).toBe("true");
    lms.fault.failure = "none";
    expect(api.LMSCommit("")).toBe("true");
    expect(lms.stored(LOCATION)).toBeUndefined();
  });

  it("turns an untouched status into completed at the end", () => {
    const lms = moodle();
    const api = open12(lms);
    api.LMSCommit("");
    expect(lms.stored(STATUS)).toBe("not attempted");
    api.LMSFinish("");
    expect(lms.stored(STATUS)).toBe("completed");
  });

  it("decides by the mastery score at the end, even when the learner is not done", () => {
    const lms = moodle({ masteryScore: "80" });
    const api = open12(lms);
    api.LMSSetValue(STATUS, "incomplete");
    api.LMSSetValue("cmi.core.score.raw", "50");
    api.LMSSetValue("cmi.core.exit", "suspend");
    api.LMSFinish("");
    expect(lms.stored(STATUS)).toBe("failed");
    expect(open12(lms).LMSGetValue("cmi.core.lesson_mode")).toBe("review");
  });

  it("leaves the status alone when there is no raw score, or no credit", () => {
    for (const options of [{}, { mode: "browse" }] as const) {
      const lms = moodle({ masteryScore: "80", ...options });
      const api = open12(lms);
      api.LMSSetValue(STATUS, "incomplete");
      if ("mode" in options) api.LMSSetValue("cmi.core.score.raw", "90");
      api.LMSFinish("");
      expect(lms.stored(STATUS)).toBe("incomplete");
    }
  });

  it("lets a review overwrite the record", () => {
    const lms = moodle();
    const first = open12(lms);
    first.LMSSetValue(STATUS, "passed");
    first.LMSSetValue("cmi.core.score.raw", "80");
    first.LMSFinish("");
    const second = open12(lms);
    expect(second.LMSGetValue("cmi.core.lesson_mode")).toBe("review");
    expect(second.LMSGetValue("cmi.core.credit")).toBe("no-credit");
    second.LMSSetValue("cmi.core.score.raw", "5");
    second.LMSFinish("");
    expect(lms.stored("cmi.core.score.raw")).toBe("5");
  });

  it("keeps numbers as numbers", () => {
    const api = open12(moodle());
    api.LMSSetValue("cmi.core.score.raw", "85.50");
    expect(api.LMSGetValue("cmi.core.score.raw")).toBe(85.5);
    api.LMSSetValue("cmi.core.score.raw", "");
    expect(api.LMSGetValue("cmi.core.score.raw")).toBe(0);
    expect(api.LMSGetValue("cmi.interactions._count")).toBe("0");
    api.LMSSetValue("cmi.interactions.0.id", "q");
    expect(api.LMSGetValue("cmi.interactions._count")).toBe(1);
  });

  it("sends a score that is what it was at the last launch, because a number differs from a text", () => {
    const lms = moodle();
    for (const saved of ["80", "80", undefined]) {
      const api = open12(lms);
      if (saved !== undefined) api.LMSSetValue("cmi.core.score.raw", saved);
      api.LMSCommit("");
      expect(lms.saves[lms.saves.length - 1]?.["cmi.core.score.raw"]).toBe(saved);
    }
  });

  it("gives everything back after any exit, but says resume only after suspend", () => {
    const lms = moodle();
    const first = open12(lms);
    first.LMSSetValue(STATUS, "incomplete");
    first.LMSSetValue("cmi.suspend_data", "s");
    first.LMSSetValue("cmi.core.exit", "");
    first.LMSFinish("");
    const second = open12(lms);
    expect(second.LMSGetValue("cmi.suspend_data")).toBe("s");
    expect(second.LMSGetValue("cmi.core.entry")).toBe("");
    second.LMSSetValue("cmi.core.exit", "suspend");
    second.LMSFinish("");
    expect(open12(lms).LMSGetValue("cmi.core.entry")).toBe("resume");
  });

  it("takes one digit after the dot for hundredths when it adds up the time", () => {
    const lms = moodle();
    const api = open12(lms);
    api.LMSSetValue("cmi.core.session_time", "00:00:01.5");
    api.LMSFinish("");
    expect(lms.stored("cmi.core.total_time")).toBe("00:00:01.05");
  });

  it("still has the interactions at the next launch", () => {
    const lms = moodle();
    const first = open12(lms);
    first.LMSSetValue("cmi.interactions.0.id", "q");
    first.LMSSetValue("cmi.interactions.0.type", "fill-in");
    first.LMSFinish("");
    expect(open12(lms).LMSGetValue("cmi.interactions._count")).toBe(1);
  });
});

describe("Moodle, SCORM 2004", () => {
  it("loses a value that returns to what it was at page load", () => {
    const lms = moodle();
    const first = open2004(lms);
    first.SetValue("cmi.location", "p1");
    first.SetValue("cmi.exit", "suspend");
    first.Terminate("");
    const second = open2004(lms);
    second.SetValue("cmi.location", "p2");
    second.Commit("");
    second.SetValue("cmi.location", "p1");
    expect(second.Commit("")).toBe("true");
    expect(lms.stored("cmi.location")).toBe("p2");
  });

  it("sends a failed value again with the next Commit", () => {
    const lms = moodle();
    const api = open2004(lms);
    api.SetValue("cmi.location", "p1");
    lms.fault.failure = "session-lost";
    expect([api.Commit(""), api.GetLastError()]).toEqual(["false", "101"]);
    lms.fault.failure = "none";
    expect(api.Commit("")).toBe("true");
    expect(lms.stored("cmi.location")).toBe("p1");
  });

  it("sends later what it lost offline", () => {
    const lms = moodle();
    const api = open2004(lms);
    api.SetValue("cmi.location", "p1");
    lms.fault.failure = "offline";
    expect(api.Commit("")).toBe("true");
    expect(lms.stored("cmi.location")).toBeUndefined();
    lms.fault.failure = "none";
    api.Commit("");
    expect(lms.stored("cmi.location")).toBe("p1");
  });

  it.each(["normal", "logout", "time-out", ""])("gives nothing back after exit %j", (exit) => {
    const lms = moodle();
    const first = open2004(lms);
    first.SetValue("cmi.suspend_data", "s");
    first.SetValue("cmi.exit", exit);
    first.Terminate("");
    const second = open2004(lms);
    expect(second.GetValue("cmi.suspend_data")).toBe("");
    expect(second.GetValue("cmi.entry")).toBe("ab-initio");
  });

  it("gives data back after exit suspend", () => {
    const lms = moodle();
    const first = open2004(lms);
    first.SetValue("cmi.suspend_data", "s");
    first.SetValue("cmi.exit", "suspend");
    first.Terminate("");
    const second = open2004(lms);
    expect(second.GetValue("cmi.suspend_data")).toBe("s");
    expect(second.GetValue("cmi.entry")).toBe("resume");
  });

  it("answers untouched values with an empty string and no error", () => {
    const api = open2004(moodle());
    expect([api.GetValue("cmi.suspend_data"), api.GetLastError()]).toEqual(["", "0"]);
  });

  it("never sets the success status by the passing score", () => {
    const lms = moodle({ scaledPassingScore: "0.5" });
    const api = open2004(lms);
    api.SetValue("cmi.score.scaled", "0.9");
    api.Terminate("");
    expect(lms.stored("cmi.success_status")).toBeUndefined();
  });

  it("turns completed into incomplete below the threshold, unless the measure is 0", () => {
    for (const [measure, status] of [
      ["0.5", "incomplete"],
      ["0", "completed"],
    ] as const) {
      const lms = moodle({ completionThreshold: "1.0" });
      const api = open2004(lms);
      api.SetValue("cmi.completion_status", "completed");
      api.SetValue("cmi.progress_measure", measure);
      api.Terminate("");
      expect(lms.stored("cmi.completion_status")).toBe(status);
    }
  });

  it.each(["exitAll", "abandonAll"])("throws a SyntaxError at Terminate after the request %s", (request) => {
    const api = open2004(moodle());
    api.SetValue("adl.nav.request", request);
    expect(() => api.Terminate("")).toThrow(SyntaxError);
  });

  it.each(["exit", "abandon", "{target=ITEM-2}choice"])("fails at Terminate after the request %s", (request) => {
    const api = open2004(moodle());
    api.SetValue("adl.nav.request", request);
    expect([api.Terminate(""), api.GetLastError()]).toEqual(["false", "101"]);
  });
});

describe("Moodle, page dismissal", () => {
  it("turns to a beacon, which holds 64 KiB of UTF-8", () => {
    for (const [text, stored] of [
      ["a".repeat(60000), true],
      ["é".repeat(60000), false],
    ] as const) {
      const lms = moodle();
      const api = open2004(lms);
      api.SetValue("cmi.suspend_data", text);
      lms.dismissal.begin();
      lms.fault.failure = "sync-refused";
      expect(api.Terminate("")).toBe(String(stored));
      expect(lms.stored("cmi.suspend_data") === text).toBe(stored);
    }
  });
});
