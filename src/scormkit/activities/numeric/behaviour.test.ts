import { describe, expect, it } from "vitest";
import { Example } from "../../../../tests/example";

await import("./behaviour");

describe("numeric", () => {
  it.each([
    ["", "Write a number first."],
    ["many", "This is not a number yet."],
    ["100000", "Write a number from -99,999 to 99,999."],
  ])("does not check %j, says why, and keeps it", (text, words) => {
    const one = new Example("numeric", "sum");
    one.write("input", text);
    one.check();
    expect(one.error).toContain(words);
    expect(one.one("input").getAttribute("aria-invalid")).toBe("true");
    expect(document.activeElement).toBe(one.one("input"));
    expect(one.last).toMatchObject({ state: { given: text }, answers: [], draft: true });
    one.write("input", "7");
    expect(one.one("input").hasAttribute("aria-invalid")).toBe(false);
  });

  it("gives the reasons from the second check on", () => {
    const one = new Example("numeric", "sum");
    one.write("input", "60");
    one.check();
    expect([one.one("[data-again]").hidden, one.one("[data-reasons]").hidden]).toEqual([false, true]);
    expect(one.last).toMatchObject({ score: 0, answers: [{ response: 60, result: "incorrect" }] });
    one.check();
    expect([one.one("[data-again]").hidden, one.one("[data-reasons]").hidden]).toEqual([true, false]);
    one.write("input", "70 thousand");
    one.check();
    expect(one.last).toMatchObject({ score: 1, answers: [{ response: 70, result: "correct" }] });
    const again = one.comesBack("numeric", "sum");
    expect(again.one<HTMLInputElement>("input").value).toBe("70 thousand");
    expect(again.verdict).toBe("That is right");
  });

  it.each([
    ["4.62", 1],
    ["4.72", 1],
    ["4.73", 0],
    ["4.61", 0],
  ])("takes %s within the tolerance for %i", (text, score) => {
    const one = new Example("numeric", "tolerance");
    one.write("input", text);
    one.check();
    expect(one.last.score).toBe(score);
  });

  it("records a guess without a verdict, but nothing that is no number", () => {
    const one = new Example("numeric", "guess");
    one.write("input", "-1");
    one.settle();
    expect(one.last.answers).toEqual([]);
    one.write("input", "30");
    one.settle();
    expect(one.last.answers).toEqual([{ key: "", response: 30, result: "neutral" }]);
  });
});
