/** A number to work out: written as people write numbers, checked within a tolerance. */

import { type Answer, DIGITS, define, type Json, lengthSent, Question, t } from "scormkit-runtime";
import { numberIn } from "../../runtime/number";

/** What is typed beyond this is no number; the stored state keeps no more. */
const KEPT = 40;

class Numeric extends Question {
  protected get given(): Json {
    return this.field.value.slice(0, KEPT);
  }

  protected give(given: Json | undefined): void {
    this.field.value = typeof given === "string" ? given : "";
  }

  protected missing(): [HTMLElement, string] | undefined {
    const { field, number } = this;
    const [from, to] = [Number(this.data.from), Number(this.data.to)];
    const show = (value: number) => value.toLocaleString(globalThis.scormkitPage.unit.language, DIGITS);
    let words = "";
    if (!lengthSent(field.value)) words = t("numeric.empty");
    else if (number === undefined) words = t("numeric.no-number");
    else if (number < from || number > to) words = t("numeric.range", { from: show(from), to: show(to) });
    return words ? [field, words] : undefined;
  }

  protected answers(): Answer[] {
    const { number } = this;
    return number === undefined || this.missing()
      ? []
      : [{ key: "", response: number, result: this.result(this.rights()[0] === true) }];
  }

  protected rights(): boolean[] {
    const { correct } = this.data;
    if (typeof correct !== "number") return [];
    // Sums in binary are a hair off: 0.1 + 0.2.
    return [Math.abs((this.number ?? Number.NaN) - correct) <= Number(this.data.tolerance) + 1e-9];
  }

  private get field(): HTMLInputElement {
    return this.one<HTMLInputElement>("input");
  }

  private get number(): number | undefined {
    return numberIn(this.field.value, globalThis.scormkitPage.unit.language, this.field.dataset.unit);
  }
}

define("numeric", Numeric);
