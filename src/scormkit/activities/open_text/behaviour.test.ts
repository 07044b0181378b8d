import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Json, ResponseDetail, Unit } from "../../runtime/index";
import own from "./messages/en.json";

interface Activity extends HTMLElement {
  restore(state: Json): void;
  settle(): void;
  lock(): void;
}

const messages = {
  ...own,
  "list.between": ", ",
  "text.left": "{count} left",
  "text.over": "{count} over",
  "text.too-long": "{count} too many",
};
const unit = { language: "en", messages, activities: { why: { kind: "open-text", label: "Why?" } } };
globalThis.scormkitPage = { unit: unit as unknown as Unit, driver: null };
await import("./behaviour");

const TOPICS = { desk: "The desk", phone: "The telephone", shelf: "The shelves" };
const OPTIONS = Object.entries(TOPICS).map(([id, title]) => `<option value="${id}">${title}</option>`);
const SELECT = (n: number) => `<label for="w_${n}-topic">Topic ${n}</label>
  <p class="error" id="w_${n}-topic-error" hidden></p>
  <select id="w_${n}-topic"><option value="">Choose a topic</option>${OPTIONS.join("")}</select>`;
const PLACE = (key: string, n: number, topic = "", select = "") => `
  <div data-place="${key}" data-number="${n}"${topic && ` data-topic="${topic}"`}>${select}
    <label for="w_${n}">Your answer</label><p class="error" id="w_${n}-error" hidden></p>
    <textarea id="w_${n}" data-limit="20"></textarea><p id="w_${n}-count"></p><p data-shed hidden>Sent.</p></div>`;
const MODELS = Object.entries(TOPICS).map(
  ([id, title]) => `<section data-model="${id}" hidden><h4>${title}</h4>
    <div data-own hidden><blockquote class="written"></blockquote></div><ul><li>Model of ${id}</li></ul></section>`,
);

let activity: Activity;
let heard: ResponseDetail[];

function open(places: string, models = "<p>The model answer</p>"): void {
  document.body.innerHTML = `<div id="announcer"></div><scormkit-open-text data-key="why">${places}
    <button type="button" data-answer>Save and compare</button>
    <div class="verdict" tabindex="-1" hidden><p class="verdict-word">Saved</p>${models}</div></scormkit-open-text>`;
  activity = document.querySelector("scormkit-open-text") as Activity;
  heard = [];
  activity.addEventListener("scormkit-response", (event) => heard.push((event as CustomEvent<ResponseDetail>).detail));
}

const oneQuestion = () => open(PLACE("", 1));
const picking = () => open(PLACE("text-1", 1, "", SELECT(1)) + PLACE("text-2", 2, "", SELECT(2)), MODELS.join(""));
const fixed = (...topics: string[]) =>
  open(topics.map((topic, index) => PLACE(`text-${index + 1}`, index + 1, topic)).join(""), MODELS.join(""));
const one = <T extends HTMLElement = HTMLElement>(selector: string) => activity.querySelector(selector) as T;
const byId = <T extends HTMLElement = HTMLElement>(id: string) => document.getElementById(id) as T;
const field = (n = 1) => byId<HTMLTextAreaElement>(`w_${n}`);
const select = (n: number) => byId<HTMLSelectElement>(`w_${n}-topic`);
const error = (id: string) => byId(`${id}-error`);
const last = () => heard[heard.length - 1] as ResponseDetail;
const save = () => one("button").click();

function type(text: string, n = 1): void {
  field(n).value = text;
  field(n).dispatchEvent(new Event("input", { bubbles: true }));
}

function write(text: string, n = 1): void {
  type(text, n);
  field(n).dispatchEvent(new Event("change", { bubbles: true }));
}

function pick(topic: string, n: number): void {
  select(n).value = topic;
  select(n).dispatchEvent(new Event("change", { bubbles: true }));
}

describe("open text with one question", () => {
  beforeEach(oneQuestion);

  it("keeps what is typed at once and records it when the field is left", () => {
    type("They come");
    expect(last()).toEqual({ state: { texts: { "": "They come" } }, done: false, answers: [], draft: true });
    field().dispatchEvent(new Event("change"));
    expect(last()).toEqual({
      state: { texts: { "": "They come" } },
      done: false,
      answers: [{ key: "", response: "They come", result: "neutral" }],
    });
  });

  it("shows the model answer after saving and moves the focus there", () => {
    write("They come back.");
    expect(one(".verdict").hidden).toBe(true);
    save();
    expect(last()).toMatchObject({ state: { saved: true }, done: true });
    expect(one(".verdict").hidden).toBe(false);
    expect(document.activeElement).toBe(one(".verdict"));
  });

  it("records an answer once, and again only when it has changed", () => {
    write("First");
    save();
    expect(last().answers).toEqual([]);
    write("Second");
    expect(last().answers).toEqual([{ key: "", response: "Second", result: "neutral" }]);
    write("");
    expect(last().answers).toEqual([{ key: "", response: "", result: "neutral" }]);
  });

  it("does not save an empty answer, says so at the field and goes there", () => {
    save();
    expect(heard).toEqual([]);
    expect(error("w_1").hidden).toBe(false);
    expect(error("w_1").textContent).toContain("few words");
    expect(field().getAttribute("aria-invalid")).toBe("true");
    expect(document.activeElement).toBe(field());
    type("x");
    expect(error("w_1").hidden).toBe(true);
    expect(field().hasAttribute("aria-invalid")).toBe(false);
  });

  it("keeps a text that is too long but sends nothing of it", () => {
    write("012345678901234567890123");
    expect(last()).toMatchObject({ state: { texts: { "": "012345678901234567890123" } }, answers: [], draft: true });
    expect(error("w_1").textContent).toBe("4 too many");
    save();
    expect(last().done).toBe(false);
    expect(one(".verdict").hidden).toBe(true);
    write("0123456789");
    save();
    expect(last().done).toBe(true);
  });

  it("comes back as it was left, without firing, and records an old draft when asked to", () => {
    activity.restore({ texts: { "": "From last week" }, saved: true });
    expect(field().value).toBe("From last week");
    expect(one(".verdict").hidden).toBe(false);
    expect(heard).toEqual([]);
    activity.settle();
    expect(last()).toEqual({
      state: { texts: { "": "From last week" }, saved: true },
      done: true,
      answers: [{ key: "", response: "From last week", result: "neutral" }],
    });
  });

  it("takes a text that was shed for answered until the learner writes anew", () => {
    activity.restore({ texts: {}, saved: true, shed: [""] });
    expect(one("[data-shed]").hidden).toBe(false);
    save();
    expect(last()).toEqual({ state: { texts: {}, saved: true, shed: [""] }, done: true, answers: [] });
    type("New");
    expect(one("[data-shed]").hidden).toBe(true);
    expect(last().state).toEqual({ texts: { "": "New" }, saved: true });
  });

  it.each<[Json]>([[null], [7], ["x"], [[]], [{ texts: "x", topics: [1], saved: "yes", shed: {} }]])(
    "bears %j as a state",
    (state) => {
      activity.restore(state);
      expect(field().value).toBe("");
      expect(one(".verdict").hidden).toBe(true);
    },
  );

  it("can be read but not changed when it is locked", () => {
    activity.restore({ texts: { "": "Mine" }, saved: true });
    activity.lock();
    expect(field().disabled).toBe(true);
    expect(one<HTMLButtonElement>("button").disabled).toBe(true);
    expect(one(".verdict").hidden).toBe(false);
  });
});

describe("open text with topics to pick", () => {
  beforeEach(picking);

  it("does not let a topic be picked twice", () => {
    pick("desk", 1);
    const taken = [...select(2).options].filter((option) => option.disabled).map((option) => option.value);
    expect(taken).toEqual(["desk"]);
    pick("phone", 1);
    expect([...select(2).options].filter((option) => option.disabled).map((option) => option.value)).toEqual(["phone"]);
  });

  it("records a topic by its title and names it above its text", () => {
    pick("desk", 1);
    expect(last()).toEqual({
      state: { texts: {}, topics: ["desk", ""] },
      done: false,
      answers: [{ key: "topic-1", response: "The desk", result: "neutral" }],
    });
    expect(one('label[for="w_1"]').textContent).toBe("Your text on “The desk”");
  });

  it("asks for every topic and every text before it saves", () => {
    pick("desk", 1);
    write("Greets", 1);
    save();
    expect(last().done).toBe(false);
    expect(error("w_2-topic").hidden).toBe(false);
    expect(error("w_2").hidden).toBe(false);
    expect(document.activeElement).toBe(select(2));
    pick("shelf", 2);
    expect(error("w_2-topic").hidden).toBe(true);
    write("Tidy", 2);
    save();
    expect(last()).toMatchObject({ state: { topics: ["desk", "shelf"], saved: true }, done: true });
  });

  it("shows the model answers of the picked topics only, each below the learner's own words", () => {
    pick("shelf", 1);
    write("Tidy", 1);
    pick("desk", 2);
    write("Greets", 2);
    save();
    const shown = [...activity.querySelectorAll<HTMLElement>("[data-model]:not([hidden])")];
    expect(shown.map((model) => model.dataset.model)).toEqual(["shelf", "desk"]);
    expect(shown.map((model) => model.querySelector(".written")?.textContent)).toEqual(["Tidy", "Greets"]);
  });

  it("hides the model answers when another topic is picked, until it is saved again", () => {
    activity.restore({ texts: { "text-1": "Tidy", "text-2": "Greets" }, topics: ["shelf", "desk"], saved: true });
    expect(one(".verdict").hidden).toBe(false);
    pick("phone", 1);
    expect(one(".verdict").hidden).toBe(true);
    expect(last().answers).toContainEqual({ key: "topic-1", response: "The telephone", result: "neutral" });
    save();
    expect(one("[data-model=phone]").hidden).toBe(false);
    expect(one("[data-model=shelf]").hidden).toBe(true);
  });

  it("keeps the text of a topic that exists no more", () => {
    activity.restore({ texts: { "text-1": "Old" }, topics: ["gone", "desk"] });
    expect(select(1).value).toBe("");
    expect(field(1).value).toBe("Old");
    expect(select(2).value).toBe("desk");
  });
});

describe("open text in plain language", () => {
  const lines = () => [...document.querySelectorAll("[data-plain] li")].map(({ textContent }) => textContent);
  const activities: Record<string, { kind: string; label: string; data?: { [key: string]: Json } }> = unit.activities;

  beforeEach(() => {
    activities.why = { kind: "open-text", label: "Why?", data: { longest: 5, avoid: ["vault", "token"] } };
    open(PLACE("", 1).replace("</div>", "<ul data-plain hidden></ul></div>"));
  });
  afterEach(() => {
    activities.why = { kind: "open-text", label: "Why?" };
  });

  it("tells while it is written what is long and what not everybody knows, and keeps none of it", () => {
    expect(one("[data-plain]").hidden).toBe(true);
    type("Authentication opens the vault for you. Easy.");
    expect(lines()).toEqual([
      "Words: 7. Sentences: 2. Words in the longest sentence: 6.",
      "1 sentence has more than 5 words. It begins “Authentication opens the vault…”.",
      "Long words: Authentication.",
      "Perhaps not everybody knows: vault.",
      "This is advice. It is not stored.",
    ]);
    expect(last().state).toEqual({ texts: { "": "Authentication opens the vault for you. Easy." } });
    type("");
    expect(one("[data-plain]").hidden).toBe(true);
  });

  it("says it when the field is left, and has it again when the text comes back", () => {
    vi.useFakeTimers();
    write("It opens.");
    vi.runAllTimers();
    expect(byId("announcer").textContent).toContain("No long sentence and no long word.");
    vi.useRealTimers();
    activity.restore({ texts: { "": "A key." } });
    expect(lines()[0]).toBe("Words: 2. Sentences: 1. Words in the longest sentence: 2.");
  });
});

describe("open text with fixed topics", () => {
  it("asks for a text on each and shows them all", () => {
    fixed("desk", "phone");
    write("Greets", 1);
    write("Rings", 2);
    save();
    expect(last()).toMatchObject({
      state: { texts: { "text-1": "Greets", "text-2": "Rings" }, topics: ["desk", "phone"], saved: true },
      done: true,
    });
    expect(heard.flatMap((one) => one.answers.map((answer) => answer.key))).toEqual(["text-1", "text-2"]);
  });

  it("gives a text back to its topic when the topics were put in another order", () => {
    fixed("phone", "desk");
    activity.restore({ texts: { "text-1": "Greets", "text-2": "Rings" }, topics: ["desk", "phone"] });
    expect(field(1).value).toBe("Rings");
    expect(field(2).value).toBe("Greets");
  });
});
