/** A small page for tests: the markup that the template gives, a unit for it, and a driver that answers as told. */

import { ActivityElement, define } from "./activity";
import { encode } from "./codec";
import type { Driver, Launch, Outcome, Report } from "./driver";
import { Opening } from "./opening";
import { page } from "./page-data";
import { emptyState, type State, toJson } from "./state";
import type { Json, Unit } from "./unit";

/** Shows and fires what a test tells it to. */
export class Sample extends ActivityElement {
  restored: Json[] = [];
  settled = 0;

  protected ready(): void {}

  restore(state: Json): void {
    if (state === "unreadable") throw new Error("no state of mine");
    this.restored.push(state);
  }

  override settle(): void {
    this.settled += 1;
  }

  fire(state: Json, done: boolean, score?: number): void {
    this.respond({
      state,
      done,
      answers: [{ key: "", response: "text", result: "neutral" }],
      ...(score === undefined ? {} : { score }),
    });
  }
}

define("sample", Sample);

export const UNIT: Unit = {
  id: "course/unit",
  language: "en",
  steps: [
    { id: "_start", activities: [] },
    { id: "reflect", activities: ["list", "plan"] },
    { id: "check", activities: ["question"] },
    { id: "_finish", activities: [] },
  ],
  activities: {
    list: { kind: "sample", label: "Make a list" },
    plan: { kind: "form", label: "Your plan" },
    question: { kind: "sample", label: "Who is it?", weight: 1 },
  },
  interactions: ["list", "plan", "question"].map((key, index) => ({
    key,
    index,
    slots: 1,
    id: key,
    type: "long-fill-in",
    description: key,
  })),
  completion: { phases: ["reflect", "check"], activities: ["list"], forms: ["plan"], quiz: true },
  masteryScore: 0.6,
  onFail: "incomplete",
  followUps: [],
  suspendDataLimit: 64_000,
  shedOrder: [],
  messages: {},
};

/** Every message as its key, then its values: tests do not hang on wording. */
export function messages(keys: Record<string, string> = {}): Record<string, string> {
  return { ...KEYED, ...keys };
}

const KEYED: Record<string, string> = {
  "steps.position": "steps.position {number}/{all}",
  "save.saved": "save.saved {time}",
  "save.answered": "save.answered {time} {answers}/{count}",
  "missing.step": "missing.step {title}",
  "missing.activity": "missing.activity {title}",
  "missing.form": "missing.form {title}",
  "missing.score": "missing.score {needed}",
  "missing.score-so-far": "missing.score-so-far {needed} {score}",
  "finish.count": "finish.count {done}/{all}",
  "finish.score": "finish.score {score}",
  "finish.score-needed": "finish.score-needed {score} {needed}",
};
for (const stem of ["save.unsaved", "save.only-here", "closing.on-device", "closing.lost"])
  KEYED[stem] = `${stem} {what}`;
KEYED["save.answers"] = "{count}";
for (const stem of ["completion.missing"]) {
  KEYED[stem] = `${stem} {count}`;
}
for (const stem of ["clock.about", "clock.left"]) KEYED[stem] = `${stem} {count}`;

function step(id: string, role: string, body: string): string {
  return `<section class="step" id="step-${id}" data-step="${id}" data-role="${role}"${role === "start" || role === "finish" ? "" : ' data-of="one"'}><h2 tabindex="-1">${id}</h2>${body}</section>`;
}

function sample(key: string): string {
  return `<section class="activity" tabindex="-1"><scormkit-sample data-key="${key}"><textarea></textarea></scormkit-sample></section>`;
}

const STEPS: [string, string][] = [
  ["_start", "Welcome"],
  ["reflect", "Reflect"],
  ["check", "Quick check"],
  ["_finish", "The end"],
];

const PAGE = `
<header class="bar"><h1>Our customers</h1>
<nav class="steps"><button type="button" class="steps-button" aria-expanded="false"><span class="steps-position"></span></button>
<progress max="4" value="1"></progress>
<div class="steps-list"><ol>${STEPS.map(([id, name]) => `<li><a href="#step-${id}" data-go-step="${id}"><span class="steps-name">${name}</span><span class="steps-word"></span></a></li>`).join("")}</ol>
<details class="completion"><summary class="unit-standing"></summary><div class="unit-missing"></div></details></div></nav>
<p id="save-line" role="status"></p><button type="button" id="exit" data-exit>exit.save</button></header>
<main><div id="notices" role="status"></div>
${step("_start", "start", '<ul class="menu"><li><span data-session="one"></span></li></ul>').replace('"step"', '"step current"')}
${step("reflect", "phase", `<p class="clock" data-seconds="90"><svg><circle class="clock-hand"></circle></svg><span data-clock-words>clock.about 2</span><button type="button" data-clock-button></button></p>${sample("list")}${sample("plan")}`)}
${step("check", "check", sample("question"))}
${step("_finish", "finish", '<p class="unit-score"></p><h3 class="unit-standing"></h3><div class="unit-missing"></div><ul class="done-list"></ul>')}
<section id="closing" hidden><h2 tabindex="-1"></h2><div data-closing></div><button type="button" data-closing-return hidden></button></section>
</main><div id="announcer" aria-live="polite"></div>`;

/** A fresh page; listeners of an earlier one are gone with its body. */
export function layPage(unit: Unit = UNIT, driver: Driver | null = null): void {
  // A test has one tab; the channel of the machine that runs it would outlive its pages.
  Reflect.deleteProperty(globalThis, "BroadcastChannel");
  window.localStorage.clear();
  window.sessionStorage.clear();
  globalThis.scormkitPage = { unit: { ...unit, messages: messages() }, driver };
  document.documentElement.lang = "en";
  document.body = document.createElement("body");
  document.body.innerHTML = PAGE;
  const opening = new Opening("activities.js");
  opening.close();
  page().opening = opening;
}

export function one(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
}

/** The words of an element, spaces put right. */
export function words(selector: string): string {
  return (one(selector).textContent ?? "").replace(/\s+/g, " ").trim();
}

/** The words of each paragraph and heading of the closing panel. */
export function closingWords(): string[] {
  return [...document.querySelectorAll("#closing h2, #closing p")].map((part) => part.textContent ?? "");
}

export function activity(key: string): Sample {
  return one(`[data-key="${key}"]`) as Sample;
}

/** Ids of the steps that are shown. */
export function shown(): string[] {
  return [...document.querySelectorAll<HTMLElement>(".step.current")].map(({ dataset }) => dataset.step ?? "");
}

/** Stored state with some of it given. */
export function stored(given: Partial<State>): string {
  return encode(toJson({ ...emptyState(), counter: 5, ...given }));
}

/** An LMS: what it knows at launch, whether it takes what is saved, and what it got. */
export class FakeDriver implements Driver {
  reports: Report[] = [];
  accepts = true;
  /** Undefined: it is not there yet. */
  known: Launch | undefined;

  constructor(known: Partial<Launch> = {}) {
    const status = { completion: "incomplete", success: "unknown" } as const;
    this.known = { suspendData: "", status, learnerId: "ada", readOnly: false, ...known };
  }

  launch(): Launch | undefined {
    return this.known;
  }

  save(report: Report): Outcome {
    this.reports.push(report);
    return { confirmed: this.accepts, refused: [] };
  }

  terminate(report: Report): Outcome {
    return this.save(report);
  }
}
