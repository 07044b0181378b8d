// A learning platform with one learner and one piece of content: it launches, keeps the record from one
// launch to the next, logs every call, and puts its API on a window.
import { Api12, Api2004, type Call } from "./api";
import { Dismissal } from "./dismissal";
import { FailingServer, type Failure, Fault } from "./failing";
import { type LearnerRecord, RecordServer, type Server } from "./learner-record";
import { Moodle12, Moodle2004 } from "./moodle-client";
import { Mute } from "./mute";
import type { Launch } from "./platform";
import type { Session } from "./session";
import { Plain12, Strict12 } from "./strict12";
import { Plain2004, Strict2004 } from "./strict2004";

export interface LmsOptions extends Partial<Launch> {
  readonly fake?: "strict" | "mute" | "moodle";
  readonly failure?: Failure;
  /** What an earlier run left behind; it is written to. */
  readonly record?: LearnerRecord;
  /** Called after every save that was stored. */
  readonly onStored?: (record: LearnerRecord) => void;
}

export interface InstallOptions {
  /** Also put an API of the other standard there. It works, but its data go nowhere. */
  readonly both?: boolean;
}

const NAMES = { "1.2": "API", "2004": "API_1484_11" } as const;
const COMMIT = /^(LMS)?Commit$/;
const FINAL = ["completed", "passed", "failed"];

export class Lms {
  readonly calls: Call[] = [];
  readonly fault: Fault;
  readonly dismissal = new Dismissal();
  readonly record: LearnerRecord;
  /** The API of the last launch. */
  api: Api12 | Api2004 | undefined;
  launches = 0;
  readonly #server: RecordServer;
  #current: Launch | undefined;

  constructor(protected readonly options: LmsOptions = {}) {
    const { record = { attempts: [] }, failure = "none", onStored = () => undefined } = options;
    this.record = record;
    this.fault = new Fault(failure);
    this.#server = new RecordServer(record, () => onStored(record));
  }

  /** A new API object for the stored record, as a new page of the platform has it. */
  launch(options: Partial<Launch> & { readonly standard: "1.2" }): Api12;
  launch(options: Partial<Launch> & { readonly standard: "2004" }): Api2004;
  launch(options?: Partial<Launch>): Api12 | Api2004;
  launch(options: Partial<Launch> = {}): Api12 | Api2004 {
    const launch = this.#resolve(options);
    this.#current = launch;
    this.launches += 1;
    this.dismissal.reset();
    this.api = this.#apiFor(launch, this.#server);
    return this.api;
  }

  /** Puts the API of the last launch on a window, and takes away what an earlier launch put there. */
  install(host: object, { both = false }: InstallOptions = {}): void {
    const api = this.api ?? this.launch();
    const launch = this.#current ?? this.#resolve({});
    const standard = launch.standard;
    const other = standard === "1.2" ? "2004" : "1.2";
    Reflect.deleteProperty(host, NAMES[other]);
    Object.assign(host, { [NAMES[standard]]: api });
    if (!both) return;
    const nowhere = new RecordServer({ attempts: [] });
    Object.assign(host, { [NAMES[other]]: this.#apiFor({ ...launch, standard: other }, nowhere) });
  }

  /**
   * @param delay in milliseconds: a slow platform, whose API appears after the content started to look for
   * it.
   */
  installLate(host: object, delay: number, options: InstallOptions = {}): void {
    setTimeout(() => this.install(host, options), delay);
  }

  /**
   * Calls that ended with an error. Two kinds are left out, since content cannot know better: 403 of SCORM
   * 2004, which every value has before it is first set, and "not implemented" for a branch that this platform
   * leaves out. Saves that a failing platform refused are in it.
   */
  get refused(): Call[] {
    return this.calls.filter(({ method, error }) => {
      const firstRead = method === "GetValue" && error === 403;
      const notImplemented = error === (method.startsWith("LMS") ? 401 : 402);
      return error !== 0 && !firstRead && !notImplemented;
    });
  }

  /** Calls of each method. */
  get counts(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { method } of this.calls) counts[method] = (counts[method] ?? 0) + 1;
    return counts;
  }

  get commits(): number {
    return this.calls.filter(({ method }) => COMMIT.test(method)).length;
  }

  /** Every save that reached the server, with just the values that it carried. */
  get saves(): Record<string, string>[] {
    return this.#server.arrived;
  }

  /** A value of the current attempt as the server has it. */
  stored(element: string): string | undefined {
    return this.#server.load()[element];
  }

  #resolve(options: Partial<Launch>): Launch {
    const { standard = "1.2" } = { ...this.options, ...options };
    // Moodle launches what it holds for finished in review mode, unless it is told to start a new attempt.
    const mode = this.options.fake === "moodle" && FINAL.includes(this.#status(standard)) ? "review" : "normal";
    const launch: Launch = {
      standard,
      edition: "4th",
      mode,
      credit: "credit",
      learner: { id: "learner-1", name: "Learner, First" },
      unsupported: [],
      restores: "always",
      limits: "standard",
      keepsRecords: true,
      ...this.options,
      ...options,
    };
    const given = options.credit ?? this.options.credit;
    return { ...launch, credit: given ?? (launch.mode === "normal" ? "credit" : "no-credit") };
  }

  #status(standard: Launch["standard"]): string {
    return this.stored(standard === "1.2" ? "cmi.core.lesson_status" : "cmi.completion_status") ?? "";
  }

  #apiFor(launch: Launch, stored: Server): Api12 | Api2004 {
    const server = new FailingServer(stored, this.fault, this.dismissal);
    const number = this.launches;
    const witness = {
      record: (call: Omit<Call, "launch">) => void this.calls.push({ launch: number, ...call }),
      guard: (method: string) => this.fault.guard(method),
    };
    const session = this.#sessionFor(launch, server);
    return launch.standard === "1.2" ? new Api12(session, witness) : new Api2004(session, witness);
  }

  #sessionFor(launch: Launch, server: Server): Session {
    if (this.options.fake === "mute") return new Mute(server);
    const moodle = this.options.fake === "moodle";
    if (launch.standard === "1.2") {
      return new Strict12(launch, moodle ? new Moodle12(this.dismissal) : new Plain12(), server);
    }
    return new Strict2004(launch, moodle ? new Moodle2004(this.dismissal) : new Plain2004(), server);
  }
}
