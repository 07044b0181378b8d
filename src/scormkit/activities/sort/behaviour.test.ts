import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Json, ResponseDetail, Unit } from "../../runtime/index";
import own from "./messages/en.json";

interface Activity extends HTMLElement {
  restore(state: Json): void;
}

const messages = { ...own, "answer.right": "Right.", "answer.check-again": "Check again" };
const data = { right: { book: ["loans"], fine: ["loans"], glove: ["desk", "loans"] }, graded: true };
const unit = { language: "en", messages, activities: { where: { kind: "sort", label: "", data } } };
globalThis.scormkitPage = { unit: unit as unknown as Unit, driver: null };
await import("./behaviour");

const ITEM = (id: string, why = "") => `
  <li data-row="${id}"><label for="s-${id}">A ${id}</label>
    <select id="s-${id}"><option value="">Choose</option><option value="loans">Loans</option>
    <option value="desk">Front desk</option></select><p class="feedback" data-why="${why}" hidden></p></li>`;

let activity: Activity;
let heard: ResponseDetail[];

function open(): void {
  document.body.innerHTML = `
    <div id="announcer"></div>
    <scormkit-sort data-key="where"><form>
      <ul><li data-group="loans"><b data-count>0</b></li><li data-group="desk"><b data-count>0</b></li></ul>
      <ul>${ITEM("book", "Lent here, back here.")}${ITEM("fine")}${ITEM("glove")}</ul>
      <p class="error" hidden></p><button type="submit" data-answer>Check</button>
      <div class="verdict" tabindex="-1" hidden><p class="verdict-word"></p>
      <p data-open><button type="button" data-first>Go</button></p></div></form></scormkit-sort>`;
  activity = document.querySelector("scormkit-sort") as Activity;
  heard = [];
  activity.addEventListener("scormkit-response", (event) => heard.push((event as CustomEvent<ResponseDetail>).detail));
}

const one = <T extends HTMLElement = HTMLElement>(selector: string) => activity.querySelector(selector) as T;
const select = (item: string) => document.getElementById(`s-${item}`) as HTMLSelectElement;
const said = (item: string) => one(`[data-row=${item}] .feedback`);
const last = () => heard[heard.length - 1] as ResponseDetail;
const check = () => one("form").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));

function place(placed: Record<string, string>): void {
  for (const [item, group] of Object.entries(placed)) {
    select(item).value = group;
    select(item).dispatchEvent(new Event("input", { bubbles: true }));
  }
}

describe("sort", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    data.graded = true;
    open();
  });

  it("keeps each placing at once, counts the groups and says the count", () => {
    place({ book: "loans", fine: "loans" });
    expect(last()).toEqual({
      state: { given: { book: "loans", fine: "loans" }, checks: 0 },
      done: false,
      answers: [],
      draft: true,
    });
    expect(one("[data-group=loans] [data-count]").textContent).toBe("2");
    vi.runAllTimers();
    expect(document.getElementById("announcer")?.textContent).toBe("Loans: 2 items.");
    place({ fine: "" });
    expect(one("[data-group=loans] [data-count]").textContent).toBe("1");
  });

  it("marks what is right, whichever of its groups was chosen, and reports it as correct", () => {
    place({ book: "loans", fine: "loans", glove: "loans" });
    check();
    expect(one(".verdict").dataset.verdict).toBe("right");
    expect(document.activeElement).toBe(one(".verdict"));
    expect(said("book").textContent).toBe("Right.");
    expect(said("glove").textContent).toBe("Right. It fits here too: Front desk.");
    expect(last()).toEqual({
      state: { given: { book: "loans", fine: "loans", glove: "loans" }, checks: 1 },
      done: true,
      score: 1,
      answers: [
        {
          key: "",
          response: [
            ["book", "loans"],
            ["fine", "loans"],
            ["glove", "loans"],
          ],
          result: "correct",
        },
      ],
    });
  });

  it("gives credit for each item that is right and explains the others", () => {
    place({ book: "desk", fine: "desk", glove: "desk" });
    check();
    expect(last()).toMatchObject({ score: 1 / 3, done: true, answers: [{ result: "incorrect" }] });
    expect(one(".verdict-word").textContent).toContain("You placed 1 of 3 right.");
    expect(said("book").textContent).toBe("Not yet. Lent here, back here.");
    expect(said("fine").textContent).toBe("Not yet. It belongs somewhere else.");
    expect(one("[data-row=fine]").classList.contains("is-wrong")).toBe(true);
  });

  it("says after the second try where an item fits", () => {
    place({ book: "desk", fine: "desk", glove: "desk" });
    check();
    check();
    expect(said("fine").textContent).toBe("Not yet. It fits here: Loans.");
    expect(said("book").textContent).toBe("Not yet. Lent here, back here. It fits here: Loans.");
    place({ fine: "loans" });
    expect(said("fine").hidden).toBe(true);
    expect(said("book").hidden).toBe(false);
    check();
    expect(last().score).toBeCloseTo(2 / 3);
  });

  it("leads to the first item that is not right yet", () => {
    place({ book: "loans", fine: "desk", glove: "desk" });
    check();
    one("[data-first]").click();
    expect(document.activeElement).toBe(select("fine"));
  });

  it("asks once about items without a group, then counts them as not right", () => {
    place({ book: "loans", glove: "desk" });
    const before = heard.length;
    check();
    expect(heard).toHaveLength(before);
    expect(one(".error").textContent).toContain("1 has no group yet.");
    expect(document.activeElement).toBe(select("fine"));
    check();
    expect(one(".error").hidden).toBe(true);
    expect(last()).toMatchObject({ score: 2 / 3, state: { given: { book: "loans", glove: "desk" } } });
    expect(said("fine").textContent).toBe("Not placed yet.");
    place({ book: "desk" });
    check();
    expect(last().state).toMatchObject({ checks: 2 });
  });

  it("does not check while nothing is placed", () => {
    check();
    check();
    expect(heard).toEqual([]);
    expect(one(".error").textContent).toBe("Choose a group for at least one of them first.");
  });

  it("marks for the learner but reports neither score nor verdict where it is not scored", () => {
    data.graded = false;
    place({ book: "loans", fine: "desk", glove: "desk" });
    check();
    expect(last().answers[0]?.result).toBe("neutral");
    expect(last()).not.toHaveProperty("score");
    expect(one(".verdict").dataset.verdict).toBe("not-yet");
  });

  it("comes back with its marks, without reporting it", () => {
    activity.restore({ given: { book: "desk", fine: "loans", glove: "gone", other: "loans" }, checks: 2 });
    expect(select("book").value).toBe("desk");
    expect(select("glove").value).toBe("");
    expect(said("book").textContent).toContain("It fits here: Loans.");
    expect(one("button[data-answer]").textContent).toBe("Check again");
    expect(heard).toEqual([]);
  });

  it("comes back without marks where something was moved after the check", () => {
    place({ book: "desk", fine: "desk", glove: "desk" });
    check();
    place({ book: "loans" });
    const { state } = last();
    open();
    activity.restore(state);
    expect(select("book").value).toBe("loans");
    expect(said("book").hidden).toBe(true);
    expect(one(".verdict").hidden).toBe(true);
  });

  it.each([[null], [7], [[]], [{ given: 3, checks: "x" }], [{ given: { book: 4 } }]])(
    "takes %j for nothing placed",
    (state) => {
      activity.restore(state);
      expect(select("book").value).toBe("");
      expect(one(".verdict").hidden).toBe(true);
    },
  );
});
