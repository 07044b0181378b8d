import { beforeEach, describe, expect, it } from "vitest";
import { Example } from "../../../../tests/example";

await import("./behaviour");

describe("true or false", () => {
  let one: Example;
  beforeEach(() => {
    one = new Example("true-false", "fact");
  });

  it("asks for an answer before it is checked", () => {
    one.check();
    expect(one.error).toBe("Choose one of the two first.");
    expect(document.activeElement).toBe(one.one("input"));
    expect(one.heard).toEqual([]);
  });

  it("says why at once, reports the verdict, and can be checked again", () => {
    one.pick("[value=true]");
    expect(one.last).toMatchObject({ done: false, answers: [], draft: true, state: { given: true, checks: 0 } });
    one.check();
    expect(one.verdict).toBe("Not yet");
    expect(one.said).toEqual(["Many do not; they would like to stay.", ""]);
    expect(one.one("[data-reasons]").hidden).toBe(false);
    expect(one.last).toMatchObject({
      done: true,
      score: 0,
      answers: [{ key: "", response: true, result: "incorrect" }],
    });
    one.pick("[value=false]");
    expect(one.verdict).toBe("");
    expect(one.said).toEqual(["", ""]);
    one.check();
    expect(one.last).toMatchObject({ score: 1, answers: [{ response: false, result: "correct" }] });
    expect(one.comesBack("true-false", "fact").verdict).toBe("That is right");
  });

  it("only notes an opinion, and records it when the learner leaves without the button", () => {
    one = new Example("true-false", "opinion");
    one.pick("[value=true]");
    one.settle();
    expect(one.last.answers).toEqual([{ key: "", response: true, result: "neutral" }]);
    expect(one.last).not.toHaveProperty("score");
    one.check();
    expect(one.verdict).toBe("Noted");
  });
});
