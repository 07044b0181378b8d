import { beforeEach, describe, expect, it } from "vitest";
import type { Json, ResponseDetail, Unit } from "../../runtime/index";
import messages from "./messages/en.json";

interface Activity extends HTMLElement {
  restore(state: Json): void;
}

const unit = { language: "en", messages, activities: { ways: { kind: "reveal", label: "" } } };
globalThis.scormkitPage = { unit: unit as unknown as Unit, driver: null };
await import("./behaviour");

const CARD = (id: string) => `
  <div data-card="${id}"><h4>The ${id}</h4><div class="prose" id="a-${id}" data-panel><p>About the ${id}.</p></div></div>`;

let activity: Activity;
let heard: ResponseDetail[];

function open(...ids: string[]): void {
  document.body.innerHTML = `
    <div id="announcer"></div>
    <scormkit-reveal data-key="ways">
      <p data-tools hidden><button type="button" data-all>Open all</button></p>
      ${ids.map(CARD).join("")}
    </scormkit-reveal>`;
  activity = document.querySelector("scormkit-reveal") as Activity;
  heard = [];
  activity.addEventListener("scormkit-response", (event) => heard.push((event as CustomEvent<ResponseDetail>).detail));
}

const button = (name: string) =>
  [...activity.querySelectorAll("button")].find((one) => one.textContent === name) as HTMLButtonElement;
const shown = () => [...activity.querySelectorAll("[data-panel]:not([hidden])")].map((panel) => panel.id);

describe("reveal", () => {
  beforeEach(() => open("door", "phone", "letter"));

  it("begins with every card closed and says so to a screen reader", () => {
    expect(shown()).toEqual([]);
    expect(button("The door").getAttribute("aria-expanded")).toBe("false");
    expect(button("The door").getAttribute("aria-controls")).toBe("a-door");
    expect(button("The door").closest("h4")).not.toBeNull();
  });

  it("keeps one card open while another opens", () => {
    button("The door").click();
    button("The letter").click();
    expect(shown()).toEqual(["a-door", "a-letter"]);
    expect(button("The letter").getAttribute("aria-expanded")).toBe("true");
  });

  it("is done when every card was opened, even if some are closed again", () => {
    button("The door").click();
    button("The door").click();
    button("The phone").click();
    expect(heard.map((one) => one.done)).toEqual([false, false]);
    button("The letter").click();
    expect(heard[2]).toEqual({ state: { open: ["door", "phone", "letter"] }, done: true, answers: [] });
  });

  it("opens all cards with one button, and closes them with the same", () => {
    button("Open all").click();
    expect(shown()).toHaveLength(3);
    expect(heard).toHaveLength(1);
    expect(heard[0]?.done).toBe(true);
    button("Close all").click();
    expect(shown()).toEqual([]);
    expect(heard).toHaveLength(1);
    expect(button("Open all")).toBeDefined();
  });

  it("opens a card in which the browser found what the learner searched for", () => {
    document.getElementById("a-phone")?.dispatchEvent(new Event("beforematch", { bubbles: true }));
    expect(shown()).toEqual(["a-phone"]);
    expect(heard[0]?.state).toEqual({ open: ["phone"] });
  });

  it("opens again what was open, without reporting it", () => {
    activity.restore({ open: ["phone", "a card that is gone"] });
    expect(shown()).toEqual(["a-phone"]);
    expect(heard).toEqual([]);
    button("The door").click();
    expect(heard[0]?.state).toEqual({ open: ["door", "phone"] });
  });

  it.each([[null], [7], ["x"], [[]], [{ open: 3 }], [{ open: [1, null] }]])("takes %j for nothing opened", (state) => {
    activity.restore(state);
    expect(shown()).toEqual([]);
  });

  it("offers no button for all where there is one card", () => {
    open("door");
    expect(activity.querySelector<HTMLElement>("[data-tools]")?.hidden).toBe(true);
  });
});
