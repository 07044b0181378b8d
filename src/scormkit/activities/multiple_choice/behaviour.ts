/** Choose, check, read why; check again as often as you like. */

import { ActivityElement, define, type Json, member, put, strings, t, whenSent } from "scormkit-runtime";

class MultipleChoice extends ActivityElement {
  protected ready(): void {
    whenSent(this.one("form"), () => this.check());
    this.addEventListener("change", () => put(this.one(".error"), ""));
  }

  restore(state: Json): void {
    const chosen = strings(member(state, "chosen"));
    for (const input of this.inputs) input.checked = chosen.includes(input.value);
    if (member(state, "checked") === true) this.show(chosen);
  }

  private get inputs(): HTMLInputElement[] {
    return this.all<HTMLInputElement>("input");
  }

  private get correct(): string[] {
    return strings(this.data.correct);
  }

  private check(): void {
    const chosen = this.inputs.filter((input) => input.checked).map((input) => input.value);
    if (!chosen.length) {
      put(this.one(".error"), t("multiple-choice.none-chosen"));
      this.inputs[0]?.focus();
      return;
    }
    this.show(chosen);
    this.one(".verdict").focus();
    const score = this.score(chosen);
    const graded = this.correct.length > 0;
    this.respond({
      state: { chosen, checked: true },
      done: true,
      ...(graded ? { score } : {}),
      answers: [{ key: "", response: chosen, result: !graded ? "neutral" : score === 1 ? "correct" : "incorrect" }],
    });
  }

  /** Right ones found minus wrong ones chosen, as a share of the right ones, never below 0. */
  private score(chosen: string[]): number {
    const found = chosen.filter((id) => this.correct.includes(id)).length;
    return this.correct.length ? Math.max(0, (2 * found - chosen.length) / this.correct.length) : 0;
  }

  private show(chosen: string[]): void {
    const { correct } = this;
    for (const row of this.all("[data-option]")) {
      const id = row.dataset.option ?? "";
      const feedback = this.one(".feedback", row);
      const picked = chosen.includes(id);
      feedback.hidden = !picked || !feedback.textContent;
      row.classList.toggle("is-right", picked && correct.includes(id));
      row.classList.toggle("is-wrong", picked && correct.length > 0 && !correct.includes(id));
    }
    const score = this.score(chosen);
    const found = chosen.filter((id) => correct.includes(id)).length;
    if (!correct.length) this.judge("neutral", t("answer.noted"));
    else if (score === 1) this.judge("right", t("answer.right"));
    else if (!found || correct.length < 2) this.judge("not-yet", t("answer.not-yet"));
    else this.judge("not-yet", t("multiple-choice.partly", { found, all: correct.length }));
  }
}

define("multiple-choice", MultipleChoice);
