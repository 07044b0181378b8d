import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Json, ResponseDetail, Unit } from "../../runtime/index";
import own from "./messages/en.json";

interface Activity extends HTMLElement {
  restore(state: Json): void;
  settle(): void;
}

const data: { [key: string]: Json } = {
  inputs: [
    ["first-year", 0, 1000, false],
    ["years", 1, 20, true],
    ["profit", 0, 100, false],
  ],
  series: ["sales", "years", ["+", "first_year", ["*", 2, ["-", "n", 1]]]],
  results: [
    ["lost", ["sum", "sales"], 2],
    ["lost-profit", ["/", ["*", "lost", "profit"], 100], 2],
  ],
};
const unit = { language: "en", messages: own, activities: { cost: { kind: "calculator", label: "", data } } };
globalThis.scormkitPage = { unit: unit as unknown as Unit, driver: null };
await import("./behaviour");

const INPUT = (id: string, value: number) => `
  <label for="in-${id}">${id}</label><input type="text" id="in-${id}" data-input="${id}" data-unit="" value="${value}">`;

let activity: Activity;
let heard: ResponseDetail[];

function open(): void {
  document.body.innerHTML = `
    <div id="announcer"></div>
    <scormkit-calculator data-key="cost"><form>${INPUT("first-year", 10)}${INPUT("years", 5)}${INPUT("profit", 20)}
    <table data-row="Year {n}"><tbody></tbody></table><p data-sum></p>
    <dl data-results><div><dt>Lost</dt><dd><output data-result="lost"></output></dd></div>
    <div><dt>Profit</dt><dd><output data-result="lost-profit"></output> €</dd></div></dl>
    <p class="error" hidden></p><button type="submit" data-answer>Save</button>
    <div class="verdict" tabindex="-1" hidden><p class="verdict-word"></p></div></form></scormkit-calculator>`;
  activity = document.querySelector("scormkit-calculator") as Activity;
  heard = [];
  activity.addEventListener("scormkit-response", (event) => heard.push((event as CustomEvent<ResponseDetail>).detail));
}

const one = <T extends HTMLElement = HTMLElement>(selector: string) => document.querySelector(selector) as T;
const last = () => heard[heard.length - 1] as ResponseDetail;
const save = () => one("form").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));

function type(id: string, text: string): void {
  const field = one<HTMLInputElement>(`#in-${id}`);
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

describe("calculator", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    unit.language = "en";
    delete data.reports;
    open();
  });

  it("shows the series as a table and as a sum, and what comes out", () => {
    expect([...document.querySelectorAll("tr")].map((row) => row.textContent)).toEqual([
      "Year 110",
      "Year 212",
      "Year 314",
      "Year 416",
      "Year 518",
    ]);
    expect(one("[data-sum]").textContent).toBe("10 + 12 + 14 + 16 + 18 = 70");
    expect(one("[data-result=lost]").textContent).toBe("70");
    expect(one("[data-result=lost-profit]").textContent).toBe("14");
  });

  it("works out what the learner types at once, and says it when the field is left", () => {
    type("years", "2");
    expect(one("[data-sum]").textContent).toBe("10 + 12 = 22");
    expect(one("[data-result=lost-profit]").textContent).toBe("4.4");
    vi.runAllTimers();
    expect(one("#announcer").textContent).toBe("Lost22. Profit4.4 €");
  });

  it("reports what comes out when it is saved, not the learner's own figures", () => {
    type("profit", "25");
    activity.settle();
    expect(last().answers).toEqual([]);
    save();
    expect(last()).toEqual({
      state: { given: { profit: "25" }, checks: 1 },
      done: true,
      answers: [
        { key: "lost", response: 70, result: "neutral" },
        { key: "lost-profit", response: 17.5, result: "neutral" },
      ],
    });
  });

  it("reports the figures too where the author asks for them", () => {
    data.reports = true;
    save();
    expect(last().answers.map(({ key, response }) => [key, response])).toEqual([
      ["lost", 70],
      ["lost-profit", 14],
      ["first-year", 10],
      ["years", 5],
      ["profit", 20],
    ]);
  });

  it("reports as a text what can be too large for a number", () => {
    data.texts = ["lost"];
    save();
    expect(last().answers[0]?.response).toBe("70");
    delete data.texts;
  });

  it.each([
    ["years", "2.5", "Write a whole number."],
    ["years", "0", "Write a number from 1 to 20."],
    ["profit", "", "Write a number, with digits only."],
    ["first-year", "many", "Write a number, with digits only."],
  ])("takes no %s of %j, and shows a dash for what would come out", (id, text, words) => {
    type(id, text);
    expect(one("[data-result=lost-profit]").textContent).toBe("–");
    save();
    expect(one(".error").textContent).toBe(words);
    expect(document.activeElement?.id).toBe(`in-${id}`);
    expect(heard.some(({ done }) => done)).toBe(false);
  });

  it("reads and writes numbers as the page's language does", () => {
    unit.language = "de";
    open();
    type("first-year", "12,5");
    type("years", "1");
    type("profit", "10");
    expect(one("[data-result=lost-profit]").textContent).toBe("1,25");
  });

  it("comes back as it was, silently, and accepts any state", () => {
    activity.restore({ given: { years: "1", gone: "3" }, checks: 1 });
    expect(one("[data-result=lost]").textContent).toBe("10");
    expect(one(".verdict").hidden).toBe(false);
    for (const state of [null, "x", { given: [1] }]) activity.restore(state as Json);
    expect(one("[data-result=lost]").textContent).toBe("70");
    expect(heard).toEqual([]);
  });
});

describe("a choice of currencies", () => {
  beforeEach(() => {
    delete data.texts;
    open();
    one("ul, form").insertAdjacentHTML(
      "afterbegin",
      `<select id="c" data-choose><option value="RUB">RUB</option><option value="EUR">EUR</option></select>
      <p id="in-first-year-unit">thousand <span data-currency>RUB</span></p>`,
    );
    // The element was wired before the choice stood there.
    const markup = activity.outerHTML;
    activity.remove();
    document.body.insertAdjacentHTML("beforeend", markup);
    activity = document.querySelector("scormkit-calculator") as Activity;
    heard = [];
    activity.addEventListener("scormkit-response", (event) =>
      heard.push((event as CustomEvent<ResponseDetail>).detail),
    );
  });

  const choose = (code: string) => {
    one<HTMLSelectElement>("#c").value = code;
    one("#c").dispatchEvent(new Event("input", { bubbles: true }));
  };

  it("is named in the page's language, and stands in every unit at once", () => {
    expect(one<HTMLSelectElement>("#c").options[1]?.text).toBe("EUR – Euro");
    choose("EUR");
    expect(one("#in-first-year-unit").textContent).toBe("thousand EUR");
    type("first-year", "20 thousand EUR");
    expect(one("[data-result=lost]").textContent).toBe("120");
  });

  it("is recorded with what comes out, and there again", () => {
    choose("EUR");
    save();
    expect(last().answers.map(({ key, response }) => [key, response])).toEqual([
      ["lost", 70],
      ["lost-profit", 14],
      ["currency", ["eur"]],
    ]);
    const { state } = last();
    choose("RUB");
    activity.restore(state);
    expect(one<HTMLSelectElement>("#c").value).toBe("EUR");
    expect(one("[data-currency]").textContent).toBe("EUR");
    activity.restore({ given: { currency: "XYZ" } });
    expect(one<HTMLSelectElement>("#c").value).toBe("RUB");
  });
});
