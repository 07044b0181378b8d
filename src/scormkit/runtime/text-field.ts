/** A text field that grows with its text, counts near its limit, and says when something is too long. */

import { announce, mark } from "./elements";
import { t } from "./messages";
import { cleaned, lengthSent } from "./text";

/** From this share of the limit on the counter is spoken. */
const NEAR = 0.9;

export type TextInput = HTMLTextAreaElement | HTMLInputElement;

export class TextField {
  private readonly counter: HTMLElement | null;
  private spoken = false;

  /**
   * @param input the field; its limit stands in `data-limit`, its counter is the element `<id>-count`
   * @param typed called with every change, while typing
   * @param settled called when the learner leaves the field after a change
   */
  constructor(
    readonly input: TextInput,
    typed: () => void,
    settled: () => void,
  ) {
    this.counter = document.getElementById(`${input.id}-count`);
    input.addEventListener("input", () => {
      this.refresh();
      typed();
    });
    input.addEventListener("change", settled);
    this.refresh();
  }

  get limit(): number {
    return Number(this.input.dataset.limit ?? 0);
  }

  /** What was typed, cleaned; it may still be too long. */
  get text(): string {
    return cleaned(this.input.value);
  }

  set text(text: string) {
    this.input.value = text;
    this.refresh();
  }

  /** How many characters are too many. */
  get excess(): number {
    return this.limit ? Math.max(0, lengthSent(this.input.value) - this.limit) : 0;
  }

  /** What is wrong with the text, in words; "" where all is well. */
  get fault(): string {
    const count = this.excess;
    return count ? t("text.too-long", { count }) : "";
  }

  private refresh(): void {
    const { input } = this;
    if (input instanceof HTMLTextAreaElement && !("fieldSizing" in input.style)) {
      input.style.height = "auto";
      if (input.scrollHeight) input.style.height = `${input.scrollHeight + 2}px`;
    }
    if (!this.counter || !this.limit) return;
    const left = this.limit - lengthSent(input.value);
    this.counter.textContent = left < 0 ? t("text.over", { count: -left }) : t("text.left", { count: left });
    this.counter.classList.toggle("over", left < 0);
    mark(input, "aria-invalid", left < 0);
    const near = left < this.limit * (1 - NEAR);
    if (near && !this.spoken) announce(this.counter.textContent);
    this.spoken = near;
  }
}
