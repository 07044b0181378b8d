import ICAL from "ical.js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ActivityElement, type Json, type Unit } from "../../runtime/index";
import own from "./messages/en.json";

const unit = { id: "course/unit", language: "en", messages: own, activities: {} };
globalThis.scormkitPage = { unit: unit as unknown as Unit, driver: null };
await import("./behaviour");

const PLAN: Json = { texts: { action: "Greet" }, dates: { by: "2026-02-03" }, saved: "2026-01-20" };

function open(state: Json, action = "Greet", data = 'data-by="by" data-after="14"'): void {
  ActivityElement.stateOf = (key) => (key === "plan" ? state : undefined);
  document.body.innerHTML = `<h1>Our customers</h1><div id="announcer"></div>
    <section class="activity"><h3>My plan</h3><div data-key="plan"><div data-saved><p class="actions">
    <scormkit-reminder data-what="action" ${data}></scormkit-reminder></p></div>
    <dl class="form-sheet"><div><dt>I will</dt><dd data-copy="action">${action}</dd></div>
    <div><dt>By</dt><dd data-copy="by">3 February 2026</dd></div><div><dt>Why</dt><dd data-copy="why"></dd></div></dl>
    </div></section>`;
}

const buttons = () => [...document.querySelectorAll<HTMLButtonElement>("scormkit-reminder button")];

let file: Blob | undefined;
let name = "";

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(2026, 0, 20, 23, 30) });
  URL.createObjectURL = vi.fn((blob: Blob) => {
    file = blob;
    return "blob:x";
  }) as typeof URL.createObjectURL;
  URL.revokeObjectURL = vi.fn();
  HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
    name = this.download;
  };
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function offered(): Promise<InstanceType<typeof ICAL.Event>[]> {
  buttons()[0]?.click();
  vi.useRealTimers();
  const reader = new FileReader();
  const read = new Promise((done) => reader.addEventListener("load", done));
  reader.readAsText(file as Blob);
  await read;
  const parts = new ICAL.Component(ICAL.parse(String(reader.result))).getAllSubcomponents("vevent");
  return parts.map((part) => new ICAL.Event(part));
}

describe("reminders of a plan", () => {
  it("are a calendar file with the day of the plan and the day of the report, of the learner's own calendar", async () => {
    open(PLAN);
    const [by, report] = await offered();
    expect(name).toBe("My plan.ics");
    expect(by?.startDate.toString()).toBe("2026-02-03");
    expect(by?.summary).toBe("Today at the latest: Greet");
    expect(by?.description).toBe("I will\nGreet\n\nBy\n3 February 2026");
    expect(report?.startDate.toString()).toBe("2026-02-03");
    expect(report?.summary).toContain("Our customers");
    expect(by?.uid).not.toBe(report?.uid);
  });

  it("have the same names each time, so that a second file replaces the first", async () => {
    open(PLAN);
    const first = (await offered()).map((event) => event.uid);
    open({ ...(PLAN as object), dates: { by: "2026-03-01" } });
    expect((await offered()).map((event) => event.uid)).toEqual(first);
  });

  it("need a day: without one there is only the text", () => {
    open({ texts: { action: "Greet" }, saved: "2026-01-20" }, "Greet", 'data-by="by"');
    expect(buttons().map((button) => button.hidden)).toEqual([true, false]);
  });

  it("are not there while nothing is planned", () => {
    open({ saved: "2026-01-20" }, "");
    expect(document.querySelector<HTMLElement>("scormkit-reminder")?.hidden).toBe(true);
  });

  it("come as text into the clipboard", async () => {
    open(PLAN);
    const writeText = vi.fn(() => Promise.resolve());
    vi.stubGlobal("navigator", { clipboard: { writeText } });
    buttons()[1]?.click();
    expect(writeText).toHaveBeenCalledWith("I will\nGreet\n\nBy\n3 February 2026");
    await vi.advanceTimersByTimeAsync(100);
    expect(document.getElementById("announcer")?.textContent).toBe(own["reminder.copied"]);
  });

  it.each([
    ["refuses", { clipboard: { writeText: () => Promise.reject(new Error("not allowed")) } }],
    ["has no clipboard", {}],
  ])("stand in a field to copy by hand where the browser %s", async (_, navigator) => {
    open(PLAN);
    vi.stubGlobal("navigator", navigator);
    buttons()[1]?.click();
    buttons()[1]?.click();
    await vi.advanceTimersByTimeAsync(1);
    const fields = document.querySelectorAll("textarea");
    expect(fields.length).toBe(1);
    expect(fields[0]?.value).toContain("Greet");
    expect(document.activeElement).toBe(fields[0]);
    expect(fields[0]?.selectionEnd).toBe(fields[0]?.value.length);
  });
});
