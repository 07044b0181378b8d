import { describe, expect, it } from "vitest";
import { Example } from "../../../../tests/example";

await import("./behaviour");

describe("likert", () => {
  it("records each rating, asks for those that are missing, and shows the lowest again", () => {
    const one = new Example("likert", "five-points");
    one.pick("[data-row=mistakes] [value='2']");
    one.settle();
    expect(one.last.answers).toEqual([{ key: "mistakes", response: ["n-2"], result: "neutral" }]);
    one.check();
    expect(one.error).toBe("2 are not rated yet. Say what comes nearest.");
    expect(document.activeElement).toBe(one.one("[data-row=welcome] input"));
    one.pick("[data-row=welcome] [value='5']");
    one.pick("[data-row=answers] [value='3']");
    one.check();
    expect(one.last.done).toBe(true);
    expect(one.last.answers.map(({ response }) => response)).toEqual([["n-5"], ["n-3"], ["n-2"]]);
    expect(one.all("[data-lowest] li").map((item) => item.textContent)).toEqual([
      "Mistakes are spoken of openly.",
      "A question gets an answer on the same day.",
    ]);
    const again = one.comesBack("likert", "five-points");
    expect(again.all("[data-lowest] li")).toHaveLength(2);
    expect(again.one<HTMLInputElement>("[data-row=welcome] [value='5']").checked).toBe(true);
  });
});
