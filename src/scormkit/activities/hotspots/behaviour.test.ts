import { beforeEach, describe, expect, it } from "vitest";
import type { Json, ResponseDetail, Unit } from "../../runtime/index";
import own from "./messages/en.json";

interface Activity extends HTMLElement {
  restore(state: Json): void;
  settle(): void;
}

const data = { correct: ["step", "desk"], graded: true, atLeast: 1 };
const messages = { ...own, "answer.right": "Right", "answer.not-yet": "Not yet", "answer.noted": "Noted" };
const unit = { language: "en", messages, activities: { place: { kind: "hotspots", label: "", data } } };
globalThis.scormkitPage = { unit: unit as unknown as Unit, driver: null };
await import("./behaviour");

const MARK = (id: string) => `<label for="box-${id}" data-spot="${id}">1</label>`;
const ROW = (id: string) => `
  <li data-place="${id}"><label><input type="checkbox" id="box-${id}" value="${id}"></label>
  <p class="feedback" data-why="Why ${id}" hidden></p><div data-text>About ${id}</div></li>`;

let activity: Activity;
let heard: ResponseDetail[];

function open(): void {
  const ids = ["step", "hall", "desk"];
  document.body.innerHTML = `
    <div id="announcer"></div>
    <scormkit-hotspots data-key="place"><form>${ids.map(MARK).join("")}<ul>${ids.map(ROW).join("")}</ul>
    <p class="error" hidden></p><button type="submit" data-answer>Check</button>
    <div class="verdict" tabindex="-1" hidden><p class="verdict-word"></p></div></form></scormkit-hotspots>`;
  activity = document.querySelector("scormkit-hotspots") as Activity;
  heard = [];
  activity.addEventListener("scormkit-response", (event) => heard.push((event as CustomEvent<ResponseDetail>).detail));
}

const one = <T extends HTMLElement = HTMLElement>(selector: string) => document.querySelector(selector) as T;
const mark = (id: string) => one(`[data-spot="${id}"]`);
const text = (id: string) => one(`[data-place="${id}"] [data-text]`);
const last = () => heard[heard.length - 1] as ResponseDetail;
const check = () => one("form").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));

describe("hotspots", () => {
  beforeEach(() => {
    Object.assign(data, { correct: ["step", "desk"], graded: true, atLeast: 1 });
    open();
  });

  it("takes a mark in the picture for its box in the list, and shows both alike", () => {
    mark("step").click();
    expect(one<HTMLInputElement>("#box-step").checked).toBe(true);
    expect(mark("step").classList.contains("is-on")).toBe(true);
    one("#box-step").click();
    expect(mark("step").classList.contains("is-on")).toBe(false);
  });

  it("gives half for one of two, nothing for as many wrong as right, all for both", () => {
    const scores = [["step"], ["step", "hall"], ["step", "hall", "desk"], ["desk", "step"]].map((chosen) => {
      open();
      for (const id of chosen) mark(id).click();
      check();
      return [last().score, last().answers[0]?.result, one(".verdict").dataset.verdict];
    });
    expect(scores).toEqual([
      [0.5, "incorrect", "not-yet"],
      [0, "incorrect", "not-yet"],
      [0.5, "incorrect", "not-yet"],
      [1, "correct", "right"],
    ]);
    expect(last().answers[0]?.response).toEqual(["step", "desk"]);
    expect(one("[data-place=step] .feedback").textContent).toBe("Why step");
  });

  it("tells about a place after the check only, where places are to be found", () => {
    mark("step").click();
    expect(text("step").hidden).toBe(true);
    check();
    expect([text("step").hidden, text("desk").hidden, text("hall").hidden]).toEqual([false, false, true]);
  });

  it("tells about a place at once where any may be chosen, and judges nothing", () => {
    Object.assign(data, { correct: [], graded: false, atLeast: 2 });
    open();
    mark("hall").click();
    expect(text("hall").hidden).toBe(false);
    check();
    expect(one(".error").textContent).toBe("Choose 1 more place.");
    mark("desk").click();
    check();
    expect(one(".verdict-word").textContent).toBe("Noted");
    expect(last()).toEqual({
      state: { given: ["hall", "desk"], checks: 1 },
      done: true,
      answers: [{ key: "", response: ["hall", "desk"], result: "neutral" }],
    });
  });

  it("comes back as it was, silently, and accepts any state", () => {
    activity.restore({ given: ["desk", "gone"], checks: 2 });
    expect(mark("desk").classList.contains("is-on")).toBe(true);
    expect(one(".verdict").hidden).toBe(false);
    for (const state of [null, 3, { given: { desk: true } }]) activity.restore(state as Json);
    expect(mark("desk").classList.contains("is-on")).toBe(false);
    expect(heard).toEqual([]);
  });
});
