/**
 * A run of a unit: launch → restore → record → save → terminate. It owns the state and decides when to save; it knows
 * a driver on one side and the page as a few callbacks on the other.
 */

import type { ResponseDetail } from "./activity";
import { member } from "./activity";
import { Deadline } from "./deadline";
import type { Driver, Launch, Outcome, Report, Visit } from "./driver";
import type { Host } from "./host";
import { entryOf, isOpen, Journal, type JournalEntry, type PendingAnswer, stored as storable } from "./journal";
import { Outbox } from "./outbox";
import { emptyState, fitted, merged, only, read, type State, without } from "./state";
import { type Standing, standing } from "./status";
import { claim } from "./tabs";
import type { Json, Unit } from "./unit";

/** After an answer: long enough to gather what belongs together, short enough to feel at once. Milliseconds. */
const COMMIT_DELAY = 1000;
/** While typing: not per keystroke (Moodle sends the whole model with each commit). */
const DRAFT_DELAY = 10_000;
/** As many tries that fail, about a quarter of a minute, are a while. */
const LONG = 3;
const RETRY_DELAYS = [2000, 4000, 8000, 15_000, 30_000, 60_000];
/** A late LMS: some put their API in place only after the page has loaded. */
const LOOK_EVERY = 250;
const LOOK_FOR = 8000;
/** An LMS that answers nothing for so long may never do. */
const WAIT_FOR = 30_000;

export class Session {
  state: State = emptyState();
  readOnly = false;
  /** The reports that can be given although the unit is only looked at. */
  private reports: string[] = [];
  private reported = false;
  learnerName = "";
  /** Where the learner goes on leaving; "" asks to close the window. */
  returnTo: string | undefined;
  /** The same for this learner in this unit, whatever is lost; by the attempt where nobody says who it is. */
  seed = "";

  private journal: Journal;
  /** What this tab kept before it was loaded again, where nobody says who the learner is. */
  private readonly earlier: JournalEntry | undefined;
  private readonly outbox: Outbox;
  /** The copy that is offered to the learner. */
  private offered: JournalEntry | undefined;
  /** Activities with a text that neither the stored state nor a record has. */
  private nowhere: string[] = [];
  /** The state's counter that the LMS has, and since when. */
  private confirmed = 0;
  private confirmedAt: Date | undefined;
  private stateFits = true;
  private release: () => void = () => undefined;
  private visits: Visit[] = [];
  /** The LMS takes nothing more in this launch. */
  private over = false;
  private begun = false;
  private connected = false;
  /** The LMS was asked and does not answer. */
  unreachable = false;
  /** Another tab may have this unit open: its copy on this device is not touched. */
  private undecided = false;
  private ended = false;
  private dirty = false;
  private saving = false;
  private interactionsRefused = false;
  private failures = 0;
  private readonly nextSave = new Deadline(() => void this.save());
  private startedAt = performance.now();

  /** What the same run held in a page in another language. */
  private readonly handed: JournalEntry | undefined;

  constructor(
    readonly unit: Unit,
    private readonly driver: Driver | null,
    private readonly host: Host,
    /** What `handOver` gave in that page. */
    private readonly left?: Json,
  ) {
    this.journal = new Journal(unit.id, "");
    this.earlier = this.journal.read();
    this.handed = entryOf(left ?? null);
    this.outbox = new Outbox(unit);
  }

  get standing(): Standing {
    return standing(this.unit, this.state);
  }

  /** The platform was found: this run is known to it. */
  get hasBegun(): boolean {
    return this.begun;
  }

  /** The learner was in this run before, in a page in another language. */
  get goesOn(): boolean {
    return this.handed !== undefined;
  }

  get hasEnded(): boolean {
    return this.ended;
  }

  /** Nothing was written, and nothing will be. */
  get onlyLooked(): boolean {
    return this.readOnly && !this.reported;
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
    return new Promise((usable) => {
      const timer = window.setTimeout(() => {
        this.unreachable = true;
        this.host.wait(false);
        this.host.notice({ kind: "unreachable" });
        usable();
      }, WAIT_FOR);
      void found.then((launch) => {
        window.clearTimeout(timer);
        this.unreachable = false;
        this.host.wait(false);
        this.lookedAt(launch, 0);
        usable();
      });
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
    const known = this.handed ?? this.earlier;
    if (known) this.take(known.state);
    this.host.notice({ kind: "unrecorded" });
  }

  private opened(launch: Launch): void {
    this.connected = true;
    this.begun = true;
    this.startedAt = performance.now() - (Number(member(this.left, "elapsed")) || 0);
    this.readOnly = launch.readOnly;
    this.learnerName = launch.learnerName ?? "";
    this.returnTo = launch.returnTo;
    this.over = launch.over ?? false;
    if (launch.masteryScore !== undefined) this.unit.masteryScore = launch.masteryScore;
    // Until now the journal was the tab's; what was answered meanwhile goes into this learner's.
    this.journal.clear();
    this.journal = new Journal(this.unit.id, launch.learnerId);
    if (launch.readOnly && launch.review) this.reports = this.unit.followUps;
    this.undecided = true;
    const stored = read(launch.suspendData);
    if (launch.suspendData && !stored) this.host.damaged();
    const empty = emptyState();
    empty.status = launch.status;
    empty.run = Math.random().toString(36).slice(2, 7);
    this.confirmed = stored?.counter ?? 0;
    const kept = this.handed ? this.goOn(this.handed) : this.kept(launch, stored);
    const known = [stored, kept].reduce<State>((all, one) => (one ? merged(all, one) : all), empty);
    this.seed = `${this.unit.id} ${launch.learnerId || known.run}`;
    this.take(known);
    if (this.readOnly) {
      this.host.lock(this.reports);
      if (this.over) this.tellUnsaved(!this.outbox.isOpen || this.keep());
      else this.host.notice({ kind: "read-only", reports: this.reports.length > 0 });
      this.undecided = this.reports.length > 0;
      if (!this.undecided) return;
      this.reported = this.outbox.pending.size > 0;
    }
    this.release = claim(this.journal.name, (alone) => this.decidedAlone(alone));
    this.settle();
    this.schedule(COMMIT_DELAY);
  }

  /** Takes over from the page in another language. */
  private goOn(left: JournalEntry): State {
    this.outbox.take(left, false);
    this.outbox.confirm(left.sent);
    this.confirmed = Math.max(this.confirmed, Number(member(this.left, "confirmed")) || 0);
    this.ask(left.offered);
    return left.state;
  }

  /** What this device's copy adds to what the LMS gave back. */
  private kept({ learnerId, suspendData, over }: Launch, stored: State | undefined): State | undefined {
    const own = learnerId ? this.journal.read() : undefined;
    // What was written while nobody answered is kept together with what earlier visits could not send.
    const written = over && this.outbox.isOpen;
    if (this.readOnly && !this.reports.length && !written) return own && only(own.state, this.isPrivate);
    const open = own && isOpen(own);
    // An LMS that has nothing of what it confirmed may have begun a new attempt; and where nobody said who the learner
    // is, the copy may be another person's. In both cases the learner is asked, and sees nothing before.
    const forgotten = own?.sent.length && !open && !suspendData;
    const asked = own?.offered ?? (forgotten ? own : this.earlier);
    this.ask(asked);
    if (!own) return undefined;
    const otherAttempt = stored ? stored.run !== own.state.run : !suspendData;
    if (!open && otherAttempt) return only(own.state, this.isPrivate);
    const again = own.state.counter > this.confirmed;
    this.outbox.take(own, again);
    if (!again && this.driver?.proof) void this.prove(own.sent, this.driver);
    return own.state;
  }

  /** Whether the learner wants a copy back. */
  private ask(copy: JournalEntry | undefined): void {
    if (!copy || !Object.keys(copy.state.entries).length) return;
    this.offered = { ...copy, offered: undefined };
    this.host.offer((use) => this.decide(use));
  }

  private async prove(answers: PendingAnswer[], driver: Driver): Promise<void> {
    if (await this.outbox.prove(answers, driver)) this.changed(COMMIT_DELAY);
    else if (!this.ended) this.keep();
  }

  private decide(use: boolean): void {
    const copy = this.offered;
    this.offered = undefined;
    if (copy && use) {
      this.outbox.take(copy, true);
      this.confirmed = 0;
      this.take(copy.state);
      this.settle();
    }
    this.changed(COMMIT_DELAY);
  }

  /** This tab goes on; or another has this unit open, goes on there, and this one only shows. */
  private decidedAlone(alone: boolean): void {
    if (this.ended) return;
    if (alone) {
      this.undecided = false;
      this.keep();
      this.journal.clearAside();
      this.journal.forgetOthers(this.isPrivate);
      return;
    }
    this.journal.clearAside();
    this.nextSave.cancel();
    this.connected = false;
    this.readOnly = true;
    this.host.lock([]);
    this.host.notice({ kind: "elsewhere" });
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
    if (this.ended || (this.readOnly && !this.reports.includes(key))) return;
    if (this.readOnly) this.reported = true;
    const before = this.state.entries[key];
    this.state.entries[key] = {
      seq: this.state.counter + 1,
      done: detail.done || (before?.done ?? false),
      score: detail.score ?? before?.score ?? null,
      state: detail.state,
    };
    this.state.best = this.standing.score;
    this.outbox.add(key, detail);
    this.changed(detail.draft ? DRAFT_DELAY : COMMIT_DELAY);
  }

  /** Keeps something that is no answer beside the answers. */
  remember(key: string, state: Json): void {
    this.state.entries[key] = { seq: this.state.counter + 1, done: false, score: null, state };
    this.changed(COMMIT_DELAY);
  }

  private changed(delay: number): void {
    if (this.onlyLooked || this.ended) {
      this.host.changed();
      return;
    }
    this.state.counter += 1;
    this.dirty = true;
    const onDevice = this.keep();
    if (this.over) this.tellUnsaved(onDevice);
    // Until the LMS says who learns, the copy lives only as long as the tab.
    if (this.unreachable && this.count().unsaved) this.tellUnsaved(false);
    this.schedule(delay);
    if (this.confirmedAt && !this.failures) this.tellSaved(this.confirmedAt);
    this.host.changed();
  }

  /** Keeps on this device what the LMS has not confirmed, or not yet proved to have. */
  private keep(): boolean {
    const { state, outbox, offered, journal } = this;
    const hidden = Object.keys(state.entries).some(this.isPrivate);
    const entry = this.entry;
    const open = this.dirty || outbox.isOpen || this.nowhere.length + entry.sent.length > 0;
    const needed = open || hidden || offered;
    if (this.undecided) return !needed || journal.write(entry, true);
    if (!needed) journal.clear();
    const kept = !needed || journal.write(entry);
    if (hidden && !(kept && journal.lasts)) this.host.unkept();
    return kept;
  }

  /** All that this page knows. */
  private get entry(): JournalEntry {
    const { state, dirty, offered, journal } = this;
    const { pending, drafts, sent } = this.outbox;
    const proving = journal.lasts ? [...sent.values()] : [];
    return { state, dirty, pending: [...pending.values()], drafts: [...drafts], sent: proving, offered };
  }

  private readonly isPrivate = (key: string): boolean =>
    !this.driver?.onDevice && this.unit.activities[key]?.record === "private";

  /** The activity of a record or of a text. */
  private activityOf(key: string): string {
    return this.unit.activities[key] ? key : key.slice(0, key.lastIndexOf("."));
  }

  /** How many answers were given, and how many of them the LMS does not have. */
  private count(): { of: number; unsaved: number } {
    const { entries } = this.state;
    const open = new Set([...this.outbox.pending.keys(), ...this.nowhere].map((key) => this.activityOf(key)));
    const given = Object.keys(entries).filter((key) => {
      const activity = this.unit.activities[key];
      return activity && !activity.read && !this.isPrivate(key);
    });
    const unsaved = given.filter((key) => (entries[key]?.seq ?? 0) > this.confirmed || open.has(key));
    return { of: given.length, unsaved: unsaved.length };
  }

  private tellSaved(at: Date): void {
    const { of, unsaved } = this.count();
    this.host.notice({ kind: "saved", at, answers: of - unsaved, of });
  }

  private schedule(delay: number): void {
    if (!this.connected || this.onlyLooked || this.ended || this.over) return;
    this.nextSave.within(delay);
  }

  /** Saves now. With a driver that answers at once it is finished when the call returns. */
  async save(): Promise<void> {
    this.nextSave.cancel();
    if (!this.connected || this.onlyLooked || this.ended || !this.driver || this.saving || this.over) return;
    this.saving = true;
    const sent = [...this.outbox.pending.values()];
    const report = this.report(sent);
    const { counter } = this.state;
    this.dirty = false;
    const saved = this.driver.save(report);
    const outcome = saved instanceof Promise ? await saved : saved;
    this.saving = false;
    if (this.ended) return;
    this.settled(outcome, sent, counter, report.visits);
    if (!outcome.confirmed) {
      this.schedule(RETRY_DELAYS[Math.min(this.failures, RETRY_DELAYS.length) - 1] ?? COMMIT_DELAY);
    } else if (this.dirty) {
      this.schedule(COMMIT_DELAY);
    }
  }

  /** Books what a save brought: forgets what the LMS has, keeps what it has not. True when it has everything. */
  private settled(outcome: Outcome, sent: PendingAnswer[], counter: number, visits: Visit[] = []): boolean {
    const { confirmed } = outcome;
    this.over ||= outcome.over ?? false;
    if (outcome.refused.some((element) => element.startsWith("cmi.interactions"))) this.interactionsRefused = true;
    if (confirmed) {
      this.failures = 0;
      this.confirmedAt = new Date();
      if (this.stateFits) this.confirmed = counter;
      this.outbox.confirm(sent);
      this.visits = this.visits.filter((visit) => !visits.includes(visit));
      this.keep();
      this.tellSaved(this.confirmedAt);
    } else {
      this.failures += 1;
      this.dirty = true;
      this.tellUnsaved(this.keep());
    }
    return confirmed && !this.count().unsaved;
  }

  private tellUnsaved(onDevice: boolean): void {
    const long = this.failures >= LONG || !onDevice;
    const { over } = this;
    this.host.notice({ kind: "unsaved", answers: this.count().unsaved, onDevice, long, ...(over ? { over } : {}) });
  }

  private report(answers: PendingAnswer[]): Report {
    const { unit, state } = this;
    const now = this.standing;
    state.status = now.status;
    state.best = now.score;
    // A retry that repeats a value is dropped by some players: the counter makes every save a new one.
    state.counter += 1;
    const records = this.outbox.records(answers);
    for (const { interaction } of records) {
      state.recorded = Math.max(state.recorded, interaction.index + interaction.slots);
    }
    const fit = fitted(
      without(state, this.isPrivate),
      unit.suspendDataLimit,
      unit.shedOrder,
      (place) => this.isRecorded(place),
      (key) => unit.activities[key]?.record === "kept",
    );
    this.nowhere = fit.unsaved;
    this.stateFits = fit.fits;
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
      ...(this.readOnly ? { answersOnly: true } : {}),
    };
  }

  /** Whether the trainer's record has this text, or gets it in the save that is being made. */
  private isRecorded(place: string): boolean {
    const interaction = this.outbox.interaction(place);
    if (this.interactionsRefused || !interaction || interaction.digest) return false;
    return !this.outbox.isTyped(place);
  }

  /** Has activities record what was typed and not yet left. */
  private settle(): void {
    for (const key of [...this.outbox.drafts]) this.host.settle(key);
  }

  /** The page is not seen any more but may come back: save what is not saved. */
  hidden(): void {
    this.settle();
    if (this.dirty || this.outbox.pending.size) void this.save();
  }

  /** The connection is back. */
  online(): void {
    if (this.failures) void this.save();
  }

  /** The learner leaves by the button: save, then end. True when the LMS confirmed everything. */
  async exit(): Promise<boolean> {
    this.settle();
    if (this.dirty || this.outbox.pending.size) await this.save();
    return this.end();
  }

  /** The page goes away: one save, at once. */
  leave(): void {
    this.settle();
    void this.end(true);
  }

  /**
   * Saves what is not saved, and gives up the run without ending it: a page in another language goes on with what this
   * gives. Undefined where something cannot be saved just now.
   */
  async handOver(): Promise<Json | undefined> {
    for (;;) {
      this.settle();
      while (this.saving) await new Promise((resolve) => window.setTimeout(resolve, LOOK_EVERY / 5));
      const open = this.dirty || this.outbox.pending.size;
      if (!open || !this.connected || this.onlyLooked || this.over) break;
      await this.save();
      if (this.failures && !this.over) return undefined;
    }
    this.nextSave.cancel();
    this.ended = true;
    this.release();
    const { startedAt, confirmed } = this;
    return { ...storable(this.entry), elapsed: performance.now() - startedAt, confirmed };
  }

  private async end(leaving = false): Promise<boolean> {
    if (this.ended || !this.connected || !this.driver) return false;
    this.nextSave.cancel();
    const sent = this.onlyLooked ? [] : [...this.outbox.pending.values()];
    const report = this.onlyLooked ? undefined : this.report(sent);
    const { counter } = this.state;
    this.ended = true;
    const ended = this.driver.terminate(report, leaving);
    const later = ended instanceof Promise;
    if (later && !leaving) {
      this.host.wait(true);
      this.host.notice({ kind: "looking" });
    }
    const outcome = later ? await ended : ended;
    this.dirty = false;
    const saved = this.onlyLooked || this.settled(outcome, sent, counter, report?.visits);
    this.release();
    // A page that goes away has nobody to tell, and must not be led elsewhere.
    if (later && leaving) return saved;
    if (!saved && outcome.confirmed) this.tellUnsaved(this.keep());
    this.host.notice({ kind: "ended", saved });
    return saved;
  }
}
