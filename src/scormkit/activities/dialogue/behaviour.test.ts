import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Json, ResponseDetail, Unit } from "../../runtime/index";
import own from "./messages/en.json";

interface Activity extends HTMLElement {
  restore(state: Json): void;
  settle(): void;
}

const data: { [key: string]: Json } = { openings: {} };
const messages = { ...own, "text.too-long_one": "{count} too long", "text.too-long_other": "{count} too long" };
const unit = { language: "en", messages, activities: { lift: { kind: "dialogue", label: "", data } } };
globalThis.scormkitPage = { unit: unit as unknown as Unit, driver: null };
await import("./behaviour");

const AFTER = `<div data-after><p class="bubble" data-own tabindex="-1"><span class="entry-text"></span></p>
  <p data-hint hidden></p><p data-reacts hidden><b>Ines</b> <span></span></p></div>`;

let activity: Activity;
let heard: ResponseDetail[];

function open(): void {
  document.body.innerHTML = `
    <div id="announcer"></div>
    <scormkit-dialogue data-key="lift"><ol>
    <li data-turn="juice"><p class="bubble">Ines: Juice!</p><div data-ask>
      <button type="button" data-reply="cake" data-move="yes-and" data-reaction="Let us go out!">Yes, and cake.</button>
      <button type="button" data-reply="sugar" data-move="yes-but" data-reaction="">Yes, but sugar.</button></div>${AFTER}</li>
    <li data-turn="park" data-reaction="Ha!"><p class="bubble">Ines: A park.</p><div data-ask>
      <label for="park">You</label><p id="park-error" hidden></p><p data-shed hidden></p>
      <textarea id="park" data-limit="40"></textarea><p id="park-count"></p>
      <button type="button" data-answer>Say it</button></div>${AFTER}</li></ol>
    <div class="verdict" tabindex="-1" hidden><p class="verdict-word">Over</p><p data-moves hidden></p>
    <button type="button" data-again>Again</button></div></scormkit-dialogue>`;
  activity = document.querySelector("scormkit-dialogue") as Activity;
  heard = [];
  activity.addEventListener("scormkit-response", (event) => heard.push((event as CustomEvent<ResponseDetail>).detail));
}

const one = <T extends HTMLElement = HTMLElement>(selector: string) => document.querySelector(selector) as T;
const last = () => heard[heard.length - 1] as ResponseDetail;
const choose = (id: string) => one(`[data-reply=${id}]`).click();
const hint = (turn: string) => one(`[data-turn=${turn}] [data-hint]`).textContent ?? "";

function write(text: string): void {
  one<HTMLTextAreaElement>("textarea").value = text;
  one("textarea").dispatchEvent(new Event("input", { bubbles: true }));
}

const say = () => one("[data-answer]").click();

describe("dialogue", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    data.openings = {};
    open();
  });

  it("shows one line after the other", () => {
    expect(one("[data-turn=park]").hidden).toBe(true);
    choose("cake");
    expect(one("[data-turn=park]").hidden).toBe(false);
    expect(one("[data-turn=juice] .entry-text").textContent).toBe("Yes, and cake.");
    expect(document.activeElement).toBe(one("[data-turn=juice] [data-own]"));
    vi.runAllTimers();
    expect(one("#announcer").textContent).toMatch(/“Yes, and”.* Ines Let us go out! Ines: A park\.$/);
    expect(last()).toEqual({
      state: { texts: {}, chosen: { juice: "cake" }, at: 1 },
      done: false,
      answers: [{ key: "juice", response: ["cake"], result: "neutral" }],
    });
  });

  it("is done when the last line was answered, without a score", () => {
    choose("sugar");
    write("Yes, and squirrels");
    say();
    expect(last()).toEqual({
      state: { texts: { park: "Yes, and squirrels" }, chosen: { juice: "sugar" }, at: 2, ended: true },
      done: true,
      answers: [{ key: "park", response: "Yes, and squirrels", result: "neutral" }],
    });
    expect(one(".verdict").hidden).toBe(false);
    expect(one("[data-moves]").textContent).toBe("Yes, and: 1 · Yes, but: 1 · No: 0");
    expect(one("[data-turn=park] [data-reacts]").textContent).toBe("Ines Ha!");
  });

  it.each([
    ["YES – and then?", "yes-and"],
    ["Yes, but not today", "yes-but"],
    ["No!", "no"],
    ["Nobody knows, yes and no", "other"],
    ["Yesterday", "other"],
  ])("takes %j by its opening words only", (text, begins) => {
    choose("cake");
    write(text);
    say();
    expect(hint("park")).toBe(own[`dialogue.begins.${begins}` as keyof typeof own]);
  });

  it("knows the author's opening words in place of its own", () => {
    data.openings = { "yes-and": ["gewiss, und"] };
    choose("cake");
    write("Gewiss und gern");
    say();
    expect(hint("park")).toBe(own["dialogue.begins.yes-and"]);
  });

  it("says nothing for the learner, and nothing that is too long", () => {
    choose("cake");
    say();
    expect(one("#park-error").textContent).toBe("Write a reply first. A few words are enough.");
    expect(document.activeElement).toBe(one("textarea"));
    write("x".repeat(43));
    say();
    expect(one("#park-error").textContent).toBe("3 too long");
    expect(last()).toMatchObject({ done: false, draft: true, answers: [], state: { texts: { park: "x".repeat(43) } } });
  });

  it("records what was written and not said when the learner leaves", () => {
    choose("cake");
    write("Wait");
    activity.settle();
    expect(last()).toMatchObject({ done: false, answers: [{ key: "park", response: "Wait" }] });
  });

  it("keeps what was written when it is begun again", () => {
    choose("cake");
    write("Yes");
    say();
    one("[data-again]").click();
    expect(last()).toMatchObject({ done: true, state: { at: 0, texts: { park: "Yes" } } });
    choose("sugar");
    expect(one<HTMLTextAreaElement>("textarea").value).toBe("Yes");
  });

  it("comes back as it was, silently, and accepts any state", () => {
    activity.restore({ texts: { park: "Yes" }, chosen: { juice: "cake" }, at: 2, ended: true });
    expect(one(".verdict").hidden).toBe(false);
    activity.restore({ shed: ["park"], chosen: { juice: "cake" }, at: 2, ended: true });
    expect(one(".verdict").hidden).toBe(false);
    expect(one("[data-turn=park] [data-hint]").hidden).toBe(true);
    activity.restore({ chosen: { juice: "gone" }, at: 9 });
    expect(one("[data-turn=park]").hidden).toBe(true);
    for (const state of [null, "x", { chosen: [], at: "2", texts: 1 }]) activity.restore(state as Json);
    expect(heard).toEqual([]);
  });
});
