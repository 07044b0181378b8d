/** A question of rows with a list to choose from each: what goes with what. */

import { type Answer, member } from "./activity";
import { Question } from "./question";
import type { Json } from "./unit";

interface Row {
  id: string;
  select: HTMLSelectElement;
  said: HTMLElement;
}

export abstract class Selects extends Question {
  protected rows: Row[] = [];

  protected override ready(): void {
    super.ready();
    this.rows = this.all("[data-row]").map((row) => ({
      id: row.dataset.row ?? "",
      select: this.one<HTMLSelectElement>("select", row),
      said: this.one(".feedback", row),
    }));
  }

  /** Rows where nothing was chosen yet. */
  protected get open(): Row[] {
    return this.rows.filter(({ select }) => !select.value);
  }

  protected get given(): Json {
    const given: { [key: string]: Json } = {};
    for (const { id, select } of this.rows) if (select.value) given[id] = select.value;
    return given;
  }

  protected give(given: Json | undefined, _texts: Record<string, string> = {}): void {
    for (const { id, select } of this.rows) {
      const chosen = member(given, id);
      const known = [...select.options].some(({ value }) => value === chosen);
      select.value = known && typeof chosen === "string" ? chosen : "";
    }
    this.refresh();
  }

  protected override touched(target: HTMLElement): void {
    this.refresh();
    super.touched(target);
  }

  protected answers(): Answer[] {
    const response = this.rows
      .filter(({ select }) => select.value)
      .map(({ id, select }): [string, string] => [id, select.value]);
    return [{ key: "", response, result: this.result(this.rights().every(Boolean)) }];
  }

  /** Brings the lists into line with what was chosen. */
  protected refresh(): void {}
}
