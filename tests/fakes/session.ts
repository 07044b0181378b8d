// One launch of one piece of content: its life cycle, the same for both standards but for the error codes.
import { DataModel, type Values } from "./data-model";
import type { Server } from "./learner-record";
import type { Launch, Platform, Reply, Restored } from "./platform";

/** What one call of the API gives back, and the code that the next GetLastError gives. */
export interface Answer {
  readonly reply: Reply;
  readonly error: number;
}

/** Arguments are unknown because content may pass anything; the strict fakes refuse what is no string. */
export interface Session {
  initialize(parameter: unknown): Answer;
  get(element: unknown): Answer;
  set(element: unknown, value: unknown): Answer;
  commit(parameter: unknown): Answer;
  terminate(parameter: unknown): Answer;
}

export interface LifeCycleCodes {
  readonly initializedTwice: number;
  readonly initializedAfterEnd: number;
  readonly commitFailed: number;
  readonly terminateFailed: number;
  /** Before Initialize and after Terminate. */
  readonly get: readonly [number, number];
  readonly set: readonly [number, number];
  readonly commit: readonly [number, number];
  readonly terminate: readonly [number, number];
  readonly elementNoString: readonly [get: number, set: number];
  readonly valueNoString: number;
  /**
   * In 2004 a session whose Terminate failed goes on. Moodle's LMSFinish closes it all the same and loses the
   * data.
   */
  readonly endsWhenTerminateFails: boolean;
}

// Initialize, Commit and Terminate take the empty string and nothing else, in both standards.
const BAD_PARAMETER = 201;

export const answer = (reply: Reply): Answer => ({ reply, error: 0 });
export const refusal = (reply: "" | "false", error: number): Answer => ({ reply, error });

export abstract class StrictSession implements Session {
  protected data = new DataModel();
  protected facts: Values = {};
  #state: "new" | "running" | "ended" = "new";
  #restored: Restored = { values: {}, entry: "", totalTime: "" };

  protected constructor(
    protected readonly launch: Launch,
    protected readonly platform: Platform,
    private readonly server: Server,
    private readonly codes: LifeCycleCodes,
    private readonly names: { readonly sessionTime: string; readonly totalTime: string },
  ) {}

  /** What the platform itself knows and the content can only read. */
  protected abstract factsOf(restored: Restored): Values;
  protected abstract read(element: string): Answer;
  /** Gives 0 where the value was stored, else the error code. */
  protected abstract write(element: string, value: string): number;

  initialize(parameter: unknown): Answer {
    if (parameter !== "") return refusal("false", BAD_PARAMETER);
    if (this.#state === "running") return refusal("false", this.codes.initializedTwice);
    if (this.#state === "ended") return refusal("false", this.codes.initializedAfterEnd);
    this.#restored = this.platform.restore(this.server, this.launch);
    this.data = new DataModel(this.#restored.values);
    this.facts = this.factsOf(this.#restored);
    this.#state = "running";
    return answer("true");
  }

  get(element: unknown): Answer {
    if (this.#state !== "running") return refusal("", this.#outside(this.codes.get));
    if (typeof element !== "string") return refusal("", this.codes.elementNoString[0]);
    return this.read(element);
  }

  set(element: unknown, value: unknown): Answer {
    if (this.#state !== "running") return refusal("false", this.#outside(this.codes.set));
    if (typeof element !== "string") return refusal("false", this.codes.elementNoString[1]);
    if (typeof value !== "string") return refusal("false", this.codes.valueNoString);
    const error = this.write(element, value);
    if (error !== 0) return refusal("false", error);
    this.platform.afterSet(this.data, this.launch);
    return answer("true");
  }

  commit(parameter: unknown): Answer {
    if (this.#state !== "running") return refusal("false", this.#outside(this.codes.commit));
    if (parameter !== "") return refusal("false", BAD_PARAMETER);
    const stored = this.platform.send(this.server, this.platform.collect(this.data), false);
    return stored ? answer("true") : refusal("false", this.platform.failureCode ?? this.codes.commitFailed);
  }

  terminate(parameter: unknown): Answer {
    if (this.#state !== "running") return refusal("false", this.#outside(this.codes.terminate));
    if (parameter !== "") return refusal("false", BAD_PARAMETER);
    if (this.codes.endsWhenTerminateFails) this.#state = "ended";
    this.platform.beforeTerminate(this.data, this.launch);
    const values = this.platform.collect(this.data);
    const { sessionTime, totalTime } = this.names;
    values[totalTime] = this.platform.totalTime(this.#restored.totalTime, this.data.get(sessionTime) ?? "");
    if (!this.platform.send(this.server, values, true)) {
      return refusal("false", this.platform.failureCode ?? this.codes.terminateFailed);
    }
    this.#state = "ended";
    return answer("true");
  }

  protected leavesOut(element: string): boolean {
    return this.launch.unsupported.some((branch) => element === branch || element.startsWith(`${branch}.`));
  }

  #outside([before, after]: readonly [number, number]): number {
    return this.#state === "new" ? before : after;
  }
}
