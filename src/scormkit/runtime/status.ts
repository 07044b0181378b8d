/** Status from the completion rule and what was done: pure, so that opening and closing can change nothing. */

import type { Status } from "./driver";
import { counted, undrawn, weighted } from "./scoring";
import { higher, type State } from "./state";
import type { Unit } from "./unit";

export interface Missing {
  kind: "step" | "activity" | "form" | "score";
  /** The step's or activity's id; "" for the score. */
  id: string;
}

export interface Standing {
  status: Status;
  /** 0–1; null where nothing graded was answered. The best so far. */
  score: number | null;
  /** 0–1: how much of the completion rule is met. */
  progress: number;
  /** What is still missing, in the order of the page. */
  missing: Missing[];
}

export function standing(unit: Unit, state: State): Standing {
  const { completion, masteryScore } = unit;
  const parts = counted(unit, state);
  const now = weighted(parts);
  const score = now === null || state.best === null ? (now ?? state.best) : Math.max(now, state.best);
  const passed = masteryScore !== null && score !== null && score >= masteryScore - 1e-9;
  const missing: Missing[] = [];
  for (const id of completion.phases) if (!state.seen.includes(id)) missing.push({ kind: "step", id });
  for (const id of completion.activities) if (!isDone(unit, state, id)) missing.push({ kind: "activity", id });
  for (const id of completion.forms) {
    if (!isDone(unit, state, id) && !completion.activities.includes(id)) missing.push({ kind: "form", id });
  }
  if (completion.quiz && !passed) missing.push({ kind: "score", id: "" });
  const conditions =
    completion.phases.length +
    new Set([...completion.activities, ...completion.forms]).size +
    (completion.quiz ? 1 : 0);
  const failed =
    !passed && masteryScore !== null && unit.onFail === "failed" && parts.every((part) => part.score !== null);
  const computed: Status = {
    completion: missing.length ? "incomplete" : "completed",
    success: passed ? "passed" : failed ? "failed" : "unknown",
  };
  return {
    status: higher(computed, state.status),
    score,
    progress: conditions ? (conditions - missing.length) / conditions : 1,
    missing,
  };
}

/** Done when answered as asked, or not asked at all; a thing to read when its step was seen. */
export function isDone(unit: Unit, state: State, key: string): boolean {
  if (unit.activities[key]?.read) {
    return unit.steps.some((step) => step.activities.includes(key) && state.seen.includes(step.id));
  }
  return (state.entries[key]?.done ?? false) || undrawn(unit, state).has(key);
}
