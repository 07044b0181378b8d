// What both SCORM data models are made of: element names with indexes, tables of elements, checks of values,
// and the values of one launch.

/** Element name → value, as a learning platform stores them. */
export type Values = Record<string, string>;

/** Gives 0 where the value may be stored, else the error code that the standard has for it. */
export type Check = (value: string, at: Path, data: DataModel) => number;

export interface Element {
  readonly access: "r" | "rw" | "w";
  /** What an untouched element answers; without it 2004 answers error 403, and 1.2 an empty string. */
  readonly initial?: string;
  readonly check?: Check;
}

/** Keyed by the name with every index written as `n`, such as `cmi.interactions.n.id`. */
export type Table = Readonly<Record<string, Element>>;

/** One record that a name passes through: `cmi.interactions` and 3 in `cmi.interactions.3.id`. */
export interface Step {
  readonly collection: string;
  readonly index: number;
}

export interface Path {
  readonly name: string;
  readonly model: string;
  readonly steps: readonly Step[];
}

// An index with a leading zero is no index: Moodle answers 351 to it, so it stays a literal that no table
// knows.
const INDEX = /^(0|[1-9]\d*)$/;

export function pathOf(name: string): Path {
  const parts = name.split(".");
  const steps: Step[] = [];
  const model = parts.map((part, position) => {
    if (!INDEX.test(part)) return part;
    steps.push({ collection: parts.slice(0, position).join("."), index: Number(part) });
    return "n";
  });
  return { name, model: model.join("."), steps };
}

/** `cmi.interactions.3` of `cmi.interactions.3.learner_response`. */
export function recordOf({ steps }: Path): string {
  const last = steps[steps.length - 1];
  return last ? `${last.collection}.${last.index}` : "";
}

/** Whether a table has this name, or something below it. */
export function isKnown(table: Table, model: string): boolean {
  return model in table || Object.keys(table).some((name) => name.startsWith(`${model}.`));
}

/** The name without its last part if that is the keyword, else undefined. */
export function parentOf(keyword: "_children" | "_count" | "_version", model: string): string | undefined {
  return model.endsWith(`.${keyword}`) ? model.slice(0, -keyword.length - 1) : undefined;
}

/** The values of one launch, with the length of every collection. */
export class DataModel {
  readonly #values = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  constructor(values: Values = {}) {
    for (const [name, value] of Object.entries(values)) this.put(pathOf(name), value);
  }

  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  put(path: Path, value: string): void {
    this.#values.set(path.name, value);
    for (const { collection, index } of path.steps) {
      this.#counts.set(collection, Math.max(this.count(collection), index + 1));
    }
  }

  count(collection: string): number {
    return this.#counts.get(collection) ?? 0;
  }

  /** Empties a collection, as Moodle does to the patterns of an interaction whose type is set again. */
  empty(collection: string): void {
    for (const name of [...this.#values.keys()]) {
      if (name.startsWith(`${collection}.`)) this.#values.delete(name);
    }
    this.#counts.delete(collection);
  }

  entries(): [string, string][] {
    return [...this.#values];
  }
}

/** Characters are UTF-16 units, as the browser's platforms count them. */
export const text =
  (most: number, mismatch: number): Check =>
  (value) =>
    value.length <= most ? 0 : mismatch;

// A dot in the patterns of Moodle and scorm-again stops at these, so a response with one of them does not
// match.
const LINE_BREAK = /[\n\r\u2028\u2029]/;

export const hasLineBreak = (value: string): boolean => LINE_BREAK.test(value);

export const line =
  (most: number, mismatch: number): Check =>
  (value) =>
    value.length <= most && !hasLineBreak(value) ? 0 : mismatch;

export const words =
  (allowed: readonly string[], mismatch: number): Check =>
  (value) =>
    allowed.includes(value) ? 0 : mismatch;

export const form =
  (pattern: RegExp, mismatch: number): Check =>
  (value) =>
    pattern.test(value) ? 0 : mismatch;

/** A number in the given form and between the limits, both included. */
export const number =
  (pattern: RegExp, least: number, most: number, mismatch: number, outside: number): Check =>
  (value) => {
    if (!pattern.test(value)) return mismatch;
    return Number(value) >= least && Number(value) <= most ? 0 : outside;
  };
