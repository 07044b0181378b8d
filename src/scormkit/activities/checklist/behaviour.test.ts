import { beforeEach, describe, expect, it } from "vitest";
import type { Json, ResponseDetail, Unit } from "../../runtime/index";
import own from "./messages/en.json";

interface Activity extends HTMLElement {
  restore(state: Json): void;
  settle(): void;
}

const data = { atLeast: 2, perRecord: 36 };
const activities = { calls: { kind: "checklist", label: "", data } };
const unit = { language: "en", messages: { ...own, "answer.saved": "Saved." }, activities };
globalThis.scormkitPage = { unit: unit as unknown as Unit, driver: null };
await import("./behaviour");

const BOX = (column: string, item: string) => `
  <label><input type="checkbox" data-column="${column}" value="${item}" aria-labelledby="${column}-${item} ${item}">
  <span id="${column}-${item}">The ${column}</span></label>`;

let activity: Activity;
let heard: ResponseDetail[];

function open(columns = ["already", "will"], items = ["name", "thank", "sum-up"]): void {
  const rows = items.map(
    (item) => `<li><span id="${item}">${item}</span>${columns.map((c) => BOX(c, item)).join("")}</li>`,
  );
  document.body.innerHTML = `
    <scormkit-checklist data-key="calls"><form><ul>${rows.join("")}</ul><p data-counts></p>
      <p class="error" hidden></p><button type="submit">Save my list</button>
      <div class="verdict" tabindex="-1" hidden><p class="verdict-word"></p></div></form></scormkit-checklist>`;
  activity = document.querySelector("scormkit-checklist") as Activity;
  heard = [];
  activity.addEventListener("scormkit-response", (event) => heard.push((event as CustomEvent<ResponseDetail>).detail));
}

const one = <T extends HTMLElement = HTMLElement>(selector: string) => activity.querySelector(selector) as T;
const last = () => heard[heard.length - 1] as ResponseDetail;
const tick = (column: string, item: string) => one(`[data-column=${column}][value=${item}]`).click();
const save = () => one("form").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));

describe("checklist", () => {
  beforeEach(() => {
    data.atLeast = 2;
    data.perRecord = 36;
    open();
  });

  it("keeps each tick at once, as a draft", () => {
    tick("will", "thank");
    expect(last()).toEqual({
      state: { ticked: { already: [], will: ["thank"] } },
      done: false,
      answers: [],
      draft: true,
    });
  });

  it("records each column when the list is saved, and says so", () => {
    tick("will", "thank");
    tick("already", "name");
    tick("will", "name");
    save();
    expect(last()).toEqual({
      state: { ticked: { already: ["name"], will: ["name", "thank"] }, saved: true },
      done: true,
      answers: [
        { key: "already", response: ["name"], result: "neutral" },
        { key: "will", response: ["name", "thank"], result: "neutral" },
      ],
    });
    expect(one(".verdict").hidden).toBe(false);
    expect(document.activeElement).toBe(one(".verdict"));
    expect(one(".verdict-word").textContent).toBe("Saved.");
  });

  it("records only the columns that changed, an emptied one too", () => {
    tick("will", "thank");
    tick("already", "name");
    save();
    tick("will", "thank");
    expect(one(".verdict").hidden).toBe(true);
    save();
    expect(last().answers).toEqual([{ key: "will", response: [], result: "neutral" }]);
  });

  it("records what was ticked but not saved when the learner leaves", () => {
    tick("will", "thank");
    activity.settle();
    expect(last().answers).toEqual([{ key: "will", response: ["thank"], result: "neutral" }]);
    expect(last().draft).toBeUndefined();
  });

  it("is done with enough things ticked, whatever the column", () => {
    tick("will", "thank");
    tick("already", "thank");
    expect(last().done).toBe(false);
    tick("will", "name");
    expect(last().done).toBe(true);
  });

  it("saves a list that is too short and says how many are missing", () => {
    tick("will", "thank");
    save();
    expect(last()).toMatchObject({ done: false, answers: [{ key: "will" }] });
    expect(one(".verdict-word").textContent).toBe("Saved. Tick 1 more thing to finish this list.");
  });

  it("asks for a tick where there is none, and goes to the first box", () => {
    save();
    expect(heard).toEqual([]);
    expect(one(".error").textContent).toBe("Tick what holds for you first, then save.");
    expect(document.activeElement).toBe(one("input"));
    tick("will", "name");
    expect(one(".error").hidden).toBe(true);
  });

  it("takes an empty list where no tick is asked for", () => {
    data.atLeast = 0;
    save();
    expect(last()).toMatchObject({ done: true, answers: [] });
  });

  it("shows how many are ticked in each column", () => {
    tick("will", "thank");
    tick("will", "name");
    expect(one("[data-counts]").textContent).toBe("The already: 0 · The will: 2");
  });

  it("splits a long column into several records", () => {
    data.perRecord = 2;
    open(["done"]);
    tick("done", "name");
    tick("done", "sum-up");
    save();
    expect(last().answers.map(({ key, response }) => [key, response])).toEqual([
      ["done", ["name"]],
      ["done-2", ["sum-up"]],
    ]);
  });

  it("comes back as it was, without reporting it", () => {
    activity.restore({ ticked: { will: ["thank", "gone"], other: ["name"] }, saved: true });
    expect(one<HTMLInputElement>("[data-column=will][value=thank]").checked).toBe(true);
    expect(activity.querySelectorAll(":checked")).toHaveLength(1);
    expect(one(".verdict").hidden).toBe(false);
    expect(heard).toEqual([]);
    tick("will", "name");
    save();
    expect(last().answers).toEqual([{ key: "will", response: ["name", "thank"], result: "neutral" }]);
  });

  it("sends a stored draft that may not have been recorded", () => {
    activity.restore({ ticked: { will: ["thank"] } });
    activity.settle();
    expect(last().answers).toEqual([{ key: "will", response: ["thank"], result: "neutral" }]);
  });

  it.each([[null], [7], [[]], [{ ticked: 3 }], [{ ticked: { will: "name" } }]])(
    "takes %j for nothing ticked",
    (state) => {
      activity.restore(state);
      expect(activity.querySelectorAll(":checked")).toHaveLength(0);
    },
  );
});
