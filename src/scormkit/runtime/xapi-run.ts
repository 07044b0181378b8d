/**
 * A run that sends statements: what cmi5 and plain xAPI share. Answers go out as statements; the stored state lies in
 * one State document, written as a JSON object by POST, which needs no precondition (Communication 2.2, 2.3).
 */

import type { AnswerRecord, Driver, Launch, Outcome, Report } from "./driver";
import { sha256 } from "./sha256";
import type { Json } from "./unit";
import type { LaunchRecord } from "./xapi-launch";
import { objectIn, persistently } from "./xapi-launch";
import { type Lrs, type Reply, sizeOf } from "./xapi-lrs";
import { StatementQueue } from "./xapi-queue";
import { responseText } from "./xapi-responses";
import { type Data, duration, type Run, type Statement, Statements, VERBS, type Verb } from "./xapi-statements";
import type { XapiInteraction, XapiUnit } from "./xapi-unit";

export const STATE_ID = "scormkit.suspend";
/** Milliseconds that somebody who leaves by the button waits for each request. */
const EXIT_PATIENCE = 10_000;
/** What a store says that lets statements be written but not read. */
const FORBIDDEN = [400, 401, 403, 405, 501];
/** Statements that this device can make again at the next launch. */
const ON_DEVICE: string[] = [VERBS.answered, VERBS.submitted];
/** Statements that may be left out where not all fit into the last request. */
const DEFERRABLE: string[] = [...ON_DEVICE, VERBS.experienced];

export abstract class XapiRun implements Driver {
  protected lrs!: Lrs;
  protected run!: Run;
  protected record!: LaunchRecord;
  protected masteryScore: number | undefined;
  /** The page is about to be loaded again: the session goes on. */
  protected reloading = false;
  private queue!: StatementQueue;
  private statements!: Statements;
  private began = 0;
  /** Ids of statements that are queued or stored. */
  private readonly known = new Set<string>();
  /** Said in this registration, and never again. */
  private readonly done = new Set<string>();
  /** Ids of the statements by which forms were sent. */
  private sent: Data = {};
  private counter = 0;
  private refused = false;
  /** Nothing more is asked: the session is about to end. */
  private ending = false;
  private looking: Promise<unknown> = Promise.resolve();

  constructor(protected readonly unit: XapiUnit) {}

  abstract launch(): Promise<Launch | undefined>;

  /** Categories of a statement about the unit itself. */
  protected categories(_verb: Verb): string[] {
    return [];
  }

  /** Verbs that a registration may have only once. */
  protected abstract readonly once: readonly Verb[];

  /** Extensions of the context of passed and failed. */
  protected judgedBy(): Data | undefined {
    return undefined;
  }

  // --- Opening -----------------------------------------------------------------------------------------------------

  /** Where the stored state lies; `stateId` for another document of the same place. */
  protected place(stateId = STATE_ID): Record<string, string> {
    const { activity, actor, registration } = this.run;
    const place: Record<string, string> = { activityId: activity, agent: JSON.stringify(actor), stateId };
    return registration ? { ...place, registration } : place;
  }

  protected document(stateId?: string): Promise<Reply> {
    return persistently(() => this.lrs.ask("GET", "activities/state", { query: this.place(stateId) }));
  }

  /** Whether the page in another language opens instead, before anything is said; `wishes`: what the platform wants. */
  protected leads(state: Reply, wishes: unknown): boolean {
    const stored = objectIn(state.text)?.scormkit;
    const { languages } = globalThis.scormkitPage;
    return languages?.leads(() => String(wishes ?? ""), typeof stored === "string" ? stored : "") ?? false;
  }

  /** Everything is read: the session begins. */
  protected open(state: Reply, more: Partial<Launch>): Launch {
    const { kept } = this.record;
    const known = objectIn(state.text) ?? {};
    this.began = kept.began ?? Date.now();
    this.record.keep({ began: this.began });
    this.statements = new Statements(this.unit, this.run, this.began);
    this.queue = new StatementQueue(
      this.lrs,
      (statement) => this.stored(statement),
      (statement, why) => this.reject(statement, why),
      () => this.isOpen(),
    );
    for (const verb of [...strings(known.done), ...this.remembered()]) this.done.add(verb);
    this.sent = { ...(known.sent as Data | undefined) };
    this.counter = Number(known.rev) || 0;
    if (!kept.initialized) {
      this.say("initialized", {});
      void this.queue.flush();
    }
    return {
      suspendData: typeof known.scormkit === "string" ? known.scormkit : "",
      status: {
        completion: this.done.has("completed") ? "completed" : "unknown",
        success: this.done.has("passed") ? "passed" : "unknown",
      },
      learnerId: this.ownName,
      readOnly: false,
      ...more,
    };
  }

  /** The LMS takes nothing in this launch. */
  protected closed(): Launch {
    return {
      suspendData: "",
      status: { completion: "unknown", success: "unknown" },
      learnerId: this.ownName,
      readOnly: true,
      over: true,
    };
  }

  /** Tells learners and registrations apart on a shared computer, without their names. */
  private get ownName(): string {
    return this.run ? sha256(JSON.stringify(this.place())).slice(0, 32) : "";
  }

  /**
   * Looked for one by one, in the background: a store may have taken a request and kept nothing. One that lets nobody
   * read at all is believed.
   */
  proof(answers: AnswerRecord[]): Promise<Map<string, boolean>> {
    const found = this.foundOf(answers);
    this.looking = found;
    return found;
  }

  private async foundOf(answers: AnswerRecord[]): Promise<Map<string, boolean>> {
    const found = new Map<string, boolean>();
    for (const answer of answers) {
      if (this.ending) break;
      const query = { statementId: this.statementOf(answer).id };
      const { status } = await this.lrs.ask("GET", "statements", { query });
      if (status === 200 || status === 404) found.set(answer.interaction.key, status === 200);
      else if (!found.size && FORBIDDEN.includes(status))
        return new Map(answers.map((one) => [one.interaction.key, true]));
      else break;
    }
    return found;
  }

  // --- Saving ------------------------------------------------------------------------------------------------------

  async save(report: Report): Promise<Outcome> {
    this.write(report);
    const sent = await this.queue.flush();
    return this.outcome((await this.keep(report.suspendData)) && sent);
  }

  terminate(report?: Report, leaving = false): Promise<Outcome> {
    if (!this.queue || this.queue.over) return Promise.resolve(this.outcome(false));
    if (report) {
      this.write(report);
      // Said last: until then a learner may try again and pass.
      if (report.status.success === "failed") this.judge("failed", report);
    }
    return leaving ? Promise.resolve(this.leave(report)) : this.exit(report);
  }

  private async exit(report?: Report): Promise<Outcome> {
    this.ending = true;
    await this.looking;
    let sent = await this.queue.flush(EXIT_PATIENCE);
    const kept = !report || (await this.keep(report.suspendData, EXIT_PATIENCE));
    if (sent) {
      this.end();
      sent = await this.queue.flush(EXIT_PATIENCE);
    }
    return this.outcome(sent && kept);
  }

  /**
   * Requests that outlive the page: the state, and all that no request carried yet. What is under way goes its own way.
   * Where not all of it fits, answers wait on this device for the next launch, the newest first; then pages seen.
   */
  private leave(report?: Report): Outcome {
    // The same tab comes back at once with all that is not sent: nothing needs to be said twice.
    if (this.reloading) return { confirmed: false, refused: [] };
    this.end();
    const { lrs } = this;
    const statements = this.queue.unsent;
    const verbOf = ({ verb }: Statement) => (verb as Data).id as string;
    const needed = sizeOf(JSON.stringify(statements.filter((one) => !DEFERRABLE.includes(verbOf(one)))));
    const body = report?.changed ? this.stateOf(report.suspendData) : undefined;
    if (body && sizeOf(JSON.stringify(body)) <= lrs.room - needed) {
      // First, because a store may refuse all that arrives after terminated.
      void lrs.ask("POST", "activities/state", { query: this.place(), body, last: true });
    }
    for (const verbs of [ON_DEVICE, DEFERRABLE]) {
      while (sizeOf(JSON.stringify(statements)) > lrs.room) {
        const at = statements.map((one) => verbs.includes(verbOf(one))).lastIndexOf(true);
        if (at < 0) break;
        statements.splice(at, 1);
      }
    }
    const all = statements.length === this.queue.unsent.length;
    void lrs.ask("POST", "statements", { body: statements.length > 1 ? statements : statements[0], last: true });
    // Nobody learns how it went: what was answered stays on this device until a later launch knows. So does the state,
    // because two requests may overtake each other.
    return { confirmed: all && !report?.answers.length && !report?.changed, refused: [] };
  }

  private end(): void {
    this.say("terminated", { duration: this.duration });
    this.record.keep({ terminated: true });
  }

  private outcome(saved: boolean): Outcome {
    const confirmed = saved && !this.refused;
    this.refused = false;
    return this.queue?.over ? { confirmed, refused: [], over: true } : { confirmed, refused: [] };
  }

  private write(report: Report): void {
    for (const { step, at } of report.visits) this.add(this.statements.page(step, at.getTime()));
    for (const answer of report.answers) {
      const statement = this.statementOf(answer);
      const { form, key } = answer.interaction as XapiInteraction;
      if (form) this.sent[key] = statement.id;
      this.add(statement);
    }
    if (report.status.completion === "completed") this.say("completed", { completion: true, duration: this.duration });
    if (report.status.success === "passed") this.judge("passed", report);
  }

  private statementOf({ interaction, response, result, at }: AnswerRecord): Statement {
    const described = interaction as XapiInteraction;
    const success = result === "neutral" ? undefined : result === "correct";
    const plan = this.sent[described.refersTo ?? ""];
    const refersTo = typeof plan === "string" ? plan : undefined;
    return this.statements.answer(described, responseText(response), success, at.getTime(), refersTo);
  }

  private judge(verb: "passed" | "failed", { score }: Report): void {
    const mastery = this.masteryScore ?? 0;
    // Thirds and tenths do not add up exactly: no more than that is made good.
    const nearly = verb === "passed" && score !== null && score < mastery && score > mastery - 1e-9;
    const scaled = nearly ? mastery : score;
    // Passed before, by a lower mark: the LMS knows, or has to judge by its own. Nobody has a score that is not theirs.
    if (verb === "passed" && scaled !== null && scaled < mastery) return;
    this.say(
      verb,
      {
        success: verb === "passed",
        duration: this.duration,
        ...(scaled === null ? {} : { score: { scaled, raw: Math.round(scaled * 100), min: 0, max: 100 } }),
      },
      this.judgedBy(),
    );
  }

  private get duration(): string {
    return duration((Date.now() - this.began) / 1000);
  }

  /** A statement about the unit itself: once a registration, or once a session. */
  private say(verb: Verb, result: Data, extensions?: Data): void {
    if (this.done.has(verb)) return;
    const key = this.once.includes(verb) ? [verb] : [verb, this.run.session];
    const categories = this.categories(verb);
    const parts = { verb, part: "", categories, ...(extensions ? { extensions } : {}) };
    this.add(this.statements.make(key, Date.now(), { ...parts, ...(Object.keys(result).length ? { result } : {}) }));
  }

  private add(statement: Statement): void {
    if (this.known.has(statement.id)) return;
    this.known.add(statement.id);
    this.queue.add(statement);
  }

  private stored({ verb }: Statement): void {
    const name = Object.entries(VERBS).find(([, id]) => id === (verb as Data).id)?.[0] as Verb;
    if (name === "initialized") this.record.keep({ initialized: true });
    if (!this.once.includes(name)) return;
    this.done.add(name);
    try {
      window.localStorage.setItem(`scormkit:said:${this.ownName}`, JSON.stringify([...this.done]));
    } catch {
      // The State document says it too.
    }
  }

  /** A copy on this device, where the State document could not be written after the statement. */
  private remembered(): string[] {
    try {
      return strings(JSON.parse(window.localStorage.getItem(`scormkit:said:${this.ownName}`) ?? "[]") as Json);
    } catch {
      return [];
    }
  }

  /** An answer that the store will not take is not saved, and the learner is told; it is tried again. */
  private reject(statement: Statement, why: string): void {
    console.warn(`The learning record store refused a statement: ${why}`);
    if (!DEFERRABLE.includes((statement.verb as Data).id as string)) return;
    this.known.delete(statement.id);
    this.refused = true;
  }

  private async isOpen(): Promise<boolean> {
    const { status } = await this.document();
    return status !== 401 && status !== 403;
  }

  private stateOf(suspendData: string): Data | undefined {
    if (!suspendData) return undefined;
    this.counter += 1;
    return { scormkit: suspendData, rev: this.counter, done: [...this.done], sent: this.sent };
  }

  private async keep(suspendData: string, patience?: number): Promise<boolean> {
    const body = this.stateOf(suspendData);
    if (!body || this.queue.over) return !this.queue.over;
    const ask = { query: this.place(), body, ...(patience ? { patience } : {}) };
    let { status } = await this.lrs.ask("POST", "activities/state", ask);
    if (status === 409 || status === 412) {
      // Somebody wrote meanwhile. The newest wins; a store that wants to hear which one it replaces is told.
      const { etag } = await this.lrs.ask("GET", "activities/state", { query: this.place() });
      ({ status } = await this.lrs.ask("POST", "activities/state", { ...ask, etag }));
    }
    if (status === 401 || status === 403) this.queue.over = true;
    return status >= 200 && status < 300;
  }
}

function strings(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}
