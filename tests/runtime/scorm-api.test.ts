import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Api, Elements, findApi } from "../../src/scormkit/runtime/scorm-api";

const DIALECT = {
  get: "LMSGetValue",
  set: "LMSSetValue",
  commit: "LMSCommit",
  lastError: "LMSGetLastError",
  readable: /^(word|answers\.\d+)$/,
};

/** Moodle's SCORM 1.2 player: sends what differs from what it noted last, and notes it before it sends. */
class Moodle12 {
  values: Record<string, string> = {};
  noted: Record<string, string> = {};
  server: Record<string, string> = {};
  reachable = true;
  sets = 0;

  api(): Api {
    return {
      LMSGetValue: (element) => this.values[element ?? ""] ?? "",
      LMSSetValue: (element, value) => {
        this.sets += 1;
        this.values[element ?? ""] = value ?? "";
        return "true";
      },
      LMSCommit: () => {
        const changed = Object.entries(this.values).filter(([key, value]) => this.noted[key] !== value);
        Object.assign(this.noted, Object.fromEntries(changed));
        if (!changed.length) return "true";
        if (this.reachable) Object.assign(this.server, Object.fromEntries(changed));
        return String(this.reachable);
      },
      LMSGetLastError: () => "0",
    };
  }
}

describe("what a failed commit lost", () => {
  it("reaches a player that notes values as sent before it sends them", () => {
    const lms = new Moodle12();
    const elements = new Elements(lms.api(), DIALECT);
    for (const failures of [1, 2, 3, 4]) {
      const value = `answer ${failures}`;
      lms.reachable = false;
      elements.set("cmi.interactions.0.student_response", value, "");
      elements.set("cmi.suspend_data", `state ${failures}.0`);
      for (let retry = 1; retry < failures; retry += 1) {
        expect(elements.commit()).toBe(false);
        elements.set("cmi.suspend_data", `state ${failures}.${retry}`);
      }
      expect(elements.commit()).toBe(false);
      lms.reachable = true;
      elements.set("cmi.suspend_data", `state ${failures} back`);
      elements.set("cmi.interactions.0.student_response", value, "");
      expect(elements.commit()).toBe(true);
      expect(lms.server["cmi.interactions.0.student_response"]).toBe(value);
      expect(lms.server["cmi.suspend_data"]).toBe(`state ${failures} back`);
    }
  });

  it("is not sent twice when nothing failed", () => {
    const lms = new Moodle12();
    const elements = new Elements(lms.api(), DIALECT);
    elements.set("cmi.suspend_data", "a");
    elements.commit();
    elements.set("cmi.suspend_data", "a");
    elements.commit();
    expect(lms.sets).toBe(1);
  });
});

it("a commit while the browser is offline is not believed, and its values go out again", () => {
  const lms = new Moodle12();
  const api = lms.api();
  const elements = new Elements(
    { ...api, LMSCommit: (...values) => String(api.LMSCommit?.(...values)) && "true" },
    DIALECT,
  );
  const online = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  lms.reachable = false;
  elements.set("cmi.interactions.0.student_response", "an answer", "");
  expect(elements.commit()).toBe(false);
  online.mockRestore();
  lms.reachable = true;
  expect(elements.commit()).toBe(true);
  expect(lms.server["cmi.interactions.0.student_response"]).toBe("an answer");
});

describe("an LMS that refuses or throws", () => {
  it("refuses one element: the rest goes on, and the refusal is reported", () => {
    const api: Api = {
      ...new Moodle12().api(),
      LMSSetValue: (element) => String(element !== "cmi.core.score.min"),
      LMSGetLastError: () => "401",
    };
    const elements = new Elements(api, DIALECT);
    expect(elements.set("cmi.core.score.min", "0")).toBe(false);
    expect(elements.set("cmi.core.score.raw", "5")).toBe(true);
    expect(elements.outcome(true).refused).toEqual(["cmi.core.score.min"]);
  });

  it("throws while setting: the commit is not taken for a success", () => {
    const lms = new Moodle12();
    const api = lms.api();
    let broken = true;
    const set = api.LMSSetValue;
    api.LMSSetValue = (...values) => {
      if (broken) throw new Error("gone");
      return set?.(...values);
    };
    const elements = new Elements(api, DIALECT);
    elements.set("cmi.suspend_data", "a");
    expect(elements.commit()).toBe(false);
    broken = false;
    elements.set("cmi.suspend_data", "a");
    expect(elements.commit()).toBe(true);
    expect(lms.server["cmi.suspend_data"]).toBe("a");
  });

  it("answers with booleans and numbers instead of strings", () => {
    const elements = new Elements({ LMSSetValue: () => true, LMSCommit: () => true, LMSGetValue: () => 3 }, DIALECT);
    expect(elements.set("cmi.suspend_data", "a")).toBe(true);
    expect(elements.commit()).toBe(true);
    expect(elements.get("cmi.interactions._count")).toBe("3");
  });
});

describe("the search for the API", () => {
  const bag = window as unknown as Record<string, unknown>;

  afterEach(() => {
    delete bag.API;
    delete bag.API_1484_11;
  });

  it("takes only the wanted standard's, even where both are there", () => {
    bag.API_1484_11 = { Initialize: () => "true" };
    expect(findApi("API", ["LMSInitialize"])).toBeUndefined();
    bag.API = { LMSInitialize: () => "true" };
    expect(findApi("API", ["LMSInitialize"])).toBe(bag.API);
  });

  it("passes over an object whose methods cannot be called", () => {
    bag.API_1484_11 = { LMSInitialize: () => "true" };
    expect(findApi("API_1484_11", ["Initialize"])).toBeUndefined();
  });

  it("survives windows that may not be looked into", () => {
    const forbidden = new Proxy(
      {},
      {
        get: () => {
          throw new DOMException("Blocked a frame", "SecurityError");
        },
      },
    );
    const parent = Object.getOwnPropertyDescriptor(window, "parent");
    Object.defineProperty(window, "parent", { configurable: true, value: forbidden });
    expect(findApi("API", ["LMSInitialize"])).toBeUndefined();
    if (parent) Object.defineProperty(window, "parent", parent);
  });
});

describe("reading back", () => {
  /** An LMS that answers "true" to everything and gives back what `changed` makes of a value. */
  function echoing(changed: (value: string) => string) {
    const values: Record<string, string> = {};
    const api = {
      LMSSetValue: (element = "", value = "") => {
        values[element] = changed(value);
        return "true";
      },
      LMSGetValue: (element = "") => values[element] ?? "",
      LMSCommit: () => "true",
      LMSGetLastError: () => "0",
    };
    return { values, elements: new Elements(api, DIALECT) };
  }

  /** How a save ended, after the second look that it may take. */
  async function confirmed(elements: Elements): Promise<boolean> {
    const outcome = elements.save();
    await vi.advanceTimersByTimeAsync(2000);
    return (await outcome).confirmed;
  }

  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("believes a platform whose value was still on its way", async () => {
    const { values, elements } = echoing((value) => value);
    elements.set("answers.1", "old");
    expect(await confirmed(elements)).toBe(true);
    elements.set("answers.1", "new");
    values["answers.1"] = "old";
    const outcome = elements.save();
    expect(outcome).toBeInstanceOf(Promise);
    values["answers.1"] = "new";
    await vi.advanceTimersByTimeAsync(2000);
    expect(await outcome).toEqual({ confirmed: true, refused: [] });
  });

  it("does not believe a commit whose text was cut, and writes it again until it is whole", async () => {
    let limit = 5;
    const { values, elements } = echoing((value) => value.slice(0, limit));
    elements.set("answers.1", "a long answer");
    expect(await confirmed(elements)).toBe(false);
    elements.set("answers.1", "a long answer");
    expect(await confirmed(elements)).toBe(false);
    limit = 255;
    elements.set("answers.1", "a long answer");
    expect(await confirmed(elements)).toBe(true);
    expect(values["answers.1"]).toBe("a long answer");
  });

  it("reads only what can be read back and was written since the last commit", async () => {
    const { elements } = echoing((value) => value);
    elements.set("word", "a");
    expect(await confirmed(elements)).toBe(true);
    const read: string[] = [];
    const get = elements.get.bind(elements);
    elements.get = (element) => {
      read.push(element);
      return get(element);
    };
    elements.set("status", "done");
    elements.set("answers.0", "b");
    expect(await confirmed(elements)).toBe(true);
    expect(read).toEqual(["answers.0"]);
  });

  it("takes silence for no proof, but for a loss where the LMS gave back the like before", async () => {
    let dumb = true;
    const { elements } = echoing((value) => (dumb ? "" : value));
    elements.set("answers.0", "first");
    expect(await confirmed(elements)).toBe(true);
    dumb = false;
    elements.set("answers.1", "second");
    expect(await confirmed(elements)).toBe(true);
    dumb = true;
    elements.set("answers.2", "third");
    expect(await confirmed(elements)).toBe(false);
  });

  it("overlooks white space, which platforms put in order", async () => {
    const { elements } = echoing((value) => value.trim());
    elements.set("answers.0", " =1+1");
    expect(await confirmed(elements)).toBe(true);
  });
});
