/** A small unit for tests of the runtime. */

import type { Interaction, Unit } from "../../src/scormkit/runtime/unit";

export function interaction(key: string, index: number, more: Partial<Interaction> = {}): Interaction {
  return { key, index, slots: 1, id: `q_${key}`, type: "choice", ...more };
}

export function exampleUnit(more: Partial<Unit> = {}): Unit {
  return {
    id: "course/unit",
    language: "en",
    steps: [
      { id: "_start", activities: [] },
      { id: "reflect", activities: ["read", "question", "essay"] },
      { id: "plan", activities: ["plan"] },
      { id: "_finish", activities: [] },
    ],
    activities: {
      read: { kind: "text", label: "Read", read: true },
      question: { kind: "multiple-choice", label: "Question", weight: 1 },
      essay: { kind: "open-text", label: "Essay" },
      plan: { kind: "form", label: "Plan" },
    },
    interactions: [
      interaction("question", 0, { options: ["a", "b"] }),
      interaction("essay", 1, { type: "long-fill-in", slots: 2 }),
      interaction("plan.action", 3, { type: "long-fill-in", slots: 2 }),
    ],
    completion: { phases: ["reflect", "plan"], activities: ["question"], forms: ["plan"], quiz: false },
    masteryScore: 0.6,
    onFail: "incomplete",
    followUps: [],
    suspendDataLimit: 4096,
    shedOrder: ["essay", "plan.action"],
    messages: {},
    ...more,
  };
}
