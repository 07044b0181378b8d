import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ActivityElement, type Json, STATE_CHANGED, type Unit } from "../../runtime/index";
import own from "./messages/en.json";

const data: { [key: string]: Json } = {};
const messages = Object.fromEntries(
  Object.keys(own).map((key) => [key, own[key as keyof typeof own].includes("{day}") ? `${key} {day}` : key]),
);
const unit = { language: "en", messages, activities: { asks: { kind: "follow-up", label: "", data } } };
globalThis.scormkitPage = { unit: unit as unknown as Unit, driver: null };
await import("./behaviour");

const ROUNDS = ["follow-up.round-1", "follow-up.round-2"];
let states: Record<string, Json>;

const form = (key: string, rows: string) =>
  `<section class="activity" tabindex="-1"><scormkit-form data-key="${key}"><dl class="form-sheet">${rows}</dl></scormkit-form></section>`;
const row = (field: string, text: string) => `<div><dt>${field}?</dt><dd data-copy="${field}">${text}</dd></div>`;

function open(more: Record<string, Json> = {}): void {
  for (const key of Object.keys(data)) delete data[key];
  Object.assign(data, { plan: "plan", rounds: ROUNDS, after: 14, next: "next", ...more });
  document.body.innerHTML = `<p data-later="asks">In 2 weeks</p><p data-waits="asks"></p><div id="announcer"></div>
    ${form("plan", row("action", "Greet") + row("because", "") + row("success", ""))}
    <section class="step" data-step="_follow-up"><scormkit-follow-up data-key="asks">
      <p data-when></p><div data-plan><h3></h3><p></p><dl></dl></div>
      <button data-now>Now</button><button data-make>Plan</button></scormkit-follow-up>
    ${form(ROUNDS[1] as string, "")}
    ${form(ROUNDS[0] as string, row("result", "Good") + row("next", "Smile") + row("next-by", "1 March"))}</section>`;
}

function change(key: string, state: Json): void {
  states[key] = state;
  document.dispatchEvent(new CustomEvent(STATE_CHANGED, { detail: key }));
}

const one = (selector: string) => document.querySelector<HTMLElement>(selector) as HTMLElement;
const said = () => one("[data-when]").textContent;
const plan = () => [...document.querySelectorAll("[data-plan] dl > *")].map((part) => part.textContent);
const shown = () => ROUNDS.filter((key) => !one(`[data-key="${key}"]`).closest<HTMLElement>(".activity")?.hidden);
const due = () => one(".step").hasAttribute("data-due");
const day = (number: number) => vi.setSystemTime(new Date(2026, 0, number, 0, 1));

beforeEach(() => {
  vi.useFakeTimers();
  day(20);
  states = {};
  ActivityElement.stateOf = (key) => states[key];
  open();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("the follow-up", () => {
  it("leads to the plan while there is none", () => {
    expect(said()).toBe("follow-up.no-plan");
    expect([one("[data-make]").hidden, one("[data-now]").hidden, one("[data-plan]").hidden]).toEqual([
      false,
      true,
      true,
    ]);
    expect(shown()).toEqual([]);
  });

  it("says when it will ask, here and where the learner leaves, and shows the plan with what was written", () => {
    change("plan", { texts: { action: "Greet" }, saved: "2026-01-20" });
    expect(said()).toBe("follow-up.later 3 February 2026");
    expect([one("[data-later]").textContent, one("[data-waits]").textContent]).toEqual([said(), said()]);
    expect(plan()).toEqual(["action?", "Greet"]);
    expect([shown(), due()]).toEqual([[], false]);
  });

  it("waits for the last day to end, and asks from the first minute of the due day", () => {
    states.plan = { saved: "2026-01-20" };
    vi.setSystemTime(new Date(2026, 1, 2, 23, 59));
    open();
    expect([shown(), due()]).toEqual([[], false]);
    vi.setSystemTime(new Date(2026, 1, 3, 0, 0));
    open();
    expect([shown(), due(), said()]).toEqual([[ROUNDS[0]], true, "follow-up.asked"]);
  });

  it("asks earlier on request, and the focus goes to the report", () => {
    change("plan", { saved: "2026-01-20" });
    one("[data-now]").click();
    expect(shown()).toEqual([ROUNDS[0]]);
    expect(document.activeElement?.querySelector("[data-key]")?.getAttribute("data-key")).toBe(ROUNDS[0]);
    expect([one("[data-now]").hidden, said(), due()]).toEqual([true, "follow-up.early", false]);
  });

  it("goes on asking for what was begun, whatever the clock says", () => {
    states = { plan: { saved: "2026-01-20" }, [ROUNDS[0] as string]: { texts: { result: "Half" } } };
    vi.setSystemTime(new Date(2019, 0, 1));
    open();
    expect([shown(), due(), said()]).toEqual([[ROUNDS[0]], true, "follow-up.asked"]);
  });

  it("counts from today where the plan was saved in the future, and has it stored so", () => {
    states.plan = { saved: "2031-01-20" };
    open();
    const settle = vi.fn();
    Object.assign(one('[data-key="plan"]'), { settle });
    expect(said()).toBe("follow-up.later 3 February 2026");
    vi.advanceTimersByTime(1);
    change("plan", { saved: "2031-01-20" });
    vi.advanceTimersByTime(1);
    expect(settle).toHaveBeenCalledTimes(1);
  });

  it("says kindly what there was no room to keep", () => {
    change("plan", { texts: {}, shed: ["because"], saved: "2026-01-20" });
    expect(plan()).toEqual(["action?", "Greet", "because?", "follow-up.shed"]);
  });

  it("thanks for a report without a next plan, and asks nothing more", () => {
    day(40);
    change("plan", { saved: "2026-01-20" });
    change(ROUNDS[0] as string, { texts: { result: "Good" }, saved: "2026-02-09" });
    expect([said(), shown(), due()]).toEqual(["follow-up.thanks", [ROUNDS[0]], false]);
    expect(one("[data-waits]").textContent).toBe("");
  });

  it("says aloud what comes next to somebody who is here, and to nobody else", () => {
    change("plan", { saved: "2026-01-20" });
    vi.advanceTimersByTime(100);
    expect(one("#announcer").textContent).toBe("");
    one("[data-now]").click();
    change(ROUNDS[0] as string, { texts: { result: "Good" }, saved: "2026-01-20" });
    vi.advanceTimersByTime(100);
    expect(one("#announcer").textContent).toBe("follow-up.thanks");
  });

  it("makes the next plan the plan, asks when that is due, and keeps the report before it", () => {
    day(40);
    states = {
      plan: { saved: "2026-01-20" },
      [ROUNDS[0] as string]: { texts: { next: "Smile" }, saved: "2026-02-09" },
    };
    open();
    expect([said(), shown()]).toEqual(["follow-up.next 23 February 2026", [ROUNDS[0]]]);
    expect(plan()).toEqual(["next?", "Smile", "next-by?", "1 March"]);
    day(31 + 23);
    open();
    expect([said(), shown(), due()]).toEqual(["follow-up.asked", ROUNDS, true]);
    change(ROUNDS[1] as string, { texts: { next: "And again" }, saved: "2026-02-23" });
    expect([said(), due()]).toEqual(["follow-up.thanks", false]);
  });

  it("knows a next plan whose text there was no room to keep", () => {
    states = { plan: { saved: "2026-01-20" }, [ROUNDS[0] as string]: { shed: ["next"], saved: "2026-01-20" } };
    open();
    expect(said()).toContain("follow-up.next");
  });

  it("asks at once where it is a package of its own, and shows no plan that it cannot know", () => {
    open({ plan: "pasted", apart: true });
    expect([said(), shown(), one("[data-plan]").hidden]).toEqual(["follow-up.apart", [ROUNDS[0]], true]);
  });

  it("offers nothing to press where it is only looked at", () => {
    change("plan", { saved: "2026-01-20" });
    (one("scormkit-follow-up") as ActivityElement).lock();
    expect(one("[data-now]").hidden).toBe(true);
    expect(plan()).toEqual(["action?", "Greet"]);
  });
});
