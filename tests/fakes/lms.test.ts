import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Api12, Api2004 } from "./api";
import { Lms } from "./lms";
import { optionsFrom, Player } from "./player";

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

describe("relaunch, SCORM 1.2", () => {
  it("begins with ab-initio and not attempted", () => {
    const api = open12(new Lms());
    expect(api.LMSGetValue("cmi.core.entry")).toBe("ab-initio");
    expect(api.LMSGetValue("cmi.core.lesson_status")).toBe("not attempted");
    expect(api.LMSGetValue("cmi.core.total_time")).toBe("0000:00:00");
  });

  it("restores what was saved, and nothing else", () => {
    const lms = new Lms();
    const first = open12(lms);
    first.LMSSetValue("cmi.suspend_data", "saved");
    first.LMSSetValue("cmi.core.exit", "suspend");
    first.LMSCommit("");
    first.LMSSetValue("cmi.suspend_data", "not saved");
    const second = open12(lms);
    expect(second.LMSGetValue("cmi.suspend_data")).toBe("saved");
    expect(second.LMSGetValue("cmi.core.entry")).toBe("resume");
  });

  it("can forget every attempt that was not suspended, as some platforms do", () => {
    const lms = new Lms({ restores: "suspended" });
    for (const [exit, left] of [
      ["suspend", "saved"],
      ["", ""],
    ] as const) {
      const api = open12(lms);
      api.LMSSetValue("cmi.suspend_data", "saved");
      api.LMSSetValue("cmi.core.exit", exit);
      api.LMSFinish("");
      expect(open12(lms).LMSGetValue("cmi.suspend_data")).toBe(left);
    }
  });

  it("asks every launch for its own exit", () => {
    const lms = new Lms();
    const first = open12(lms);
    first.LMSSetValue("cmi.core.exit", "suspend");
    first.LMSFinish("");
    open12(lms).LMSFinish("");
    expect(open12(lms).LMSGetValue("cmi.core.entry")).toBe("");
  });

  it("adds the session's time at LMSFinish, once", () => {
    const lms = new Lms();
    for (const [time, total] of [
      ["00:59:59.5", "00:59:59.50"],
      ["0000:00:01.25", "01:00:00.75"],
    ]) {
      const api = open12(lms);
      api.LMSSetValue("cmi.core.session_time", time);
      api.LMSCommit("");
      api.LMSCommit("");
      api.LMSFinish("");
      expect(open12(lms).LMSGetValue("cmi.core.total_time")).toBe(total);
    }
  });

  it("has the interactions again, or not where the platform forgets them", () => {
    for (const [keepsRecords, count] of [
      [true, "1"],
      [false, "0"],
    ] as const) {
      const lms = new Lms({ keepsRecords });
      const first = open12(lms);
      first.LMSSetValue("cmi.interactions.0.id", "q");
      first.LMSSetValue("cmi.suspend_data", "s");
      first.LMSFinish("");
      const second = open12(lms);
      expect(second.LMSGetValue("cmi.interactions._count")).toBe(count);
      expect(second.LMSGetValue("cmi.suspend_data")).toBe("s");
    }
  });
});

describe("relaunch, SCORM 2004", () => {
  it("resumes the attempt after suspend", () => {
    const lms = new Lms();
    const first = open2004(lms);
    first.SetValue("cmi.location", "3");
    first.SetValue("cmi.session_time", "PT1H59M59.5S");
    first.SetValue("cmi.exit", "suspend");
    first.Terminate("");
    const second = open2004(lms);
    expect(second.GetValue("cmi.entry")).toBe("resume");
    expect(second.GetValue("cmi.location")).toBe("3");
    second.SetValue("cmi.session_time", "PT0.75S");
    second.SetValue("cmi.exit", "suspend");
    second.Terminate("");
    expect(open2004(lms).GetValue("cmi.total_time")).toBe("PT2H0M0.25S");
  });

  it.each(["normal", "time-out", "logout", undefined])("starts a new attempt after exit %s", (exit) => {
    const lms = new Lms();
    const first = open2004(lms);
    first.SetValue("cmi.location", "3");
    if (exit !== undefined) first.SetValue("cmi.exit", exit);
    first.Terminate("");
    const second = open2004(lms);
    expect(second.GetValue("cmi.entry")).toBe("ab-initio");
    expect([second.GetValue("cmi.location"), second.GetLastError()]).toEqual(["", "403"]);
    expect(lms.record.attempts[0]).toMatchObject({ "cmi.location": "3" });
  });

  it("asks every launch for its own exit", () => {
    const lms = new Lms();
    const first = open2004(lms);
    first.SetValue("cmi.exit", "suspend");
    first.Terminate("");
    open2004(lms).Terminate("");
    expect(open2004(lms).GetValue("cmi.entry")).toBe("ab-initio");
  });

  it("goes by the exit of the last save when the page died", () => {
    const lms = new Lms();
    const first = open2004(lms);
    first.SetValue("cmi.exit", "suspend");
    first.SetValue("cmi.location", "3");
    first.Commit("");
    expect(open2004(lms).GetValue("cmi.location")).toBe("3");
  });
});

describe("a launch", () => {
  it("tells the content what it was asked for", () => {
    const lms = new Lms({ learner: { id: "p-7", name: "Seven, Person" } });
    const api = lms.launch({ standard: "1.2", mode: "review", entry: "" });
    api.LMSInitialize("");
    expect(api.LMSGetValue("cmi.core.student_id")).toBe("p-7");
    expect(api.LMSGetValue("cmi.core.lesson_mode")).toBe("review");
    expect(api.LMSGetValue("cmi.core.credit")).toBe("no-credit");
    expect(api.LMSGetValue("cmi.core.entry")).toBe("");
  });

  it("goes on from a record that was written as JSON", () => {
    const lms = new Lms();
    const first = open2004(lms);
    first.SetValue("cmi.location", "3");
    first.SetValue("cmi.exit", "suspend");
    first.Terminate("");
    const later = new Lms({ record: JSON.parse(JSON.stringify(lms.record)) });
    expect(open2004(later).GetValue("cmi.location")).toBe("3");
  });

  it("logs every call with its outcome", () => {
    const lms = new Lms();
    const api = open12(lms);
    api.LMSSetValue("cmi.core.score.raw", "101");
    api.LMSGetLastError();
    expect(lms.calls).toEqual([
      { launch: 1, method: "LMSInitialize", element: "", result: "true", error: 0 },
      {
        launch: 1,
        method: "LMSSetValue",
        element: "cmi.core.score.raw",
        value: "101",
        result: "false",
        error: 405,
      },
      { launch: 1, method: "LMSGetLastError", element: "", result: "405", error: 0 },
    ]);
    expect(lms.counts).toEqual({ LMSInitialize: 1, LMSSetValue: 1, LMSGetLastError: 1 });
    open12(lms).LMSCommit("");
    expect(lms.calls[3]).toMatchObject({ launch: 2 });
    expect(lms.commits).toBe(1);
  });

  it("shows arguments that are no strings in the log", () => {
    const lms = new Lms();
    open12(lms).LMSSetValue("cmi.core.score.raw", 80);
    open12(lms).LMSCommit();
    expect(lms.calls.map(({ element, value }) => [element, value])).toEqual([
      ["", undefined],
      ["cmi.core.score.raw", "(number)"],
      ["", undefined],
      ["(missing)", undefined],
    ]);
  });

  it("counts as refused what content could have known, and only that", () => {
    const lms = new Lms({ unsupported: ["cmi.objectives"] });
    const api = open2004(lms);
    api.GetValue("cmi.suspend_data");
    api.GetValue("cmi.objectives._count");
    api.SetValue("cmi.objectives.0.id", "o");
    expect(lms.refused).toEqual([]);
    api.GetValue("cmi.exit");
    api.SetValue("cmi.score.scaled", "80");
    expect(lms.refused.map(({ element, error }) => [element, error])).toEqual([
      ["cmi.exit", 405],
      ["cmi.score.scaled", 407],
    ]);
  });
});

describe("on a window", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("puts only the API of its standard", () => {
    const host: Record<string, unknown> = {};
    const lms = new Lms();
    const first = lms.launch({ standard: "2004" });
    lms.install(host);
    expect(host).toEqual({ API_1484_11: first });
    const second = lms.launch({ standard: "1.2" });
    lms.install(host);
    expect(host).toEqual({ API: second });
  });

  it("puts both where it is asked to, and keeps the record apart from the other one", () => {
    const host: { API?: Api12; API_1484_11?: Api2004 } = {};
    const lms = new Lms({ standard: "2004" });
    lms.install(host, { both: true });
    expect(host.API_1484_11).toBe(lms.api);
    expect(host.API?.LMSInitialize("")).toBe("true");
    host.API?.LMSSetValue("cmi.core.lesson_location", "stray");
    host.API?.LMSFinish("");
    expect(lms.record).toEqual({ attempts: [] });
    expect(lms.counts).toMatchObject({ LMSFinish: 1 });
  });

  it("puts it there late", () => {
    const host: Record<string, unknown> = {};
    const lms = new Lms({ standard: "1.2" });
    lms.installLate(host, 800);
    vi.advanceTimersByTime(799);
    expect(host).toEqual({});
    vi.advanceTimersByTime(1);
    expect(host).toEqual({ API: lms.api });
  });
});

describe("the player's address", () => {
  beforeEach(() => localStorage.clear());

  const read = (query: string) => optionsFrom(new URLSearchParams(query), localStorage);

  it("says what to play against", () => {
    const query =
      "standard=2004&edition=2nd&fake=moodle&mode=review&passing=0.8&late=300&both=1&unsupported=cmi.objectives";
    expect(read(query)).toEqual({
      fake: "moodle",
      failure: "none",
      standard: "2004",
      edition: "2nd",
      mode: "review",
      scaledPassingScore: "0.8",
      late: 300,
      both: true,
      unsupported: ["cmi.objectives"],
    });
  });

  it("means a strict platform whose commits fail by fake=failing", () => {
    expect(read("fake=failing")).toMatchObject({ fake: "strict", failure: "commit-refused" });
    expect(read("fake=failing&failure=forgets")).toMatchObject({ fake: "strict", failure: "forgets" });
  });

  it.each(["fake=kind", "standard=1.3", "failure=often"])(
    "is refused when it asks for something unknown: %s",
    (query) => {
      expect(() => read(query)).toThrow(RangeError);
    },
  );

  it("keeps the record in local storage under the name that it gives", () => {
    const first = open12(new Lms(read("keep=course")));
    first.LMSSetValue("cmi.suspend_data", "s");
    first.LMSFinish("");
    expect(open12(new Lms(read("keep=course"))).LMSGetValue("cmi.suspend_data")).toBe("s");
    expect(open12(new Lms(read("keep=other"))).LMSGetValue("cmi.suspend_data")).toBe("");
  });

  it("makes a player whose API stays away until it is late enough", () => {
    vi.useFakeTimers();
    const player = new Player(window, { standard: "1.2", late: 500 });
    void player.play("about:blank");
    expect("API" in window).toBe(false);
    vi.advanceTimersByTime(500);
    expect(Reflect.get(window, "API")).toBe(player.api);
    vi.useRealTimers();
    document.body.replaceChildren();
    Reflect.deleteProperty(window, "API");
  });
});
