/** Ticks are kept as they are made, and recorded when the learner saves the list or leaves. */

import { ActivityElement, type Answer, define, type Json, member, put, strings, t, whenSent } from "scormkit-runtime";

class Checklist extends ActivityElement {
  private saved = false;
  /** What the records hold, by key; ids joined by a space. */
  private sent: Record<string, string | undefined> = {};

  protected ready(): void {
    whenSent(this.one("form"), () => this.save());
    this.addEventListener("change", () => {
      this.saved = false;
      put(this.one(".error"), "");
      this.show();
      this.record(true);
    });
    this.show();
  }

  restore(state: Json): void {
    const ticked = member(state, "ticked");
    for (const box of this.boxes) {
      box.checked = strings(member(ticked, box.dataset.column ?? "")).includes(box.value);
    }
    this.saved = member(state, "saved") === true;
    // A stored list that was not saved may or may not have been recorded: it is sent with the next record.
    this.sent = {};
    for (const [key, ids] of this.records()) if (ids.length) this.sent[key] = this.saved ? ids.join(" ") : undefined;
    this.show();
  }

  /** Records what was ticked but not saved. */
  override settle(): void {
    this.record();
  }

  private get boxes(): HTMLInputElement[] {
    return this.all<HTMLInputElement>("input[data-column]");
  }

  private get columns(): string[] {
    return [...new Set(this.boxes.map((box) => box.dataset.column ?? ""))];
  }

  private get atLeast(): number {
    return Number(this.data.atLeast ?? 0);
  }

  /** How many things are ticked, in whatever column. */
  private get count(): number {
    return new Set(this.boxes.filter((box) => box.checked).map((box) => box.value)).size;
  }

  private ticked(boxes: HTMLInputElement[]): string[] {
    return boxes.filter((box) => box.checked).map((box) => box.value);
  }

  private inColumn(column: string): HTMLInputElement[] {
    return this.boxes.filter((box) => box.dataset.column === column);
  }

  /** Keys of the records with the ticked ids; a long column takes several. */
  private records(): [string, string[]][] {
    const size = Number(this.data.perRecord ?? 36);
    const records: [string, string[]][] = [];
    for (const column of this.columns) {
      const boxes = this.inColumn(column);
      for (let part = 0; part * size < boxes.length; part += 1) {
        const key = part ? `${column}-${part + 1}` : column;
        records.push([key, this.ticked(boxes.slice(part * size, (part + 1) * size))]);
      }
    }
    return records;
  }

  private save(): void {
    if (!this.count && this.atLeast) {
      put(this.one(".error"), t("checklist.nothing"));
      this.boxes[0]?.focus();
      return;
    }
    this.saved = true;
    put(this.one(".error"), "");
    this.show();
    this.one(".verdict").focus();
    this.record();
  }

  private record(draft = false): void {
    const answers: Answer[] = [];
    for (const [key, ids] of draft ? [] : this.records()) {
      const response = ids.join(" ");
      // Nothing ticked is an answer only where something was ticked before: some platforms refuse an empty one.
      if (key in this.sent ? this.sent[key] === response : !ids.length) continue;
      this.sent[key] = response;
      answers.push({ key, response: ids, result: "neutral" });
    }
    const ticked: { [key: string]: Json } = {};
    for (const column of this.columns) ticked[column] = this.ticked(this.inColumn(column));
    const state: Json = this.saved ? { ticked, saved: true } : { ticked };
    const done = this.count >= Math.max(1, this.atLeast) || (this.saved && this.count >= this.atLeast);
    this.respond({ state, done, answers, ...(draft ? { draft } : {}) });
  }

  private show(): void {
    const named = this.columns.map((column) => {
      const boxes = this.inColumn(column);
      const count = this.ticked(boxes).length;
      const title = document.getElementById(boxes[0]?.getAttribute("aria-labelledby")?.split(" ")[0] ?? "");
      return title
        ? t("checklist.column", { column: title.textContent ?? "", count })
        : t("checklist.ticked", { count });
    });
    this.one("[data-counts]").textContent = named.join(" · ");
    const missing = this.atLeast - this.count;
    this.one(".verdict").hidden = !this.saved;
    this.one(".verdict-word").textContent =
      t("answer.saved") + (missing > 0 ? ` ${t("checklist.missing", { count: missing })}` : "");
  }
}

define("checklist", Checklist);
