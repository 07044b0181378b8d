/**
 * The page's own script: the learner can read and go from step to step at once. Then it fetches the second script, which
 * holds the run and the activities. Until that is there nothing can be answered, so nothing can be lost.
 */

import { all, made } from "./elements";
import { t } from "./messages";
import { page } from "./page-data";
import { Steps } from "./steps";

/** Buttons that only the second script can serve. */
const LATER = "[data-exit], [data-prints], [data-clock-button]";
/** Milliseconds after which somebody who waits for the second script is told so. */
const PATIENCE = 1000;

export class Opening {
  readonly steps = new Steps();
  private readonly fields = all("[data-key] input, [data-key] select, [data-key] textarea, [data-key] button");
  private pressed: HTMLElement | null = null;
  private timer = 0;

  constructor(private readonly script: string) {
    this.turnFields(false);
    document.body.addEventListener("click", this.press);
    // In a task of its own: the first view does not wait for what only answering needs.
    this.timer = window.setTimeout(() => this.load());
  }

  /** The second script is there and takes over. */
  close(): void {
    window.clearTimeout(this.timer);
    this.say("");
    document.body.removeEventListener("click", this.press);
    this.turnFields(true);
  }

  /** Does what the learner asked for while the second script was on its way. */
  repeat(): void {
    this.pressed?.click();
  }

  private readonly press = ({ target }: Event): void => {
    if (target instanceof Element) this.pressed = target.closest<HTMLElement>(LATER);
  };

  private load(): void {
    this.timer = window.setTimeout(() => this.say(t("save.looking")), PATIENCE);
    const script = document.createElement("script");
    script.src = this.script;
    script.onerror = () => this.failed();
    document.head.append(script);
  }

  private failed(): void {
    window.clearTimeout(this.timer);
    this.say("");
    const notice = made("div", "", "notice");
    const again = made("button", t("load.again"));
    again.addEventListener("click", () => {
      notice.remove();
      this.load();
    });
    notice.append(made("p", t("load.failed")), again);
    document.getElementById("notices")?.append(notice);
  }

  private say(words: string): void {
    const line = document.getElementById("save-line");
    if (line) line.textContent = words;
  }

  turnFields(usable: boolean): void {
    for (const field of this.fields) field.toggleAttribute("disabled", !usable);
  }
}

/** Opens the page; `address` is where the second script lies. */
export function open(address: string): void {
  page().opening = new Opening(address);
  document.documentElement.dataset.scormkit = "ready";
}
