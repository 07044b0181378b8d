/** Cards open and close, several at once or all of them; what was opened once counts, whether it is closed again or not. */

import { ActivityElement, define, type Json, member, strings, t } from "scormkit-runtime";

interface Card {
  id: string;
  button: HTMLButtonElement;
  panel: HTMLElement;
}

class Reveal extends ActivityElement {
  private cards: Card[] = [];
  private opened: string[] = [];

  protected ready(): void {
    // The markup has plain headings and open cards, so that it reads well on paper and where scripts do not run.
    this.cards = this.all("[data-card]").map((card) => this.wire(card));
    this.one("[data-tools]").hidden = this.cards.length < 2;
    this.one("[data-all]").addEventListener("click", () => this.turnAll());
  }

  restore(state: Json): void {
    const stored = strings(member(state, "open"));
    this.opened = this.cards.map(({ id }) => id).filter((id) => stored.includes(id));
    for (const card of this.cards) this.turn(card, this.opened.includes(card.id));
    this.nameButton();
  }

  private wire(element: HTMLElement): Card {
    const heading = this.one("h4", element);
    const panel = this.one("[data-panel]", element);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "reveal-button";
    button.setAttribute("aria-controls", panel.id);
    button.append(...heading.childNodes);
    heading.append(button);
    heading.className = "reveal-heading";
    const card = { id: element.dataset.card ?? "", button, panel };
    this.turn(card, false);
    button.addEventListener("click", () => {
      this.turn(card, !this.isOpen(card));
      this.changed();
    });
    // The browser found what the learner searched for inside a closed card and is about to show it.
    panel.addEventListener("beforematch", () => {
      this.turn(card, true);
      this.changed();
    });
    return card;
  }

  private isOpen({ button }: Card): boolean {
    return button.getAttribute("aria-expanded") === "true";
  }

  private turn({ button, panel }: Card, open: boolean): void {
    button.setAttribute("aria-expanded", String(open));
    // Searching the page still finds what is hidden in this way; older browsers take any value for plain hidden.
    if (open) panel.removeAttribute("hidden");
    else panel.setAttribute("hidden", "until-found");
  }

  private get allOpen(): boolean {
    return this.cards.every((card) => this.isOpen(card));
  }

  private turnAll(): void {
    const open = !this.allOpen;
    for (const card of this.cards) this.turn(card, open);
    this.announce(t(open ? "reveal.all-open" : "reveal.all-closed"));
    this.changed();
  }

  private nameButton(): void {
    this.one("[data-all]").textContent = t(this.allOpen ? "reveal.close-all" : "reveal.open-all");
  }

  /** Tells the session when a card was opened for the first time. */
  private changed(): void {
    this.nameButton();
    const opened = this.cards.filter((card) => this.opened.includes(card.id) || this.isOpen(card)).map(({ id }) => id);
    if (opened.length === this.opened.length) return;
    this.opened = opened;
    this.respond({ state: { open: opened }, done: opened.length === this.cards.length, answers: [] });
  }
}

define("reveal", Reveal);
