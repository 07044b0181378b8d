import { beforeEach, describe, expect, it } from "vitest";
import type { Json, ResponseDetail, Unit } from "../../runtime/index";
import { ActivityElement, STATE_CHANGED } from "../../runtime/index";
import own from "./messages/en.json";

interface Activity extends HTMLElement {
  restore(state: Json): void;
  settle(): void;
}

const messages = {
  ...own,
  "text.left": "{count} left",
  "text.over": "{count} over",
  "text.too-long": "{count} too many",
};
const activities = {
  mine: { kind: "map", label: "Mine", data: { notesFor: "ways" } },
  "two.mine": { kind: "map", label: "Mine", data: { notesFor: "ways" } },
};
const unit = { language: "en", messages, activities };
globalThis.scormkitPage = { unit: unit as unknown as Unit, driver: null };
await import("./behaviour");

const PLACE = (n: number) => `<li data-place="${n}" hidden><label for="n_${n}">${n}</label>
  <div class="map-ask" id="n_${n}-ask" tabindex="-1" hidden></div><p class="error" id="n_${n}-error" hidden></p>
  <textarea id="n_${n}" data-limit="30"></textarea><p data-shed hidden>Sent.</p>
  <label data-none hidden><input type="checkbox"> None</label></li>`;
const EXAMPLE = (title: string) => `<template data-example="${title}"><p>Others at ${title}</p></template>`;
const NOTES = `<section data-step="reflect"><scormkit-map data-key="mine">
  <p data-no-map>Empty. <a href="#main" data-to-map>Go</a></p><p data-shed-map hidden></p>
  <p data-redraw hidden><a href="#main" data-to-map>Go</a></p>
  <ol data-notes hidden>${[1, 2, 3, 4].map(PLACE).join("")}</ol>
  <template data-ask><p>Nothing at all?</p></template>${EXAMPLE("Door")}${EXAMPLE("Telephone")}
  <button type="button" data-answer hidden>Save</button>
  <div class="verdict" tabindex="-1" hidden>Saved</div></scormkit-map></section>`;

let activity: Activity;
let heard: ResponseDetail[];
let states: Record<string, Json>;
ActivityElement.stateOf = (key) => states[key];

function open(): void {
  states = {};
  document.body.innerHTML = `<div data-step="activity"><div data-key="ways"></div></div>${NOTES}`;
  activity = document.querySelector("scormkit-map") as Activity;
  heard = [];
  activity.addEventListener("scormkit-response", (event) => heard.push((event as CustomEvent<ResponseDetail>).detail));
}

const byId = <T extends HTMLElement = HTMLElement>(id: string) => document.getElementById(id) as T;
const one = <T extends Element = HTMLElement>(selector: string) => activity.querySelector(selector) as T;
const all = <T extends Element = HTMLElement>(selector: string) => [...activity.querySelectorAll<T>(selector)];
const last = () => heard[heard.length - 1] as ResponseDetail;

function type(id: string, text: string): void {
  byId<HTMLInputElement>(id).value = text;
  byId(id).dispatchEvent(new Event("input", { bubbles: true }));
}

describe("writing notes on a map", () => {
  const shown = () =>
    all("[data-place]:not([hidden])").map((row) => [row.dataset.place, row.querySelector("label")?.textContent]);
  const box = (n: number) => one<HTMLInputElement>(`[data-place="${n}"] [data-none] input`);
  const save = () => one("button[data-answer]").click();

  function draw(...labels: string[]): void {
    states.ways = { centre: "", texts: { "": labels.join("\n") } };
    document.dispatchEvent(new CustomEvent(STATE_CHANGED, { detail: "ways" }));
  }

  function note(n: number, text: string): void {
    type(`n_${n}`, text);
    byId(`n_${n}`).dispatchEvent(new Event("change", { bubbles: true }));
  }

  function tick(n: number): void {
    box(n).checked = true;
    box(n).dispatchEvent(new Event("change", { bubbles: true }));
  }

  beforeEach(open);

  it("says that the map is empty and leads back to its step", () => {
    draw();
    expect(one("[data-no-map]").hidden).toBe(false);
    expect(one("[data-notes]").hidden).toBe(true);
    expect(one("[data-no-map] a").dataset).toMatchObject({ goStep: "activity", goActivity: "ways" });
  });

  it("finds the map of its own session where a unit has several", () => {
    document.body.innerHTML = NOTES.replace('"mine"', '"two.mine"');
    activity = document.querySelector("scormkit-map") as Activity;
    states = { "one.ways": { texts: { "": "Not mine" } }, "two.ways": { texts: { "": "Door" } } };
    document.dispatchEvent(new CustomEvent(STATE_CHANGED, { detail: "two.ways" }));
    expect(shown()).toEqual([["1", "Door"]]);
  });

  it("asks for a note on each pathway, in the map's order", () => {
    draw("Door", "Letter");
    expect(one("[data-no-map]").hidden).toBe(true);
    expect(shown()).toEqual([
      ["1", "Door"],
      ["2", "Letter"],
    ]);
    draw("Letter", "Door");
    expect(shown()).toEqual([
      ["2", "Letter"],
      ["1", "Door"],
    ]);
  });

  it("records a note with its pathway when the field is left", () => {
    draw("Door", "Letter");
    note(2, "I write clearly");
    expect(last()).toEqual({
      state: { texts: { "note-2": "Letter\nI write clearly" }, none: [], asked: [] },
      done: false,
      answers: [{ key: "note-2", response: "Letter: I write clearly", result: "neutral" }],
    });
  });

  it("asks once where a note is empty, with examples of what is most like it", () => {
    draw("Phone calls", "Letter");
    note(2, "I write clearly");
    save();
    expect(document.activeElement).toBe(byId("n_1-ask"));
    expect(byId("n_1-ask").textContent).toBe("Nothing at all?Others at Telephone");
    expect(byId("n_2-ask").hidden).toBe(true);
    expect(last()).toMatchObject({ state: { asked: [1] }, done: false });
    expect(one(".verdict").hidden).toBe(true);
  });

  it("takes none for an answer after that, and records that it was asked twice", () => {
    draw("Door");
    save();
    save();
    expect(byId("n_1-error").textContent).toContain("tick the box");
    expect(document.activeElement).toBe(byId("n_1"));
    tick(1);
    expect(byId("n_1-error").hidden).toBe(true);
    expect(last()).toEqual({
      state: { texts: { "note-1": "Door" }, none: [1], asked: [1] },
      done: true,
      answers: [{ key: "note-1", response: "Door: none, asked twice", result: "neutral" }],
    });
    save();
    expect(document.activeElement).toBe(one(".verdict"));
  });

  it("asks once, too, where a note only says that there is nothing", () => {
    draw("Door");
    note(1, "None.");
    save();
    expect(document.activeElement).toBe(byId("n_1-ask"));
    save();
    expect(last()).toMatchObject({
      done: true,
      answers: [],
    });
    expect(heard.flatMap((one) => one.answers.map((answer) => answer.response))).toEqual([
      "Door: None.",
      "Door: none, asked twice",
    ]);
  });

  it("takes the tick away when something is written after all", () => {
    draw("Door");
    save();
    tick(1);
    note(1, "I smile");
    expect(box(1).checked).toBe(false);
    expect(last()).toMatchObject({
      state: { texts: { "note-1": "Door\nI smile" }, none: [] },
      answers: [{ response: "Door: I smile" }],
    });
  });

  it("keeps a note with its pathway when others come, go and change places", () => {
    draw("Door", "Letter");
    note(1, "I smile");
    note(2, "I write");
    draw("Letter", "Web");
    expect(shown()).toEqual([
      ["2", "Letter"],
      ["3", "Web"],
    ]);
    draw("Door", "Letter", "Web");
    expect(byId<HTMLTextAreaElement>("n_1").value).toBe("I smile");
    expect(last().answers).toEqual([{ key: "note-2", response: "Letter: I write", result: "neutral" }]);
  });

  it("keeps the note of a pathway that gets another name, and records it under the new one", () => {
    draw("Door", "Letter");
    note(2, "I write");
    draw("Door", "Post");
    expect(shown()).toEqual([
      ["1", "Door"],
      ["2", "Post"],
    ]);
    expect(last()).toMatchObject({
      state: { texts: { "note-2": "Post\nI write" } },
      answers: [{ key: "note-2", response: "Post: I write" }],
    });
  });

  it("gives the place of a pathway that left to a new one only when all others are taken", () => {
    draw("A", "B", "C", "D");
    note(1, "About A");
    draw("B", "C", "D");
    draw("B", "C", "D", "E");
    expect(shown()).toContainEqual(["1", "E"]);
    expect(byId<HTMLTextAreaElement>("n_1").value).toBe("");
  });

  it("keeps a note that is too long but sends nothing of it", () => {
    draw("Door");
    note(1, "x".repeat(33));
    expect(last()).toMatchObject({ done: false, answers: [], draft: true });
    expect(byId("n_1-error").textContent).toBe("3 too many");
    save();
    expect(document.activeElement).toBe(byId("n_1"));
  });

  it("comes back as it was left, without firing", () => {
    states.ways = { texts: { "": "Letter\nDoor\nWeb" } };
    activity.restore({ texts: { "note-1": "Door\nI smile\nand greet", "note-2": "Web" }, none: [2], asked: [2] });
    expect(shown()).toEqual([
      ["3", "Letter"],
      ["1", "Door"],
      ["2", "Web"],
    ]);
    expect(byId<HTMLTextAreaElement>("n_1").value).toBe("I smile\nand greet");
    expect(box(2).checked).toBe(true);
    expect(byId("n_2-ask").hidden).toBe(false);
    expect(heard).toEqual([]);
    activity.settle();
    expect(last().answers.map((answer) => answer.response)).toEqual([
      "Door: I smile\nand greet",
      "Web: none, asked twice",
    ]);
  });

  it("takes a note that was shed for answered until the learner writes anew", () => {
    states.ways = { texts: { "": "Door\nWeb" } };
    activity.restore({ texts: { "note-2": "Web\nI look" }, none: [], asked: [], shed: ["note-1"] });
    save();
    expect(last()).toMatchObject({ state: { shed: ["note-1"] }, done: true });
    expect(document.activeElement).toBe(one(".verdict"));
    type("n_1", "New");
    expect(last().state).toEqual({
      texts: { "note-1": "Door\nNew", "note-2": "Web\nI look" },
      none: [],
      asked: [],
    });
  });

  it("shows the pathways of its own notes where the map itself was shed", () => {
    states.ways = { texts: {}, shed: [""] };
    activity.restore({ texts: { "note-1": "Door\nI smile" }, none: [], asked: [] });
    expect(shown()).toEqual([["1", "Door"]]);
    expect(one("[data-shed-map]").hidden).toBe(false);
    activity.restore({ texts: {} });
    expect(one("[data-redraw]").hidden).toBe(false);
    expect(one("[data-no-map]").hidden).toBe(true);
  });

  it.each<[Json]>([[null], [1], [{ texts: 1, none: "x", asked: [true] }]])("bears %j as a state", (state) => {
    draw("Door");
    activity.restore(state);
    expect(shown()).toEqual([["1", "Door"]]);
    expect(byId("n_1-ask").hidden).toBe(true);
  });
});
