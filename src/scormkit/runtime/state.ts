/**
 * What a unit remembers: keyed by id, versioned, with a counter that changes on every save. Ids that this version of
 * the unit does not know are kept: moving or removing a question loses no answer.
 */

import { member, shedOf, strings, textsOf } from "./activity";
import { decode, encode } from "./codec";
import type { Status } from "./driver";
import type { Json } from "./unit";

export interface Entry {
  /** The counter's value when it changed last: the newer of two copies wins. */
  seq: number;
  done: boolean;
  score: number | null;
  /** What the activity stored. */
  state: Json;
}

export interface State {
  counter: number;
  /** Names the attempt in which this state began: copies of different attempts are never mixed. */
  run: string;
  /** The step where the learner is. */
  step: string;
  seen: string[];
  entries: Record<string, Entry>;
  /** The highest that was ever reached. */
  status: Status;
  /** The best score so far, 0–1. */
  best: number | null;
  /** How many interaction records the LMS holds. */
  recorded: number;
}

export function emptyState(): State {
  return {
    counter: 0,
    run: "",
    step: "",
    seen: [],
    entries: {},
    status: { completion: "unknown", success: "unknown" },
    best: null,
    recorded: 0,
  };
}

/** Short names: every character counts where an LMS takes 4,096. */
export function toJson(state: State): Json {
  const entries: { [key: string]: Json } = {};
  for (const [key, entry] of Object.entries(state.entries)) {
    entries[key] = [entry.seq, entry.done ? 1 : 0, entry.score, entry.state];
  }
  return {
    c: state.counter,
    i: state.run,
    p: state.step,
    s: state.seen,
    r: entries,
    t: [state.status.completion, state.status.success],
    b: state.best,
    n: state.recorded,
  };
}

/** Reads with care: whatever is not as expected is left out, nothing throws. */
export function fromJson(json: Json | undefined): State | undefined {
  const counter = member(json, "c");
  if (typeof counter !== "number") return undefined;
  const state = emptyState();
  state.counter = counter;
  const run = member(json, "i");
  if (typeof run === "string") state.run = run;
  const step = member(json, "p");
  if (typeof step === "string") state.step = step;
  state.seen = strings(member(json, "s"));
  const entries = member(json, "r");
  if (entries !== null && typeof entries === "object" && !Array.isArray(entries)) {
    for (const [key, entry] of Object.entries(entries)) {
      if (!Array.isArray(entry) || typeof entry[0] !== "number") continue;
      const [seq, done, score, stored] = entry;
      state.entries[key] = {
        seq,
        done: done === 1,
        score: typeof score === "number" ? score : null,
        state: stored ?? null,
      };
    }
  }
  const [completion, success] = strings(member(json, "t"));
  if (completion === "incomplete" || completion === "completed") state.status.completion = completion;
  if (success === "passed" || success === "failed") state.status.success = success;
  const best = member(json, "b");
  if (typeof best === "number") state.best = best;
  const recorded = member(json, "n");
  if (typeof recorded === "number") state.recorded = recorded;
  return state;
}

export function read(word: string): State | undefined {
  return word ? fromJson(decode(word)) : undefined;
}

/** The newer entry of each activity from both copies; nothing that either holds is dropped. */
export function merged(one: State, other: State): State {
  const [older, newer] = one.counter <= other.counter ? [one, other] : [other, one];
  const entries = { ...older.entries };
  for (const [key, entry] of Object.entries(newer.entries)) {
    const known = entries[key];
    if (!known || known.seq <= entry.seq) entries[key] = entry;
    // A copy that still has its long texts completes one of the same age that had to shed them.
    // What stays on the device is not in the LMS's copy at all.
    const shed = known?.seq === entry.seq && shedOf(entry.state).length > shedOf(known.state).length;
    if (known && (shed || (entry.state === null && known.state !== null))) {
      entries[key] = { ...entry, state: known.state };
    }
  }
  return {
    counter: newer.counter,
    run: newer.run || older.run,
    step: newer.step || older.step,
    seen: [...new Set([...older.seen, ...newer.seen])],
    entries,
    status: higher(older.status, newer.status),
    best: older.best === null || newer.best === null ? (older.best ?? newer.best) : Math.max(older.best, newer.best),
    recorded: Math.max(older.recorded, newer.recorded),
  };
}

/** Only the entries of these activities, and nothing else. */
export function only(state: State, chosen: (key: string) => boolean): State {
  const entries = Object.entries(state.entries).filter(([key]) => chosen(key));
  return { ...emptyState(), entries: Object.fromEntries(entries) };
}

/** The same state without what was written in these activities; that they were done stays. */
export function without(state: State, left: (key: string) => boolean): State {
  const entries = Object.entries(state.entries).map(([key, entry]) => [
    key,
    left(key) ? { ...entry, state: null } : entry,
  ]);
  return { ...state, entries: Object.fromEntries(entries) as State["entries"] };
}

const COMPLETION = ["unknown", "incomplete", "completed"] as const;
const SUCCESS = ["unknown", "failed", "passed"] as const;

/** Never down: completed stays completed, passed stays passed. */
export function higher(one: Status, other: Status): Status {
  const pick = <T>(order: readonly T[], a: T, b: T): T => (order.indexOf(a) >= order.indexOf(b) ? a : b);
  return {
    completion: pick(COMPLETION, one.completion, other.completion),
    success: pick(SUCCESS, one.success, other.success),
  };
}

export interface Fitted {
  word: string;
  /** `activity key.text key` of texts that are not in the word but in the trainer's record. */
  shed: string[];
  /** The same for texts that are in no record yet: they are only on this device. */
  unsaved: string[];
  /** False: even without texts it is too long; nothing may be written. */
  fits: boolean;
}

/**
 * The state in at most `limit` characters. Where it is too long the copies of long texts go, in the given order:
 * first those that the trainer's record already holds, then, as the last resort, the others.
 *
 * @param recorded whether the LMS has (or gets in the same save) this text as an answer
 * @param promised whether the stored state is the only place where the texts of this activity are
 */
export function fitted(
  state: State,
  limit: number,
  order: string[],
  recorded: (place: string) => boolean,
  promised: (activity: string) => boolean = () => false,
): Fitted {
  const result: Fitted = { word: encode(toJson(state)), shed: [], unsaved: [], fits: true };
  if (result.word.length <= limit) return result;
  const copy = fromJson(JSON.parse(JSON.stringify(toJson(state))) as Json) ?? emptyState();
  const places = textPlaces(copy, order).filter(({ activity }) => !promised(activity));
  for (const held of [true, false]) {
    for (const place of places) {
      if (recorded(place.name) !== held) continue;
      shedText(copy, place);
      (held ? result.shed : result.unsaved).push(place.name);
      result.word = encode(toJson(copy));
      if (result.word.length <= limit) return result;
    }
  }
  result.fits = false;
  return result;
}

interface TextPlace {
  /** `activity key.text key`, or the activity's key alone where the text key is empty. */
  name: string;
  activity: string;
  text: string;
}

function textPlaces(state: State, order: string[]): TextPlace[] {
  const places: TextPlace[] = [];
  for (const [activity, entry] of Object.entries(state.entries)) {
    for (const text of Object.keys(textsOf(entry.state))) {
      places.push({ name: text ? `${activity}.${text}` : activity, activity, text });
    }
  }
  // What the order does not name (of an older version of the unit) goes first.
  return places.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}

function shedText(state: State, place: TextPlace): void {
  const entry = state.entries[place.activity];
  const stored = entry?.state;
  if (!entry || stored === null || typeof stored !== "object" || Array.isArray(stored)) return;
  const texts = textsOf(stored);
  delete texts[place.text];
  const shed = new Set([...shedOf(stored), place.text]);
  entry.state = { ...stored, texts, shed: [...shed] };
}
