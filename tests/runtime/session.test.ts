import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { encode } from "../../src/scormkit/runtime/codec";
import type { Driver, Launch, Outcome, Report } from "../../src/scormkit/runtime/driver";
import { type Host, type SaveNotice, Session } from "../../src/scormkit/runtime/session";
import { read, toJson } from "../../src/scormkit/runtime/state";
import type { Json } from "../../src/scormkit/runtime/unit";
import { exampleUnit } from "./unit-example";

/** An LMS that stores what it confirms and can be told to fail. */
class FakeDriver implements Driver {
  reports: Report[] = [];
  ended: Report[] = [];
  stored = "";
  works = true;
  missing = false;
  launchMore: Partial<Launch> = {};

  launch(): Launch | undefined {
    if (this.missing) return undefined;
    return {
      suspendData: this.stored,
      status: { completion: "unknown", success: "unknown" },
      learnerId: "learner-1",
      readOnly: false,
      ...this.launchMore,
    };
  }

  save(report: Report): Outcome {
    this.reports.push(report);
    if (this.works) this.stored = report.suspendData;
    return { confirmed: this.works, refused: [] };
  }

  terminate(report?: Report): Outcome {
    if (report) this.ended.push(report);
    if (report && this.works) this.stored = report.suspendData;
    return { confirmed: this.works, refused: [] };
  }
}

class FakeHost implements Host {
  restored: [string, Json][] = [];
  settled: string[] = [];
  locked = false;
  notices: SaveNotice[] = [];
  shedTexts: string[][] = [];
  isDamaged = false;
  waiting = false;
  wait(waiting: boolean): void {
    this.waiting = waiting;
  }
  restore(key: string, state: Json): void {
    this.restored.push([key, state]);
  }
  settle(key: string): void {
    this.settled.push(key);
  }
  lock(): void {
    this.locked = true;
  }
  changed(): void {}
  notice(notice: SaveNotice): void {
    this.notices.push(notice);
  }
  shed(places: string[]): void {
    this.shedTexts.push(places);
  }
  damaged(): void {
    this.isDamaged = true;
  }
  get last(): SaveNotice | undefined {
    return this.notices[this.notices.length - 1];
  }
}

function opened(driver = new FakeDriver()): { session: Session; driver: FakeDriver; host: FakeHost } {
  const host = new FakeHost();
  const session = new Session(exampleUnit(), driver, host);
  session.start();
  return { session, driver, host };
}

function answer(session: Session, key = "question", response: string[] | string = ["a"]): void {
  session.respond(key, {
    state: { chosen: response, texts: { "": "words" } },
    done: true,
    score: 1,
    answers: [{ key: "", response, result: "correct" }],
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  sessionStorage.clear();
});

afterEach(() => vi.useRealTimers());

describe("opening and closing", () => {
  it("completes nothing", () => {
    const { session, driver } = opened();
    session.leave();
    expect(driver.ended).toHaveLength(1);
    expect(driver.ended[0]?.status).toEqual({ completion: "incomplete", success: "unknown" });
  });

  it("does not take back what was reached", () => {
    const driver = new FakeDriver();
    driver.launchMore = { status: { completion: "completed", success: "passed" } };
    const { session } = opened(driver);
    session.leave();
    expect(driver.ended[0]?.status).toEqual({ completion: "completed", success: "passed" });
  });

  it("trusts its own record where the LMS tells nothing", () => {
    const driver = new FakeDriver();
    const first = opened(driver);
    answer(first.session);
    for (const step of ["reflect", "plan"]) first.session.visit(step);
    first.session.respond("plan", { state: null, done: true, answers: [] });
    first.session.leave();
    const second = opened(driver);
    second.session.leave();
    expect(driver.ended[1]?.status.completion).toBe("completed");
  });

  it("ends once, however the page goes away", () => {
    const { session, driver } = opened();
    answer(session);
    session.leave();
    session.leave();
    session.hidden();
    expect(driver.ended).toHaveLength(1);
    expect(driver.reports).toHaveLength(0);
  });
});

describe("an answer", () => {
  it("reaches the LMS with one save, together with what was answered in the same moment", () => {
    const { session, driver } = opened();
    answer(session);
    answer(session, "essay", "long");
    vi.advanceTimersByTime(1000);
    expect(driver.reports).toHaveLength(1);
    expect(driver.reports[0]?.answers.map((one) => one.interaction.key)).toEqual(["question", "essay"]);
  });

  it("is sent again until the LMS confirms it, each time with a different state", () => {
    const { session, driver, host } = opened();
    driver.works = false;
    answer(session);
    vi.advanceTimersByTime(1000);
    expect(host.last).toEqual({ kind: "unsaved", answers: 1, onDevice: true });
    vi.advanceTimersByTime(2000);
    driver.works = true;
    vi.advanceTimersByTime(4000);
    expect(driver.reports.map((report) => report.answers.length)).toEqual([1, 1, 1]);
    expect(new Set(driver.reports.map((report) => report.suspendData)).size).toBe(3);
    expect(host.last?.kind).toBe("saved");
  });

  it("survives a tab that was killed before anything was saved", () => {
    const { session } = opened();
    answer(session);
    const next = opened();
    expect(next.host.restored).toContainEqual(["question", { chosen: ["a"], texts: { "": "words" } }]);
    vi.advanceTimersByTime(1000);
    expect(next.driver.reports[0]?.answers).toHaveLength(1);
  });

  it("is not shown to another learner on the same computer", () => {
    const { session } = opened();
    answer(session);
    const other = new FakeDriver();
    other.launchMore = { learnerId: "learner-2" };
    expect(opened(other).host.restored).toEqual([]);
  });

  it("leaves no copy on the device once the LMS has it", () => {
    const { session } = opened();
    answer(session);
    expect(Object.keys(localStorage)).toHaveLength(1);
    vi.advanceTimersByTime(1000);
    expect(Object.keys(localStorage)).toHaveLength(0);
  });

  it("that is still typed is kept at once on the device and sent later", () => {
    const { session, driver } = opened();
    vi.advanceTimersByTime(1000);
    const before = driver.reports.length;
    session.respond("essay", { state: { texts: { "": "half a" } }, done: false, answers: [], draft: true });
    expect(localStorage.getItem("scormkit:course/unit:learner-1")).toContain("half a");
    vi.advanceTimersByTime(9000);
    expect(driver.reports).toHaveLength(before);
    vi.advanceTimersByTime(1000);
    expect(driver.reports).toHaveLength(before + 1);
  });

  it("that was typed when the tab died is recorded at the next launch", () => {
    const { session } = opened();
    session.respond("essay", { state: { texts: { "": "half a" } }, done: false, answers: [], draft: true });
    expect(opened().host.settled).toEqual(["essay"]);
  });
});

describe("a later launch", () => {
  it("puts everything back and goes on where the learner was", () => {
    const driver = new FakeDriver();
    const first = opened(driver);
    first.session.visit("plan");
    answer(first.session);
    first.session.leave();
    const second = opened(driver);
    expect(second.session.state.step).toBe("plan");
    expect(second.host.restored.map(([key]) => key)).toEqual(["question"]);
  });

  it("says so when the stored state cannot be read, and goes on", () => {
    const driver = new FakeDriver();
    driver.stored = "1zdamaged";
    const { host, session } = opened(driver);
    expect(host.isDamaged).toBe(true);
    answer(session);
    vi.advanceTimersByTime(1000);
    expect(driver.reports).toHaveLength(1);
  });

  it("in review or browse mode writes nothing", () => {
    const driver = new FakeDriver();
    driver.launchMore = { readOnly: true };
    const { session, host } = opened(driver);
    session.visit("plan");
    answer(session);
    vi.advanceTimersByTime(60_000);
    session.hidden();
    session.leave();
    expect(host.locked).toBe(true);
    expect([...driver.reports, ...driver.ended]).toEqual([]);
    expect(session.state.entries).toEqual({});
  });
});

describe("an LMS that comes late", () => {
  it("gets what was answered meanwhile, on top of what it has", () => {
    const driver = new FakeDriver();
    const earlier = opened(driver);
    answer(earlier.session, "essay", "from last week");
    earlier.session.leave();
    driver.missing = true;
    const { session, host } = opened(driver);
    answer(session);
    driver.missing = false;
    vi.advanceTimersByTime(2000);
    expect(host.restored.map(([key]) => key)).toEqual(["essay"]);
    const stored = read(driver.stored);
    expect(Object.keys(stored?.entries ?? {}).sort()).toEqual(["essay", "question"]);
  });

  it("that never comes: the learner is told, and the unit works", () => {
    const driver = new FakeDriver();
    driver.missing = true;
    const { session, host } = opened(driver);
    vi.advanceTimersByTime(9000);
    expect(host.last).toEqual({ kind: "unrecorded" });
    answer(session);
    expect(session.standing.score).toBe(1);
  });
});

describe("an LMS with little room", () => {
  it("is told whole texts as answers, and the learner which copies it cannot keep", () => {
    const { session, driver, host } = opened();
    const text = Array.from({ length: 1500 }, (_, n) => String.fromCharCode(0x4e00 + ((n * 7919) % 20000))).join("");
    session.respond("essay", {
      state: { texts: { "": text } },
      done: true,
      answers: [{ key: "", response: text, result: "neutral" }],
    });
    vi.advanceTimersByTime(1000);
    expect(driver.reports[0]?.answers[0]?.response).toBe(text);
    expect(driver.reports[0]?.suspendData.length).toBeLessThanOrEqual(4096);
    expect(host.shedTexts).toEqual([["essay"]]);
  });
});

it("stored state of an earlier version is taken over by id", () => {
  const driver = new FakeDriver();
  const { session } = opened();
  answer(session);
  const state = session.state;
  state.entries.gone = { seq: 1, done: true, score: null, state: "kept" };
  driver.stored = encode(toJson(state));
  const next = opened(driver);
  next.session.leave();
  expect(read(driver.stored)?.entries.gone?.state).toBe("kept");
});
