import { describe, expect, it } from "vitest";
import { Example } from "../../../../tests/example";

await import("./behaviour");

describe("fill in", () => {
  it("gives credit for each gap and says which is not right yet", () => {
    const one = new Example("fill-in", "gaps");
    one.write("[data-gap=soon] input", "  PROMPTLY. ");
    one.check();
    expect(one.error).toBe("Fill in this gap first. A guess is welcome.");
    expect(document.activeElement).toBe(one.one("[data-gap=whole] input"));
    one.write("[data-gap=whole] input", "word");
    one.check();
    expect(one.verdict).toBe("1 of 2 right so far");
    expect(one.said).toEqual(["Right.", "Not yet"]);
    expect(one.last).toMatchObject({
      score: 0.5,
      done: true,
      answers: [
        { key: "soon", response: "PROMPTLY.", result: "correct" },
        { key: "whole", response: "word", result: "incorrect" },
      ],
    });
    one.write("[data-gap=whole] input", "question  that was asked");
    expect(one.said).toEqual(["Right.", ""]);
    const again = one.comesBack("fill-in", "gaps");
    expect(again.verdict).toBe("");
    again.check();
    expect(again.last.score).toBe(1);
    expect(again.comesBack("fill-in", "gaps").said).toEqual(["Right.", "Right."]);
  });

  it("keeps what is too long, says so, and sends nothing of it", () => {
    const one = new Example("fill-in", "own-words");
    one.write("input", "x".repeat(31));
    one.check();
    expect(one.error).toContain("1 character too long");
    one.settle();
    expect(one.last).toMatchObject({ answers: [], state: { given: { word: "x".repeat(31) } } });
    one.write("input", "Patience");
    one.settle();
    expect(one.last.answers).toEqual([{ key: "word", response: "Patience", result: "neutral" }]);
  });
});
