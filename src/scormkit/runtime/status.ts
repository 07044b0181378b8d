/** Status from the completion rule and what was done: pure, so that opening and closing can change nothing. */

import type { Status } from "./driver";
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
  const now = scoreOf(unit, state);
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
  const failed = !passed && masteryScore !== null && unit.onFail === "failed" && allGraded(unit, state);
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

/** Done when answered as asked; a thing to read when its step was seen. */
export function isDone(unit: Unit, state: State, key: string): boolean {
  if (unit.activities[key]?.read) {
    return unit.steps.some((step) => step.activities.includes(key) && state.seen.includes(step.id));
  }
  return state.entries[key]?.done ?? false;
}

/** Weighted mean over all graded activities; what is not answered counts 0. */
function scoreOf(unit: Unit, state: State): number | null {
  let reached = 0;
  let possible = 0;
  let answered = false;
  for (const [key, { weight = 0 }] of Object.entries(unit.activities)) {
    const score = state.entries[key]?.score ?? null;
    possible += weight;
    if (score === null || !weight) continue;
    reached += weight * Math.min(1, Math.max(0, score));
    answered = true;
  }
  return answered && possible ? reached / possible : null;
}

function allGraded(unit: Unit, state: State): boolean {
  return Object.entries(unit.activities).every(
    ([key, { weight = 0 }]) => !weight || typeof state.entries[key]?.score === "number",
  );
}
