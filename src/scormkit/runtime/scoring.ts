/** What counts and how much of it is right: pure, so that it can be proved. Each kind says how right its answer is. */

import { member, strings } from "./activity";
import type { State } from "./state";
import type { Attempts, Unit } from "./unit";

/** Something that counts: its weight, and how right its answer is (0–1); null where there is none. */
export interface Part {
  weight: number;
  score: number | null;
}

/** The weighted mean, 0–1. What is not answered counts 0; null where nothing is answered. */
export function weighted(parts: readonly Part[]): number | null {
  const counted = parts.filter(({ weight }) => weight > 0);
  if (counted.every(({ score }) => score === null)) return null;
  return (
    sum(counted.map(({ weight, score }) => weight * Math.min(1, Math.max(0, score ?? 0)))) /
    sum(counted.map(({ weight }) => weight))
  );
}

/** The smallest first: the result is the same to the last digit, in whatever order they come. */
function sum(numbers: number[]): number {
  return numbers.sort((a, b) => a - b).reduce((all, one) => all + one, 0);
}

/** Each part of a question counts the same. */
export function shareOf(rights: readonly boolean[]): number {
  return rights.length ? rights.filter(Boolean).length / rights.length : 0;
}

/**
 * Whether an answer cannot be changed any more, after it was judged `used` times.
 *
 * @param told whether the learner knows that it is right: else a right answer would give itself away
 */
export function isFinal(attempts: Attempts | undefined, used: number, right: boolean, told: boolean): boolean {
  if (!attempts || !used) return false;
  return (right && told) || (attempts !== "until-right" && used >= attempts);
}

/** Questions of a bank that this learner did not draw. Before a draw all are asked. */
export function undrawn(unit: Unit, state: State): Set<string> {
  const left = new Set<string>();
  for (const [key, { data }] of Object.entries(unit.activities)) {
    const drawn = strings(member(state.entries[key]?.state, "drawn"));
    if (drawn.length) for (const one of strings(data?.bank)) if (!drawn.includes(one)) left.add(one);
  }
  return left;
}

/** What counts for this learner. */
export function counted(unit: Unit, state: State): Part[] {
  const left = undrawn(unit, state);
  return Object.entries(unit.activities)
    .filter(([key, { weight }]) => weight && !left.has(key))
    .map(([key, { weight = 0 }]) => ({ weight, score: state.entries[key]?.score ?? null }));
}
