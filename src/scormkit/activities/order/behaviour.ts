/** A list whose rows move up and down by buttons; the focus stays with the row that moves. */

import { type Answer, define, type Json, mark, Question, strings, t } from "scormkit-runtime";
import { inOrder } from "./in-order";

class Order extends Question {
  protected override ready(): void {
    super.ready();
    this.addEventListener("click", ({ target }) => {
      const button = target instanceof Element ? target.closest<HTMLElement>("[data-edit]") : null;
      if (button) this.move(button, button.dataset.edit === "up" ? -1 : 1);
    });
    this.refresh();
  }

  protected get given(): Json {
    return this.ids;
  }

  protected give(given: Json | undefined): void {
    const ids = strings(given);
    const list = this.one("ol");
    // Stored ones in their order; what came into the unit since stands behind them.
    const place = (row: HTMLElement) => ids.indexOf(idOf(row)) + 1 || ids.length + 1;
    list.append(
      ...this.rows
        .map((row, at) => ({ row, at }))
        .sort((a, b) => place(a.row) - place(b.row) || a.at - b.at)
        .map(({ row }) => row),
    );
    this.refresh();
  }

  protected missing(): undefined {
    return undefined;
  }

  protected answers(): Answer[] {
    const { top } = this.data;
    const response = this.ids.slice(0, typeof top === "number" ? top : undefined);
    return [{ key: "", response, result: this.result(this.score() === 1) }];
  }

  protected rights(): boolean[] {
    const order = strings(this.data.order);
    const kept = inOrder(this.ids.map((id) => order.indexOf(id)));
    return order.length ? this.ids.map((_, at) => kept.includes(at)) : [];
  }

  protected override score(): number | undefined {
    const rights = this.rights();
    return this.data.graded === true ? (rights.filter(Boolean).length - 1) / (rights.length - 1) : undefined;
  }

  protected override show(): void {
    const rights = this.rights();
    const count = rights.filter((right) => !right).length;
    super.show(count ? t("order.move", { count }) : "");
    if (!rights.length) return;
    this.rows.forEach((row, at) => {
      const right = rights[at] === true;
      this.mark(this.one(".feedback", row), count ? t(right ? "order.stays" : "order.elsewhere") : "", right);
    });
  }

  private get rows(): HTMLElement[] {
    return this.all("[data-row]");
  }

  private get ids(): string[] {
    return this.rows.map(idOf);
  }

  private move(button: HTMLElement, by: number): void {
    const row = button.closest<HTMLElement>("[data-row]");
    const { rows } = this;
    const to = row ? rows.indexOf(row) + by : -1;
    const other = rows[to];
    if (!row || !other) return;
    if (by < 0) other.before(row);
    else other.after(row);
    // Moving an element takes the focus from it.
    button.focus();
    for (const feedback of this.all(".feedback")) this.mark(feedback);
    this.refresh();
    this.announce(
      t("order.place", { text: this.one(".order-text", row).textContent ?? "", place: to + 1, all: rows.length }),
    );
    this.touched(row);
  }

  private refresh(): void {
    const { rows } = this;
    rows.forEach((row, at) => {
      mark(this.one("[data-edit=up]", row), "aria-disabled", !at);
      mark(this.one("[data-edit=down]", row), "aria-disabled", at === rows.length - 1);
      row.classList.toggle("order-last", at + 1 === this.data.top && at + 1 < rows.length);
    });
  }
}

function idOf(row: HTMLElement): string {
  return row.dataset.row ?? "";
}

define("order", Order);
