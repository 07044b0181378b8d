import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { encode } from "../../src/scormkit/runtime/codec";
import type { Driver, Launch, Outcome, Report } from "../../src/scormkit/runtime/driver";
import type { Host, SaveNotice } from "../../src/scormkit/runtime/host";
import { Session } from "../../src/scormkit/runtime/session";
import { read, toJson } from "../../src/scormkit/runtime/state";
import type { Json, Unit } from "../../src/scormkit/runtime/unit";
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
  open: string[] = [];
  notices: SaveNotice[] = [];
  shedTexts: string[][] = [];
  isDamaged = false;
  offers: ((use: boolean) => void)[] = [];
  timesUnkept = 0;
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
  lock(open: string[]): void {
    this.locked = true;
    this.open = open;
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
  offer(decide: (use: boolean) => void): void {
    this.offers.push(decide);
  }
  unkept(): void {
    this.timesUnkept += 1;
  }
  get last(): SaveNotice | undefined {
    return this.notices[this.notices.length - 1];
  }
}

const UNIT = exampleUnit();
const WITH_PRIVATE: Unit = {
  ...UNIT,
  activities: { ...UNIT.activities, diary: { kind: "form", label: "Diary", record: "private" } },
};

function opened(driver = new FakeDriver(), unit = UNIT): { session: Session; driver: FakeDriver; host: FakeHost } {
  const host = new FakeHost();
  const session = new Session(unit, driver, host);
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
  // A test has one tab; the channel of the machine that runs it would outlive its sessions.
  Reflect.deleteProperty(globalThis, "BroadcastChannel");
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
    expect(host.last).toEqual({ kind: "unsaved", answers: 1, onDevice: true, long: false });
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

  it("leaves no copy on the device once a later launch has proved that the LMS has it", () => {
    const { session, driver } = opened();
    answer(session);
    session.leave();
    expect(Object.keys(localStorage)).toHaveLength(1);
    opened(driver);
    expect(Object.keys(localStorage)).toHaveLength(0);
  });

  it("leaves no copy on the device once somebody else uses it", () => {
    const { session } = opened();
    answer(session);
    session.leave();
    const other = new FakeDriver();
    other.launchMore = { learnerId: "learner-2" };
    opened(other);
    expect(Object.keys(localStorage).filter((name) => name.endsWith("learner-1"))).toEqual([]);
  });

  it("of somebody else that was never confirmed stays for them", () => {
    const { session } = opened();
    answer(session);
    const other = new FakeDriver();
    other.launchMore = { learnerId: "learner-2" };
    opened(other).session.leave();
    expect(opened().host.restored).toHaveLength(1);
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

describe("the receipt", () => {
  it("counts an activity as one answer, and says what is not there yet", () => {
    const { session, host } = opened();
    answer(session);
    vi.advanceTimersByTime(1000);
    expect(host.last).toMatchObject({ kind: "saved", answers: 1, of: 1 });
    answer(session, "essay", "words");
    expect(host.last).toMatchObject({ kind: "saved", answers: 1, of: 2 });
    vi.advanceTimersByTime(1000);
    expect(host.last).toMatchObject({ kind: "saved", answers: 2, of: 2 });
  });

  it("knows after a relaunch what the LMS gave back", () => {
    const first = opened();
    answer(first.session);
    first.session.leave();
    const { host } = opened(first.driver);
    vi.advanceTimersByTime(1000);
    expect(host.last).toMatchObject({ kind: "saved", answers: 1, of: 1 });
  });

  it("offers a last resort after some tries, or at once where the device keeps nothing", () => {
    const { session, driver, host } = opened();
    driver.works = false;
    answer(session);
    vi.advanceTimersByTime(2000);
    expect(host.last).toMatchObject({ kind: "unsaved", long: false });
    vi.advanceTimersByTime(6000);
    expect(host.last).toMatchObject({ kind: "unsaved", answers: 1, long: true });
  });

  it("does not say saved at the end where a text is neither in a record nor in the state", async () => {
    const { session, host } = opened();
    const text = Array.from({ length: 3000 }, (_, n) => String.fromCharCode(0x4e00 + ((n * 7919) % 20000))).join("");
    session.respond("essay", { state: { texts: { "": text } }, done: false, answers: [], draft: true });
    await session.exit();
    expect(host.last).toEqual({ kind: "ended", saved: false });
    expect(host.notices).toContainEqual({ kind: "unsaved", answers: 1, onDevice: true, long: false });
    expect(JSON.stringify({ ...localStorage })).toContain(text);
  });
});

describe("an LMS that confirms and forgets", () => {
  it("gets everything again at the next launch, records included, where it lost later saves", () => {
    const { session, driver } = opened();
    answer(session);
    session.hidden();
    const early = driver.stored;
    answer(session, "essay", "lost by the LMS");
    session.leave();
    driver.stored = early;
    driver.reports = [];
    const { host } = opened(driver);
    expect(host.restored.map(([key]) => key)).toContain("essay");
    vi.advanceTimersByTime(1000);
    expect(driver.reports[0]?.answers.map((one) => one.interaction.key)).toContain("essay");
    expect(read(driver.stored)?.entries.essay).toBeDefined();
  });

  it("of everything: the learner decides, because it may be a new attempt", () => {
    const { session, driver } = opened();
    answer(session);
    session.leave();
    driver.stored = "";
    const asked = opened(driver);
    expect(asked.host.restored).toEqual([]);
    asked.session.visit("plan");
    asked.session.leave();
    // Asked again, because nothing was decided; now the learner wants it.
    driver.stored = "";
    driver.reports = [];
    const again = opened(driver);
    again.host.offers[0]?.(true);
    expect(again.host.restored.map(([key]) => key)).toEqual(["question"]);
    vi.advanceTimersByTime(1000);
    expect(driver.reports[0]?.answers.map((one) => one.interaction.key)).toEqual(["question"]);
  });

  it("does not mix two attempts: a new one that has begun elsewhere stays as it is", () => {
    const { session, driver } = opened();
    answer(session);
    session.leave();
    localStorage.setItem("aside", localStorage.getItem("scormkit:course/unit:learner-1") ?? "");
    localStorage.removeItem("scormkit:course/unit:learner-1");
    driver.stored = "";
    const elsewhere = opened(driver);
    elsewhere.session.visit("plan");
    elsewhere.session.leave();
    localStorage.setItem("scormkit:course/unit:learner-1", localStorage.getItem("aside") ?? "");
    expect(opened(driver).host.restored).toEqual([]);
  });
});

describe("an LMS that does not say who the learner is", () => {
  it("shows nothing of an earlier visit until the learner says that it is theirs", () => {
    const driver = new FakeDriver();
    driver.launchMore = { learnerId: "" };
    answer(opened(driver).session);
    const { host } = opened(driver);
    expect(host.restored).toEqual([]);
    host.offers[0]?.(true);
    expect(host.restored.map(([key]) => key)).toEqual(["question"]);
  });
});

describe("what is private", () => {
  const diary = { state: { texts: { day: "nobody reads this" } }, done: true, answers: [] };

  it("stays on the device; the LMS hears only that it was done", () => {
    const { session, driver } = opened(undefined, WITH_PRIVATE);
    session.respond("diary", diary);
    session.leave();
    expect(read(driver.stored)?.entries.diary).toMatchObject({ done: true, state: null });
    const { host } = opened(driver, WITH_PRIVATE);
    expect(host.restored).toEqual([["diary", diary.state]]);
    expect(host.offers).toEqual([]);
  });

  it("is there again when the learner only looks back, and for nobody else", () => {
    const { session, driver } = opened(undefined, WITH_PRIVATE);
    session.respond("diary", diary);
    session.leave();
    const other = new FakeDriver();
    other.launchMore = { learnerId: "learner-2" };
    expect(opened(other, WITH_PRIVATE).host.restored).toEqual([]);
    driver.launchMore = { readOnly: true };
    expect(opened(driver, WITH_PRIVATE).host.restored).toEqual([["diary", diary.state]]);
  });

  it("is not counted among the answers that are saved", () => {
    const { session, host } = opened(undefined, WITH_PRIVATE);
    session.respond("diary", diary);
    vi.advanceTimersByTime(1000);
    expect(host.last).toMatchObject({ kind: "saved", of: 0 });
  });

  it("is told to be lost with the tab where the browser keeps nothing", () => {
    const driver = new FakeDriver();
    driver.launchMore = { learnerId: "" };
    const { session, host } = opened(driver, WITH_PRIVATE);
    session.respond("diary", diary);
    expect(host.timesUnkept).toBeGreaterThan(0);
  });
});

describe("what is kept", () => {
  it("is there again although the tab died before anything was saved", () => {
    const unit: Unit = {
      ...UNIT,
      activities: { ...UNIT.activities, notes: { kind: "form", label: "Notes", record: "kept" } },
    };
    opened(undefined, unit).session.respond("notes", { state: { texts: { a: "mine" } }, done: true, answers: [] });
    expect(opened(undefined, unit).host.restored).toEqual([["notes", { texts: { a: "mine" } }]]);
  });

  it("is never dropped for lack of room: other texts go", () => {
    const text = (seed: number) =>
      Array.from({ length: 600 }, (_, n) => String.fromCharCode(0x4e00 + ((n * 7919 * seed) % 20000))).join("");
    const unit: Unit = {
      ...UNIT,
      activities: { ...UNIT.activities, notes: { kind: "form", label: "Notes", record: "kept" } },
    };
    const { session, driver, host } = opened(undefined, unit);
    session.respond("notes", { state: { texts: { a: text(1), b: text(3) } }, done: true, answers: [] });
    session.respond("essay", {
      state: { texts: { "": text(7) } },
      done: true,
      answers: [{ key: "", response: text(7), result: "neutral" }],
    });
    session.leave();
    expect(read(driver.stored)?.entries.notes?.state).toEqual({ texts: { a: text(1), b: text(3) } });
    expect(host.shedTexts).toEqual([["essay"]]);
  });
});

describe("a report that comes while looking back", () => {
  const unit = exampleUnit({ followUps: ["plan"] });
  const looking = (driver = new FakeDriver()) => {
    driver.launchMore = { readOnly: true, review: true, status: { completion: "completed", success: "unknown" } };
    return opened(driver, unit);
  };
  const report = { state: { texts: { action: "Done" } }, done: true, answers: [] };
  const answers = [{ key: "action", response: "Done", result: "neutral" }] as const;

  it("is written, without status and score, and nothing else is", async () => {
    const { session, driver, host } = looking();
    expect([host.locked, host.open]).toEqual([true, ["plan"]]);
    session.visit("reflect");
    answer(session, "question");
    await session.save();
    expect(driver.reports).toEqual([]);
    session.respond("plan", { ...report, answers: [...answers] });
    await session.save();
    expect(driver.reports.map((one) => [one.answersOnly, one.answers.map((record) => record.interaction.key)])).toEqual(
      [[true, ["plan.action"]]],
    );
    expect(read(driver.stored)?.entries.question).toBeUndefined();
    expect(session.onlyLooked).toBe(false);
  });

  it("is sent again where the LMS turns out not to have kept it, and no more once it has", async () => {
    const before = opened(undefined, unit);
    answer(before.session);
    before.session.leave();
    const early = before.driver.stored;
    const { session, driver } = looking(before.driver);
    session.respond("plan", { ...report, answers: [...answers] });
    await session.exit();
    const forgetful = new FakeDriver();
    forgetful.stored = early;
    const again = looking(forgetful);
    await again.session.save();
    expect(forgetful.reports.flatMap((one) => one.answers.map((record) => record.response))).toEqual(["Done"]);
    const faithful = new FakeDriver();
    faithful.stored = forgetful.stored || driver.stored;
    const once = looking(faithful);
    await once.session.save();
    await once.session.exit();
    expect([...faithful.reports, ...faithful.ended].flatMap((one) => one.answers)).toEqual([]);
  });

  it("is not taken where the unit has none, or where nobody looks back but credit is withheld", () => {
    for (const [followUps, review] of [[[], true] as const, [["plan"], false] as const]) {
      const driver = new FakeDriver();
      driver.launchMore = { readOnly: true, review };
      const { session, host } = opened(driver, exampleUnit({ followUps: [...followUps] }));
      session.respond("plan", { ...report, answers: [...answers] });
      expect([host.open, session.onlyLooked]).toEqual([[], true]);
    }
  });
});

describe("until it is known whether another tab has the unit open", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("answers are kept beside the other's copy, and are there again though the tab died", () => {
    const first = opened();
    answer(first.session, "essay", "the other tab's");
    const others = localStorage.getItem("scormkit:course/unit:learner-1");
    vi.stubGlobal("navigator", { locks: { request: () => new Promise(() => undefined), query: async () => ({}) } });
    answer(opened(first.driver).session);
    expect(localStorage.getItem("scormkit:course/unit:learner-1")).toBe(others);
    vi.unstubAllGlobals();
    const { host } = opened();
    expect(host.restored.map(([key]) => key).sort()).toEqual(["essay", "question"]);
    expect(Object.keys(localStorage)).toEqual(["scormkit:course/unit:learner-1"]);
  });
});
