import { beforeEach, describe, expect, it } from "vitest";
import type { Json, ResponseDetail, Unit } from "../../runtime/index";
import own from "./messages/en.json";

interface Activity extends HTMLElement {
  restore(state: Json): void;
  settle(): void;
}

const data = { correct: "queue", most: 2, graded: true };
const messages = { ...own, "answer.right": "Right", "answer.not-yet": "Not yet" };
const unit = { language: "en", messages, activities: { man: { kind: "investigation", label: "", data } } };
globalThis.scormkitPage = { unit: unit as unknown as Unit, driver: null };
await import("./behaviour");

const QUESTION = (id: string) => `
  <li data-question="${id}"><button type="button" id="ask-${id}">${id}?</button>
  <p data-asked tabindex="-1">${id}?</p><div data-said>It is ${id}.</div></li>`;
const REASON = (id: string) => `
  <li><label><input type="radio" name="r" id="r-${id}" value="${id}"></label>
  <p class="feedback" data-why="Why ${id}" hidden></p></li>`;

let activity: Activity;
let heard: ResponseDetail[];

function open(): void {
  document.body.innerHTML = `
    <div id="announcer"></div>
    <scormkit-investigation data-key="man"><form><ol data-log></ol><p data-left></p>
    <ul data-open>${["clock", "book", "fee"].map(QUESTION).join("")}</ul>
    <ul>${["dull", "queue"].map(REASON).join("")}</ul>
    <p class="error" hidden></p><button type="submit" data-answer>Check</button>
    <div class="verdict" tabindex="-1" hidden><p class="verdict-word"></p>
    <ul><li data-sign="clock"><span data-heard></span></li><li data-sign="fee"><span data-heard></span></li></ul></div>
    </form></scormkit-investigation>`;
  activity = document.querySelector("scormkit-investigation") as Activity;
  heard = [];
  activity.addEventListener("scormkit-response", (event) => heard.push((event as CustomEvent<ResponseDetail>).detail));
}

const one = <T extends HTMLElement = HTMLElement>(selector: string) => document.querySelector(selector) as T;
const log = () => [...document.querySelectorAll("[data-log] [data-said]")].map(({ textContent }) => textContent);
const last = () => heard[heard.length - 1] as ResponseDetail;
const check = () => one("form").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));

describe("investigation", () => {
  beforeEach(open);

  it("shows no answer before its question was asked", () => {
    expect(one("[data-question=book] [data-said]").hidden).toBe(true);
    expect(one("[data-left]").textContent).toBe("You can ask 2 questions. Choose well.");
  });

  it("puts the answers in the order of the questions, and takes no more than the limit", () => {
    one("#ask-fee").click();
    expect(document.activeElement).toBe(one("[data-question=fee] [data-asked]"));
    expect(one("[data-left]").textContent).toBe("1 question left.");
    one("#ask-clock").click();
    one("#ask-book").click();
    expect(log()).toEqual(["It is fee.", "It is clock."]);
    expect(one("[data-open]").hidden).toBe(true);
    expect(last()).toEqual({
      state: { given: { asked: ["fee", "clock"] }, checks: 0 },
      done: false,
      answers: [],
      draft: true,
    });
  });

  it("wants a question and a reason before the check", () => {
    check();
    expect(one(".error").textContent).toBe("Ask something first.");
    one("#ask-fee").click();
    check();
    expect(one(".error").textContent).toBe("Choose a reason first.");
    expect(document.activeElement).toBe(one("#r-dull"));
  });

  it.each([
    ["dull", 0, "incorrect", "not-yet"],
    ["queue", 1, "correct", "right"],
  ])("takes %s for %d, and tells the signs with those that were heard", (reason, score, result, verdict) => {
    one("#ask-clock").click();
    one(`#r-${reason}`).click();
    check();
    expect(last()).toMatchObject({
      done: true,
      score,
      answers: [
        { key: "asked", response: ["clock"], result: "neutral" },
        { key: "reason", response: [reason], result },
      ],
    });
    expect(one(".verdict").dataset.verdict).toBe(verdict);
    expect([...document.querySelectorAll("[data-heard]")].map(({ textContent }) => textContent)).toEqual([
      "You heard it",
      "You did not ask",
    ]);
  });

  it("comes back as it was, silently, and accepts any state", () => {
    activity.restore({ given: { asked: ["book", "book", "gone", "clock", "fee"], reason: "queue" }, checks: 1 });
    expect(log()).toEqual(["It is book.", "It is clock."]);
    expect(one(".verdict").hidden).toBe(false);
    for (const state of [null, 1, { given: "x" }, { given: { asked: { a: 1 } } }]) activity.restore(state as Json);
    expect(log()).toEqual([]);
    expect(one("[data-open]").hidden).toBe(false);
    expect(heard).toEqual([]);
  });
});
