import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { STATE_CHANGED } from "./activity";
import { Page } from "./page";
import { activity, closingWords, FakeDriver, layPage, one, shown, stored, UNIT, words } from "./page.fixture";
import { page } from "./page-data";
import { Session } from "./session";

let session: Session;

function open(driver: FakeDriver | null = new FakeDriver(), before: () => void = () => undefined): FakeDriver | null {
  layPage(UNIT, driver);
  before();
  const view = new Page(page().unit);
  session = new Session(page().unit, driver, view);
  view.open(session);
  return driver;
}

function press(selector: string): void {
  one(selector).click();
}

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(2026, 2, 14, 14, 3) });
  window.scrollTo = vi.fn();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("opening", () => {
  it("shows the first step to somebody new, counts it as seen and leaves the focus alone", () => {
    open();
    expect(shown()).toEqual(["_start"]);
    expect(session.state.seen).toEqual(["_start"]);
    expect(document.activeElement).toBe(document.body);
  });

  it("opens where the learner left, without taking the focus", () => {
    open(new FakeDriver({ suspendData: stored({ step: "check", seen: ["_start", "reflect", "check"] }) }));
    expect(shown()).toEqual(["check"]);
    expect(document.activeElement).toBe(document.body);
    expect(words(".steps-position")).toBe("steps.position 3/4");
  });

  it("begins at the start where the stored step is no longer in the unit", () => {
    open(new FakeDriver({ suspendData: stored({ step: "gone" }) }));
    expect(shown()).toEqual(["_start"]);
    expect(session.state.step).toBe("_start");
  });

  it("leaves a learner who went on while the platform was late where they are", () => {
    const driver = new FakeDriver();
    const late = { ...driver.known, suspendData: stored({ step: "check" }) } as NonNullable<FakeDriver["known"]>;
    driver.known = undefined;
    open(driver);
    press('[data-go-step="reflect"]');
    driver.known = late;
    vi.advanceTimersByTime(250);
    expect(shown()).toEqual(["reflect"]);
    expect(session.state.step).toBe("reflect");
  });

  it("puts every activity back although one cannot read its state", () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const entry = (state: string) => ({ seq: 1, done: true, score: null, state });
    const entries = { list: entry("unreadable"), plan: entry("my plan"), removed: entry("of an older version") };
    open(new FakeDriver({ suspendData: stored({ entries }) }));
    expect(activity("plan").restored).toEqual(["my plan"]);
    expect(log).toHaveBeenCalledOnce();
    log.mockRestore();
  });

  it("says calmly that stored state could not be read", () => {
    open(new FakeDriver({ suspendData: "1zNONSENSE" }));
    expect(words("#notices")).toBe("notice.damaged");
  });
});

describe("going to a step", () => {
  it("shows it alone, gives its heading the focus and names it in the title", () => {
    open();
    press('[data-go-step="reflect"]');
    expect(shown()).toEqual(["reflect"]);
    expect(document.activeElement).toBe(one("#step-reflect h2"));
    expect(document.title).toBe("Reflect – Our customers");
    expect(window.scrollTo).toHaveBeenCalledWith(0, 0);
  });

  it("marks it in the list of steps, and only it", () => {
    open();
    press('[data-go-step="reflect"]');
    const current = [...document.querySelectorAll("[aria-current]")];
    expect(current.map((link) => link.getAttribute("href"))).toEqual(["#step-reflect"]);
    expect(document.querySelector("progress")?.value).toBe(2);
  });

  it("announces once where the learner is; the heading says the rest", () => {
    open();
    press('[data-go-step="reflect"]');
    vi.advanceTimersByTime(100);
    expect(words("#announcer")).toBe("steps.position 2/4");
  });

  it("is remembered for the next visit", () => {
    const driver = open();
    press('[data-go-step="check"]');
    vi.advanceTimersByTime(1000);
    expect(session.state.step).toBe("check");
    expect(driver?.reports.length).toBe(1);
  });

  it("closes the list of steps", () => {
    open();
    press(".steps-button");
    expect(one(".steps-button").getAttribute("aria-expanded")).toBe("true");
    press('[data-go-step="check"]');
    expect(one(".steps-button").getAttribute("aria-expanded")).toBe("false");
  });
});

describe("the list of steps", () => {
  it("closes with Escape and gives the focus back to its button", () => {
    open();
    press(".steps-button");
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    expect(one(".steps-button").getAttribute("aria-expanded")).toBe("false");
    expect(document.activeElement).toBe(one(".steps-button"));
  });

  it("marks a step as done, in words too, once what counts in it is done", () => {
    open();
    press('[data-go-step="reflect"]');
    activity("list").fire("a", true);
    expect(words('.steps-list [href="#step-reflect"]')).toBe("Reflect");
    activity("plan").fire("b", true);
    expect(words('.steps-list [href="#step-reflect"]')).toBe("Reflect, steps.done");
  });

  it("tells in a menu of sessions which was begun and which is done", () => {
    open();
    expect(words("[data-session]")).toBe("");
    press('[data-go-step="reflect"]');
    expect(words("[data-session]")).toBe("menu.begun");
    activity("list").fire("a", true);
    activity("plan").fire("b", true);
    press('[data-go-step="check"]');
    expect(words("[data-session]")).toBe("menu.done");
  });
});

describe("answers", () => {
  it("reach the session under the key of their activity", () => {
    open();
    activity("list").fire({ texts: { "": "drivers" } }, true);
    expect(session.state.entries.list?.state).toEqual({ texts: { "": "drivers" } });
  });

  it("are told to activities that show them again, when given and when restored", () => {
    const told: unknown[] = [];
    const hear = (event: Event) => told.push((event as CustomEvent).detail);
    document.addEventListener(STATE_CHANGED, hear);
    const entries = { plan: { seq: 1, done: true, score: null, state: "p" } };
    open(new FakeDriver({ suspendData: stored({ entries }) }));
    activity("list").fire("a", true);
    document.removeEventListener(STATE_CHANGED, hear);
    expect(told).toEqual(["plan", "list"]);
  });

  it("that were typed and not left are recorded when the learner leaves", () => {
    open();
    activity("list").dispatchEvent(
      new CustomEvent("scormkit-response", {
        bubbles: true,
        detail: { state: "half", done: false, answers: [], draft: true },
      }),
    );
    press("#exit");
    expect(activity("list").settled).toBeGreaterThan(0);
  });
});

describe("outside a learning platform", () => {
  it("says at the top that nothing is recorded, and the page works", () => {
    open(null);
    expect(words("#notices")).toBe("notice.unrecorded");
    press('[data-go-step="reflect"]');
    activity("list").fire("a", true);
    expect(shown()).toEqual(["reflect"]);
    expect(session.state.entries.list?.done).toBe(true);
  });

  it("does not call the exit saving, says on leaving that nothing was recorded, and lets the learner go back", async () => {
    open(null);
    press('[data-go-step="reflect"]');
    expect(words("#exit")).toBe("exit.plain");
    press("#exit");
    await vi.advanceTimersByTimeAsync(0);
    expect(words("#closing h2")).toBe("closing.unrecorded");
    expect(document.activeElement).toBe(one("#closing h2"));
    press("[data-closing-return]");
    expect(one("#closing").hidden).toBe(true);
    expect(document.activeElement).toBe(one("#step-reflect h2"));
  });
});

describe("looking back", () => {
  it("locks every activity, says so, and changes nothing", () => {
    const driver = open(new FakeDriver({ readOnly: true }));
    press('[data-go-step="reflect"]');
    expect(one('[data-key="list"] textarea').hasAttribute("disabled")).toBe(true);
    expect(words("#save-line")).toBe("save.read-only");
    expect(words("#exit")).toBe("exit.plain");
    vi.advanceTimersByTime(5000);
    expect(driver?.reports).toEqual([]);
  });
});

describe("leaving by the button", () => {
  it("says that everything is saved when it is", async () => {
    open();
    activity("list").fire("a", true);
    press("#exit");
    await vi.advanceTimersByTimeAsync(0);
    expect(closingWords()).toEqual(["closing.saved", "save.answered 14:03 1/1", "closing.come-back", "closing.close"]);
    expect(one("#closing").hidden).toBe(false);
    expect(document.body.dataset.ended).toBe("saved");
  });

  it("says so where the unit is complete", async () => {
    open();
    for (const id of ["reflect", "check"]) press(`[data-go-step="${id}"]`);
    for (const key of ["list", "plan"]) activity(key).fire("a", true);
    activity("question").fire("a", true, 1);
    press("#exit");
    await vi.advanceTimersByTimeAsync(0);
    expect(closingWords()).toEqual(["closing.saved", "save.answered 14:03 3/3", "closing.complete", "closing.close"]);
  });

  it("is honest where the platform did not take it: how much, and that this device keeps it", async () => {
    const driver = new FakeDriver();
    driver.accepts = false;
    open(driver);
    activity("list").fire("a", true);
    activity("plan").fire("b", true);
    press("#exit");
    await vi.advanceTimersByTimeAsync(0);
    expect(closingWords()).toEqual(["closing.unsaved", "closing.on-device 2", "closing.close"]);
  });

  it("does not invite to close the window where the only copy would go with it", async () => {
    const driver = new FakeDriver();
    driver.accepts = false;
    open(driver);
    vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    activity("list").fire("a", true);
    press("#exit");
    await vi.advanceTimersByTimeAsync(0);
    vi.restoreAllMocks();
    expect(closingWords()).toEqual(["closing.unsaved", "closing.lost 1"]);
  });
});

describe("what the platform does not take", () => {
  it("can be taken home as a file after a while, and no longer once it has arrived", () => {
    const driver = new FakeDriver();
    driver.accepts = false;
    open(driver);
    activity("list").fire("a", true);
    vi.advanceTimersByTime(2000);
    expect(words("#save-line")).toBe("save.unsaved 1");
    expect(words("#notices")).toBe("");
    vi.advanceTimersByTime(10_000);
    expect(words("#notices")).toBe("notice.last-resortcopy.download");
    driver.accepts = true;
    vi.advanceTimersByTime(60_000);
    expect(words("#save-line")).toMatch(/^save.answered .* 1\/1$/);
    expect(words("#notices")).toBe("");
  });

  it("of an earlier visit is brought back where the learner says so, and shows nothing before", () => {
    open();
    activity("list").fire("mine", true);
    press("#exit");
    const copies = Object.entries({ ...localStorage });
    open(new FakeDriver({ suspendData: "" }), () => {
      for (const [name, copy] of copies) localStorage.setItem(name, copy);
    });
    expect(words("#notices")).toBe("notice.offeroffer.use offer.leave");
    expect(activity("list").restored).toEqual([]);
    press("#notices button");
    expect(activity("list").restored).toEqual(["mine"]);
    expect(words("#notices")).toBe("");
  });
});

describe("texts that the platform has no room for", () => {
  it("are named at their activity, once, and the note changes with what is true", () => {
    layPage();
    const view = new Page(page().unit);
    view.shed(["list.first"], []);
    view.shed(["list.first"], []);
    const notes = () => [...document.querySelectorAll(".activity .notice")].map((note) => note.textContent);
    expect(notes()).toEqual(["notice.shed"]);
    expect(one('[data-key="list"]').parentElement?.querySelector(".notice")).not.toBeNull();
    view.shed([], ["list.first", "plan"]);
    expect(notes()).toEqual(["notice.unsaved-text", "notice.unsaved-text"]);
  });
});
