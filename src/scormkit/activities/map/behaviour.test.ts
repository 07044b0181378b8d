import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Json, ResponseDetail, Unit } from "../../runtime/index";
import { ActivityElement, STATE_CHANGED } from "../../runtime/index";
import own from "./messages/en.json";
import { wrapped } from "./picture";
import { mostLike } from "./resemblance";

interface Activity extends HTMLElement {
  restore(state: Json): void;
  settle(): void;
  lock(): void;
}

const messages = {
  ...own,
  "text.left": "{count} left",
  "text.over": "{count} over",
  "text.too-long": "{count} too many",
  "list.add": "Add",
  "list.done": "Done",
};
const activities = {
  ways: { kind: "map", label: "Ways", data: { atLeast: 2, atMost: 4 } },
  mine: { kind: "map", label: "Mine", data: { notesFor: "ways" } },
};
const unit = { language: "en", messages, activities };
globalThis.scormkitPage = { unit: unit as unknown as Unit, driver: null };
await import("./behaviour");

const MAP = `<scormkit-map data-key="ways">
  <p class="error" id="w_centre-error" hidden></p>
  <input type="text" id="w_centre" value="Our shop" data-limit="20"><p id="w_centre-count"></p>
  <form data-add><p class="error" id="w_new-error" hidden></p>
    <input type="text" id="w_new" data-limit="20"><button type="submit" data-edit>Add</button></form>
  <button type="button" class="chip" data-edit data-suggestion="Letter">Letter</button>
  <p data-count></p><p data-shed hidden>Sent.</p><ol data-list></ol><div data-picture></div></scormkit-map>`;
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

function listen(key: string): void {
  activity = document.querySelector(`[data-key="${key}"]`) as Activity;
  heard = [];
  activity.addEventListener("scormkit-response", (event) => heard.push((event as CustomEvent<ResponseDetail>).detail));
}

const byId = <T extends HTMLElement = HTMLElement>(id: string) => document.getElementById(id) as T;
const one = <T extends Element = HTMLElement>(selector: string) => activity.querySelector(selector) as T;
const all = <T extends Element = HTMLElement>(selector: string) => [...activity.querySelectorAll<T>(selector)];
const last = () => heard[heard.length - 1] as ResponseDetail;
const submit = (form: Element) => form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
const said = () => {
  vi.runAllTimers();
  return document.getElementById("announcer")?.textContent;
};

function type(id: string, text: string): void {
  byId<HTMLInputElement>(id).value = text;
  byId(id).dispatchEvent(new Event("input", { bubbles: true }));
}

beforeEach(() => {
  vi.useFakeTimers();
  states = {};
});

describe("drawing a map", () => {
  const labels = () => all(".entry-text").map((entry) => entry.textContent);
  const press = (name: string) => one(`[aria-label="${name}"]`).click();
  const focused = () => document.activeElement?.getAttribute("aria-label");

  function add(...names: string[]): void {
    for (const name of names) {
      type("w_new", name);
      submit(one("[data-add]"));
    }
  }

  beforeEach(() => {
    document.body.innerHTML = `<div id="announcer"></div>${MAP}`;
    listen("ways");
  });

  it("adds what is typed, keeps the focus in the field and says how many there are", () => {
    add("Telephone");
    expect(labels()).toEqual(["Telephone"]);
    expect(document.activeElement).toBe(byId("w_new"));
    expect(byId<HTMLInputElement>("w_new").value).toBe("");
    expect(said()).toBe("Telephone added. 1 pathway.");
    expect(last()).toEqual({
      state: { centre: "Our shop", texts: { "": "Telephone" } },
      done: false,
      answers: [
        { key: "", response: "Telephone", result: "neutral" },
        { key: "count", response: 1, result: "neutral" },
      ],
    });
  });

  it("is done with as many pathways as it asks for", () => {
    add("Telephone", "Letter");
    expect(last()).toMatchObject({ state: { texts: { "": "Telephone\nLetter" } }, done: true });
  });

  it("adds a suggestion with one press, and marks it as used", () => {
    one(".chip").click();
    expect(labels()).toEqual(["Letter"]);
    expect(one(".chip").getAttribute("aria-disabled")).toBe("true");
    one(".chip").click();
    expect(labels()).toEqual(["Letter"]);
    expect(said()).toBe("Letter is on your map already.");
  });

  it.each([
    ["", "Write a name first."],
    ["letter", "letter is on your map already."],
    ["A name of more than twenty characters", "17 too many"],
  ])("refuses %j and says why at the field", (name, why) => {
    add("Letter");
    add(name);
    expect(labels()).toEqual(["Letter"]);
    expect(byId("w_new-error").textContent).toBe(why);
    expect(byId("w_new").getAttribute("aria-invalid")).toBe("true");
    expect(document.activeElement).toBe(byId("w_new"));
  });

  it("takes no more than it has room for", () => {
    add("One", "Two", "Three", "Four", "Five");
    expect(labels()).toEqual(["One", "Two", "Three", "Four"]);
    expect(byId("w_new-error").textContent).toContain("room for 4");
  });

  it("moves an entry, keeps the focus on its button and says its new place", () => {
    add("One", "Two", "Three");
    press("Up: Three");
    expect(labels()).toEqual(["One", "Three", "Two"]);
    expect(focused()).toBe("Up: Three");
    expect(said()).toBe("Three is now 2 of 3.");
    expect(last().answers).toEqual([{ key: "", response: "One\nThree\nTwo", result: "neutral" }]);
  });

  it("leaves the first where it is and the focus on its button", () => {
    add("One", "Two");
    const before = heard.length;
    one('[aria-label="Up: One"]').focus();
    press("Up: One");
    expect(labels()).toEqual(["One", "Two"]);
    expect(focused()).toBe("Up: One");
    expect(said()).toBe("One is the first already.");
    expect(heard.length).toBe(before);
  });

  it("removes an entry and goes to the next one, then to the field", () => {
    add("One", "Two");
    press("Remove One");
    expect(labels()).toEqual(["Two"]);
    expect(focused()).toBe("Remove Two");
    expect(said()).toBe("One removed. 1 pathway.");
    press("Remove Two");
    expect(document.activeElement).toBe(byId("w_new"));
    expect(last()).toMatchObject({
      state: { texts: {} },
      answers: [
        { key: "", response: "" },
        { key: "count", response: 0 },
      ],
    });
  });

  it("renames an entry in its place", () => {
    add("One", "Two");
    press("Rename One");
    expect(document.activeElement).toBe(byId("w_name"));
    byId<HTMLInputElement>("w_name").value = "Eins";
    submit(one("[data-list] form"));
    expect(labels()).toEqual(["Eins", "Two"]);
    expect(focused()).toBe("Rename Eins");
    expect(said()).toBe("Renamed to Eins.");
  });

  it("does not give two entries one name, and forgets the new name on Escape", () => {
    add("One", "Two");
    press("Rename One");
    byId<HTMLInputElement>("w_name").value = "two";
    submit(one("[data-list] form"));
    expect(byId("w_name-error").textContent).toBe("two is on your map already.");
    byId("w_name").dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    expect(labels()).toEqual(["One", "Two"]);
    expect(focused()).toBe("Rename One");
  });

  it("draws the list and says in words what the picture shows", () => {
    const picture = () => one<SVGElement>("[data-picture] svg");
    expect(picture().getAttribute("role")).toBe("img");
    expect(picture().getAttribute("aria-label")).toContain("Nothing leads to it yet");
    add("Telephone", "Letter");
    expect(picture().getAttribute("aria-label")).toContain("Leading to it: Telephone, Letter.");
    expect(all("[data-node] text").map((text) => text.textContent)).toEqual(["Telephone", "Letter"]);
    type("w_centre", "<b>We</b>");
    expect(one(".map-centre-name").textContent).toBe("<b>We</b>");
    expect(last()).toMatchObject({ state: { centre: "<b>We</b>" }, answers: [], draft: true });
    one("[data-node='1'] text").dispatchEvent(new MouseEvent("click", { bubbles: true }));
    expect(focused()).toBe("Rename Letter");
  });

  it("comes back as it was left, without firing", () => {
    activity.restore({ centre: "The office", texts: { "": "Door\nLetter" } });
    expect(labels()).toEqual(["Door", "Letter"]);
    expect(byId<HTMLInputElement>("w_centre").value).toBe("The office");
    expect(heard).toEqual([]);
    activity.settle();
    expect(last().answers).toEqual([
      { key: "", response: "Door\nLetter", result: "neutral" },
      { key: "count", response: 2, result: "neutral" },
    ]);
  });

  it("says that a list was sent which could not be kept, and sends nothing in its place", () => {
    activity.restore({ centre: "Our shop", texts: {}, shed: [""] });
    expect(one("[data-shed]").hidden).toBe(false);
    type("w_centre", "Shop");
    activity.settle();
    expect(last()).toMatchObject({ state: { shed: [""] }, answers: [] });
    add("Door");
    expect(last().state).toEqual({ centre: "Shop", texts: { "": "Door" } });
  });

  it.each<[Json]>([[null], [3], [[]], [{ centre: 1, texts: [], shed: "x" }]])("bears %j as a state", (state) => {
    activity.restore(state);
    expect(labels()).toEqual([]);
    expect(byId<HTMLInputElement>("w_centre").value).toBe("Our shop");
  });

  it("shows its entries but lets nothing be changed when it is locked", () => {
    activity.restore({ centre: "Our shop", texts: { "": "Door" } });
    activity.lock();
    expect(labels()).toEqual(["Door"]);
    expect(all<HTMLButtonElement>("button").every((button) => button.disabled)).toBe(true);
  });
});

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

  beforeEach(() => {
    document.body.innerHTML = `<div id="announcer"></div><div data-step="activity">${MAP}</div>${NOTES}`;
    listen("mine");
  });

  it("says that the map is empty and leads back to its step", () => {
    draw();
    expect(one("[data-no-map]").hidden).toBe(false);
    expect(one("[data-notes]").hidden).toBe(true);
    expect(one("[data-no-map] a").dataset).toMatchObject({ goStep: "activity", goActivity: "ways" });
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

describe("names in the picture", () => {
  it("are broken between words, cut where a word is too long, and end in … where there is no room", () => {
    expect(wrapped("Personal visit", 16)).toEqual(["Personal visit"]);
    expect(wrapped("Potential customers and casual enquirers", 16)).toEqual([
      "Potential",
      "customers and",
      "casual enquirers",
    ]);
    expect(wrapped("Kundendienstzentrale", 16)).toEqual(["Kundendienstzen-", "trale"]);
    expect(wrapped("one two three four five six seven eight nine ten", 9)).toEqual(["one two", "three", "four fiv…"]);
    expect(wrapped("電話とメールと手紙です", 16)).toEqual(["電話とメールと", "手紙です"]);
  });
});

describe("which examples are most like a pathway", () => {
  const titles = ["Personal visit", "Letter", "Telephone", "E-mail", "Website", "Social media"];
  it.each([
    ["E-Mail", "E-mail"],
    ["email", "E-mail"],
    ["By phone", "Telephone"],
    ["Our web site", "Website"],
    ["Letters and parcels", "Letter"],
    ["The media", "Social media"],
    ["Somebody walks in", "Personal visit"],
  ])("%s: %s", (label, title) => {
    expect(titles[mostLike(label, titles)]).toBe(title);
  });
});
