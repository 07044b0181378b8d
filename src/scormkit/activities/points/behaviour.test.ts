import { beforeEach, describe, expect, it } from "vitest";
import type { Json, ResponseDetail, Unit } from "../../runtime/index";
import own from "./messages/en.json";

interface Activity extends HTMLElement {
  restore(state: Json): void;
  settle(): void;
}

const data = { total: 100, least: 0, most: 100 };
const unit = { language: "en", messages: own, activities: { budget: { kind: "points", label: "", data } } };
globalThis.scormkitPage = { unit: unit as unknown as Unit, driver: null };
await import("./behaviour");

const ITEM = (id: string) => `
  <li data-item="${id}"><label for="${id}">${id}</label><input type="text" id="${id}">
  <span aria-hidden="true">%</span><i data-bar></i></li>`;

let activity: Activity;
let heard: ResponseDetail[];

function open(): void {
  document.body.innerHTML = `
    <div id="announcer"></div>
    <scormkit-points data-key="budget"><form><ul>${ITEM("a")}${ITEM("b")}${ITEM("c")}</ul>
    <p data-left></p><button type="button" data-fit>Fit</button>
    <textarea id="why" data-limit="40" data-required></textarea><p id="why-count"></p><p data-shed="reason" hidden></p>
    <p class="error" hidden></p><button type="submit" data-answer>Save</button>
    <div class="verdict" tabindex="-1" hidden><p class="verdict-word"></p></div></form></scormkit-points>`;
  activity = document.querySelector("scormkit-points") as Activity;
  heard = [];
  activity.addEventListener("scormkit-response", (event) => heard.push((event as CustomEvent<ResponseDetail>).detail));
}

const one = <T extends HTMLElement = HTMLElement>(selector: string) => document.querySelector(selector) as T;
const values = () => [...activity.querySelectorAll("input")].map(({ value }) => value);
const last = () => heard[heard.length - 1] as ResponseDetail;
const save = () => one("form").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));

function type(selector: string, text: string): void {
  one<HTMLInputElement>(selector).value = text;
  one(selector).dispatchEvent(new Event("input", { bubbles: true }));
}

describe("points", () => {
  beforeEach(() => {
    Object.assign(data, { total: 100, least: 0, most: 100 });
    open();
  });

  it("says what is left, and what is too many", () => {
    expect(one("[data-left]").textContent).toBe("Still to give: 100 %");
    type("#a", "70");
    expect(one("[data-left]").textContent).toBe("Still to give: 30 %");
    type("#b", "40");
    expect(one("[data-left]").textContent).toBe("Too many by 10 %");
    type("#b", "30");
    expect(one("[data-left]").textContent).toBe("All given away");
  });

  it("records nothing until all is given away and the reason is there", () => {
    type("#a", "70");
    save();
    expect(one(".error").textContent).toBe("Still to give: 30 %");
    type("#b", "30");
    save();
    expect(one(".error").textContent).toBe("Write a few words about why.");
    expect(document.activeElement).toBe(one("#why"));
    expect(heard.every(({ done, answers }) => !done && !answers.length)).toBe(true);
    type("#why", "People first");
    save();
    expect(last()).toEqual({
      state: { texts: { reason: "People first" }, given: { a: "70", b: "30" }, checks: 1 },
      done: true,
      answers: [
        { key: "a", response: 70, result: "neutral" },
        { key: "b", response: 30, result: "neutral" },
        { key: "c", response: 0, result: "neutral" },
        { key: "reason", response: "People first", result: "neutral" },
      ],
    });
  });

  it("makes any numbers add up, as near to what they say as whole numbers can be", () => {
    type("#a", "1");
    type("#b", "1");
    type("#c", "1");
    one("[data-fit]").click();
    expect(values()).toEqual(["34", "33", "33"]);
    type("#a", "6");
    type("#b", "3");
    type("#c", "0");
    one("[data-fit]").click();
    expect(values()).toEqual(["67", "33", "0"]);
  });

  it("keeps within the limits when it makes them add up, and says which one a number breaks", () => {
    Object.assign(data, { total: 10, least: 1, most: 6 });
    open();
    type("#a", "9");
    save();
    expect(one(".error").textContent).toBe("6 is the most that one can get.");
    one("[data-fit]").click();
    expect(values()).toEqual(["6", "2", "2"]);
  });

  it.each(["-5", "2.5", "many"])("takes no %s", (text) => {
    type("#a", text);
    save();
    expect(one(".error").textContent).toBe("Write a whole number, 0 or more.");
    expect(one("#a").getAttribute("aria-invalid")).toBe("true");
  });

  it("comes back as it was, silently, and accepts any state", () => {
    activity.restore({ texts: { reason: "So" }, given: { a: "100", gone: "3", b: 4 }, checks: 1 });
    expect(values()).toEqual(["100", "", ""]);
    expect(one<HTMLTextAreaElement>("#why").value).toBe("So");
    expect(one(".verdict").hidden).toBe(false);
    for (const state of [null, [], "x", { given: [], texts: 3 }]) activity.restore(state as Json);
    expect(heard).toEqual([]);
  });

  it("does not ask again for a reason that there was no room to keep", () => {
    activity.restore({ shed: ["reason"], given: { a: "100" }, checks: 1 });
    save();
    expect(last()).toMatchObject({ done: true, state: { shed: ["reason"] } });
    expect(last().answers.map(({ key }) => key)).not.toContain("reason");
  });
});
