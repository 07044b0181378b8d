/** What both SCORM standards share: finding the API, writing only what differs, resending what a commit lost. */

import type { Outcome, Report } from "./driver";
import type { Unit } from "./unit";

/** A method of the LMS. Answers should be strings; some LMSs give booleans or numbers. */
export type Method = (...values: string[]) => unknown;
export type Api = Record<string, Method>;

const MOST_PARENTS = 500;
const STATE = "cmi.suspend_data";
/** Errors before a run has begun and after its end (SCORM 1.2 RTE 3.4.2; SCORM 2004 RTE 3.1.7). */
const NOT_BEGUN = /^(301|12[23])$/;
/** Milliseconds until a value that was sent in the background has arrived. */
const ON_ITS_WAY = 1500;

/**
 * Looks at this window and its parents, then at the opener and its parents (SCORM 1.2 RTE 3.3.6.1, IEEE 1484.11.2).
 * A window of another origin may not be looked into: the search stops there and goes on with the opener. Only an
 * object whose methods can be called counts; the other standard's API is never taken.
 */
export function findApi(name: string, methods: readonly string[]): Api | undefined {
  return climb(window, name, methods) ?? fromOpeners(name, methods);
}

function fromOpeners(name: string, methods: readonly string[]): Api | undefined {
  for (const owner of [() => window.opener as unknown, () => window.top?.opener as unknown]) {
    const opener = allowed(owner);
    if (isWindow(opener)) {
      const found = climb(opener, name, methods);
      if (found) return found;
    }
  }
  return undefined;
}

function climb(from: Window, name: string, methods: readonly string[]): Api | undefined {
  let current: Window = from;
  for (let step = 0; step < MOST_PARENTS; step += 1) {
    const here = current;
    const api = allowed(() => (here as unknown as Record<string, unknown>)[name]);
    if (isApi(api, methods)) return api;
    const parent = allowed(() => here.parent);
    if (!isWindow(parent) || parent === current) return undefined;
    current = parent;
  }
  return undefined;
}

function allowed<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

function isWindow(value: unknown): value is Window {
  return typeof value === "object" && value !== null;
}

function isApi(value: unknown, methods: readonly string[]): value is Api {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return false;
  return methods.every((method) => allowed(() => typeof (value as Api)[method]) === "function");
}

/** The names of one standard's methods. */
export interface Dialect {
  get: string;
  set: string;
  commit: string;
  lastError: string;
  /** Elements that carry what learners wrote and can be read back. */
  readable: RegExp;
}

/** An element, its value, and another legal value that makes it differ for a moment (see `Elements.commit`). */
export interface Wish {
  element: string;
  value: string;
  variant?: string;
}

/**
 * The elements as the LMS took them. A value goes out only where it differs from what went out before.
 *
 * A commit that failed needs care: Moodle's SCORM 1.2 player notes a value as sent before it sends it, and a retry of
 * the same value answers "true" and sends nothing. So after a failed commit each value that was in it goes out once as
 * its variant and then, in the next commit, as itself. The same loses nothing on an LMS that keeps failed values.
 */
export class Elements {
  private readonly refused: string[] = [];
  private readonly known = new Map<string, string>();
  /** Elements of the last commit. */
  private written: string[] = [];
  /** Committed, and not yet read back. */
  private readonly unproved = new Set<string>();
  /** Set since the last commit that succeeded. */
  private readonly unconfirmed = new Map<string, Wish>();
  /** What a failed commit may have lost, and whether the variants are what the LMS saw last. */
  private lost: Map<string, Wish> | undefined;
  private variantsSent = false;
  /** Kinds of elements that this LMS was seen to give back. */
  private readonly echoed = new Set<string>();
  /** A method threw since the last commit: its value is not with the LMS, whatever the commit says. */
  private threw = false;

  constructor(
    private readonly api: Api,
    private readonly dialect: Dialect,
  ) {}

  /** A commit failed and what was in it has not gone out again. */
  get needsRecovery(): boolean {
    return this.lost !== undefined;
  }

  /** Calls a method; undefined where it throws. */
  call(method: string, ...values: string[]): string | undefined {
    try {
      return String(this.api[method]?.(...values) ?? "");
    } catch {
      return undefined;
    }
  }

  /**
   * Begins the run, or goes on with the one that a page in another language began; gives the stored state. An LMS that
   * was initialised before us says false and works; one that does not work answers "" to everything.
   */
  begin(method: string): string {
    if (globalThis.scormkitPage.languages?.arrived?.running) {
      const state = this.get(STATE);
      if (state || !NOT_BEGUN.test(this.lastError())) return state;
    }
    this.call(method, "");
    return this.get(STATE);
  }

  /** "" where the LMS has nothing or answers with an error. */
  get(element: string): string {
    const value = this.call(this.dialect.get, element) ?? "";
    if (value) this.echoed.add(kindOf(element));
    return value;
  }

  /** What the LMS is known to hold: it needs no writing. */
  knows(element: string, value: string): void {
    this.known.set(element, value);
  }

  /** False where the LMS refuses the value; the rest goes on. */
  set(element: string, value: string, variant?: string): boolean {
    if (this.known.get(element) === value) return true;
    const wish: Wish = variant === undefined ? { element, value } : { element, value, variant };
    return this.write(wish, value);
  }

  private write(wish: Wish, value: string): boolean {
    const answer = this.call(this.dialect.set, wish.element, value);
    // Some LMSs answer "false" and have no error: they took the value.
    const taken = answer === "true" || (answer !== undefined && this.lastError() === "0");
    if (taken) {
      this.known.set(wish.element, value);
      this.unconfirmed.set(wish.element, wish);
    } else if (answer === undefined) {
      this.threw = true;
    } else {
      this.refused.push(wish.element);
    }
    return taken;
  }

  /** True when the LMS says that everything is stored. */
  commit(): boolean {
    this.written = [...(this.lost?.keys() ?? []), ...this.unconfirmed.keys()];
    const done = this.lost ? this.recover(this.lost) : this.send();
    if (done) {
      this.unconfirmed.clear();
      for (const element of this.written) if (this.dialect.readable.test(element)) this.unproved.add(element);
    } else if (!this.lost) {
      this.lose();
    }
    return done;
  }

  /** Commits, then reads back what learners wrote. */
  save(): Outcome | Promise<Outcome> {
    const done = this.commit();
    if (!done || this.proves()) return this.outcome(done);
    // Some LMSs say "true" while a value is still on its way, so one that differs gets a second look.
    return new Promise((told) => {
      window.setTimeout(() => {
        const proved = this.proves();
        // All of this save goes out again with the next: who cut one value cut others, which cannot be read back.
        if (!proved) for (const element of this.written) this.known.delete(element);
        this.unproved.clear();
        told(this.outcome(proved));
      }, ON_ITS_WAY);
    });
  }

  outcome(confirmed: boolean): Outcome {
    return { confirmed, refused: this.refused.splice(0) };
  }

  /** Whether the method is there: not every LMS has all of them. */
  can(method: string): boolean {
    return typeof this.api[method] === "function";
  }

  /**
   * Whether the LMS gives back what was committed. One that gives nothing back, as a mute LMS does to everything,
   * proves nothing; but where it gave something back before, nothing is a loss.
   */
  private proves(): boolean {
    for (const element of this.unproved) {
      const silent = !this.echoed.has(kindOf(element));
      const told = this.get(element);
      if (bare(told) === bare(this.known.get(element) ?? "") || (silent && !told)) this.unproved.delete(element);
    }
    return !this.unproved.size;
  }

  /** Notes that what is unconfirmed may be lost. */
  lose(): void {
    this.lost = new Map([...(this.lost ?? []), ...this.unconfirmed]);
    this.unconfirmed.clear();
    this.variantsSent = false;
  }

  private recover(lost: Map<string, Wish>): boolean {
    for (const [element, wish] of this.unconfirmed) lost.set(element, wish);
    if (!this.variantsSent) {
      for (const wish of lost.values()) if (wish.variant !== undefined) this.write(wish, wish.variant);
      // Whether or not it arrives: from now on the LMS's note of what was sent is the variants.
      this.variantsSent = true;
      if (!this.send()) return false;
    }
    for (const wish of lost.values()) {
      if (this.known.get(wish.element) !== wish.value) this.write(wish, wish.value);
    }
    if (!this.send()) {
      this.variantsSent = false;
      return false;
    }
    this.lost = undefined;
    this.unconfirmed.clear();
    return true;
  }

  private send(): boolean {
    const taken = this.call(this.dialect.commit, "") === "true" && !this.threw;
    this.threw = false;
    // Moodle answers "true" while the browser is offline and then loses the data.
    return taken && navigator.onLine !== false;
  }

  private lastError(): string {
    return this.call(this.dialect.lastError) ?? "";
  }
}

function kindOf(element: string): string {
  return element.replace(/\d+/g, "n");
}

/** A text without white space, which some LMSs change and no reader misses. */
function bare(text: string): string {
  return text.replace(/\s+/g, "");
}

/** Seconds after which a save tells the time again: a call less an answer, and a tab that dies loses no more. */
export const TIME_STEP = 60;

/** Whether to send the ends of the score's scale now, with a save that has no answers: an answer has calls enough. */
export function scaleFirst(unit: Unit, report: Report): boolean {
  return !report.answers.length && Object.values(unit.activities).some(({ weight }) => weight);
}

/** Seconds in hundredths, never negative: clocks are set back. */
export function hundredths(seconds: number): number {
  return Number.isFinite(seconds) ? Math.max(0, Math.round(seconds * 100)) : 0;
}

/** At most two decimals, no exponent, a dot whatever the language. */
export function decimal(value: number, places = 2): string {
  return String(Number(value.toFixed(places)));
}
