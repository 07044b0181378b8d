import { beforeEach, describe, expect, it } from "vitest";
import { ActivityElement, type Json, STATE_CHANGED, type Unit } from "../../runtime/index";

const activities = {
  note: { kind: "text", label: "", data: { answersOf: ["asked"] } },
  asked: { kind: "any", label: "What I said" } as { kind: string; label: string; data?: { [key: string]: Json } },
};
globalThis.scormkitPage = { unit: { language: "en", messages: {}, activities } as unknown as Unit, driver: null };
await import("./behaviour");

let state: Json | undefined;

function open(asked: string): HTMLElement {
  document.body.innerHTML = `<div data-key="asked">${asked}</div><scormkit-text data-key="note">
    <div data-earlier><p>What you answer earlier on appears here.</p></div></scormkit-text>`;
  return document.querySelector("[data-earlier]") as HTMLElement;
}

function answered(stored: Json): void {
  state = stored;
  document.dispatchEvent(new CustomEvent(STATE_CHANGED, { detail: "asked" }));
}

const quotes = (place: HTMLElement) => [...place.querySelectorAll("blockquote")].map(({ textContent }) => textContent);

beforeEach(() => {
  state = undefined;
  delete activities.asked.data;
  ActivityElement.stateOf = (key) => (key === "asked" ? state : undefined);
});

describe("answers of an earlier activity", () => {
  it("are shown as they were written", () => {
    const place = open("");
    expect(place.textContent).toContain("appears here");
    answered({ texts: { a: "One thing", b: "" } });
    expect(quotes(place)).toEqual(["One thing"]);
    expect(place.querySelector("h3")?.textContent).toBe("What I said");
  });

  it("are shown as they were chosen, with the statement that each belongs to", () => {
    const place = open(`
      <fieldset><legend>People feel at ease</legend><label><input type="radio"> Hardly</label>
        <label><input type="radio" checked> Mostly</label></fieldset>
      <fieldset><legend class="prose">Do you?</legend><label><input type="radio" checked> Yes</label></fieldset>`);
    answered({ given: { a: 2 } });
    expect(quotes(place)).toEqual(["People feel at ease\nMostly", "Yes"]);
  });

  it("name the column of a tick", () => {
    const place = open(`<span id="i">Nobody listened</span><input type="checkbox" checked aria-labelledby="c i">
      <span id="c">It drove me away</span>`);
    answered({ ticked: {} });
    expect(quotes(place)).toEqual(["It drove me away: Nobody listened"]);
  });

  it("are the places of an order that count", () => {
    activities.asked.data = { top: 2 };
    const rows = ["Telephone", "Letter", "E-mail"].map((text) => `<li><span class="order-text">${text}</span></li>`);
    const place = open(`<ol>${rows.join("")}</ol>`);
    expect(quotes(place)).toEqual([]);
    answered({ given: ["telephone", "letter", "e-mail"] });
    expect(quotes(place)).toEqual(["1. Telephone", "2. Letter"]);
  });

  it("are nobody's before there is an answer", () => {
    const place = open('<fieldset><legend>Today</legend><label><input type="radio" checked> Yes</label></fieldset>');
    document.dispatchEvent(new CustomEvent(STATE_CHANGED, { detail: "other" }));
    expect(quotes(place)).toEqual([]);
  });
});
