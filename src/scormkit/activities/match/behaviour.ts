/** Each thing has a list of partners to choose from; a partner that is taken says so. */

import { define, Selects, t } from "scormkit-runtime";

class Match extends Selects {
  private readonly names = new Map<string, string>();

  protected override ready(): void {
    super.ready();
    for (const { value, text } of this.rows[0]?.select.options ?? []) this.names.set(value, text);
  }

  protected rights(): boolean[] {
    return this.rows.map(({ id, select }) => select.value === id);
  }

  protected missing(): [HTMLElement, string] | undefined {
    const { open } = this;
    return open[0] && [open[0].select, t("match.open", { count: open.length })];
  }

  protected override show(): void {
    super.show();
    for (const { id, select, said } of this.rows) {
      const right = select.value === id;
      this.mark(said, right ? t("match.right") : said.dataset.why || t("answer.not-yet"), right);
    }
  }

  protected override refresh(): void {
    const taken = this.rows.map(({ select }) => select.value);
    for (const { select } of this.rows) {
      for (const option of select.options) {
        const text = this.names.get(option.value) ?? "";
        const elsewhere = option.value && option.value !== select.value && taken.includes(option.value);
        option.text = elsewhere ? t("match.taken", { text }) : text;
      }
    }
  }
}

define("match", Match);
