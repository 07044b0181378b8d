import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Json, ResponseDetail, Unit } from "../../runtime/index";
import own from "./messages/en.json";

interface Activity extends HTMLElement {
  restore(state: Json): void;
  settle(): void;
}

/** At the desk one is kind (trust comes a choice later) or rude; in the talk one waits, or leaves: well with trust. */
const data: { [key: string]: Json } = {
  variables: [["trust", 1, 0, 3]],
  scenes: {
    desk: [
      ["kind", {}, {}, [1, { trust: 1 }], [["talk", {}]]],
      ["rude", {}, { trust: -5 }, null, [["talk", {}]]],
    ],
    talk: [
      ["wait", {}, {}, null, [["talk", {}]]],
      [
        "offer",
        { trust: [1, null] },
        {},
        null,
        [
          ["good", { trust: [2, null] }],
          ["fine", {}],
        ],
      ],
      ["leave", {}, {}, null, [["bad", {}]]],
    ],
  },
  endings: { good: 1, fine: 0.5, bad: 0 },
  first: "desk",
  graded: true,
  limit: 60,
  most: 6,
};
const unit = { language: "en", messages: own, activities: { book: { kind: "scenario", label: "", data } } };
globalThis.scormkitPage = { unit: unit as unknown as Unit, driver: null };
await import("./behaviour");

const CHOICE = (id: string, more = "") => `
  <li data-choice="${id}"><button type="button" data-edit>Do ${id}</button>${more}<p data-plain>Go on</p></li>`;
const SCENE = (id: string, choices: string) => `
  <section data-scene="${id}" tabindex="-1"><div data-text>At the ${id}</div><ul>${choices}</ul></section>`;
const ENDING = (id: string) => `<section data-ending="${id}"><h4>${id}</h4></section>`;

let activity: Activity;
let heard: ResponseDetail[];

function open(): void {
  const kind = CHOICE("kind", "<div data-feedback>She smiles.</div><div data-later>A man nods.</div>");
  document.body.innerHTML = `
    <div id="announcer"></div>
    <scormkit-scenario data-key="book"><b data-variable="trust"></b><ol data-log></ol>
    ${SCENE("desk", kind + CHOICE("rude"))}${SCENE("talk", CHOICE("wait") + CHOICE("offer") + CHOICE("leave"))}
    <p data-endless hidden></p><div class="verdict" tabindex="-1">${["good", "fine", "bad"].map(ENDING).join("")}</div>
    <p><button type="button" data-edit data-again>Again</button></p></scormkit-scenario>`;
  activity = document.querySelector("scormkit-scenario") as Activity;
  heard = [];
  activity.addEventListener("scormkit-response", (event) => heard.push((event as CustomEvent<ResponseDetail>).detail));
}

const one = <T extends HTMLElement = HTMLElement>(selector: string) => document.querySelector(selector) as T;
const last = () => heard[heard.length - 1] as ResponseDetail;
const log = () => [...document.querySelectorAll("[data-log] > li")].map(({ textContent }) => textContent);
const shown = (selector: string) =>
  [...document.querySelectorAll<HTMLElement>(selector)].filter(({ hidden }) => !hidden).map(({ dataset }) => dataset);

function decide(...ids: string[]): void {
  for (const id of ids) one(`[data-scene]:not([hidden]) [data-choice=${id}] button`).click();
}

describe("scenario", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    Object.assign(data, { graded: true, limit: 60 });
    open();
  });

  it("begins with the first scene and shows nothing of what may come", () => {
    expect(shown("[data-scene]").map(({ scene }) => scene)).toEqual(["desk"]);
    expect(one("[data-feedback]").hidden).toBe(true);
    expect(one(".verdict").hidden).toBe(true);
    expect(one("[data-again]").hidden).toBe(true);
  });

  it("tells what comes of a choice, goes on with the next scene, and keeps what happened", () => {
    decide("kind");
    expect(log()).toEqual(["At the deskYou: Do kindShe smiles."]);
    expect(document.activeElement).toBe(one("[data-scene=talk]"));
    vi.runAllTimers();
    expect(one("#announcer").textContent).toBe("She smiles.");
    expect(last()).toEqual({ state: { path: ["kind"] }, done: false, answers: [], draft: true });
  });

  it("brings a later effect when its time has come, and says so", () => {
    decide("kind");
    expect(one("[data-variable]").textContent).toBe("1");
    decide("wait");
    expect(one("[data-variable]").textContent).toBe("2");
    expect(log()[1]).toBe("At the talkYou: Do waitA man nods.");
  });

  it("ends as the variables have it, and reports ending, way and score", () => {
    decide("kind", "offer");
    expect(last()).toEqual({
      state: { path: ["kind", "offer"], ended: true },
      done: true,
      score: 1,
      answers: [
        { key: "ending", response: ["good"], result: "correct" },
        { key: "path", response: "desk: kind\ntalk: offer", result: "neutral" },
      ],
    });
    expect(one(".verdict").dataset.verdict).toBe("right");
    expect(document.activeElement).toBe(one(".verdict"));
    expect(shown("[data-ending]").map(({ ending }) => ending)).toEqual(["good"]);
  });

  it("offers no choice whose conditions do not hold, and keeps a variable within its limits", () => {
    decide("rude");
    expect(one("[data-variable]").textContent).toBe("0");
    expect(one("[data-choice=offer]").hidden).toBe(true);
    decide("leave");
    expect(last()).toMatchObject({ score: 0, answers: [{ response: ["bad"], result: "incorrect" }, {}] });
  });

  it("judges nothing where it is not scored", () => {
    data.graded = false;
    decide("rude", "leave");
    expect(last().score).toBeUndefined();
    expect(last().answers[0]?.result).toBe("neutral");
    expect(one(".verdict").dataset.verdict).toBe("neutral");
  });

  it("can be begun again and stays done meanwhile", () => {
    decide("rude", "leave");
    one("[data-again]").click();
    expect(last()).toEqual({ state: { path: [], ended: true }, done: true, answers: [], draft: true });
    expect(document.activeElement).toBe(one("[data-scene=desk]"));
    decide("kind", "offer");
    expect(last().score).toBe(1);
  });

  it("leaves out the middle of a way that is too long for its record", () => {
    decide("kind", "wait", "wait", "wait", "leave");
    expect(last().answers[1]?.response).toBe("desk: kind\ntalk: wait\n…\ntalk: wait\ntalk: leave");
  });

  it("offers to begin again where somebody goes round without an end", () => {
    decide("kind", "wait", "wait", "wait", "wait", "wait");
    expect(one("[data-endless]").hidden).toBe(false);
    expect(shown("[data-scene]")).toEqual([]);
    expect(one("[data-again]").hidden).toBe(false);
  });

  it("comes back as it was, silently, as far as the story still has it, and accepts any state", () => {
    activity.restore({ path: ["kind", "wait"] });
    expect(log()).toHaveLength(2);
    expect(one("[data-variable]").textContent).toBe("2");
    activity.restore({ path: ["kind", "gone", "leave"], ended: true });
    expect(log()).toHaveLength(1);
    for (const state of [null, 7, { path: "kind" }, { path: [3] }]) activity.restore(state as Json);
    expect(log()).toEqual([]);
    activity.settle();
    expect(heard).toEqual([]);
  });
});
