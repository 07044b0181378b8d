/** Shows again what the learner wrote in earlier activities; it answers nothing itself. */

import { ActivityElement, define, made, quoted, STATE_CHANGED, strings, textsOf } from "scormkit-runtime";

class Text extends ActivityElement {
  protected ready(): void {
    if (!this.querySelector("[data-earlier]")) return;
    document.addEventListener(STATE_CHANGED, () => this.show());
    this.show();
  }

  restore(): void {
    this.show();
  }

  private show(): void {
    const place = this.querySelector("[data-earlier]");
    if (!place) return;
    const parts: HTMLElement[] = [];
    for (const id of strings(this.data.answersOf)) {
      const key = this.keyOf(id);
      const texts = Object.values(textsOf(ActivityElement.stateOf(key))).filter(Boolean);
      if (!texts.length) continue;
      parts.push(made("h3", this.labelOf(key)));
      for (const text of texts) parts.push(quoted("blockquote", text, "written"));
    }
    if (parts.length) place.replaceChildren(...parts);
  }

  private labelOf(key: string): string {
    return globalThis.scormkitPage.unit.activities[key]?.label ?? "";
  }
}

define("text", Text);
