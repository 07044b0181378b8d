/** Things and who gets them: a list of groups for each thing; both may have names that the learner gives. */

import { type Answer, define, type Json, Recorded, Selects, TextField, t } from "scormkit-runtime";

class Allocation extends Selects {
  /** Names that the learner gives, by the id of the thing or group. */
  private names = new Map<string, TextField>();
  private readonly recorded = new Recorded();

  protected override ready(): void {
    super.ready();
    const left = () => this.settle();
    for (const input of this.all<HTMLInputElement>("[data-own]")) {
      this.names.set(input.dataset.own ?? "", new TextField(input, () => undefined, left));
    }
    this.refresh();
  }

  protected override get texts(): Record<string, string> {
    const texts: Record<string, string> = {};
    for (const [id, field] of this.names) if (field.text) texts[id] = field.text;
    return texts;
  }

  protected override give(given: Json | undefined, texts: Record<string, string>): void {
    for (const [id, field] of this.names) {
      field.text = texts[id] ?? "";
      if (texts[id]) this.recorded.forget(id);
    }
    super.give(given, texts);
  }

  protected rights(): boolean[] {
    return [];
  }

  protected missing(): [HTMLElement | undefined, string] | undefined {
    for (const field of this.names.values()) if (field.excess) return [field.input, field.fault];
    const { rows } = this;
    const chosen = new Set(rows.map(({ select }) => select.value).filter(Boolean));
    const unnamed = [...rows.filter(({ select }) => select.value).map(({ id }) => id), ...chosen].find(
      (id) => !this.isNamed(id),
    );
    if (unnamed !== undefined) return [this.names.get(unnamed)?.input, t("allocation.unnamed")];
    const open = this.open.filter(({ id }) => this.isNamed(id));
    if (open[0]) return [open[0].select, t("allocation.open", { count: open.length })];
    if (!chosen.size) return [this.names.get(rows[0]?.id ?? "")?.input, t("allocation.nothing")];
    for (const group of this.groups) {
      const count = this.countOf(group);
      const title = this.titleOf(group);
      const [least, most] = [Number(this.data.least), Number(this.data.most)];
      if (count > most) return [this.rowOf(group), t("allocation.too-many", { title, count, most })];
      if (count < least) return [rows[0]?.select, t("allocation.too-few", { title, count, least })];
    }
    return undefined;
  }

  protected override answers(): Answer[] {
    const names = [...this.names].flatMap(([id, field]) =>
      field.excess || (this.isShed(id) && !field.text) ? [] : this.recorded.changed(id, field.text),
    );
    const matching = super.answers().filter(({ response }) => Array.isArray(response) && response.length);
    return [...names, ...matching];
  }

  protected override refresh(): void {
    for (const { select } of this.rows) {
      for (const option of select.options) if (option.value) option.text = this.titleOf(option.value);
    }
    for (const group of this.all("[data-group]")) {
      const id = group.dataset.group ?? "";
      this.one("[data-title]", group).textContent = this.titleOf(id);
      this.one("[data-count]", group).textContent = String(this.countOf(id));
    }
  }

  protected override touched(target: HTMLElement): void {
    super.touched(target);
    if (!(target instanceof HTMLSelectElement) || !target.value) return;
    this.announce(t("allocation.placed", { group: this.titleOf(target.value), count: this.countOf(target.value) }));
  }

  private get groups(): string[] {
    return this.all("[data-group]").map((group) => group.dataset.group ?? "");
  }

  private countOf(group: string): number {
    return this.rows.filter(({ select }) => select.value === group).length;
  }

  private rowOf(group: string): HTMLElement | undefined {
    return this.rows.filter(({ select }) => select.value === group).pop()?.select;
  }

  private isNamed(id: string): boolean {
    const field = this.names.get(id);
    return field?.text !== "" || this.isShed(id);
  }

  private titleOf(group: string): string {
    const given = this.names.get(group)?.text;
    return given || (this.querySelector<HTMLElement>(`[data-group="${group}"]`)?.dataset.name ?? group);
  }
}

define("allocation", Allocation);
