/** Words in two columns, each with a tag; then the own balance, and others' words beside it. */

import { type Answer, define, type Json, member, put, Question, Recorded, TextField, t } from "scormkit-runtime";

interface Word {
  field: TextField;
  tags: HTMLInputElement[];
}

interface Column {
  id: string;
  words: Word[];
  balance: HTMLElement;
}

class WordColumns extends Question {
  private columns: Column[] = [];
  private readonly recorded = new Recorded();

  protected override ready(): void {
    super.ready();
    const nothing = () => undefined;
    this.columns = this.all("[data-column]").map((column) => ({
      id: column.dataset.column ?? "",
      words: this.all("[data-word]", column).map((row) => ({
        field: new TextField(this.one<HTMLInputElement>("[type=text]", row), nothing, nothing),
        tags: this.all<HTMLInputElement>("[type=radio]", row),
      })),
      balance: this.one(`[data-balance="${column.dataset.column}"]`),
    }));
    this.addEventListener("change", ({ target }) => {
      if (target instanceof HTMLInputElement && target.type === "text") this.settle();
    });
  }

  protected override get texts(): Record<string, string> {
    const texts: Record<string, string> = {};
    for (const { id, words } of this.columns) {
      const lines = words.map(({ field }) => field.text.replace(/\n/g, " ")).join("\n");
      if (lines.trim()) texts[id] = lines;
    }
    return texts;
  }

  protected get given(): Json {
    const given: { [key: string]: Json } = {};
    for (const { id, words } of this.columns) given[id] = words.map((word) => tagOf(word) || ".").join("");
    return given;
  }

  protected give(given: Json | undefined, texts: Record<string, string>): void {
    for (const { id, words } of this.columns) {
      const lines = (texts[id] ?? "").split("\n");
      const tags = member(given, id);
      words.forEach(({ field, tags: inputs }, at) => {
        field.text = lines[at] ?? "";
        for (const input of inputs) input.checked = typeof tags === "string" && tags.charAt(at) === input.value;
      });
      if (texts[id]) this.recorded.forget(id);
    }
  }

  protected missing(): [HTMLElement | undefined, string] | undefined {
    for (const { id, words } of this.columns) {
      const long = words.find(({ field }) => field.excess);
      if (long) return [long.field.input, long.field.fault];
      if (this.isShed(id)) continue;
      const empty = words.filter(({ field }) => !field.text);
      const count = Number(this.data.atLeast) - (words.length - empty.length);
      if (count > 0) return [empty[0]?.field.input, t("word-columns.missing", { count })];
    }
    const open = this.columns.flatMap(({ words }) => words).find((word) => word.field.text && !tagOf(word));
    return open && [open.tags[0], t("word-columns.untagged", { word: open.field.text })];
  }

  protected answers(): Answer[] {
    return this.columns.flatMap(({ id, words }) => {
      const fit = words.filter(({ field }) => field.text && !field.excess);
      const lines = fit.map(({ field }) => field.text).join("\n");
      const text = lines || !this.isShed(id) ? this.recorded.changed(id, lines) : [];
      // None is a count too, once the learner has said that this is all.
      return [...text, ...(this.checks ? this.recorded.changed(`${id}-positive`, this.count(id, "+")) : [])];
    });
  }

  protected rights(): boolean[] {
    return [];
  }

  protected override show(): void {
    super.show();
    for (const { id, balance } of this.columns) {
      put(balance, t("word-columns.balance", { positive: this.count(id, "+"), negative: this.count(id, "-") }));
    }
  }

  /** How many words of a column have this tag. */
  private count(id: string, tag: string): number {
    const words = this.columns.find((column) => column.id === id)?.words ?? [];
    return words.filter((word) => tagOf(word) === tag && (word.field.text || this.isShed(id))).length;
  }
}

function tagOf({ tags }: Word): string {
  return tags.find((input) => input.checked)?.value ?? "";
}

define("word-columns", WordColumns);
