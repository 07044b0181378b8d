/**
 * A run of a unit: launch → restore → record → save → terminate. It owns the state and decides when to save; it knows
 * a driver on one side and the page as a few callbacks on the other.
 */

import type { ResponseDetail } from "./activity";
import type { AnswerRecord, Driver, Launch, Outcome, Report, Visit } from "./driver";
import { Journal, type JournalEntry, type PendingAnswer } from "./journal";
import { emptyState, fitted, merged, read, type State } from "./state";
import { type Standing, standing } from "./status";
import type { Interaction, Json, Unit } from "./unit";

/** What the learner should know about saving. `answers` counts what only this device has. */
export type SaveNotice =
  | { kind: "looking" }
  | { kind: "unrecorded" }
  | { kind: "read-only" }
  | { kind: "saved"; at: Date }
  /** `over`: the LMS takes nothing more in this launch. */
  | { kind: "unsaved"; answers: number; onDevice: boolean; over?: boolean }
  | { kind: "ended"; saved: boolean };

/** The page, as far as a session needs it. */
export interface Host {
  /** Nothing can be answered while the LMS is asked what it knows. */
  wait(waiting: boolean): void;
  /** Puts an activity back to its stored state. */
  restore(key: string, state: Json): void;
  /** Asks an activity to record what was typed but not yet recorded. */
  settle(key: string): void;
  /** The unit is only looked at: nothing can be changed. */
  lock(): void;
  /** Steps, status or answers changed. */
  changed(): void;
  notice(notice: SaveNotice): void;
  /** Texts that the LMS has no room to keep for showing again. `unsaved`: they are only on this device. */
  shed(places: string[], unsaved: string[]): void;
  /** The stored state could not be read. */
  damaged(): void;
}

/** After an answer: long enough to gather what belongs together, short enough to feel at once. Milliseconds. */
const COMMIT_DELAY = 1000;
/** While typing: not per keystroke (Moodle sends the whole model with each commit). */
const DRAFT_DELAY = 10_000;
const RETRY_DELAYS = [2000, 4000, 8000, 15_000, 30_000, 60_000];
/** A late LMS: some put their API in place only after the page has loaded. */
const LOOK_EVERY = 250;
const LOOK_FOR = 8000;

export class Session {
  state: State = emptyState();
  readOnly = false;
  learnerName = "";
  /** Where the learner goes on leaving; "" asks to close the window. */
  returnTo: string | undefined;

  private journal: Journal;
  /** What this tab kept before it was loaded again, where nobody says who the learner is. */
  private readonly earlier: JournalEntry | undefined;
  private readonly interactions: Map<string, Interaction>;
  private readonly pending = new Map<string, PendingAnswer>();
  private readonly drafts = new Set<string>();
  private visits: Visit[] = [];
  /** The LMS takes nothing more in this launch. */
  private over = false;
  private connected = false;
  private ended = false;
  private dirty = false;
  private saving = false;
  private interactionsRefused = false;
  private failures = 0;
  private timer = 0;
  private due = Number.POSITIVE_INFINITY;
  private startedAt = performance.now();

  constructor(
    readonly unit: Unit,
    private readonly driver: Driver | null,
    private readonly host: Host,
  ) {
    this.journal = new Journal(unit.id, "");
    this.earlier = this.journal.read();
    const recorded = [...unit.interactions, ...(unit.forms ?? [])];
    this.interactions = new Map(recorded.map((interaction) => [interaction.key, interaction]));
  }

  get standing(): Standing {
    return standing(this.unit, this.state);
  }

  get hasEnded(): boolean {
    return this.ended;
  }

  /** Looks for the LMS; the page can be used meanwhile, or once the promise that is returned is kept. */
  start(): Promise<void> | undefined {
    if (!this.driver) this.unrecorded();
    else return this.look(performance.now() + LOOK_FOR);
    return undefined;
  }

  private look(until: number): Promise<void> | undefined {
    const found = this.driver?.launch();
    if (!(found instanceof Promise)) {
      this.lookedAt(found, until);
      return undefined;
    }
    this.host.wait(true);
    this.host.notice({ kind: "looking" });
    return found.then((launch) => {
      this.host.wait(false);
      this.lookedAt(launch, 0);
    });
  }

  private lookedAt(launch: Launch | undefined, until: number): void {
    if (launch) {
      this.opened(launch);
    } else if (performance.now() < until) {
      this.host.notice({ kind: "looking" });
      window.setTimeout(() => this.look(until), LOOK_EVERY);
    } else {
      this.unrecorded();
    }
  }

  /** No LMS: the unit works, answers live as long as the tab. */
  private unrecorded(): void {
    if (this.earlier) this.take(this.earlier.state);
    this.host.notice({ kind: "unrecorded" });
  }

  private opened(launch: Launch): void {
    this.connected = true;
    this.startedAt = performance.now();
    this.readOnly = launch.readOnly;
    this.learnerName = launch.learnerName ?? "";
    this.returnTo = launch.returnTo;
    this.over = launch.over ?? false;
    if (launch.masteryScore !== undefined) this.unit.masteryScore = launch.masteryScore;
    // Until now the journal was the tab's; what was answered meanwhile goes into this learner's.
    this.journal.clear();
    this.journal = new Journal(this.unit.id, launch.learnerId);
    const stored = read(launch.suspendData);
    const kept = this.readOnly ? undefined : this.journal.read();
    if (launch.suspendData && !stored) this.host.damaged();
    for (const answer of kept?.pending ?? []) {
      if (this.interactions.has(answer.key) && !this.pending.has(answer.key)) this.pending.set(answer.key, answer);
    }
    for (const key of kept?.drafts ?? []) this.drafts.add(key);
    const empty = emptyState();
    empty.status = launch.status;
    this.take([stored, kept?.state].reduce<State>((all, one) => (one ? merged(all, one) : all), empty));
    if (this.readOnly) {
      this.host.lock();
      this.host.notice(this.over ? this.unsaved(true) : { kind: "read-only" });
      return;
    }
    this.settle();
    this.schedule(COMMIT_DELAY);
  }

  /** Stored state under what was done since the page opened. */
  private take(stored: State): void {
    const since = this.state;
    this.visits = this.visits.filter(({ step }) => !stored.seen.includes(step));
    for (const entry of Object.values(since.entries)) entry.seq += stored.counter;
    since.counter += stored.counter;
    const untouched = Object.keys(since.entries).length === 0;
    this.state = merged(stored, since);
    if (untouched && stored.step) this.state.step = stored.step;
    for (const [key, entry] of Object.entries(this.state.entries)) {
      if (!since.entries[key]) this.host.restore(key, entry.state);
    }
    this.host.changed();
  }

  /** The learner goes to a step. */
  visit(step: string): void {
    this.state.step = step;
    if (!this.state.seen.includes(step)) {
      this.state.seen.push(step);
      this.visits.push({ step, at: new Date() });
    }
    this.changed(COMMIT_DELAY);
  }

  /** An activity fired: kept on the device at once, in the LMS a moment later. */
  respond(key: string, detail: ResponseDetail): void {
    if (this.readOnly || this.ended) return;
    const before = this.state.entries[key];
    this.state.entries[key] = {
      seq: this.state.counter + 1,
      done: detail.done || (before?.done ?? false),
      score: detail.score ?? before?.score ?? null,
      state: detail.state,
    };
    this.state.best = this.standing.score;
    for (const answer of detail.answers) {
      const name = answer.key ? `${key}.${answer.key}` : key;
      if (!this.interactions.has(name)) continue;
      this.pending.set(name, { key: name, response: answer.response, result: answer.result, at: Date.now() });
    }
    if (detail.draft) this.drafts.add(key);
    else this.drafts.delete(key);
    this.changed(detail.draft ? DRAFT_DELAY : COMMIT_DELAY);
  }

  private changed(delay: number): void {
    if (this.readOnly || this.ended) {
      this.host.changed();
      return;
    }
    this.state.counter += 1;
    this.dirty = true;
    const onDevice = this.keep();
    if (this.over) this.host.notice(this.unsaved(onDevice));
    this.schedule(delay);
    this.host.changed();
  }

  private unsaved(onDevice: boolean): SaveNotice {
    const notice: SaveNotice = { kind: "unsaved", answers: this.pending.size, onDevice };
    return this.over ? { ...notice, over: true } : notice;
  }

  private keep(): boolean {
    const { state, pending, drafts } = this;
    return this.journal.write({ state, pending: [...pending.values()], drafts: [...drafts] });
  }

  private schedule(delay: number): void {
    if (!this.connected || this.readOnly || this.ended || this.over) return;
    const due = performance.now() + delay;
    if (due >= this.due) return;
    window.clearTimeout(this.timer);
    this.due = due;
    this.timer = window.setTimeout(() => void this.save(), delay);
  }

  private unschedule(): void {
    window.clearTimeout(this.timer);
    this.due = Number.POSITIVE_INFINITY;
  }

  /** Saves now. With a driver that answers at once it is finished when the call returns. */
  async save(): Promise<void> {
    this.unschedule();
    if (!this.connected || this.readOnly || this.ended || !this.driver || this.saving || this.over) return;
    this.saving = true;
    const sent = [...this.pending.values()];
    const report = this.report(sent);
    this.dirty = false;
    const saved = this.driver.save(report);
    const outcome = saved instanceof Promise ? await saved : saved;
    this.saving = false;
    this.settled(outcome, sent, report.visits);
    if (!outcome.confirmed) {
      this.schedule(RETRY_DELAYS[Math.min(this.failures, RETRY_DELAYS.length) - 1] ?? COMMIT_DELAY);
    } else if (this.dirty) {
      this.schedule(COMMIT_DELAY);
    }
  }

  /** Books what a save brought: forgets what the LMS has, keeps what it has not. */
  private settled(outcome: Outcome, sent: PendingAnswer[], visits: Visit[] = []): boolean {
    const { confirmed } = outcome;
    this.over ||= outcome.over ?? false;
    if (outcome.refused.some((element) => element.startsWith("cmi.interactions"))) this.interactionsRefused = true;
    if (confirmed) {
      this.failures = 0;
      for (const answer of sent) if (this.pending.get(answer.key) === answer) this.pending.delete(answer.key);
      this.visits = this.visits.filter((visit) => !visits.includes(visit));
      if (this.pending.size || this.drafts.size || this.dirty) this.keep();
      else this.journal.clear();
      this.host.notice({ kind: "saved", at: new Date() });
    } else {
      this.failures += 1;
      this.host.notice(this.unsaved(this.keep()));
    }
    return confirmed;
  }

  private report(answers: PendingAnswer[]): Report {
    const { unit, state } = this;
    const now = this.standing;
    state.status = now.status;
    state.best = now.score;
    // A retry that repeats a value is dropped by some players: the counter makes every save a new one.
    state.counter += 1;
    const records: AnswerRecord[] = [];
    for (const { key, response, result, at } of answers) {
      const interaction = this.interactions.get(key);
      if (!interaction) continue;
      records.push({ interaction, response, result, at: new Date(at) });
      state.recorded = Math.max(state.recorded, interaction.index + interaction.slots);
    }
    const fit = fitted(state, unit.suspendDataLimit, unit.shedOrder, (place) => this.isRecorded(place));
    if (fit.shed.length || fit.unsaved.length) this.host.shed(fit.shed, fit.unsaved);
    return {
      suspendData: fit.fits ? fit.word : "",
      status: now.status,
      score: now.score,
      progress: now.progress,
      answers: records.sort((a, b) => a.interaction.index - b.interaction.index),
      visits: [...this.visits],
      changed: this.dirty || this.saving,
      sessionTime: (performance.now() - this.startedAt) / 1000,
    };
  }

  /** Whether the trainer's record has this text, or gets it in the save that is being made. */
  private isRecorded(place: string): boolean {
    const interaction = this.interactions.get(place);
    if (this.interactionsRefused || !interaction || interaction.digest) return false;
    for (const key of this.drafts) if (place === key || place.startsWith(`${key}.`)) return false;
    return true;
  }

  /** Has activities record what was typed and not yet left. */
  private settle(): void {
    for (const key of [...this.drafts]) this.host.settle(key);
  }

  /** The page is not seen any more but may come back: save what is not saved. */
  hidden(): void {
    this.settle();
    if (this.dirty || this.pending.size) void this.save();
  }

  /** The connection is back. */
  online(): void {
    if (this.failures) void this.save();
  }

  /** The learner leaves by the button: save, then end. True when the LMS confirmed everything. */
  async exit(): Promise<boolean> {
    this.settle();
    if (this.dirty || this.pending.size) await this.save();
    return this.end();
  }

  /** The page goes away: one save, at once. */
  leave(): void {
    this.settle();
    void this.end(true);
  }

  private async end(leaving = false): Promise<boolean> {
    if (this.ended || !this.connected || !this.driver) return false;
    this.unschedule();
    const sent = this.readOnly ? [] : [...this.pending.values()];
    const report = this.readOnly ? undefined : this.report(sent);
    this.ended = true;
    const ended = this.driver.terminate(report, leaving);
    const later = ended instanceof Promise;
    if (later && !leaving) {
      this.host.wait(true);
      this.host.notice({ kind: "looking" });
    }
    const outcome = later ? await ended : ended;
    this.dirty = false;
    const saved = this.readOnly || this.settled(outcome, sent, report?.visits);
    // A page that goes away has nobody to tell, and must not be led elsewhere.
    if (!later || !leaving) this.host.notice({ kind: "ended", saved });
    return saved;
  }
}
