import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { open } from "./opening";
import { FakeDriver, layPage, one, shown, UNIT, words } from "./page.fixture";
import { start } from "./start";

const field = () => one('[data-key="list"] textarea');
const scripts = () => [...document.querySelectorAll<HTMLScriptElement>("head script")];
const last = () => scripts()[scripts().length - 1] as HTMLScriptElement;

let driver: FakeDriver;

beforeEach(() => {
  vi.useFakeTimers();
  window.scrollTo = vi.fn();
  driver = new FakeDriver();
  layPage(UNIT, driver);
  document.head.replaceChildren();
  delete document.documentElement.dataset.activities;
  open("activities.js");
  vi.advanceTimersByTime(1);
});

afterEach(() => {
  window.dispatchEvent(new Event("pagehide"));
  vi.useRealTimers();
});

describe("before the second script is there", () => {
  it("can be read and gone through", () => {
    expect(document.documentElement.dataset.scormkit).toBe("ready");
    one('[data-go-step="reflect"]').click();
    expect(shown()).toEqual(["reflect"]);
    expect(document.activeElement).toBe(one("#step-reflect h2"));
  });

  it("takes no answer that it could not keep", () => {
    expect(field().hasAttribute("disabled")).toBe(true);
  });

  it("says so only to those who wait", () => {
    expect(words("#save-line")).toBe("");
    vi.advanceTimersByTime(1000);
    expect(words("#save-line")).toBe("save.looking");
  });

  it("has told the platform nothing, so that leaving changes nothing", () => {
    window.dispatchEvent(new Event("pagehide"));
    expect(driver.reports).toEqual([]);
  });
});

describe("when the second script is there", () => {
  it("takes answers, and knows where the learner went meanwhile", () => {
    one('[data-go-step="check"]').click();
    start();
    expect(document.documentElement.dataset.activities).toBe("ready");
    expect(field().hasAttribute("disabled")).toBe(false);
    expect(shown()).toEqual(["check"]);
    vi.advanceTimersByTime(1000);
    expect(driver.reports.length).toBe(1);
  });

  it("does what was asked for meanwhile", async () => {
    one("#exit").click();
    expect(one("#closing").hidden).toBe(true);
    start();
    await vi.advanceTimersByTimeAsync(0);
    expect(one("#closing").hidden).toBe(false);
  });
});

describe("when the second script cannot be loaded", () => {
  it("says so calmly, tries again when asked, and then goes on as if nothing had been", () => {
    last().dispatchEvent(new Event("error"));
    expect(words("#notices")).toBe("load.failedload.again");
    one("#notices button").click();
    expect(words("#notices")).toBe("");
    expect(scripts().length).toBe(2);
    start();
    expect(field().hasAttribute("disabled")).toBe(false);
  });

  it("leaves everything readable and every step reachable", () => {
    last().dispatchEvent(new Event("error"));
    one('[data-go-step="check"]').click();
    expect(shown()).toEqual(["check"]);
  });
});
