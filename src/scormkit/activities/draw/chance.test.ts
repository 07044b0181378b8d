import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dealtOut, drawn } from "./chance";

const bank = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 20 });
const seed = fc.string();
const count = fc.nat(20);

describe("a draw", () => {
  it("is as large as asked, of the bank, in its order, and the same again for the same learner", () => {
    fc.assert(
      fc.property(bank, count, seed, (ids, number, learner) => {
        const got = drawn(ids, number, learner, []);
        expect(got).toHaveLength(Math.min(number, ids.length));
        expect(ids.filter((id) => got.includes(id))).toEqual(got);
        expect(drawn(ids, number, learner, [])).toEqual(got);
        expect(drawn(ids, number, learner, got)).toEqual(got);
      }),
    );
  });

  it("keeps what was drawn while the bank changes, and fills up what is gone", () => {
    fc.assert(
      fc.property(bank, bank, count, seed, (ids, others, number, learner) => {
        const before = drawn(ids, number, learner, []);
        const now = [...new Set([...others, ...ids.slice(1)])];
        const got = drawn(now, number, learner, before);
        expect(got).toEqual(expect.arrayContaining(before.filter((id) => now.includes(id))));
        expect(got).toHaveLength(Math.min(number, now.length));
      }),
    );
  });

  it("gives every question to about as many learners", () => {
    const ids = ["q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8"];
    const times = new Map(ids.map((id) => [id, 0]));
    for (let learner = 0; learner < 4000; learner += 1) {
      for (const id of drawn(ids, 2, `course/unit learner-${learner}`, [])) times.set(id, (times.get(id) ?? 0) + 1);
    }
    for (const got of times.values()) expect(Math.abs(got - 1000)).toBeLessThan(120);
  });
});

describe("an order", () => {
  it("has each thing once, and does not hang on the order of what is given", () => {
    fc.assert(
      fc.property(bank, seed, (ids, learner) => {
        const order = dealtOut(ids, learner);
        expect([...order].sort()).toEqual([...ids].sort());
        expect(dealtOut([...ids].reverse(), learner)).toEqual(order);
      }),
    );
  });

  it("puts everything in every place for some learner", () => {
    const ids = ["a", "b", "c", "d"];
    const seen = new Set<string>();
    for (let learner = 0; learner < 400; learner += 1) {
      dealtOut(ids, String(learner)).forEach((id, at) => {
        seen.add(`${id}${at}`);
      });
    }
    expect(seen.size).toBe(16);
  });
});
