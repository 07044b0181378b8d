// What the judges' matrix does not probe: life cycle, arguments, order of records, and what a launch may
// vary.
import { describe, expect, it } from "vitest";
import type { Api12, Api2004 } from "./api";
import { Lms, type LmsOptions } from "./lms";

function run12(options: LmsOptions = {}): Api12 {
  const api = new Lms(options).launch({ standard: "1.2" });
  api.LMSInitialize("");
  return api;
}

function run2004(options: LmsOptions = {}): Api2004 {
  const api = new Lms(options).launch({ standard: "2004" });
  api.Initialize("");
  return api;
}

const set12 = (api: Api12, element: string, value: unknown): number => {
  api.LMSSetValue(element, value);
  return Number(api.LMSGetLastError());
};

const get12 = (api: Api12, element: unknown): number => {
  api.LMSGetValue(element);
  return Number(api.LMSGetLastError());
};

const set2004 = (api: Api2004, element: unknown, value: unknown): number => {
  api.SetValue(element, value);
  return Number(api.GetLastError());
};

const get2004 = (api: Api2004, element: unknown): number => {
  api.GetValue(element);
  return Number(api.GetLastError());
};

describe("strict 1.2: life cycle", () => {
  it("answers 301 to everything before LMSInitialize", () => {
    const api = new Lms().launch({ standard: "1.2" });
    for (const call of [() => api.LMSCommit(""), () => api.LMSFinish(""), () => api.LMSSetValue("cmi.comments", "c")]) {
      expect(call()).toBe("false");
      expect(api.LMSGetLastError()).toBe("301");
    }
    expect(get12(api, "cmi.core.entry")).toBe(301);
  });

  it("answers 301, or 101 to LMSInitialize, to everything after LMSFinish", () => {
    const api = run12();
    expect(api.LMSFinish("")).toBe("true");
    expect(set12(api, "cmi.core.lesson_status", "completed")).toBe(301);
    expect(get12(api, "cmi.core.lesson_status")).toBe(301);
    expect([api.LMSCommit(""), api.LMSGetLastError()]).toEqual(["false", "301"]);
    expect([api.LMSFinish(""), api.LMSGetLastError()]).toEqual(["false", "301"]);
    expect([api.LMSInitialize(""), api.LMSGetLastError()]).toEqual(["false", "101"]);
  });

  it("refuses a second LMSInitialize and goes on", () => {
    const api = run12();
    expect([api.LMSInitialize(""), api.LMSGetLastError()]).toEqual(["false", "101"]);
    expect(get12(api, "cmi.core.entry")).toBe(0);
  });

  it.each([undefined, null, "x", 0, false])("takes nothing but an empty string as the parameter: %s", (parameter) => {
    const fresh = new Lms().launch({ standard: "1.2" });
    expect([fresh.LMSInitialize(parameter), fresh.LMSGetLastError()]).toEqual(["false", "201"]);
    const api = run12();
    expect([api.LMSCommit(parameter), api.LMSGetLastError()]).toEqual(["false", "201"]);
    expect([api.LMSFinish(parameter), api.LMSGetLastError()]).toEqual(["false", "201"]);
  });

  it("refuses values that are no strings", () => {
    expect(set12(run12(), "cmi.core.score.raw", 80)).toBe(405);
    expect(get12(run12(), 7)).toBe(201);
  });
});

describe("strict 1.2: data", () => {
  it("tells what is wrong with a name that it does not have", () => {
    const api = run12();
    expect(get12(api, "")).toBe(201);
    expect(get12(api, "cmi.core.lesson_status._children")).toBe(202);
    expect(get12(api, "cmi.core._count")).toBe(203);
    expect(get12(api, "cmi.completion_status")).toBe(201);
    expect(set12(api, "cmi.interactions.0.learner_response", "a")).toBe(201);
    expect(set12(api, "cmi.interactions.00.id", "a")).toBe(201);
  });

  it("knows keywords, read-only and write-only elements", () => {
    const api = run12();
    expect(set12(api, "cmi.objectives._count", "1")).toBe(402);
    expect(set12(api, "cmi._version", "1")).toBe(402);
    expect(set12(api, "cmi.launch_data", "x")).toBe(403);
    expect(set12(api, "cmi.interactions.0.id", "q")).toBe(0);
    expect(get12(api, "cmi.interactions.0.student_response")).toBe(404);
  });

  it("appends comments and refuses what would not fit as a whole", () => {
    const api = run12();
    expect(set12(api, "cmi.comments", "a".repeat(4000))).toBe(0);
    expect(set12(api, "cmi.comments", "b".repeat(97))).toBe(405);
    expect(set12(api, "cmi.comments", "b".repeat(96))).toBe(0);
    expect(String(api.LMSGetValue("cmi.comments"))).toHaveLength(4096);
  });

  it("checks a response as free text until the type is known, and takes the fields in any order", () => {
    const api = run12();
    expect(set12(api, "cmi.interactions.0.student_response", "Any text")).toBe(0);
    expect(set12(api, "cmi.interactions.0.type", "choice")).toBe(0);
    expect(set12(api, "cmi.interactions.0.student_response", "Any text")).toBe(405);
    expect(set12(api, "cmi.interactions.0.student_response", "x".repeat(256))).toBe(405);
  });

  it("takes patterns and objectives one after another", () => {
    const api = run12();
    set12(api, "cmi.interactions.0.id", "q");
    expect(set12(api, "cmi.interactions.0.correct_responses.1.pattern", "a")).toBe(201);
    expect(set12(api, "cmi.interactions.0.correct_responses.0.pattern", "a")).toBe(0);
    expect(set12(api, "cmi.interactions.0.objectives.0.id", "o")).toBe(0);
    expect(api.LMSGetValue("cmi.interactions.0.correct_responses._count")).toBe("1");
    expect(get12(api, "cmi.objectives.0.id")).toBe(201);
  });

  it("takes 64000 characters where the platform is set to it, as Moodle is by default", () => {
    const api = run12({ limits: "moodle" });
    expect(set12(api, "cmi.suspend_data", "x".repeat(64000))).toBe(0);
    expect(set12(api, "cmi.suspend_data", "x".repeat(64001))).toBe(405);
    expect(set12(api, "cmi.core.lesson_location", "x".repeat(256))).toBe(0);
  });

  it("answers 401 for a branch that the platform leaves out", () => {
    const api = run12({ unsupported: ["cmi.interactions"] });
    expect(get12(api, "cmi.interactions._count")).toBe(401);
    expect(set12(api, "cmi.interactions.0.id", "q")).toBe(401);
    expect(get12(api, "cmi.objectives._count")).toBe(0);
  });
});

describe("strict 2004: life cycle", () => {
  it("has an error of its own for each call before Initialize", () => {
    const api = new Lms().launch({ standard: "2004" });
    expect(get2004(api, "cmi.entry")).toBe(122);
    expect(set2004(api, "cmi.location", "1")).toBe(132);
    expect([api.Commit(""), api.GetLastError()]).toEqual(["false", "142"]);
    expect([api.Terminate(""), api.GetLastError()]).toEqual(["false", "112"]);
  });

  it("has an error of its own for each call after Terminate", () => {
    const api = run2004();
    expect([api.Initialize(""), api.GetLastError()]).toEqual(["false", "103"]);
    expect(api.Terminate("")).toBe("true");
    expect(get2004(api, "cmi.entry")).toBe(123);
    expect(set2004(api, "cmi.location", "1")).toBe(133);
    expect([api.Commit(""), api.GetLastError()]).toEqual(["false", "143"]);
    expect([api.Terminate(""), api.GetLastError()]).toEqual(["false", "113"]);
    expect([api.Initialize(""), api.GetLastError()]).toEqual(["false", "104"]);
  });

  it("refuses arguments that are no strings", () => {
    const api = run2004();
    expect([api.Commit(undefined), api.GetLastError()]).toEqual(["false", "201"]);
    expect(set2004(api, "cmi.score.raw", 80)).toBe(406);
    expect(set2004(api, undefined, "80")).toBe(351);
    expect(get2004(api, undefined)).toBe(301);
  });
});

describe("strict 2004: data", () => {
  it("tells what is wrong with a name that it does not have", () => {
    const api = run2004();
    expect(get2004(api, "")).toBe(301);
    expect(set2004(api, "", "x")).toBe(351);
    expect(get2004(api, "cmi.location._children")).toBe(301);
    expect(get2004(api, "cmi.core.lesson_status")).toBe(401);
    expect(set2004(api, "cmi.core.lesson_status", "completed")).toBe(401);
    expect(get2004(api, "cmi.interactions")).toBe(401);
    expect(set2004(api, "adl.nav.request_valid.continue", "true")).toBe(404);
    expect(api.GetValue("adl.nav.request_valid.choice.{target=ITEM-2}")).toBe("unknown");
  });

  it("wants the id first, then the type, then what hangs on it", () => {
    const api = run2004();
    expect(set2004(api, "cmi.interactions.0.description", "d")).toBe(408);
    expect(set2004(api, "cmi.interactions.0.objectives.0.id", "o")).toBe(408);
    set2004(api, "cmi.interactions.0.id", "q");
    expect(set2004(api, "cmi.interactions.0.description", "d")).toBe(0);
    expect(set2004(api, "cmi.interactions.0.correct_responses.0.pattern", "true")).toBe(408);
    expect(set2004(api, "cmi.interactions.0.type", "true-false")).toBe(0);
    expect(set2004(api, "cmi.interactions.0.correct_responses.0.pattern", "true")).toBe(0);
    expect(set2004(api, "cmi.interactions.2.id", "q")).toBe(351);
    expect(get2004(api, "cmi.interactions.1.id")).toBe(301);
    expect(get2004(api, "cmi.interactions.0.learner_response")).toBe(403);
  });

  it("lets an id be written again only as it is", () => {
    const api = run2004();
    expect(set2004(api, "cmi.interactions.0.id", "q")).toBe(0);
    expect(set2004(api, "cmi.interactions.0.id", "q")).toBe(0);
    expect(set2004(api, "cmi.interactions.0.id", "r")).toBe(351);
  });

  it("forgets the patterns when the type is set again", () => {
    const api = run2004();
    for (const [field, value] of [
      ["id", "q"],
      ["type", "choice"],
      ["correct_responses.0.pattern", "a"],
    ]) {
      expect(set2004(api, `cmi.interactions.0.${field}`, value)).toBe(0);
    }
    expect(set2004(api, "cmi.interactions.0.type", "choice")).toBe(0);
    expect(api.GetValue("cmi.interactions.0.correct_responses._count")).toBe("0");
    expect(get2004(api, "cmi.interactions.0.correct_responses.0.pattern")).toBe(301);
  });

  it("takes two patterns of a choice for the same when only their order differs", () => {
    const api = run2004();
    for (const [field, value] of [
      ["id", "q"],
      ["type", "choice"],
      ["correct_responses.0.pattern", "a[,]b"],
    ]) {
      expect(set2004(api, `cmi.interactions.0.${field}`, value)).toBe(0);
    }
    expect(set2004(api, "cmi.interactions.0.correct_responses.1.pattern", "b[,]a")).toBe(351);
    expect(set2004(api, "cmi.interactions.0.correct_responses.0.pattern", "b[,]a")).toBe(0);
  });

  it.each([
    ["choice", 10],
    ["fill-in", 5],
    ["numeric", 1],
  ])("stops at the smallest permitted maximum of patterns: %s %i", (type, most) => {
    const api = run2004();
    set2004(api, "cmi.interactions.0.id", "q");
    set2004(api, "cmi.interactions.0.type", type);
    const pattern = (index: number): string => (type === "numeric" ? `${index}[:]${index}` : `p${index}`);
    for (let index = 0; index < most; index += 1) {
      expect(set2004(api, `cmi.interactions.0.correct_responses.${index}.pattern`, pattern(index))).toBe(0);
    }
    expect(set2004(api, `cmi.interactions.0.correct_responses.${most}.pattern`, pattern(most))).toBe(351);
  });

  it.each([
    ["cmi.interactions", "id", 250],
    ["cmi.objectives", "id", 100],
    ["cmi.comments_from_learner", "comment", 250],
  ])("stops at the smallest permitted maximum of records: %s", (collection, field, most) => {
    const api = run2004();
    for (let index = 0; index < most; index += 1) set2004(api, `${collection}.${index}.${field}`, `r${index}`);
    expect(api.GetValue(`${collection}._count`)).toBe(String(most));
    expect(set2004(api, `${collection}.${most}.${field}`, "r")).toBe(351);
  });

  it("takes 36 choices and not 37", () => {
    const api = run2004();
    set2004(api, "cmi.interactions.0.id", "q");
    set2004(api, "cmi.interactions.0.type", "choice");
    const choices = (number: number): string => Array.from({ length: number }, (_, index) => `c${index}`).join("[,]");
    expect(set2004(api, "cmi.interactions.0.learner_response", choices(36))).toBe(0);
    expect(set2004(api, "cmi.interactions.0.learner_response", choices(37))).toBe(351);
  });

  it("takes a suspend_data of 4000 characters in the 2nd edition", () => {
    const api = run2004({ edition: "2nd" });
    expect(set2004(api, "cmi.suspend_data", "x".repeat(4000))).toBe(0);
    expect(set2004(api, "cmi.suspend_data", "x".repeat(4001))).toBe(406);
    expect(set2004(api, "adl.nav.request", "{target=ITEM-2}jump")).toBe(406);
  });

  it("answers 403 for facts that the manifest does not give, and the facts that it gives", () => {
    expect(get2004(run2004(), "cmi.scaled_passing_score")).toBe(403);
    const api = run2004({ scaledPassingScore: "0.8", launchData: "x=1" });
    expect(api.GetValue("cmi.scaled_passing_score")).toBe("0.8");
    expect(api.GetValue("cmi.launch_data")).toBe("x=1");
  });

  it("judges by the measure where there is a passing score or a threshold, whatever the content says", () => {
    const api = run2004({ scaledPassingScore: "0.8", completionThreshold: "1.0" });
    set2004(api, "cmi.success_status", "passed");
    expect(api.GetValue("cmi.success_status")).toBe("unknown");
    set2004(api, "cmi.score.scaled", "0.79");
    set2004(api, "cmi.completion_status", "completed");
    set2004(api, "cmi.progress_measure", "0.5");
    expect(api.GetValue("cmi.success_status")).toBe("failed");
    expect(api.GetValue("cmi.completion_status")).toBe("incomplete");
    set2004(api, "cmi.score.scaled", "0.8");
    expect(api.GetValue("cmi.success_status")).toBe("passed");
  });

  it("answers 402 for a branch that the platform leaves out", () => {
    const api = run2004({ unsupported: ["cmi.comments_from_learner"] });
    expect(get2004(api, "cmi.comments_from_learner._count")).toBe(402);
    expect(set2004(api, "cmi.comments_from_learner.0.comment", "c")).toBe(402);
  });
});

describe("the API objects", () => {
  it("throw when a method is called without its object, as host objects do", () => {
    const { LMSInitialize } = run12();
    const { Initialize } = run2004();
    expect(() => LMSInitialize("")).toThrow(TypeError);
    expect(() => Initialize("")).toThrow(TypeError);
  });

  it("keep the last error while they are asked about it", () => {
    const api = run12();
    set12(api, "cmi.core.score.raw", "101");
    expect(api.LMSGetErrorString("405")).toBe("Incorrect data type");
    expect(api.LMSGetDiagnostic("")).toContain("cmi.core.score.raw");
    expect(api.LMSGetErrorString("999")).toBe("");
    expect(api.LMSGetLastError()).toBe("405");
    api.LMSGetValue("cmi.core.entry");
    expect(api.LMSGetLastError()).toBe("0");
  });
});
