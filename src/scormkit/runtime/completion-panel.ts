/** Why the unit is not complete yet, as links to what is missing; and at the end what was done. */

import { all, made } from "./elements";
import { DIGITS, t } from "./messages";
import { undrawn } from "./scoring";
import type { State } from "./state";
import { isDone, type Missing, type Standing } from "./status";
import type { Unit } from "./unit";

export class CompletionPanel {
  private shown = "";
  /** Questions that this learner did not draw. */
  private left = new Set<string>();

  constructor(
    private readonly unit: Unit,
    private readonly nameOf: (step: string) => string,
  ) {}

  /** A step is done when it was seen and what counts in it was done. */
  isStepDone(id: string, state: State): boolean {
    const keys = this.unit.steps.find((step) => step.id === id)?.activities ?? [];
    // A follow-up is done with its first report, whether it counts or not.
    const report = keys.find((key) => this.unit.followUps.includes(key));
    const asked = keys.filter((key) => this.counts(key) || key === report);
    return state.seen.includes(id) && asked.every((key) => isDone(this.unit, state, key));
  }

  private counts(key: string): boolean {
    const { activities, forms } = this.unit.completion;
    return activities.includes(key) || forms.includes(key);
  }

  show(standing: Standing, state: State): void {
    const { status, score, missing } = standing;
    const complete = status.completion === "completed";
    this.left = undrawn(this.unit, state);
    const rows = this.rows(state);
    const due = this.due(missing);
    // Rebuilt only when something changed: a link that has the focus keeps it.
    const now = JSON.stringify([status, score, due, rows]);
    if (now === this.shown) return;
    this.shown = now;
    for (const place of all(".unit-standing")) {
      place.textContent = complete ? t("completion.complete") : t("completion.missing", { count: due.length });
      place.classList.toggle("is-done", complete);
    }
    for (const place of all(".unit-missing")) {
      place.replaceChildren(complete ? made("p", t("completion.nothing-missing")) : this.list(due, score));
    }
    for (const place of all(".unit-score")) {
      place.textContent = this.scored(score);
      place.hidden = score === null;
    }
    for (const place of all(".done-list")) place.replaceChildren(...rows.map((row) => this.row(row)));
  }

  /** What to name: a step that is not seen goes without saying where something in it must be done. */
  private due(missing: Missing[]): Missing[] {
    return missing.filter(
      ({ kind, id }) =>
        kind !== "step" || !missing.some((other) => other.kind !== "step" && this.stepOf(other.id) === id),
    );
  }

  private list(missing: Missing[], score: number | null): HTMLElement {
    const list = made("ul");
    for (const what of missing) {
      const entry = made("li");
      entry.append(this.link(what, score));
      list.append(entry);
    }
    return list;
  }

  private link({ kind, id }: Missing, score: number | null): HTMLElement {
    const { steps, activities, masteryScore } = this.unit;
    if (kind === "step") return link(t("missing.step", { title: this.nameOf(id) }), id);
    if (kind === "score") {
      const needed = percent(masteryScore ?? 0);
      const words =
        score === null ? t("missing.score", { needed }) : t("missing.score-so-far", { needed, score: percent(score) });
      const key =
        steps.flatMap((step) => step.activities).find((one) => activities[one]?.weight && !this.left.has(one)) ?? "";
      return link(words, this.stepOf(key), key);
    }
    const title = activities[id]?.label ?? id;
    const isForm = kind === "form" || activities[id]?.kind === "form";
    return link(t(isForm ? "missing.form" : "missing.activity", { title }), this.stepOf(id), id);
  }

  private stepOf(key: string): string {
    return this.unit.steps.find((step) => step.activities.includes(key))?.id ?? "";
  }

  private scored(score: number | null): string {
    const { masteryScore } = this.unit;
    if (score === null) return "";
    const reached = { score: percent(score) };
    if (masteryScore === null || score >= masteryScore) return t("finish.score", reached);
    return t("finish.score-needed", { ...reached, needed: percent(masteryScore) });
  }

  /** One row a step that has something to do or to read: id, whether it is done, and how much of it in words. */
  private rows(state: State): [string, boolean, string][] {
    const { activities, steps } = this.unit;
    return steps
      .filter(({ id }) => /^(phase|check)$/.test(document.getElementById(`step-${id}`)?.dataset.role ?? ""))
      .map(({ id, activities: keys }) => {
        // What does not count is named only to those who did it.
        const here = keys.filter((key) => !activities[key]?.read && !this.left.has(key));
        const did = here.filter((key) => isDone(this.unit, state, key));
        const asked = here.filter((key) => this.counts(key) || did.includes(key));
        const seen = state.seen.includes(id);
        const words =
          seen && asked.length
            ? t("finish.count", { done: did.length, all: asked.length })
            : t(seen ? "finish.seen" : "finish.not-seen");
        return [id, this.isStepDone(id, state), words];
      });
  }

  private row([id, done, words]: [string, boolean, string]): HTMLElement {
    const row = made("li", "", done ? "is-done" : "");
    const mark = made("span", "", "mark");
    mark.setAttribute("aria-hidden", "true");
    row.append(mark, link(this.nameOf(id), id), made("span", words, "quiet"));
    return row;
  }
}

/** A link to a step, or to an activity in it. */
function link(words: string, step: string, activity = ""): HTMLElement {
  const anchor = made("a", words);
  anchor.setAttribute("href", `#step-${step}`);
  anchor.dataset.goStep = step;
  if (activity) anchor.dataset.goActivity = activity;
  return anchor;
}

function percent(share: number): string {
  const language = document.documentElement.lang || "en";
  return new Intl.NumberFormat(language, { ...DIGITS, style: "percent", maximumFractionDigits: 0 }).format(share);
}
