import { beforeEach, describe, expect, it, vi } from "vitest";
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
  "list.add": "Add",
  "list.done": "Done",
};
const activities = {
  ways: { kind: "map", label: "Ways", data: { atLeast: 2, atMost: 4 } },
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

let activity: Activity;
let heard: ResponseDetail[];

function open(): void {
  document.body.innerHTML = `<div id="announcer"></div>${MAP}`;
  activity = document.querySelector("scormkit-map") as Activity;
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
    vi.useFakeTimers();
    open();
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
