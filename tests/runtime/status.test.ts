import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emptyState, type State } from "../../src/scormkit/runtime/state";
import { standing } from "../../src/scormkit/runtime/status";
import { exampleUnit } from "./unit-example";

const unit = exampleUnit();

function stateWith(seen: string[], done: Record<string, number | null>): State {
  const state = emptyState();
  state.seen = seen;
  for (const [key, score] of Object.entries(done)) state.entries[key] = { seq: 1, done: true, score, state: null };
  return state;
}

const anyState = fc
  .record({
    seen: fc.subarray(["reflect", "plan", "_finish"]),
    keys: fc.subarray(["question", "essay", "plan"]),
    score: fc.double({ min: 0, max: 1, noNaN: true }),
    completion: fc.constantFrom("unknown" as const, "incomplete" as const, "completed" as const),
    success: fc.constantFrom("unknown" as const, "failed" as const, "passed" as const),
  })
  .map(({ seen, keys, score, completion, success }) => {
    const state = stateWith(seen, Object.fromEntries(keys.map((key) => [key, key === "question" ? score : null])));
    state.status = { completion, success };
    return state;
  });

describe("the status", () => {
  it("of a unit that was only opened is incomplete", () => {
    expect(standing(unit, emptyState()).status).toEqual({ completion: "incomplete", success: "unknown" });
  });

  it("is completed when everything that the rule names is done, and names what is missing until then", () => {
    const state = stateWith(["reflect"], { question: 1 });
    expect(standing(unit, state).missing).toEqual([
      { kind: "step", id: "plan" },
      { kind: "form", id: "plan" },
    ]);
    state.seen.push("plan");
    state.entries.plan = { seq: 1, done: true, score: null, state: null };
    expect(standing(unit, state)).toMatchObject({ status: { completion: "completed" }, missing: [], progress: 1 });
  });

  it("never goes down, whatever happens to the state", () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const { status } = standing(unit, state);
        if (state.status.completion === "completed") expect(status.completion).toBe("completed");
        if (state.status.success === "passed") expect(status.success).toBe("passed");
      }),
    );
  });

  it("uses only words of the standard", () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const { status } = standing(unit, state);
        expect(["incomplete", "completed"]).toContain(status.completion);
        expect(["unknown", "failed", "passed"]).toContain(status.success);
      }),
    );
  });

  it("is passed only by the declared pass mark, not by one right answer", () => {
    const two = exampleUnit({
      activities: { one: { kind: "x", label: "", weight: 1 }, two: { kind: "x", label: "", weight: 1 } },
    });
    expect(standing(two, stateWith([], { one: 1 })).status.success).toBe("unknown");
    expect(standing(two, stateWith([], { one: 1, two: 0.2 })).status.success).toBe("passed");
  });

  it("is failed only where the author wants that, and only when everything was answered", () => {
    const strict = exampleUnit({ onFail: "failed" });
    expect(standing(strict, emptyState()).status.success).toBe("unknown");
    expect(standing(strict, stateWith([], { question: 0 })).status.success).toBe("failed");
    expect(standing(unit, stateWith([], { question: 0 })).status.success).toBe("unknown");
  });

  it("reports the best score, between 0 and 1", () => {
    fc.assert(
      fc.property(anyState, fc.double({ min: 0, max: 1, noNaN: true }), (state, best) => {
        state.best = best;
        const { score } = standing(unit, state);
        expect(score).toBeGreaterThanOrEqual(best);
        expect(score).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("has no score where nothing graded was answered", () => {
    expect(standing(unit, stateWith([], { essay: null })).score).toBeNull();
  });
});
