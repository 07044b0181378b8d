import { describe, expect, it } from "vitest";
import { inOrder } from "./in-order";

describe("what can stay in a list that is to be put in order", () => {
  it.each([
    [[0, 1, 2, 3], 4],
    [[3, 2, 1, 0], 1],
    [[3, 0, 1, 2], 3],
    [[1, 2, 3, 0], 3],
    [[1, 0, 3, 2], 2],
    [[5, 2, 8, 6, 3, 6.5, 9, 7], 4],
  ])("in %j it is %i things", (places, count) => {
    const stays = inOrder(places);
    expect(stays).toHaveLength(count);
    const kept = stays.map((at) => places[at] ?? Number.NaN);
    expect([...kept].sort((a, b) => a - b)).toEqual(kept);
    expect([...stays].sort((a, b) => a - b)).toEqual(stays);
  });
});
