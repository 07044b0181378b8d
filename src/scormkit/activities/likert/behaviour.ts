/** Statements on one scale: a row of points each. */

import { type Answer, define, type Json, made, member, Question, t } from "scormkit-runtime";

class Likert extends Question {
  protected get given(): Json {
    const given: { [key: string]: Json } = {};
    for (const row of this.rows) if (pointOf(row)) given[idOf(row)] = pointOf(row);
    return given;
  }

  protected give(given: Json | undefined): void {
    for (const row of this.rows) {
      for (const input of inputsOf(row)) input.checked = input.value === String(member(given, idOf(row)));
    }
  }

  protected missing(): [HTMLElement | undefined, string] | undefined {
    const open = this.rows.filter((row) => !pointOf(row));
    return open[0] && [inputsOf(open[0])[0], t("likert.open", { count: open.length })];
  }

  protected answers(): Answer[] {
    return this.rows
      .filter(pointOf)
      .map((row) => ({ key: idOf(row), response: [`n-${pointOf(row)}`], result: "neutral" }));
  }

  protected rights(): boolean[] {
    return [];
  }

  protected override show(): void {
    super.show();
    const list = this.querySelector("[data-lowest]");
    const lowest = this.rows
      .map((row, at) => ({ row, at }))
      .sort((a, b) => pointOf(a.row) - pointOf(b.row) || a.at - b.at)
      .slice(0, Number(this.data.lowest ?? 0));
    list?.replaceChildren(...lowest.map(({ row }) => made("li", this.one("legend", row).textContent ?? "")));
  }

  private get rows(): HTMLElement[] {
    return this.all("[data-row]");
  }
}

function idOf(row: HTMLElement): string {
  return row.dataset.row ?? "";
}

function inputsOf(row: HTMLElement): HTMLInputElement[] {
  return [...row.querySelectorAll("input")];
}

/** The point that was chosen, from 1; 0 where none was. */
function pointOf(row: HTMLElement): number {
  return Number(inputsOf(row).find((input) => input.checked)?.value ?? 0);
}

define("likert", Likert);
