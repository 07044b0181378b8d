import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Example } from "../../../../tests/example";
import { page } from "../../runtime/page-data";
import { credit } from "./credit";

await import("./behaviour");

const IDS = ["a", "b", "c", "d", "e"];

describe("partial credit of a multiple choice", () => {
  it("lies in 0 to 1, and is 1 only for all right ones and nothing else", () => {
    fc.assert(
      fc.property(fc.subarray(IDS), fc.subarray(IDS, { minLength: 1 }), (chosen, correct) => {
        const got = credit(chosen, correct);
        expect(got).toBeGreaterThanOrEqual(0);
        expect(got).toBeLessThanOrEqual(1);
        expect(got === 1).toBe(chosen.join() === correct.join());
      }),
    );
  });

  it("never falls with one more right one, never rises with one more wrong one, whatever the order", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(IDS),
        fc.subarray(IDS, { minLength: 1 }),
        fc.constantFrom(...IDS),
        (chosen, correct, more) => {
          const before = credit(
            chosen.filter((id) => id !== more),
            correct,
          );
          const after = credit([...chosen.filter((id) => id !== more), more], correct);
          if (correct.includes(more)) expect(after).toBeGreaterThanOrEqual(before);
          else expect(after).toBeLessThanOrEqual(before);
          expect(credit([...chosen].reverse(), correct)).toBe(credit(chosen, correct));
        },
      ),
    );
  });

  it("is nothing for choosing everything where half is right", () => {
    expect(credit(["a", "b", "c", "d"], ["a", "b"])).toBe(0);
  });
});

const boxes = (one: Example) => one.all<HTMLInputElement>("input");
const right = (_: Example): string[] => page().unit.activities.key?.data?.correct as string[];

function choose(one: Example, ...ids: string[]): void {
  for (const box of boxes(one)) if (box.checked !== ids.includes(box.value)) box.click();
}

describe("multiple choice", () => {
  const [kind, name] = ["multiple-choice", "several"] as const;
  const sample = new Example(kind, name);
  const all = boxes(sample).map(({ value }) => value);
  const [first = "", second = "", third = ""] = all;
  const key = { correct: [first, second] };

  it("asks for an answer, then says how much of it is right, and keeps it", () => {
    const one = new Example(kind, name, key);
    one.check();
    expect(one.error).toBe("Choose an answer first.");
    choose(one, first);
    one.check();
    expect(one.verdict).toBe("Partly right. You found 1 of 2.");
    expect(one.last).toMatchObject({ done: true, score: 0.5, answers: [{ response: [first], result: "incorrect" }] });
    choose(one, first, second);
    one.check();
    expect(one.verdict).toBe("That is right");
    expect(one.last).toMatchObject({ score: 1, answers: [{ result: "correct" }] });
    const again = one.comesBack(kind, name);
    expect(
      boxes(again)
        .filter(({ checked }) => checked)
        .map(({ value }) => value),
    ).toEqual([first, second]);
  });

  it("takes back what it said of an option when the answer is changed", () => {
    const one = new Example(kind, name, key);
    choose(one, first, third);
    one.check();
    expect(one.all(".is-wrong")).toHaveLength(1);
    expect(one.all(".is-right")).toHaveLength(1);
    choose(one, first);
    expect(one.all(".is-wrong, .is-right")).toHaveLength(0);
    expect(one.verdict).toBe("");
  });

  it("reports no verdict where it is not scored", () => {
    const one = new Example(kind, name, { ...key, graded: false });
    choose(one, first, second);
    one.check();
    expect(one.last.answers[0]?.result).toBe("neutral");
    expect(one.last).not.toHaveProperty("score");
  });
});

describe("attempts", () => {
  const [kind, name] = ["multiple-choice", "one"] as const;
  const correct = right(new Example(kind, name));
  const other = boxes(new Example(kind, name)).find(({ value }) => !correct.includes(value))?.value ?? "";
  /** The markup that the template adds where attempts are counted. */
  const limited = (asked: object, state?: Example): Example => {
    const one = new Example(kind, name, { correct }, asked);
    one.one("button[data-answer]").insertAdjacentHTML("afterend", "<span data-attempts></span>");
    if (state) one.restore(state.last.state);
    return one;
  };
  const left = (one: Example) => one.one("[data-attempts]").textContent;
  const isLocked = (one: Example) =>
    one.all("input, button[data-answer]").every((field) => field.hasAttribute("disabled"));

  it("are counted down; after the last one the answer is locked and says so, also when the learner comes back", () => {
    const one = limited({ attempts: 2 });
    choose(one, other);
    one.check();
    expect(left(one)).toBe("You have 1 attempt left.");
    expect(isLocked(one)).toBe(false);
    one.check();
    expect(left(one)).toBe("Your answer is final and cannot be changed any more.");
    expect(isLocked(one)).toBe(true);
    expect(one.last).toMatchObject({ score: 0, state: { checks: 2 }, answers: [{ result: "incorrect" }] });
    const again = limited({ attempts: 2 }, one);
    expect(isLocked(again)).toBe(true);
    expect(again.verdict).toBe("Not yet");
  });

  it("end with a right answer", () => {
    const one = limited({ attempts: 3 });
    choose(one, ...correct);
    one.check();
    expect(isLocked(one)).toBe(true);
    expect(one.last.score).toBe(1);
  });

  it("do not tell a right answer by ending early where nothing is to be told", () => {
    const one = limited({ attempts: 2, feedback: "none" });
    choose(one, ...correct);
    one.check();
    expect(one.verdict).toBe("Noted");
    expect(isLocked(one)).toBe(false);
    expect(one.all(".is-right, .is-wrong")).toHaveLength(0);
    one.check();
    expect(isLocked(one)).toBe(true);
  });

  it("until right: are counted, and only a right answer is done", () => {
    const one = limited({ attempts: "until-right" });
    choose(one, other);
    one.check();
    expect(left(one)).toBe("1 attempt so far.");
    expect(one.last.done).toBe(false);
    choose(one, ...correct);
    one.check();
    expect(one.last).toMatchObject({ done: true, score: 1, state: { checks: 2 } });
    expect(isLocked(one)).toBe(true);
  });
});

describe("feedback at the end", () => {
  const [kind, name] = ["multiple-choice", "one"] as const;
  const correct = right(new Example(kind, name));
  const other = boxes(new Example(kind, name)).find(({ value }) => !correct.includes(value))?.value ?? "";
  const at = { feedback: "at-end" } as const;
  const end = (one: Example) => (one.one("form").parentElement as unknown as { reveal(): void }).reveal();

  it("notes the answer and reports it, uses no attempt and counts for nothing until then", () => {
    const one = new Example(kind, name, { correct }, { ...at, attempts: 1 });
    choose(one, other);
    one.check();
    expect(one.verdict).toContain("Noted.");
    expect(one.all(".is-right, .is-wrong")).toHaveLength(0);
    expect(one.last).toMatchObject({
      done: true,
      state: { checks: 0, waits: true },
      answers: [{ result: "incorrect" }],
    });
    expect(one.last).not.toHaveProperty("score");
    choose(one, ...correct);
    one.check();
    const again = one.comesBack(kind, name, at);
    expect(again.verdict).toContain("Noted.");
    end(again);
    expect(again.verdict).toBe("That is right");
    expect(again.last).toMatchObject({ score: 1, state: { checks: 1 }, answers: [{ result: "correct" }] });
  });

  it("judges nothing that was not checked", () => {
    const one = new Example(kind, name, { correct }, at);
    choose(one, other);
    end(one);
    expect(one.verdict).toBe("");
    expect(one.last).not.toHaveProperty("score");
  });
});
