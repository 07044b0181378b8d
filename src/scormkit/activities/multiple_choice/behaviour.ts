/** Choose, check, read why. */

import { type Answer, define, type Json, Question, strings, t } from "scormkit-runtime";
import { credit } from "./credit";

class MultipleChoice extends Question {
  protected get given(): Json {
    return this.chosen;
  }

  protected give(given: Json | undefined): void {
    const chosen = strings(given);
    for (const input of this.inputs) input.checked = chosen.includes(input.value);
  }

  protected missing(): [HTMLElement | undefined, string] | undefined {
    return this.chosen.length ? undefined : [this.inputs[0], t("multiple-choice.none-chosen")];
  }

  protected answers(): Answer[] {
    const { chosen } = this;
    return chosen.length ? [{ key: "", response: chosen, result: this.result(this.isAllRight) }] : [];
  }

  /** Each option is chosen or left as it should be. */
  protected rights(): boolean[] {
    const { correct } = this;
    return correct.length ? this.inputs.map(({ checked, value }) => checked === correct.includes(value)) : [];
  }

  protected override score(): number | undefined {
    return this.data.graded === true ? credit(this.chosen, this.correct) : undefined;
  }

  protected override show(): void {
    const { chosen, correct } = this;
    const found = chosen.filter((id) => correct.includes(id)).length;
    const partly = found > 0 && correct.length > 1;
    super.show(partly ? t("multiple-choice.partly", { found, all: correct.length }) : t("answer.not-yet"));
    for (const row of this.all("[data-option]")) {
      const id = row.dataset.option ?? "";
      const feedback = this.one(".feedback", row);
      const picked = chosen.includes(id) && (correct.length > 0 || Boolean(feedback.dataset.why));
      this.mark(
        feedback,
        chosen.includes(id) ? feedback.dataset.why : "",
        !correct.length || correct.includes(id),
        picked,
      );
    }
  }

  protected override touched(target: HTMLElement): void {
    for (const feedback of this.all(".feedback")) this.mark(feedback);
    super.touched(target);
  }

  private get inputs(): HTMLInputElement[] {
    return this.all<HTMLInputElement>("input");
  }

  private get chosen(): string[] {
    return this.inputs.filter((input) => input.checked).map((input) => input.value);
  }

  private get correct(): string[] {
    return strings(this.data.correct);
  }
}

define("multiple-choice", MultipleChoice);
