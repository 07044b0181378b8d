import { describe, expect, it } from "vitest";
import { Example } from "../../../../tests/example";

await import("./behaviour");

const NAME = "four-lists";
const shown = (one: Example) =>
  one
    .all("[data-round]")
    .filter((round) => !round.hidden)
    .map((round) => round.dataset.round);
const to = (one: Example, number: number) => one.all(`[data-round]:not([hidden]) [data-to="${number}"]`)[0]?.click();

describe("rotation", () => {
  it("shows one list at a time, with what stands on it and on the learner's other lists", () => {
    const one = new Example("rotation", NAME);
    expect(shown(one)).toEqual(["inside"]);
    expect(one.one("[data-last]").hidden).toBe(true);
    one.write("[data-round=inside] textarea", "Cleaners\nReaders");
    to(one, 1);
    expect(shown(one)).toEqual(["outside"]);
    expect(document.activeElement).toBe(one.one("[data-round=outside] h4"));
    expect(one.one("[data-round=outside] [data-others] li").textContent).toBe("Inside the house: Cleaners, Readers");
    expect(one.last.answers).toEqual([{ key: "inside", response: "Cleaners\nReaders", result: "neutral" }]);
  });

  it("leads to the list that has nothing yet", () => {
    const one = new Example("rotation", NAME);
    one.write("[data-round=inside] textarea", "Cleaners");
    to(one, 1);
    to(one, 2);
    to(one, 3);
    one.check();
    expect(one.error).toBe("Add 1 more name to the list “Outside the house”.");
    expect(shown(one)).toEqual(["outside"]);
    expect(document.activeElement).toBe(one.one("[data-round=outside] textarea"));
  });

  it("counts the learner's names on several lists, examples counted as lists' entries, and comes back", () => {
    const one = new Example("rotation", NAME);
    one.write("[data-round=inside] textarea", "Cleaners\nReaders");
    one.write("[data-round=outside] textarea", "readers.\nThe book club");
    one.write("[data-round=alone] textarea", "READERS");
    one.write("[data-round=groups] textarea", "Choirs");
    one.check();
    expect(one.one("[data-overlap]").textContent).toBe("Of your 4 names, 2 stand on more than one list.");
    expect(one.all("[data-shared] li").map((item) => item.textContent)).toEqual([
      "Readers: Inside the house, Outside the house, People on their own",
      "the book club: Inside the house, Outside the house, Groups",
    ]);
    expect(one.last.answers.filter(({ key }) => key === "overlap")).toEqual([
      { key: "overlap", response: 2, result: "neutral" },
    ]);
    const again = one.comesBack("rotation", NAME);
    expect(again.one("[data-overlap]").textContent).toContain("2 stand on more than one list");
    expect(again.one<HTMLTextAreaElement>("[data-round=groups] textarea").value).toBe("Choirs");
  });

  it("sends nothing of a list that is too long, and keeps it", () => {
    const one = new Example("rotation", "two-lists");
    one.write("[data-round=served] textarea", "x".repeat(201));
    one.settle();
    expect(one.last).toMatchObject({ answers: [], state: { texts: { served: "x".repeat(201) } } });
    one.check();
    expect(one.error).toContain("1 character too long");
  });
});
