import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Clock } from "./clock";
import { layPage, one, words } from "./page.fixture";

let clock: Clock;

beforeEach(() => {
  vi.useFakeTimers();
  layPage();
  clock = new Clock();
  clock.enter(one("#step-reflect"));
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function seconds(count: number): void {
  vi.advanceTimersByTime(count * 1000);
}

function filled(): number {
  return 100 - Number(one(".clock-hand").style.getPropertyValue("stroke-dashoffset"));
}

describe("the phase clock", () => {
  it("says at first about how long the step takes", () => {
    expect(words("[data-clock-words]")).toBe("clock.about 2");
  });

  it("moves at most every 15 seconds", () => {
    seconds(14);
    expect(filled()).toBe(0);
    seconds(31);
    expect(filled()).toBe(50);
    expect(words("[data-clock-words]")).toBe("clock.left 1");
  });

  it("does nothing but say that there is no hurry when the time is over", () => {
    seconds(600);
    expect(words("[data-clock-words]")).toBe("clock.over");
    expect(filled()).toBe(100);
    expect(one('[data-key="list"] textarea').hasAttribute("disabled")).toBe(false);
    expect(words("#announcer")).toBe("");
  });

  it("stands still in other steps and while the page is not seen, and goes on after", () => {
    seconds(15);
    clock.enter(one("#step-check"));
    seconds(60);
    clock.enter(one("#step-reflect"));
    vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    seconds(60);
    vi.restoreAllMocks();
    seconds(30);
    expect(filled()).toBe(50);
  });

  it("can be hidden and stays hidden on the next visit", () => {
    clock.toggle();
    expect(document.body.dataset.clock).toBe("hidden");
    expect(words("[data-clock-button]")).toBe("clock.show");
    delete document.body.dataset.clock;
    new Clock().enter(one("#step-reflect"));
    expect(document.body.dataset.clock).toBe("hidden");
    clock.toggle();
    expect(words("[data-clock-button]")).toBe("clock.hide");
  });
});
