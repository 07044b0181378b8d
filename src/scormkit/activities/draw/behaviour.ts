/** Draws the questions of a knowledge check and puts them in the learner's order; shuffles options everywhere. */

import { ActivityElement, all, define, type Json, member, OPENED, strings } from "scormkit-runtime";
import { dealtOut, drawn } from "./chance";

class Draw extends ActivityElement {
  private drawn: string[] = [];
  private seed: string | undefined;

  protected ready(): void {
    document.addEventListener(OPENED, (event) => this.opened((event as CustomEvent<string>).detail));
  }

  restore(state: Json): void {
    this.drawn = strings(member(state, "drawn"));
    // A copy that came back later brings its own draw.
    if (this.seed !== undefined) this.opened(this.seed);
  }

  private opened(seed: string): void {
    if (!this.isConnected) return;
    this.seed = seed;
    const bank = strings(this.data.bank);
    const before = this.drawn;
    const count = Number(this.data.draw);
    this.drawn = drawn(bank, count, seed, before);
    this.arrange(bank, seed);
    const { drawn: now } = this;
    if (count >= bank.length || now.join() === before.join()) return;
    const answers = [{ key: "", response: now.join(" "), result: "neutral" as const }];
    this.respond({ state: { drawn: now }, done: true, answers });
  }

  /** What was drawn stands first; the rest is not there for this learner. */
  private arrange(bank: string[], seed: string): void {
    const sections = new Map<string, Element>();
    for (const key of bank) {
      const section = document.querySelector(`[data-key="${key}"]`)?.closest(".activity");
      if (section) sections.set(key, section);
    }
    const mine = this.data.mixes === true ? dealtOut(this.drawn, `${seed} order`) : this.drawn;
    const order = [...mine, ...bank.filter((key) => !mine.includes(key))].filter((key) => sections.has(key));
    // Texts between the questions keep their places.
    const places = [...sections.values()].sort((a, b) => (a.compareDocumentPosition(b) & 4 ? -1 : 1));
    const marks = places.map((place) => {
      const mark = document.createComment("");
      place.replaceWith(mark);
      return mark;
    });
    order.forEach((key, at) => {
      const section = sections.get(key);
      if (!section) return;
      section.toggleAttribute("hidden", !mine.includes(key));
      marks[at]?.replaceWith(section);
    });
  }
}

document.addEventListener(OPENED, (event) => {
  for (const list of all("[data-shuffles]")) {
    const key = list.closest<HTMLElement>("[data-key]")?.dataset.key ?? "";
    const rows = [...list.children] as HTMLElement[];
    const moving = rows.filter(({ dataset }) => dataset.stays === undefined);
    const name = ({ dataset }: HTMLElement) => dataset.option ?? dataset.row ?? "";
    const order = dealtOut(moving.map(name), `${(event as CustomEvent<string>).detail} ${key}`);
    const next = order.map((id) => moving.find((row) => name(row) === id));
    list.append(...rows.map((row) => (moving.includes(row) ? (next.shift() ?? row) : row)));
  }
});

define("draw", Draw);
