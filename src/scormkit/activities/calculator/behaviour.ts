/** Numbers to play with: what comes out changes as they are typed, and is recorded when the learner says so. */

import { type Answer, DIGITS, define, type Json, made, member, Question, Recorded, strings, t } from "scormkit-runtime";
import { numberIn } from "../../runtime/number";
import { type Values, worth } from "./walk";

/** What is typed beyond this is no number; the stored state keeps no more. */
const KEPT = 24;

class Calculator extends Question {
  private readonly recorded = new Recorded();
  private readonly first = new Map<string, string>();

  protected override ready(): void {
    super.ready();
    for (const field of this.fields) {
      field.value = shown(Number(field.value), 4);
      this.first.set(field.id, field.value);
      field.addEventListener("change", () => this.say());
    }
    // Browsers before 2021 have no names: there the code stands alone.
    if (this.choice && "DisplayNames" in Intl) {
      const names = new Intl.DisplayNames(globalThis.scormkitPage.unit.language, { type: "currency" });
      for (const option of this.choice.options) option.text = `${option.value} – ${names.of(option.value)}`;
    }
    this.refresh();
  }

  /** Only what is not as it was at first. */
  protected get given(): Json {
    const given: { [key: string]: Json } = {};
    for (const field of this.fields) {
      if (field.value !== this.first.get(field.id)) given[idOf(field)] = field.value.slice(0, KEPT);
    }
    if (this.choice?.selectedIndex) given.currency = this.choice.value;
    return given;
  }

  protected give(given: Json | undefined): void {
    for (const field of this.fields) {
      const typed = member(given, idOf(field));
      field.value = typeof typed === "string" ? typed : (this.first.get(field.id) ?? "");
    }
    // A currency that is offered no more gives way to the first.
    const codes = [...(this.choice?.options ?? [])].map(({ value }) => value);
    if (this.choice) this.choice.selectedIndex = Math.max(0, codes.indexOf(String(member(given, "currency"))));
    this.refresh();
  }

  protected missing(): [HTMLElement, string] | undefined {
    for (const field of this.fields) {
      const words = this.fault(field);
      if (words) return [field, words];
    }
    return undefined;
  }

  protected answers(): Answer[] {
    // A first look at the author's numbers is no answer.
    if (!this.checks || this.missing()) return [];
    const { values } = this;
    const reported = [
      ...this.results.map(([id, , decimals]): [string, number] => [id, rounded(values.get(nameOf(id)), decimals)]),
      ...(this.data.reports === true ? this.fields : []).map((field): [string, number] => [
        idOf(field),
        this.numberOf(field) ?? 0,
      ]),
    ];
    const texts = strings(this.data.texts);
    const { choice } = this;
    const currency = choice ? this.recorded.changed("currency", choice.value.toLowerCase()) : [];
    const numbers = reported
      .filter(([, number]) => Number.isFinite(number))
      .flatMap(([id, number]) => this.recorded.changed(id, texts.includes(id) ? String(number) : number, "none"));
    return [...numbers, ...currency.map((one) => ({ ...one, response: [String(one.response)] }))];
  }

  protected rights(): boolean[] {
    return [];
  }

  protected override touched(target: HTMLElement): void {
    this.refresh();
    super.touched(target);
  }

  private get fields(): HTMLInputElement[] {
    return this.all<HTMLInputElement>("[data-input]");
  }

  /** Where the learner chooses a currency. */
  private get choice(): HTMLSelectElement | null {
    return this.querySelector<HTMLSelectElement>("[data-choose]");
  }

  /** Id, formula and decimals of each result. */
  private get results(): [string, Json, number][] {
    return listOf(this.data.results).map((one) => {
      const [id, formula = null, decimals] = listOf(one);
      return [String(id), formula, Number(decimals)];
    });
  }

  private numberOf(field: HTMLInputElement): number | undefined {
    return numberIn(field.value, globalThis.scormkitPage.unit.language, field.dataset.unit);
  }

  /** What is wrong with a field, in words. */
  private fault(field: HTMLInputElement): string {
    const limits = listOf(this.data.inputs).map(listOf);
    const [, from, to, whole] = limits.find(([id]) => id === idOf(field)) ?? [];
    const number = this.numberOf(field);
    if (number === undefined) return t("calculator.no-number");
    if (number < Number(from) || number > Number(to)) {
      return t("calculator.range", { from: shown(Number(from), 4), to: shown(Number(to), 4) });
    }
    return whole === true && number % 1 ? t("calculator.whole") : "";
  }

  /** The inputs, the series and the results by their names in formulas. */
  private get values(): Values {
    const values: Values = new Map();
    for (const field of this.fields) values.set(nameOf(idOf(field)), this.numberOf(field) ?? Number.NaN);
    const [name, rows, formula] = listOf(this.data.series);
    if (typeof name === "string") {
      const series: number[] = [];
      const count = worth(rows, values);
      for (let row = 1; row <= count; row += 1) series.push(worth(formula, new Map([...values, ["n", row]])));
      values.set(name, series);
    }
    for (const [id, result] of this.results) values.set(nameOf(id), worth(result, values));
    return values;
  }

  /** Shows what comes out; what comes out of something impossible is a dash. */
  private refresh(): void {
    if (this.choice) {
      for (const place of this.all("[data-currency]")) place.textContent = this.choice.value;
      for (const field of this.fields) {
        field.dataset.unit = document.getElementById(`${field.id}-unit`)?.textContent ?? field.dataset.unit;
      }
    }
    const values: Values = this.missing() ? new Map() : this.values;
    for (const [id, , decimals] of this.results) {
      this.one(`[data-result="${id}"]`).textContent = shown(rounded(values.get(nameOf(id)), decimals), decimals);
    }
    const table = this.querySelector<HTMLElement>("[data-row]");
    const series = values.get(String(listOf(this.data.series)[0]));
    if (!table || !Array.isArray(series)) return;
    this.one("tbody", table).replaceChildren(
      ...series.map((number, at) => {
        const row = made("tr");
        const head = made("th", (table.dataset.row ?? "").replace("{n}", String(at + 1)));
        head.setAttribute("scope", "row");
        row.append(head, made("td", shown(number, 2)));
        return row;
      }),
    );
    const sum = this.querySelector("[data-sum]");
    if (!sum) return;
    const all = series.reduce((before, number) => before + number, 0);
    sum.textContent = `${series.map((number) => shown(number, 2)).join(" + ")} = ${shown(all, 2)}`;
  }

  /** Says what comes out now, to somebody who does not see it. */
  private say(): void {
    this.announce(this.all("[data-results] > div").map(wordsOf).join(". "));
  }
}

function wordsOf({ textContent }: HTMLElement): string {
  return (textContent ?? "").replace(/\s+/g, " ").trim();
}

function idOf({ dataset }: HTMLElement): string {
  return dataset.input ?? "";
}

/** What an id is called in a formula, where a hyphen is a minus. */
function nameOf(id: string): string {
  return id.replace(/-/g, "_");
}

function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function rounded(value: number | number[] | undefined, decimals: number): number {
  return typeof value === "number" ? Number(value.toFixed(decimals)) : Number.NaN;
}

/** A number as the page's language writes it. */
function shown(number: number, most: number): string {
  const { language } = globalThis.scormkitPage.unit;
  return Number.isFinite(number) ? number.toLocaleString(language, { ...DIGITS, maximumFractionDigits: most }) : "–";
}

define("calculator", Calculator);
