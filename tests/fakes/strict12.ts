// A SCORM 1.2 platform that keeps to the letter of the Run-Time Environment 1.2, and where its known
// implementations differ, refuses what any of them refuses.
import {
  type Check,
  type DataModel,
  type Element,
  form,
  isKnown,
  line,
  number,
  parentOf,
  pathOf,
  type Table,
  text,
  type Values,
  words,
} from "./data-model";
import { PATTERNS, STUDENT_RESPONSES, TYPES } from "./interactions12";
import type { Server } from "./learner-record";
import { type Launch, Platform, type Restored } from "./platform";
import { type Answer, answer, type LifeCycleCodes, refusal, StrictSession } from "./session";

const WRONG = 405;

// The letter of the standard: Moodle takes any visible ASCII character here and scorm-again spaces too,
// but a platform that keeps to the letter is allowed to refuse those.
const identifier = form(/^[A-Za-z0-9_-]{1,255}$/, WRONG);
const timespan = form(/^\d{2,4}:\d\d:\d\d(\.\d{1,2})?$/, WRONG);
const time = form(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?$/, WRONG);
const score: Check = (value, at, data) => (value === "" ? 0 : hundred(value, at, data));
const hundred = number(/^\d{1,3}(\.\d+)?$/, 0, 100, WRONG, WRONG);
const integer = (least: number, most: number): Check => number(/^-?\d{1,3}$/, least, most, WRONG, WRONG);

const STATUS = ["passed", "completed", "failed", "incomplete", "browsed"];
const VERDICTS = ["correct", "wrong", "unanticipated", "neutral"];
const verdict: Check = (value) => (VERDICTS.includes(value) || /^\d{1,3}(\.\d+)?$/.test(value) ? 0 : WRONG);

/**
 * A response or pattern in the form of the interaction's type; as free text where the type is not known yet.
 */
const feedback =
  (forms: Readonly<Record<string, Check>>): Check =>
  (value, at, data) => {
    const interaction = at.steps[0];
    const type = interaction && data.get(`${interaction.collection}.${interaction.index}.type`);
    return ((type && forms[type]) || line(255, WRONG))(value, at, data);
  };

const fact: Element = { access: "r", initial: "" };
const rw = (check: Check, initial = ""): Element => ({ access: "rw", initial, check });
const w = (check: Check): Element => ({ access: "w", check });
const children = (names: string): Element => ({ access: "r", initial: names });
const count: Element = { access: "r", initial: "0" };

/** @param short length of CMIString255. @param long length of CMIString4096. */
export function elements12(short: number, long: number): Table {
  return {
    "cmi._version": children("3.4"),
    "cmi.core._children": children(
      "student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,lesson_mode,exit,session_time",
    ),
    "cmi.core.student_id": fact,
    "cmi.core.student_name": fact,
    "cmi.core.lesson_location": rw(text(short, WRONG)),
    "cmi.core.credit": fact,
    "cmi.core.lesson_status": rw(words(STATUS, WRONG), "not attempted"),
    "cmi.core.entry": fact,
    "cmi.core.score._children": children("raw,min,max"),
    "cmi.core.score.raw": rw(score),
    "cmi.core.score.min": rw(score),
    "cmi.core.score.max": rw(score),
    "cmi.core.total_time": fact,
    "cmi.core.lesson_mode": fact,
    "cmi.core.exit": w(words(["time-out", "suspend", "logout", ""], WRONG)),
    "cmi.core.session_time": w(timespan),
    "cmi.suspend_data": rw(text(long, WRONG)),
    "cmi.launch_data": fact,
    // Every set appends (Moodle): the whole must fit, not only what is added.
    "cmi.comments": rw((value, at, data) => text(long, WRONG)((data.get(at.name) ?? "") + value, at, data)),
    "cmi.comments_from_lms": fact,
    "cmi.objectives._children": children("id,score,status"),
    "cmi.objectives._count": count,
    "cmi.objectives.n.id": rw(identifier),
    "cmi.objectives.n.score._children": children("raw,min,max"),
    "cmi.objectives.n.score.raw": rw(score),
    "cmi.objectives.n.score.min": rw(score),
    "cmi.objectives.n.score.max": rw(score),
    "cmi.objectives.n.status": rw(words([...STATUS, "not attempted"], WRONG)),
    "cmi.student_data._children": children("mastery_score,max_time_allowed,time_limit_action"),
    "cmi.student_data.mastery_score": fact,
    "cmi.student_data.max_time_allowed": fact,
    "cmi.student_data.time_limit_action": fact,
    "cmi.student_preference._children": children("audio,language,speed,text"),
    "cmi.student_preference.audio": rw(integer(-1, 100), "0"),
    "cmi.student_preference.language": rw(text(short, WRONG)),
    "cmi.student_preference.speed": rw(integer(-100, 100), "0"),
    "cmi.student_preference.text": rw(integer(-1, 1), "0"),
    "cmi.interactions._children": children(
      "id,objectives,time,type,correct_responses,weighting,student_response,result,latency",
    ),
    "cmi.interactions._count": count,
    "cmi.interactions.n.id": w(identifier),
    "cmi.interactions.n.objectives._count": count,
    "cmi.interactions.n.objectives.n.id": w(identifier),
    "cmi.interactions.n.time": w(time),
    "cmi.interactions.n.type": w(words(TYPES, WRONG)),
    "cmi.interactions.n.correct_responses._count": count,
    "cmi.interactions.n.correct_responses.n.pattern": w(feedback(PATTERNS)),
    "cmi.interactions.n.weighting": w(number(/^-?\d{1,3}(\.\d+)?$/, -100, 100, WRONG, WRONG)),
    "cmi.interactions.n.student_response": w(feedback(STUDENT_RESPONSES)),
    "cmi.interactions.n.result": w(verdict),
    "cmi.interactions.n.latency": w(timespan),
  };
}

const CODES: LifeCycleCodes = {
  initializedTwice: 101,
  initializedAfterEnd: 101,
  commitFailed: 101,
  terminateFailed: 101,
  get: [301, 301],
  set: [301, 301],
  commit: [301, 301],
  terminate: [301, 301],
  elementNoString: [201, 201],
  valueNoString: WRONG,
  endsWhenTerminateFails: true,
};

const NAMES = { sessionTime: "cmi.core.session_time", totalTime: "cmi.core.total_time" };
const KEYWORD = /\.(_children|_count|_version)$/;

export class Strict12 extends StrictSession {
  readonly #elements: Table;

  constructor(launch: Launch, platform: Platform, server: Server) {
    super(launch, platform, server, CODES, NAMES);
    this.#elements = launch.limits === "moodle" ? elements12(64000, 64000) : elements12(255, 4096);
  }

  protected override factsOf({ entry, totalTime }: Restored): Values {
    const { launch } = this;
    return {
      "cmi.core.student_id": launch.learner.id,
      "cmi.core.student_name": launch.learner.name,
      "cmi.core.credit": launch.credit,
      "cmi.core.entry": entry,
      "cmi.core.total_time": totalTime,
      "cmi.core.lesson_mode": launch.mode,
      "cmi.launch_data": launch.launchData ?? "",
      "cmi.student_data.mastery_score": launch.masteryScore ?? "",
    };
  }

  protected override read(name: string): Answer {
    const path = pathOf(name);
    if (this.leavesOut(name)) return refusal("", 401);
    const element = this.#elements[path.model];
    if (!element) return refusal("", this.#unknown(path.model));
    if (element.access === "w") return refusal("", 404);
    if (path.steps.some(({ collection, index }) => index >= this.data.count(collection))) return refusal("", 201);
    const collection = parentOf("_count", name);
    const value = collection
      ? String(this.data.count(collection))
      : (this.facts[name] ?? this.data.get(name) ?? element.initial ?? "");
    return answer(this.platform.reply(name, value));
  }

  protected override write(name: string, value: string): number {
    const path = pathOf(name);
    if (this.leavesOut(name)) return 401;
    const element = this.#elements[path.model];
    if (!element) return 201;
    if (KEYWORD.test(name)) return 402;
    if (element.access === "r") return 403;
    // A new record must be the next one.
    if (path.steps.some(({ collection, index }) => index > this.data.count(collection))) return 201;
    const error = element.check?.(value, path, this.data) ?? 0;
    if (error !== 0) return error;
    const whole = name === "cmi.comments" ? (this.data.get(name) ?? "") + value : value;
    this.data.put(path, this.platform.kept(name, whole));
    return 0;
  }

  #unknown(model: string): number {
    const withChildren = parentOf("_children", model);
    if (withChildren && isKnown(this.#elements, withChildren)) return 202;
    const withCount = parentOf("_count", model);
    return withCount && isKnown(this.#elements, withCount) ? 203 : 201;
  }
}

/** Hours of any number, minutes and seconds; `fraction` turns the digits after the dot into hundredths. */
export function addTimespans(first: string, second: string, fraction: (digits: string) => number): string {
  const hundredths = (value: string): number => {
    const found = /^(\d+):(\d\d):(\d\d)(?:\.(\d+))?$/.exec(value);
    if (!found) return 0;
    const [, hours, minutes, seconds, rest] = found;
    return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 100 + (rest ? fraction(rest) : 0);
  };
  const sum = hundredths(first) + hundredths(second);
  const two = (amount: number): string => String(amount).padStart(2, "0");
  const seconds = Math.floor(sum / 100);
  const whole = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return sum % 100 === 0 ? whole : `${whole}.${two(sum % 100)}`;
}

/** A platform that does what the standard asks for and nothing else. */
export class Plain12 extends Platform {
  override restore(server: Server, launch: Launch): Restored {
    if (launch.restores === "suspended" && server.load()["cmi.core.exit"] !== "suspend") server.startAttempt();
    const stored = server.load();
    const values = Object.entries(stored).filter(
      ([name]) =>
        // The last launch's exit and time say nothing about this one.
        !["cmi.core.exit", ...Object.values(NAMES)].includes(name) &&
        (launch.keepsRecords || pathOf(name).steps.length === 0),
    );
    const resumed = stored["cmi.core.exit"] === "suspend" ? "resume" : "";
    return {
      values: Object.fromEntries(values),
      entry: launch.entry ?? (Object.keys(stored).length === 0 ? "ab-initio" : resumed),
      totalTime: stored[NAMES.totalTime] ?? "0000:00:00",
    };
  }

  /** Without an exit of its own a session ends normally, whatever the one before it said. */
  override collect(data: DataModel): Values {
    return { "cmi.core.exit": "", ...super.collect(data) };
  }

  override totalTime(sofar: string, session: string): string {
    return addTimespans(sofar, session, (digits) => Number(digits.padEnd(2, "0")));
  }
}
