import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Answer, Json, ResponseDetail, Unit } from "../../runtime/index";
import own from "./messages/en.json";

interface Activity extends HTMLElement {
  restore(state: Json): void;
  settle(): void;
}

const messages = {
  ...own,
  "text.left": "{count} left",
  "text.over": "{count} over",
  "text.too-long": "{count} too long",
  "text.shed": "Your trainer has your list.",
};
const data = { atLeast: 2, atMost: 4, total: 89 };
const unit = { language: "en", messages, activities: { who: { kind: "brainstorm", label: "", data } } };
globalThis.scormkitPage = { unit: unit as unknown as Unit, driver: null };
await import("./behaviour");

const GROUP = (id: string, title: string) => `
  <fieldset data-group="${id}"><legend> ${title} </legend>
    ${["had", "new", "not"].map((tick) => `<input type="radio" name="${id}" value="${tick}">`).join("")}
  </fieldset>`;
const TEMPLATES = `
  <template data-row><li><span class="entry"></span>
    <button type="button" data-edit="edit">Edit<span data-name></span></button>
    <button type="button" data-edit="remove">Remove<span data-name></span></button></li></template>
  <template data-editor><form><p class="error" hidden></p><input type="text" id="edit" data-limit="20">
    <button type="submit">Done</button><p id="edit-count"></p><p data-note hidden></p></form></template>`;
const COMPARE = `
  <div data-ask><button type="button" data-compare>Compare</button><p data-missing></p></div>
  <div data-comparison><h4 tabindex="-1">Resource</h4>${GROUP("old", "Old friends")}${GROUP("kin", "Family")}</div>
  <div data-after>Well done</div>`;

let activity: Activity;
let heard: ResponseDetail[];

function open(compare = COMPARE): void {
  document.body.innerHTML = `
    <div id="announcer"></div>
    <scormkit-brainstorm data-key="who">
      <form><p class="error" hidden></p><input type="text" id="entry" data-limit="20"><p id="entry-count"></p>
      <p data-note hidden></p><button type="submit">Add</button></form>
      <ul data-entries hidden></ul><p data-count hidden></p>${compare}${TEMPLATES}
    </scormkit-brainstorm>`;
  activity = document.querySelector("scormkit-brainstorm") as Activity;
  heard = [];
  activity.addEventListener("scormkit-response", (event) => heard.push((event as CustomEvent<ResponseDetail>).detail));
}

const one = <T extends HTMLElement = HTMLElement>(selector: string) => activity.querySelector(selector) as T;
const input = (id: string) => document.getElementById(id) as HTMLInputElement;
const field = () => input("entry");
const listed = () => [...activity.querySelectorAll(".entry")].map((entry) => entry.textContent);
const last = () => heard[heard.length - 1] as ResponseDetail;
const sent = (key: string): Answer[] =>
  heard.flatMap((detail) => detail.answers).filter((answer) => answer.key === key);
const named = (name: string) =>
  [...activity.querySelectorAll("button")].find((button) => button.textContent === name) as HTMLButtonElement;

function type(text: string, into = field()): void {
  into.value = text;
  into.dispatchEvent(new Event("input", { bubbles: true }));
}

function enter(form = one<HTMLFormElement>("form")): void {
  form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
}

function add(...entries: string[]): void {
  for (const entry of entries) {
    type(entry);
    enter();
  }
}

function tick(group: string, value: string): void {
  one<HTMLInputElement>(`[data-group=${group}] [value=${value}]`).click();
}

function spoken(): string | null {
  vi.runAllTimers();
  return document.getElementById("announcer")?.textContent ?? null;
}

describe("brainstorm", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    open();
  });

  it("adds what is in the field, empties it, and says how many there are", () => {
    add("  Neighbours ", "Students");
    expect(listed()).toEqual(["Neighbours", "Students"]);
    expect(field().value).toBe("");
    expect(document.activeElement).toBe(field());
    expect(one("[data-count]").textContent).toBe("2 entries");
    expect(spoken()).toBe("Added. Your list has 2 entries.");
    expect(last()).toEqual({
      state: { texts: { "": "Neighbours\nStudents" } },
      done: false,
      answers: [{ key: "", response: "Neighbours\nStudents", result: "neutral" }],
    });
  });

  it("shows what a learner writes as text, never as markup", () => {
    add("<img src=x>");
    expect(listed()).toEqual(["<img src=x>"]);
    expect(activity.querySelector("img")).toBeNull();
  });

  it("notices a duplicate whatever its capitals and full stops, and keeps what was typed", () => {
    add("Neighbours", "neighbours.");
    expect(listed()).toEqual(["Neighbours"]);
    expect(one("[data-note]").textContent).toBe("“Neighbours” is on your list already.");
    expect(one(".error").hidden).toBe(true);
    expect(field().value).toBe("neighbours.");
  });

  it("asks for something to write where the field is empty", () => {
    add("   ");
    expect(listed()).toEqual([]);
    expect(spoken()).toBe("Write something first.");
  });

  it("refuses an entry that is too long, keeps it, and does not send it", () => {
    add("Students", "x".repeat(21));
    expect(one(".error").textContent).toBe("1 too long");
    expect(document.activeElement).toBe(field());
    expect(last().state).toEqual({ texts: { "": `Students\n${"x".repeat(21)}` } });
    activity.settle();
    expect(sent("").map((answer) => answer.response)).toEqual(["Students"]);
    activity.restore(last().state);
    expect(listed()).toEqual(["Students"]);
    expect(field().value).toBe("x".repeat(21));
  });

  it("takes no more than there is room for and says what to do", () => {
    add("a", "b", "c", "d");
    expect(one("[data-note]").textContent).toContain("Your list is full");
    add("e");
    expect(listed()).toEqual(["a", "b", "c", "d"]);
    expect(last().state).toEqual({ texts: { "": "a\nb\nc\nd" } });
  });

  it("keeps what is being typed, and sends it when the learner leaves without adding it", () => {
    add("Students");
    type("Neighb");
    expect(last()).toMatchObject({ draft: true, answers: [], state: { texts: { "": "Students\nNeighb" } } });
    activity.settle();
    expect(last().answers).toEqual([{ key: "", response: "Students\nNeighb", result: "neutral" }]);
    expect(last().draft).toBeUndefined();
  });

  it("sends the list only when it changed", () => {
    add("Students");
    activity.settle();
    expect(sent("")).toHaveLength(1);
  });

  it("removes an entry by a button with its name and puts the focus on the next one's", () => {
    add("a", "b", "c");
    named("Remove b").click();
    expect(listed()).toEqual(["a", "c"]);
    expect(document.activeElement).toBe(named("Remove c"));
    expect(last().answers[0]?.response).toBe("a\nc");
    named("Remove c").click();
    named("Remove a").click();
    expect(document.activeElement).toBe(field());
    expect(last().answers[0]?.response).toBe("");
  });

  it("changes an entry in its place and gives the focus back", () => {
    add("Studnts", "b");
    named("Edit Studnts").click();
    const editor = input("edit");
    expect(document.activeElement).toBe(editor);
    expect(editor.value).toBe("Studnts");
    type("Students", editor);
    expect(last()).toMatchObject({ draft: true, state: { texts: { "": "Students\nb" } } });
    enter(editor.form as HTMLFormElement);
    expect(listed()).toEqual(["Students", "b"]);
    expect(document.activeElement).toBe(named("Edit Students"));
  });

  it("forgets a change on Escape", () => {
    add("Students");
    named("Edit Students").click();
    const editor = input("edit");
    type("Stu", editor);
    editor.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    expect(listed()).toEqual(["Students"]);
    expect(last().state).toEqual({ texts: { "": "Students" } });
    expect(document.activeElement).toBe(named("Edit Students"));
  });

  it("does not let a change be empty, too long or a duplicate", () => {
    add("a", "b");
    named("Edit b").click();
    const editor = input("edit");
    for (const text of ["", "A", "x".repeat(21)]) {
      type(text, editor);
      enter(editor.form as HTMLFormElement);
      expect(document.activeElement).toBe(editor);
    }
    type("c", editor);
    enter(editor.form as HTMLFormElement);
    expect(listed()).toEqual(["a", "c"]);
  });

  it("lets a change mend capitals only", () => {
    add("students");
    named("Edit students").click();
    type("Students", input("edit"));
    enter(input("edit").form as HTMLFormElement);
    expect(listed()).toEqual(["Students"]);
  });

  it("finishes a change before another entry is added", () => {
    add("a", "b");
    named("Edit b").click();
    type("c", input("edit"));
    add("d");
    expect(listed()).toEqual(["a", "c", "d"]);
  });

  it("says what is missing before it compares", () => {
    add("a");
    const compare = one("[data-compare]");
    expect(compare.getAttribute("aria-disabled")).toBe("true");
    expect(one("[data-missing]").textContent).toBe("Add 1 more entry, then you can compare.");
    compare.click();
    expect(one("[data-comparison]").hidden).toBe(true);
    expect(document.activeElement).toBe(field());
    expect(spoken()).toBe("Add 1 more entry, then you can compare.");
    add("b");
    expect(compare.hasAttribute("aria-disabled")).toBe(false);
  });

  it("adds what stands in the field before it compares", () => {
    add("a");
    type("b");
    one("[data-compare]").click();
    expect(listed()).toEqual(["a", "b"]);
    expect(one("[data-comparison]").hidden).toBe(false);
    expect(document.activeElement).toBe(one("[data-comparison] h4"));
  });

  it("is done when every group was compared, and sends readable words", () => {
    add("a", "b");
    one("[data-compare]").click();
    expect(last()).toMatchObject({ done: false, state: { compared: true, ticks: {} } });
    tick("kin", "not");
    expect(one("[data-after]").hidden).toBe(true);
    tick("old", "had");
    expect(one("[data-after]").hidden).toBe(false);
    expect(last()).toEqual({
      state: { texts: { "": "a\nb" }, compared: true, ticks: { kin: "not", old: "had" } },
      done: true,
      answers: [
        {
          key: "compare",
          response: "Old friends: I had this; Family: Does not apply here",
          result: "neutral",
        },
      ],
    });
  });

  it("is done with enough entries where there is nothing to compare with", () => {
    open("");
    add("a");
    expect(last().done).toBe(false);
    add("b");
    expect(last().done).toBe(true);
  });

  it("comes back as it was, without reporting it", () => {
    activity.restore({
      texts: { "": "a\nb" },
      compared: true,
      ticks: { old: "new", kin: "maybe", gone: "had" },
    });
    expect(listed()).toEqual(["a", "b"]);
    expect(one("[data-comparison]").hidden).toBe(false);
    expect(one<HTMLInputElement>("[data-group=old] [value=new]").checked).toBe(true);
    expect(activity.querySelector("[data-group=kin] :checked")).toBeNull();
    expect(heard).toEqual([]);
    tick("kin", "had");
    expect(last().done).toBe(true);
  });

  it("sends an empty list over one that was stored, when the learner removes everything", () => {
    activity.restore({ texts: { "": "a" } });
    named("Remove a").click();
    expect(sent("").map((answer) => answer.response)).toEqual([""]);
  });

  it("counts a list that could not be kept for showing as written, and leaves it alone", () => {
    activity.restore({ shed: [""] });
    expect(one("[data-note]").textContent).toBe("Your trainer has your list.");
    one("[data-compare]").click();
    tick("old", "had");
    tick("kin", "had");
    expect(sent("")).toEqual([]);
    expect(last()).toMatchObject({ done: true, state: { shed: [""], compared: true } });
    expect(last().state).not.toHaveProperty("texts");
  });

  it("lets go of the list that could not be kept as soon as the learner writes a new one", () => {
    activity.restore({ shed: [""] });
    add("a");
    expect(last().state).toEqual({ texts: { "": "a" } });
    expect(last().answers[0]?.response).toBe("a");
  });

  it("knows that the list is empty when the learner removes what replaced a list that could not be kept", () => {
    activity.restore({ shed: [""] });
    add("a");
    named("Remove a").click();
    expect(last().state).toEqual({ texts: { "": "" } });
    expect(last().answers[0]?.response).toBe("");
    expect(one("[data-compare]").getAttribute("aria-disabled")).toBe("true");
  });

  it.each([[null], [7], [[]], [{ texts: 3, ticks: [], compared: "yes" }]])("takes %j for an empty list", (state) => {
    activity.restore(state);
    expect(listed()).toEqual([]);
    expect(one("[data-comparison]").hidden).toBe(true);
  });
});
