/** Something that is due after a while; of several wishes the earliest counts. */

export class Deadline {
  private timer = 0;
  private due = Number.POSITIVE_INFINITY;

  constructor(private readonly act: () => void) {}

  /** In so many milliseconds at the latest. */
  within(delay: number): void {
    const due = performance.now() + delay;
    if (due >= this.due) return;
    window.clearTimeout(this.timer);
    this.due = due;
    this.timer = window.setTimeout(this.act, delay);
  }

  cancel(): void {
    window.clearTimeout(this.timer);
    this.due = Number.POSITIVE_INFINITY;
  }
}
