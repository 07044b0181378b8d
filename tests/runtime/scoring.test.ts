import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { counted, isFinal, type Part, shareOf, undrawn, weighted } from "../../src/scormkit/runtime/scoring";
import { emptyState } from "../../src/scormkit/runtime/state";
import { isDone, standing } from "../../src/scormkit/runtime/status";
import { exampleUnit } from "./unit-example";

const share = fc.double({ min: 0, max: 1, noNaN: true });
const part: fc.Arbitrary<Part> = fc.record({
  weight: fc.double({ min: 0.01, max: 100, noNaN: true }),
  score: fc.option(share),
});
const parts = fc.array(part, { maxLength: 30 });

describe("the score", () => {
  it("lies in 0 to 1, and there is none where nothing was answered", () => {
    fc.assert(
      fc.property(parts, (all) => {
        const score = weighted(all);
        if (all.every((one) => one.score === null)) {
          expect(score).toBeNull();
        } else {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it("is the same to the last digit in whatever order the questions stand", () => {
    fc.assert(
      fc.property(
        parts.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, mixed]) => {
          expect(weighted(mixed)).toBe(weighted(all));
        },
      ),
    );
  });

  it("never falls when an answer gets better, or is given at all", () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 30 }), fc.nat(), share, (all, at, more) => {
        const place = at % all.length;
        const better = all.map((one, index) =>
          index === place ? { ...one, score: Math.max(one.score ?? 0, more) } : one,
        );
        expect(weighted(better)).toBeGreaterThanOrEqual(weighted(all) ?? 0);
      }),
    );
  });

  it("is 1 only where all is right, and is not changed by weighing everything double", () => {
    fc.assert(
      fc.property(parts, (given) => {
        if (!given.length) return;
        expect(weighted(given.map((one) => ({ ...one, score: 1 })))).toBe(1);
        // The smallest numbers of all lose digits when they are multiplied; no kind gives such a share.
        const all = given.map((one) => ({ ...one, score: one.score && one.score < 1e-100 ? 0 : one.score }));
        const double = weighted(all.map((one) => ({ ...one, weight: one.weight * 2 })));
        expect(double).toBe(weighted(all));
      }),
    );
  });

  it("of a question is its right parts as a share, whichever they are", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 20 }), (rights) => {
        const got = shareOf(rights);
        expect(got).toBeGreaterThanOrEqual(0);
        expect(got).toBeLessThanOrEqual(1);
        expect(shareOf([...rights].reverse())).toBe(got);
        expect(shareOf([...rights, true])).toBeGreaterThanOrEqual(got);
      }),
    );
  });
});

describe("an answer", () => {
  it("is final after its last attempt, or when the learner hears that it is right", () => {
    expect(isFinal(undefined, 9, true, true)).toBe(false);
    expect(isFinal(2, 1, false, true)).toBe(false);
    expect(isFinal(2, 2, false, true)).toBe(true);
    expect(isFinal(2, 1, true, true)).toBe(true);
    expect(isFinal(2, 1, true, false)).toBe(false);
    expect(isFinal("until-right", 40, false, true)).toBe(false);
    expect(isFinal("until-right", 1, true, true)).toBe(true);
  });
});

describe("questions that were not drawn", () => {
  const weight = { kind: "x", label: "", weight: 1 };
  const unit = exampleUnit({
    steps: [{ id: "check", activities: ["check.draw", "one", "two", "three"] }],
    activities: {
      "check.draw": { kind: "draw", label: "", read: true, data: { bank: ["one", "two", "three"], draw: 2 } },
      one: weight,
      two: weight,
      three: weight,
    },
    completion: { phases: [], activities: ["one", "two", "three"], forms: [], quiz: true },
  });
  const state = emptyState();
  state.entries["check.draw"] = { seq: 1, done: true, score: null, state: { drawn: ["one", "three"] } };

  it("neither count nor are missed", () => {
    expect([...undrawn(unit, state)]).toEqual(["two"]);
    expect(counted(unit, state)).toHaveLength(2);
    expect(isDone(unit, state, "two")).toBe(true);
    for (const key of ["one", "three"]) state.entries[key] = { seq: 2, done: true, score: 1, state: null };
    expect(standing(unit, state)).toMatchObject({ score: 1, missing: [], status: { success: "passed" } });
  });

  it("are none before the draw: then all are asked", () => {
    expect(undrawn(unit, emptyState()).size).toBe(0);
    expect(standing(unit, emptyState()).missing).toHaveLength(4);
  });
});
