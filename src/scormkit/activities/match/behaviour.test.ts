import { describe, expect, it } from "vitest";
import { Example } from "../../../../tests/example";

await import("./behaviour");

describe("match", () => {
  it("asks for all pairs, gives credit for each, and marks them", () => {
    const one = new Example("match", "techniques");
    one.write("[data-row=quote] select", "quote");
    one.write("[data-row=thanks] select", "story");
    one.check();
    expect(one.error).toBe("1 has no partner yet. A guess is welcome.");
    expect(document.activeElement).toBe(one.one("[data-row=praise] select"));
    one.write("[data-row=praise] select", "thanks");
    one.check();
    expect(one.verdict).toBe("1 of 3 right so far");
    expect(one.said).toEqual(["Right.", "Not yet", "It is kind to the person or to what they did."]);
    expect(one.last).toMatchObject({
      score: 1 / 3,
      answers: [
        {
          key: "",
          response: [
            ["quote", "quote"],
            ["thanks", "story"],
            ["praise", "thanks"],
          ],
          result: "incorrect",
        },
      ],
    });
    const again = one.comesBack("match", "techniques");
    expect(again.said).toEqual(one.said);
    again.write("[data-row=thanks] select", "thanks");
    again.write("[data-row=praise] select", "praise");
    again.check();
    expect(again.last).toMatchObject({ score: 1, answers: [{ result: "correct" }] });
  });

  it("says at the other rows that a partner is taken, and lets it be taken back", () => {
    const one = new Example("match", "techniques");
    const offered = () => one.one<HTMLSelectElement>("[data-row=thanks] select").innerHTML;
    one.write("[data-row=quote] select", "story");
    expect(offered()).toContain("Tell a story (taken)");
    one.write("[data-row=quote] select", "");
    expect(offered()).not.toContain("(taken)");
  });

  it("reports no verdict where it is not scored", () => {
    const one = new Example("match", "techniques", { graded: false });
    for (const id of ["quote", "thanks", "praise"]) one.write(`[data-row=${id}] select`, id);
    one.check();
    expect(one.verdict).toBe("That is right");
    expect(one.last.answers[0]?.result).toBe("neutral");
    expect(one.last).not.toHaveProperty("score");
  });
});
