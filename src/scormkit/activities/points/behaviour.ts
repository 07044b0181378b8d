/** Points to share out: a number for each thing, what is left, and a button that makes any numbers add up. */

import { type Answer, define, type Json, member, Question, Recorded, TextField, t } from "scormkit-runtime";
import { numberIn } from "../../runtime/number";

/** What is typed beyond this is no number; the stored state keeps no more. */
const KEPT = 12;

interface Item {
  id: string;
  input: HTMLInputElement;
  bar: HTMLElement;
}

class Points extends Question {
  private items: Item[] = [];
  private why: TextField | undefined;
  private readonly recorded = new Recorded();

  protected override ready(): void {
    super.ready();
    this.items = this.all("[data-item]").map((row) => ({
      id: row.dataset.item ?? "",
      input: this.one<HTMLInputElement>("input", row),
      bar: this.one("[data-bar]", row),
    }));
    const area = this.querySelector("textarea");
    if (area) {
      this.why = new TextField(
        area,
        () => undefined,
        () => this.settle(),
      );
    }
    for (const { input } of this.items) {
      input.addEventListener("change", () => this.announce(this.one("[data-left]").textContent ?? ""));
    }
    this.one("[data-fit]").addEventListener("click", () => this.fit());
    this.refresh();
  }

  protected get given(): Json {
    const given: { [key: string]: Json } = {};
    for (const { id, input } of this.items) if (input.value) given[id] = input.value.slice(0, KEPT);
    return given;
  }

  protected override get texts(): Record<string, string> {
    return this.why?.text ? { reason: this.why.text } : {};
  }

  protected give(given: Json | undefined, texts: Record<string, string>): void {
    for (const { id, input } of this.items) {
      const typed = member(given, id);
      input.value = typeof typed === "string" ? typed : "";
    }
    const { reason = "" } = texts;
    if (this.why) this.why.text = reason;
    if (reason) this.recorded.forget("reason");
    this.refresh();
  }

  protected missing(): [HTMLElement | undefined, string] | undefined {
    const [least, most] = [Number(this.data.least), Number(this.data.most)];
    for (const { input } of this.items) {
      const points = pointsIn(input);
      if (points === undefined) return [input, t("points.no-number")];
      if (points < least) return [input, t("points.least", { least })];
      if (points > most) return [input, t("points.most", { most })];
    }
    if (this.left) return [this.items[0]?.input, this.leftInWords];
    if (!this.why) return undefined;
    const { input, text, fault } = this.why;
    const open = input.dataset.required !== undefined && !text && !this.isShed("reason");
    return fault || open ? [input, fault || t("points.no-reason")] : undefined;
  }

  protected answers(): Answer[] {
    // What does not add up is no answer yet.
    const numbers = this.left ? [] : this.items.map(({ id, input }) => [id, pointsIn(input)] as const);
    const { why } = this;
    return [
      ...numbers.flatMap(([id, points]) => (points === undefined ? [] : this.recorded.changed(id, points, -1))),
      ...(!why || why.excess || (!why.text && this.isShed("reason")) ? [] : this.recorded.changed("reason", why.text)),
    ];
  }

  protected rights(): boolean[] {
    return [];
  }

  protected override touched(target: HTMLElement): void {
    this.refresh();
    super.touched(target);
  }

  /** How many points are still to be given; below 0 where there are too many. */
  private get left(): number {
    return this.items.reduce((left, { input }) => left - (pointsIn(input) ?? 0), Number(this.data.total));
  }

  private get leftInWords(): string {
    const { left } = this;
    const unit = this.one("[data-item] [aria-hidden]").textContent ?? "";
    const key = left > 0 ? "points.left" : left < 0 ? "points.over" : "points.all-given";
    return t(key, { count: Math.abs(left), unit });
  }

  private refresh(): void {
    const total = Number(this.data.total);
    for (const { input, bar } of this.items) {
      bar.style.inlineSize = `${Math.min(100, ((pointsIn(input) ?? 0) / total) * 100)}%`;
    }
    const line = this.one("[data-left]");
    line.textContent = this.leftInWords;
    line.classList.toggle("is-done", !this.left);
  }

  /** Makes the numbers add up and keeps to what they say of each other: the next point goes where most is missing. */
  private fit(): void {
    const [total, least, most] = [Number(this.data.total), Number(this.data.least), Number(this.data.most)];
    const wished = this.items.map(({ input }) => pointsIn(input) ?? 0);
    const sum = wished.reduce((all, points) => all + points, 0);
    const fair = wished.map((points) => (sum ? (points / sum) * total : total / wished.length));
    const points = wished.map(() => least);
    for (let left = total - least * points.length; left > 0; left -= 1) {
      const gaps = fair.map((share, at) => ((points[at] ?? 0) < most ? share - (points[at] ?? 0) : -Infinity));
      const neediest = gaps.indexOf(Math.max(...gaps));
      points[neediest] = (points[neediest] ?? 0) + 1;
    }
    this.items.forEach(({ input }, at) => {
      input.value = String(points[at]);
    });
    this.touched(this);
    this.announce(this.leftInWords);
  }
}

/** A whole number from 0; an empty field is 0. */
function pointsIn({ value }: HTMLInputElement): number | undefined {
  const points = value.trim() ? numberIn(value, globalThis.scormkitPage.unit.language) : 0;
  return points === undefined || points < 0 || points % 1 ? undefined : points;
}

define("points", Points);
