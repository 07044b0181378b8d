/** A few questions out of many, then the reason: each answer joins the others in the order in which they were asked. */

import { type Answer, define, type Json, member, Question, strings, t } from "scormkit-runtime";

class Investigation extends Question {
  private rows = new Map<string, HTMLElement>();
  /** Ids of the questions, in the order in which they were asked. */
  private asked: string[] = [];

  protected override ready(): void {
    super.ready();
    for (const row of this.all("[data-question]")) {
      const id = row.dataset.question ?? "";
      this.rows.set(id, row);
      this.one("button", row).addEventListener("click", () => this.put(id));
    }
    this.refresh();
  }

  protected get given(): Json {
    const reason = this.chosen?.value;
    return { asked: this.asked, ...(reason ? { reason } : {}) };
  }

  protected give(given: Json | undefined): void {
    this.asked = strings(member(given, "asked"))
      .filter((id, at, all) => this.rows.has(id) && all.indexOf(id) === at)
      .slice(0, this.most);
    const reason = member(given, "reason");
    for (const input of this.inputs) input.checked = input.value === reason;
    this.refresh();
  }

  protected missing(): [HTMLElement | undefined, string] | undefined {
    if (!this.asked.length) return [this.one("button"), t("investigation.nothing-asked")];
    return this.chosen ? undefined : [this.inputs[0], t("investigation.no-reason")];
  }

  protected answers(): Answer[] {
    const { asked, chosen } = this;
    return [
      { key: "asked", response: asked, result: "neutral" },
      { key: "reason", response: chosen ? [chosen.value] : [], result: this.result(this.rights()[0] === true) },
    ];
  }

  protected rights(): boolean[] {
    return [this.chosen?.value === this.data.correct];
  }

  protected override show(): void {
    super.show();
    const { chosen } = this;
    const feedback = chosen?.closest("li")?.querySelector<HTMLElement>(".feedback");
    if (feedback) this.mark(feedback, feedback.dataset.why, this.rights()[0]);
    for (const sign of this.all("[data-sign]")) {
      const heard = this.asked.includes(sign.dataset.sign ?? "");
      this.one("[data-heard]", sign).textContent = t(heard ? "investigation.heard" : "investigation.not-asked");
    }
  }

  protected override touched(target: HTMLElement): void {
    for (const feedback of this.all(".feedback")) this.mark(feedback);
    super.touched(target);
  }

  private get inputs(): HTMLInputElement[] {
    return this.all<HTMLInputElement>("input");
  }

  private get chosen(): HTMLInputElement | undefined {
    return this.inputs.find((input) => input.checked);
  }

  private get most(): number {
    return Number(this.data.most);
  }

  /** Asks a question; reading goes on with its answer. */
  private put(id: string): void {
    const row = this.rows.get(id);
    if (!row || this.asked.includes(id) || this.asked.length >= this.most) return;
    this.asked.push(id);
    this.refresh();
    this.touched(row);
    this.one("[data-asked]", row).focus();
    const said = this.one("[data-said]", row).textContent ?? "";
    this.announce(`${said.trim()} ${this.one("[data-left]").textContent}`);
  }

  /** What was asked stands with its answer in the log; the rest can still be asked. */
  private refresh(): void {
    const log = this.one("[data-log]");
    const open = this.one("[data-open]");
    const count = this.most - this.asked.length;
    for (const [id, row] of this.rows) {
      const asked = this.asked.includes(id);
      if (!asked) open.append(row);
      this.one("button", row).hidden = asked;
      for (const part of this.all("[data-asked], [data-said]", row)) part.hidden = !asked;
    }
    for (const id of this.asked) log.append(this.rows.get(id) ?? "");
    log.hidden = !this.asked.length;
    open.hidden = count < 1;
    const words = this.asked.length ? t("investigation.left", { count }) : t("investigation.limit", { count });
    this.one("[data-left]").textContent = count > 0 ? words : t("investigation.none-left");
  }
}

define("investigation", Investigation);
