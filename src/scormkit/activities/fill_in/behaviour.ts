/** Sentences with a gap each: fill in, check, read what is not right yet. */

import { type Answer, define, type Json, member, Question, strings, TextField, t } from "scormkit-runtime";

interface Gap {
  id: string;
  field: TextField;
  said: HTMLElement;
}

class FillIn extends Question {
  private gaps: Gap[] = [];

  protected override ready(): void {
    super.ready();
    const nothing = () => undefined;
    this.gaps = this.all("[data-gap]").map((row) => ({
      id: row.dataset.gap ?? "",
      field: new TextField(this.one<HTMLInputElement>("input", row), nothing, nothing),
      said: this.one(".feedback", row),
    }));
  }

  protected get given(): Json {
    const given: { [key: string]: Json } = {};
    for (const { id, field } of this.gaps) if (field.text) given[id] = field.text;
    return given;
  }

  protected give(given: Json | undefined): void {
    for (const { id, field } of this.gaps) {
      const text = member(given, id);
      field.text = typeof text === "string" ? text : "";
    }
  }

  protected missing(): [HTMLElement, string] | undefined {
    const full = this.gaps.find(({ field }) => field.excess);
    if (full) return [full.field.input, full.field.fault];
    const empty = this.gaps.find(({ field }) => !field.text);
    return empty && [empty.field.input, t("fill-in.empty")];
  }

  protected answers(): Answer[] {
    return this.gaps
      .filter(({ field }) => field.text && !field.excess)
      .map((gap) => ({ key: gap.id, response: gap.field.text, result: this.result(this.isRight(gap)) }));
  }

  protected rights(): boolean[] {
    return this.gaps.some(({ id }) => this.accepted(id).length) ? this.gaps.map((gap) => this.isRight(gap)) : [];
  }

  protected override show(): void {
    super.show();
    if (!this.rights().length) return;
    for (const gap of this.gaps) {
      const right = this.isRight(gap);
      this.mark(gap.said, right ? t("fill-in.right") : gap.said.dataset.why || t("answer.not-yet"), right);
    }
  }

  private accepted(id: string): string[] {
    return strings(member(this.data.accept, id));
  }

  private isRight({ id, field }: Gap): boolean {
    return this.accepted(id).some((answer) => gist(answer) === gist(field.text));
  }
}

/** What makes no difference is left out: capitals, spaces, the form of an apostrophe, a full stop at the end. */
function gist(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[’ʼ`´]/g, "'")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/ ?[.!]$/, "");
}

define("fill-in", FillIn);
