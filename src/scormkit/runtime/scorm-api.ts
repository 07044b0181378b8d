/** What both SCORM standards share: finding the API, writing only what differs, resending what a commit lost. */

/** A method of the LMS. Answers should be strings; some LMSs give booleans or numbers. */
export type Method = (...values: string[]) => unknown;
export type Api = Record<string, Method>;

const MOST_PARENTS = 500;

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
  readonly refused: string[] = [];
  private readonly known = new Map<string, string>();
  /** Set since the last commit that succeeded. */
  private readonly unconfirmed = new Map<string, Wish>();
  /** What a failed commit may have lost, and whether the variants are what the LMS saw last. */
  private lost: Map<string, Wish> | undefined;
  private variantsSent = false;
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

  /** "" where the LMS has nothing or answers with an error. */
  get(element: string): string {
    return this.call(this.dialect.get, element) ?? "";
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
    if (this.lost) return this.recover(this.lost);
    const done = this.send();
    if (done) this.unconfirmed.clear();
    else this.lose();
    return done;
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

/** Seconds in hundredths, never negative: clocks are set back. */
export function hundredths(seconds: number): number {
  return Number.isFinite(seconds) ? Math.max(0, Math.round(seconds * 100)) : 0;
}

/** At most two decimals, no exponent, a dot whatever the language. */
export function decimal(value: number, places = 2): string {
  return String(Number(value.toFixed(places)));
}
