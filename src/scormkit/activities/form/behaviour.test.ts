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
  "text.left": "{count} left",
  "text.over": "{count} over",
  "text.too-long": "{count} too many",
};
const unit = { language: "en", messages, activities: { plan: { kind: "form", label: "Plan" } } };
globalThis.scormkitPage = { unit: unit as unknown as Unit, driver: null };
await import("./behaviour");

const LABELS = {
  action: "What I will do",
  by: "By when?",
  helper: "Who can help",
  size: "How large?",
  signed: "My name",
  date: "Date of this plan",
};
const FIELD = (id: keyof typeof LABELS, type: string, inside: string, required = "") => `
  <div class="field" data-field="${id}" data-type="${type}" data-label="${LABELS[id]}" ${required}>
    <p class="error" id="f_${id}-error" hidden></p>${inside}<p data-shed hidden>Sent.</p></div>`;
const RADIO = (id: string, text: string) =>
  `<label><input type="radio" name="size" value="${id}"><span>${text}</span></label>`;
const FIELDS = [
  FIELD("action", "long-text", '<textarea id="f_action" data-limit="20"></textarea>', "data-required"),
  FIELD(
    "by",
    "date",
    '<input type="date" id="f_by" data-default="14" data-warn-if="past"><p data-warning></p>',
    "data-required",
  ),
  FIELD("helper", "short-text", '<input type="text" id="f_helper" data-limit="10">'),
  FIELD(
    "size",
    "choice",
    `${RADIO("s", "A small step")}${RADIO("l", "A large one")}
    <button type="button" data-edit data-clear hidden>Clear</button>`,
  ),
  FIELD("signed", "name", '<input type="text" id="f_signed" data-limit="60">'),
  FIELD("date", "date", '<input type="date" id="f_date" data-default="0"><p data-warning></p>'),
];
const COPIES = Object.keys(LABELS).map((id) => `<dt>x</dt><dd data-copy="${id}"></dd>`);

let activity: Activity;
let heard: ResponseDetail[];

function open(): void {
  document.body.innerHTML = `<div id="announcer"></div><scormkit-form data-key="plan">
    <form novalidate data-title="My plan: 1/2"><div data-errors tabindex="-1" hidden><h4>Again</h4><ul></ul></div>
      ${FIELDS.join("")}<button type="submit" data-answer>Save my plan</button></form>
    <div data-saved tabindex="-1" hidden><button type="button" data-prints="plan">Print</button>
      <button type="button" data-download>Download</button></div><dl>${COPIES.join("")}</dl></scormkit-form>`;
  activity = document.querySelector("scormkit-form") as Activity;
  heard = [];
  activity.addEventListener("scormkit-response", (event) => heard.push((event as CustomEvent<ResponseDetail>).detail));
}

const one = <T extends HTMLElement = HTMLElement>(selector: string) => activity.querySelector(selector) as T;
const input = (id: string) => document.getElementById(`f_${id}`) as HTMLInputElement;
const error = (id: string) => document.getElementById(`f_${id}-error`) as HTMLElement;
const last = () => heard[heard.length - 1] as ResponseDetail;
const sent = () => Object.fromEntries(last().answers.map(({ key, response }) => [key, response]));
const save = () => one("form").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
const warning = (id: string) => one(`[data-field=${id}] [data-warning]`).textContent;
const onPaper = (id: string) => one(`[data-copy=${id}]`).textContent;

function type(id: string, text: string): void {
  input(id).value = text;
  input(id).dispatchEvent(new Event("input", { bubbles: true }));
}

function write(id: string, text: string): void {
  type(id, text);
  input(id).dispatchEvent(new Event("change", { bubbles: true }));
}

function choose(id: string): void {
  one(`[value=${id}]`).click();
}

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(2026, 0, 20, 23, 30), toFake: ["Date"] });
  open();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("form", () => {
  it("fills in dates from the learner's own calendar, silently", () => {
    expect(input("date").value).toBe("2026-01-20");
    expect(input("by").value).toBe("2026-02-03");
    expect(heard).toEqual([]);
  });

  it("keeps what is typed at once and records each field when it is left", () => {
    type("action", "Greet");
    const state = { texts: { action: "Greet" }, dates: { by: "2026-02-03", date: "2026-01-20" } };
    expect(last()).toEqual({ state, done: false, answers: [], draft: true });
    input("action").dispatchEvent(new Event("change"));
    expect(last()).toEqual({ state, done: false, answers: [{ key: "action", response: "Greet", result: "neutral" }] });
  });

  it("records every field with the button, but never a name", () => {
    write("action", "Greet");
    write("helper", "Anna");
    write("signed", "Kim Lee");
    choose("l");
    save();
    expect(last()).toMatchObject({ done: true, state: { saved: "2026-01-20", names: { signed: "Kim Lee" } } });
    expect(sent()).toMatchObject({ by: "2026-02-03", date: "2026-01-20" });
    const answers = heard.flatMap((one) => one.answers);
    expect(answers.map((answer) => answer.key)).toEqual(["action", "helper", "size", "by", "date", ""]);
    expect(JSON.stringify(answers)).not.toContain("Kim");
  });

  it("sends the whole as text with the button, once for each text", () => {
    write("action", "Greet");
    choose("l");
    save();
    expect(sent()[""]).toContain("What I will do\nGreet\n");
    expect(sent()[""]).toContain("A large one");
    save();
    expect(last()?.answers).toEqual([]);
    write("action", "Greet back");
    save();
    expect(sent()[""]).toContain("Greet back");
  });

  it("confirms calmly once it is saved, and the focus goes there", () => {
    write("action", "Greet");
    expect(one("[data-saved]").hidden).toBe(true);
    save();
    expect(one("[data-saved]").hidden).toBe(false);
    expect(document.activeElement).toBe(one("[data-saved]"));
  });

  it("records a choice by its words, and can be cleared", () => {
    choose("s");
    expect(last()).toMatchObject({ state: { choices: { size: "s" } }, answers: [{ response: "A small step" }] });
    one("[data-clear]").click();
    expect(last().answers).toEqual([{ key: "size", response: "", result: "neutral" }]);
    expect(one("[data-clear]").hidden).toBe(true);
    expect(document.activeElement).toBe(one("[value=s]"));
  });

  it("says in a summary what is missing, with links that lead to the fields", () => {
    write("by", "");
    save();
    const summary = one("[data-errors]");
    expect(summary.hidden).toBe(false);
    expect(document.activeElement).toBe(summary);
    const links = [...summary.querySelectorAll("a")];
    expect(links.map((link) => link.textContent)).toEqual([
      "Write something at “What I will do”.",
      "Give a date at “By when?”.",
    ]);
    expect(error("action").textContent).toBe(links[0]?.textContent);
    expect(input("action").getAttribute("aria-invalid")).toBe("true");
    links[1]?.click();
    expect(document.activeElement).toBe(input("by"));
    expect(last().done).toBe(false);
    expect(one("[data-saved]").hidden).toBe(true);
  });

  it("takes an error away as soon as the field is filled in", () => {
    save();
    type("action", "Greet");
    expect(error("action").hidden).toBe(true);
    expect(input("action").hasAttribute("aria-invalid")).toBe(false);
    save();
    expect(one("[data-errors]").hidden).toBe(true);
    expect(last().done).toBe(true);
  });

  it("keeps a text that is too long, records the others and says by how much", () => {
    write("action", "x".repeat(23));
    expect(last()).toMatchObject({ state: { texts: { action: "x".repeat(23) } }, answers: [], draft: true });
    expect(error("action").textContent).toBe("3 too many");
    save();
    expect(one("[data-errors] a").textContent).toBe("“What I will do”: 3 too many");
    write("helper", "Anna");
    expect(last()).toMatchObject({ answers: [{ key: "helper", response: "Anna" }], draft: true });
  });

  it("warns gently of a day that has passed, and saves it all the same", () => {
    write("by", "2026-01-19");
    expect(warning("by")).toContain("already passed");
    write("by", "2026-01-20");
    expect(warning("by")).toBe("");
    write("by", "2026-01-19");
    write("action", "Greet");
    save();
    expect(last()).toMatchObject({ done: true, state: { dates: { by: "2026-01-19" } } });
  });

  it("does not record a year that is still being typed", () => {
    write("by", "0202-01-19");
    expect(last()).toMatchObject({ answers: [], draft: true });
    expect(warning("by")).toBe("");
    save();
    expect(one("[data-errors]").textContent).toContain("Give day, month and year at “By when?”.");
  });

  it("remembers that a date was cleared", () => {
    write("date", "");
    activity.restore(last().state);
    expect(input("date").value).toBe("");
  });

  it("comes back as it was left, without firing, and records an old draft when asked to", () => {
    activity.restore({
      texts: { action: "Greet", gone: "?" },
      dates: { by: "2025-12-01" },
      choices: { size: "l" },
      names: { signed: "Kim" },
      saved: true,
    });
    expect(input("action").value).toBe("Greet");
    expect(input("by").value).toBe("2025-12-01");
    expect(warning("by")).toBe("");
    expect(input("signed").value).toBe("Kim");
    expect(one<HTMLInputElement>("[value=l]").checked).toBe(true);
    expect(one("[data-saved]").hidden).toBe(false);
    expect(heard).toEqual([]);
    activity.settle();
    expect(sent()).toEqual({ action: "Greet", by: "2025-12-01", size: "A large one" });
  });

  it("takes a text that was shed for answered until the learner writes anew", () => {
    activity.restore({ dates: { by: "2026-02-03", date: "2026-01-20" }, saved: true, shed: ["action"] });
    expect(one("[data-field=action] [data-shed]").hidden).toBe(false);
    save();
    expect(last()).toMatchObject({ done: true, state: { shed: ["action"] } });
    expect(sent()).not.toHaveProperty("action");
    type("action", "New");
    expect(one("[data-field=action] [data-shed]").hidden).toBe(true);
    expect(last().state).not.toHaveProperty("shed");
  });

  it.each<[Json]>([[null], [1], [[]], [{ texts: 1, dates: { by: 5 }, choices: { size: "gone" }, saved: 1 }]])(
    "bears %j as a state",
    (state) => {
      activity.restore(state);
      expect(input("action").value).toBe("");
      expect(input("by").value).toBe("2026-02-03");
      expect(one("[data-saved]").hidden).toBe(true);
    },
  );

  it("can be printed and downloaded, but not changed, when it is locked", () => {
    activity.restore({ texts: { action: "Greet" }, saved: true });
    activity.lock();
    expect(input("action").disabled).toBe(true);
    expect(one<HTMLButtonElement>("[data-answer]").disabled).toBe(true);
    expect(one<HTMLButtonElement>("[data-prints]").disabled).toBe(false);
    expect(one<HTMLButtonElement>("[data-download]").disabled).toBe(false);
  });
});

describe("the learner's own copy", () => {
  it("stands ready for paper, with dates in words", () => {
    write("action", "Greet\nand smile");
    write("signed", "Kim Lee");
    choose("s");
    expect(onPaper("action")).toBe("Greet\nand smile");
    expect(onPaper("by")).toBe("3 February 2026");
    expect(onPaper("size")).toBe("A small step");
    expect(onPaper("signed")).toBe("Kim Lee");
    expect(onPaper("helper")).toBe("");
  });

  it("can be kept as a text file with every label and answer", async () => {
    const files: Blob[] = [];
    const names: string[] = [];
    vi.stubGlobal("URL", {
      createObjectURL: (file: Blob) => `blob:${files.push(file)}`,
      revokeObjectURL: () => undefined,
    });
    document.body.addEventListener("click", (event) => {
      if (!(event.target instanceof HTMLAnchorElement)) return;
      event.preventDefault();
      names.push(event.target.download);
    });
    write("action", "Greet\nand smile");
    save();
    one("[data-download]").click();
    vi.unstubAllGlobals();
    expect(names).toEqual(["My plan 1 2.txt"]);
    const bytes = await new Promise<ArrayBuffer>((done) => {
      const reader = new FileReader();
      reader.addEventListener("load", () => done(reader.result as ArrayBuffer));
      reader.readAsArrayBuffer(files[0] as Blob);
    });
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(new Uint8Array(bytes));
    expect(text).toBe(
      "\ufeffMy plan: 1/2\r\n\r\nWhat I will do\r\nGreet\r\nand smile\r\n\r\nBy when?\r\n3 February 2026\r\n\r\n" +
        "Who can help\r\n–\r\n\r\nHow large?\r\n–\r\n\r\nMy name\r\n–\r\n\r\nDate of this plan\r\n20 January 2026\r\n",
    );
  });
});
