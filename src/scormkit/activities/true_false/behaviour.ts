/** True or false: decide, check, read why. */

import { type Answer, define, type Json, Question, t } from "scormkit-runtime";

class TrueFalse extends Question {
  /** Of two answers the wrong one says which is right. */
  protected override readonly telling = 1;

  protected get given(): Json {
    const { chosen } = this;
    return chosen ? chosen.value === "true" : null;
  }

  protected give(given: Json | undefined): void {
    for (const input of this.inputs) input.checked = input.value === String(given);
  }

  protected missing(): [HTMLElement | undefined, string] | undefined {
    return this.chosen ? undefined : [this.inputs[0], t("true-false.none-chosen")];
  }

  protected answers(): Answer[] {
    const { given } = this;
    return typeof given !== "boolean"
      ? []
      : [{ key: "", response: given, result: this.result(given === this.data.correct) }];
  }

  protected rights(): boolean[] {
    return typeof this.data.correct === "boolean" ? [this.given === this.data.correct] : [];
  }

  protected override show(): void {
    super.show();
    for (const feedback of this.all(".feedback")) {
      const why = feedback.dataset.answer === String(this.given) ? (feedback.dataset.why ?? "") : "";
      this.mark(feedback, why, this.rights()[0] !== false);
    }
  }

  protected override touched(target: HTMLElement): void {
    for (const feedback of this.all(".feedback")) this.mark(feedback);
    super.touched(target);
  }

  private get inputs(): HTMLInputElement[] {
    return this.all<HTMLInputElement>("input");
  }

  private get chosen(): HTMLInputElement | undefined {
    return this.inputs.find((input) => input.checked);
  }
}

define("true-false", TrueFalse);
