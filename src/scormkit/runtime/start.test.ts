import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { activity, FakeDriver, layPage, UNIT } from "./page.fixture";
import { start } from "./start";

let driver: FakeDriver;

beforeEach(() => {
  vi.useFakeTimers();
  window.scrollTo = vi.fn();
  driver = new FakeDriver();
  layPage(UNIT, driver);
  start();
});

afterEach(() => {
  window.dispatchEvent(new Event("pagehide"));
  vi.useRealTimers();
});

describe("a started page", () => {
  it("tells when it is usable", () => {
    expect(document.documentElement.dataset.activities).toBe("ready");
  });

  it("saves when it goes away, at once", () => {
    activity("list").fire("a", true);
    window.dispatchEvent(new Event("pagehide"));
    expect(driver.reports.map(({ answers }) => answers.length)).toEqual([1]);
  });

  it("saves when it is not seen any more, and the run goes on", () => {
    activity("list").fire("a", true);
    vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
    document.dispatchEvent(new Event("visibilitychange"));
    vi.restoreAllMocks();
    expect(driver.reports.length).toBe(1);
    activity("plan").fire("b", true);
    vi.advanceTimersByTime(1000);
    expect(driver.reports.length).toBe(2);
  });

  it("tries again at once when the connection is back", () => {
    driver.accepts = false;
    vi.advanceTimersByTime(1000);
    driver.accepts = true;
    const before = driver.reports.length;
    window.dispatchEvent(new Event("online"));
    expect(driver.reports.length).toBe(before + 1);
  });

  it("never listens for unload, which browsers drop", async () => {
    const listening = vi.spyOn(window, "addEventListener");
    layPage(UNIT, new FakeDriver());
    start();
    const heard = listening.mock.calls.map(([name]) => name);
    listening.mockRestore();
    expect(heard).toContain("pagehide");
    expect(heard.filter((name) => name.includes("unload"))).toEqual([]);
  });
});
