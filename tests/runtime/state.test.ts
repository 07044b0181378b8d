import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encode } from "../../src/scormkit/runtime/codec";
import { emptyState, fitted, fromJson, merged, read, type State, toJson } from "../../src/scormkit/runtime/state";

function written(texts: Record<string, string>, counter = 1): State {
  const state = emptyState();
  state.counter = counter;
  for (const [key, text] of Object.entries(texts)) {
    state.entries[key] = { seq: counter, done: true, score: null, state: { texts: { "": text }, saved: true } };
  }
  return state;
}

/** Hardly packable text. */
function noise(length: number, seed = 7): string {
  let number = seed;
  return Array.from({ length }, () => {
    number = (Math.imul(number, 1103515245) + 12345) >>> 0;
    return String.fromCharCode(0x4e00 + ((number >>> 8) % 20000));
  }).join("");
}

describe("the stored state", () => {
  it("keeps answers of activities that this version of the unit does not know", () => {
    const state = written({ "removed-question": "still mine" });
    expect(read(encode(toJson(state)))?.entries["removed-question"]).toEqual(state.entries["removed-question"]);
  });

  it("does not depend on the order of the activities", () => {
    const one = written({ a: "A", b: "B" });
    const other = written({ b: "B", a: "A" });
    expect(fromJson(toJson(one))).toEqual(fromJson(toJson(other)));
  });

  it("is read without an error whatever stands there", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(() => fromJson(value as never)).not.toThrow();
      }),
    );
  });

  it("takes the newer answer of two copies and drops none", () => {
    const lms = written({ a: "old", only: "lms" }, 3);
    const device = written({ a: "new", mine: "device" }, 5);
    const both = merged(lms, device);
    expect(both.entries.a).toEqual(device.entries.a);
    expect(Object.keys(both.entries).sort()).toEqual(["a", "mine", "only"]);
    expect(merged(device, lms).entries).toEqual(both.entries);
  });
});

describe("too little room", () => {
  it("is no reason to cut what fits", () => {
    const state = written({ a: "short" });
    expect(fitted(state, 4096, ["a"], () => true)).toMatchObject({ shed: [], unsaved: [], fits: true });
  });

  it("sheds copies that the trainer has, in the declared order, until the rest fits", () => {
    const state = written({ plan: noise(600), reasons: noise(600, 9), list: noise(600, 11) });
    const fit = fitted(state, 4096, ["list", "reasons", "plan"], () => true);
    expect(fit).toMatchObject({ shed: ["list"], unsaved: [], fits: true });
    expect(fit.word.length).toBeLessThanOrEqual(4096);
    expect(read(fit.word)?.entries.list?.state).toEqual({ texts: {}, shed: [""], saved: true });
    expect(read(fit.word)?.entries.plan).toEqual(state.entries.plan);
  });

  it("keeps what the trainer does not have as long as it can, and says when it cannot", () => {
    const state = written({ plan: noise(900), draft: noise(900, 5) });
    const fit = fitted(state, 4096, ["draft", "plan"], (place) => place !== "draft");
    expect(fit).toMatchObject({ shed: ["plan"], unsaved: [] });
    const less = fitted(state, 1000, ["draft", "plan"], (place) => place !== "draft");
    expect(less).toMatchObject({ shed: ["plan"], unsaved: ["draft"], fits: true });
  });

  it("leaves the learner's own state as it is", () => {
    const state = written({ plan: noise(2000) });
    const before = JSON.stringify(toJson(state));
    fitted(state, 1000, ["plan"], () => true);
    expect(JSON.stringify(toJson(state))).toBe(before);
  });

  it("fits at exactly the limit", () => {
    const state = written({ plan: noise(700) });
    const { word } = fitted(state, 64_000, ["plan"], () => true);
    expect(fitted(state, word.length, ["plan"], () => true).shed).toEqual([]);
    expect(fitted(state, word.length - 1, ["plan"], () => true).shed).toEqual(["plan"]);
  });
});

describe("any state at any limit", () => {
  const writtenTexts = fc.dictionary(
    fc.constantFrom("plan", "reasons", "list", "notes", "old"),
    fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 400 }),
      fc.integer({ min: 1, max: 99 }).map((seed) => noise(400, seed)),
    ),
  );

  it("fits or says so; what is in the word is whole, and what is not is named", () => {
    fc.assert(
      fc.property(writtenTexts, fc.integer({ min: 60, max: 5000 }), fc.boolean(), (texts, limit, recorded) => {
        const state = written(texts);
        const fit = fitted(
          state,
          limit,
          ["list", "reasons", "plan"],
          () => recorded,
          (key) => key === "notes",
        );
        if (!fit.fits) return;
        expect(fit.word.length).toBeLessThanOrEqual(limit);
        const back = read(fit.word);
        const gone = [...fit.shed, ...fit.unsaved];
        for (const [key, text] of Object.entries(texts)) {
          expect(back?.entries[key]?.state).toEqual(
            gone.includes(key) ? { texts: {}, shed: [""], saved: true } : { texts: { "": text }, saved: true },
          );
        }
        expect(gone).not.toContain("notes");
        expect(recorded ? fit.unsaved : fit.shed).toEqual([]);
      }),
      { numRuns: 80 },
    );
  }, 30_000);

  it("does not mind in which order two copies meet", () => {
    fc.assert(
      fc.property(writtenTexts, writtenTexts, fc.nat(9), fc.nat(9), (a, b, first, second) => {
        const [one, other] = [written(a, first), written(b, second)];
        const both = merged(one, other);
        expect(Object.keys(both.entries).sort()).toEqual([...new Set([...Object.keys(a), ...Object.keys(b)])].sort());
        if (first !== second) expect(merged(other, one).entries).toEqual(both.entries);
      }),
    );
  });
});
