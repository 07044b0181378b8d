/** A quiet ring with words: about how long a step takes. It never ends anything, is not announced, and can be hidden. */

import { all } from "./elements";
import { t } from "./messages";

/** Seconds between two looks: a clock that moves more often asks for attention. */
const STEP = 15;
const HIDDEN = "scormkit:clock";

export class Clock {
  /** Seconds spent in each step while the page was visible. */
  private readonly spent = new Map<HTMLElement, number>();
  private section: HTMLElement | undefined;

  constructor() {
    this.turn(stored() !== "hidden");
    window.setInterval(() => this.tick(), STEP * 1000);
  }

  /** The step that is shown from now on. */
  enter(section: HTMLElement | undefined): void {
    this.section = section;
    this.show();
  }

  /** Hides or shows the clocks of all steps. */
  toggle(): void {
    const visible = document.body.dataset.clock === "hidden";
    this.turn(visible);
    store(visible ? "shown" : "hidden");
  }

  private turn(visible: boolean): void {
    document.body.dataset.clock = visible ? "shown" : "hidden";
    for (const button of all("[data-clock-button]")) {
      button.textContent = t(visible ? "clock.hide" : "clock.show");
    }
  }

  private tick(): void {
    if (!this.section || document.hidden) return;
    this.spent.set(this.section, (this.spent.get(this.section) ?? 0) + STEP);
    this.show();
  }

  private show(): void {
    const clock = this.section?.querySelector<HTMLElement>("[data-seconds]");
    if (!this.section || !clock) return;
    const seconds = Number(clock.dataset.seconds);
    const spent = this.spent.get(this.section) ?? 0;
    const count = Math.ceil((seconds - spent) / 60);
    const words = clock.querySelector("[data-clock-words]");
    if (words && spent) words.textContent = count > 0 ? t("clock.left", { count }) : t("clock.over");
    const hand = clock.querySelector<SVGElement>(".clock-hand");
    hand?.style.setProperty("stroke-dashoffset", String(100 - Math.min(100, (100 * spent) / seconds)));
  }
}

function stored(): string | null {
  try {
    return window.localStorage.getItem(HIDDEN);
  } catch {
    return null; // A browser that keeps nothing shows the clock.
  }
}

function store(value: string): void {
  try {
    window.localStorage.setItem(HIDDEN, value);
  } catch {
    // The clock is hidden until the page is opened again; nothing else hangs on it.
  }
}
