// Whether the content's page is on its way out. Browsers refuse synchronous requests then, and Moodle turns
// to beacons.

/** A window, or in tests any event target. */
export type Page = EventTarget & { readonly event?: Event | undefined };

const EVENTS = ["beforeunload", "pagehide", "unload"];

export class Dismissal {
  #pages: Page[] = [];
  #begun = false;

  /** Watches the content's window until the next launch. One watched more than once does no harm. */
  watch(page: Page): void {
    page.addEventListener("pagehide", () => this.begin());
    this.#pages.push(page);
  }

  begin(): void {
    this.#begun = true;
  }

  reset(): void {
    this.#pages = [];
    this.#begun = false;
  }

  /**
   * True also inside the content's own listeners: a window calls its listeners in the order of their
   * registration, and the content's came first, so what it is listening to now has to be asked for.
   */
  get running(): boolean {
    return this.#begun || this.#pages.some(({ event }) => event !== undefined && EVENTS.includes(event.type));
  }
}
