/**
 * Answers on their way to the LMS: those that it has not confirmed, those that it confirmed and has not proved to have,
 * and what is still being typed.
 */

import type { ResponseDetail } from "./activity";
import type { AnswerRecord, Driver } from "./driver";
import type { JournalEntry, PendingAnswer } from "./journal";
import type { Interaction, Unit } from "./unit";

export class Outbox {
  /** By the interaction's key. */
  readonly pending = new Map<string, PendingAnswer>();
  /** Confirmed in this visit. Only what the LMS gives back at the next launch is proof. */
  readonly sent = new Map<string, PendingAnswer>();
  /** Activities with text that was typed but not yet left or saved. */
  readonly drafts = new Set<string>();
  private readonly interactions: Map<string, Interaction>;

  constructor({ interactions, forms = [] }: Unit) {
    this.interactions = new Map([...interactions, ...forms].map((interaction) => [interaction.key, interaction]));
  }

  /** Something is to be sent. */
  get isOpen(): boolean {
    return this.pending.size + this.drafts.size > 0;
  }

  /** How the LMS records what has this key; undefined where it does not. */
  interaction(key: string): Interaction | undefined {
    return this.interactions.get(key);
  }

  /** What an activity fired. */
  add(activity: string, { answers, draft }: ResponseDetail): void {
    for (const { key, response, result } of answers) {
      const name = key ? `${activity}.${key}` : activity;
      if (this.interactions.has(name)) this.pending.set(name, { key: name, response, result, at: Date.now() });
    }
    if (draft) this.drafts.add(activity);
    else this.drafts.delete(activity);
  }

  /** Takes over what is to be sent; with `again` also what was confirmed, because the LMS has lost it. */
  take(copy: JournalEntry, again: boolean): void {
    for (const answer of [...copy.pending, ...(again ? copy.sent : [])]) {
      const { key } = answer;
      const newer = this.pending.has(key) || this.sent.has(key);
      if (this.interactions.has(key) && !newer) this.pending.set(key, answer);
    }
    for (const key of copy.drafts) this.drafts.add(key);
  }

  /** The LMS says that it has these. What was answered anew meanwhile still goes out. */
  confirm(answers: PendingAnswer[]): void {
    for (const answer of answers) {
      if (this.pending.get(answer.key) === answer) this.pending.delete(answer.key);
      this.sent.set(answer.key, answer);
    }
  }

  /** What was confirmed in the last visit and yet is not there is to be sent once more. Resolves to whether any is. */
  async prove(answers: PendingAnswer[], driver: Driver): Promise<boolean> {
    const open = answers.filter(({ key }) => this.interactions.has(key) && !this.pending.has(key));
    for (const answer of open) this.sent.set(answer.key, answer);
    const proof = await driver.proof?.(this.records(open));
    let lost = false;
    for (const answer of open) {
      const { key } = answer;
      const isThere = proof?.get(key);
      // Answered anew meanwhile: then that is what counts. Not known yet: the next launch looks again.
      if (this.sent.get(key) !== answer || isThere === undefined) continue;
      this.sent.delete(key);
      if (isThere || this.pending.has(key)) continue;
      this.pending.set(key, answer);
      lost = true;
    }
    return lost;
  }

  /** Answers as the driver sends them. */
  records(answers: PendingAnswer[]): AnswerRecord[] {
    return answers.flatMap(({ key, response, result, at }) => {
      const interaction = this.interactions.get(key);
      return interaction ? [{ interaction, response, result, at: new Date(at) }] : [];
    });
  }

  /** Whether a text is still being typed. */
  isTyped(place: string): boolean {
    for (const key of this.drafts) if (place === key || place.startsWith(`${key}.`)) return true;
    return false;
  }
}
