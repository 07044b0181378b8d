/** Shows again what the learner wrote and chose in earlier activities; it answers nothing itself. */

import {
  ActivityElement,
  all,
  answersIn,
  define,
  made,
  quoted,
  STATE_CHANGED,
  strings,
  textsOf,
} from "scormkit-runtime";

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
      const state = ActivityElement.stateOf(key);
      const written = Object.values(textsOf(state)).filter(Boolean);
      const texts = written.length || state === undefined ? written : chosen(key);
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

/** What was chosen in an activity, as it stands there; of an order only the places that count. */
function chosen(key: string): string[] {
  const activity = all("[data-key]").find(({ dataset }) => dataset.key === key);
  const top = globalThis.scormkitPage.unit.activities[key]?.data?.top;
  const answers = activity ? answersIn(activity).slice(0, typeof top === "number" ? top : undefined) : [];
  return answers.map((words) => words.filter(Boolean).join("\n"));
}

define("text", Text);
