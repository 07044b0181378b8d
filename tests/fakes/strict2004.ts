// A SCORM 2004 platform (RTE 4th edition) that, where ADL's own classes, Moodle and scorm-again differ,
// refuses what any of them refuses.
import { type DataModel, isKnown, type Path, parentOf, pathOf, type Table, type Values } from "./data-model";
import { elements2004 } from "./elements2004";
import type { Server } from "./learner-record";
import { type Launch, Platform, type Restored } from "./platform";
import { type Answer, answer, type LifeCycleCodes, refusal, StrictSession } from "./session";

const CODES: LifeCycleCodes = {
  initializedTwice: 103,
  initializedAfterEnd: 104,
  commitFailed: 391,
  terminateFailed: 111,
  get: [122, 123],
  set: [132, 133],
  commit: [142, 143],
  terminate: [112, 113],
  elementNoString: [301, 351],
  valueNoString: 406,
  endsWhenTerminateFails: false,
};

const NAMES = { sessionTime: "cmi.session_time", totalTime: "cmi.total_time" };

/** The element that makes a new record of a collection; comments may begin with any of theirs. */
const FIRST: Readonly<Record<string, string>> = {
  "cmi.objectives": "id",
  "cmi.interactions": "id",
  "cmi.interactions.n.objectives": "id",
  "cmi.interactions.n.correct_responses": "pattern",
};

/** Smallest permitted maxima of records; those of patterns depend on the type. */
const MOST: Readonly<Record<string, number>> = {
  "cmi.comments_from_learner": 250,
  "cmi.objectives": 100,
  "cmi.interactions": 250,
  "cmi.interactions.n.objectives": 10,
};

const NEEDS_TYPE = /^cmi\.interactions\.n\.(learner_response|correct_responses\.n\.pattern)$/;
const REQUEST_VALID = "adl.nav.request_valid.";
const VALID_REQUEST = /^(continue|previous|(choice|jump)\.\{target=\S+\})$/;

export class Strict2004 extends StrictSession {
  readonly #elements: Table;

  constructor(launch: Launch, platform: Platform, server: Server) {
    super(launch, platform, server, CODES, NAMES);
    this.#elements = elements2004(launch.edition);
  }

  protected override factsOf({ entry, totalTime }: Restored): Values {
    const { launch } = this;
    const facts: Values = {
      "cmi.learner_id": launch.learner.id,
      "cmi.learner_name": launch.learner.name,
      "cmi.credit": launch.credit,
      "cmi.entry": entry,
      "cmi.mode": launch.mode,
      "cmi.total_time": totalTime,
    };
    if (launch.launchData !== undefined) facts["cmi.launch_data"] = launch.launchData;
    if (launch.scaledPassingScore !== undefined) facts["cmi.scaled_passing_score"] = launch.scaledPassingScore;
    if (launch.completionThreshold !== undefined) facts["cmi.completion_threshold"] = launch.completionThreshold;
    return facts;
  }

  protected override read(name: string): Answer {
    if (name === "") return refusal("", 301);
    if (name.startsWith(REQUEST_VALID)) {
      return VALID_REQUEST.test(name.slice(REQUEST_VALID.length)) ? answer("unknown") : refusal("", 301);
    }
    if (this.leavesOut(name)) return refusal("", 402);
    const path = pathOf(name);
    const element = this.#elements[path.model];
    if (!element) return refusal("", this.#isKeywordOfKnown(path.model) ? 301 : 401);
    if (element.access === "w") return refusal("", 405);
    if (path.steps.some(({ collection, index }) => index >= this.data.count(collection))) return refusal("", 301);
    const collection = parentOf("_count", name);
    const value = collection
      ? String(this.data.count(collection))
      : (this.facts[name] ?? this.data.get(name) ?? element.initial);
    return value === undefined ? refusal("", 403) : answer(this.platform.reply(name, value));
  }

  protected override write(name: string, value: string): number {
    if (name === "") return 351;
    if (name.startsWith(REQUEST_VALID)) return 404;
    if (this.leavesOut(name)) return 402;
    const path = pathOf(name);
    const element = this.#elements[path.model];
    if (!element) return 401;
    if (element.access === "r") return 404;
    const error = this.#orderError(path) || (element.check?.(value, path, this.data) ?? 0);
    if (error !== 0) return error;
    // Moodle forgets the patterns of an interaction whose type is set, even to what it was.
    if (path.model === "cmi.interactions.n.type") {
      this.data.empty(name.replace(/type$/, "correct_responses"));
    }
    this.data.put(path, this.platform.kept(name, value));
    return 0;
  }

  #isKeywordOfKnown(model: string): boolean {
    const parent = parentOf("_children", model) ?? parentOf("_count", model);
    return parent !== undefined && isKnown(this.#elements, parent);
  }

  /** Records come one after another, each begins with its first element, and responses need a type. */
  #orderError(path: Path): number {
    for (const [position, { collection, index }] of path.steps.entries()) {
      const count = this.data.count(collection);
      if (index > count) return 351;
      if (index < count) continue;
      const first = FIRST[pathOf(collection).model];
      const last = position === path.steps.length - 1;
      if (!last || (first && path.name !== `${collection}.${index}.${first}`)) return 408;
      if (index >= (MOST[pathOf(collection).model] ?? Number.POSITIVE_INFINITY)) return 351;
    }
    const interaction = path.steps[0];
    const untyped = interaction && this.data.get(`${interaction.collection}.${interaction.index}.type`) === undefined;
    return untyped && NEEDS_TYPE.test(path.model) ? 408 : 0;
  }
}

const SECONDS = { years: 31536000, months: 2592000, days: 86400, hours: 3600, minutes: 60 };

export function addIntervals(first: string, second: string): string {
  const hundredths = (value: string): number => {
    const found =
      /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(value) ?? [];
    const [, years = 0, months = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found;
    const whole =
      Number(years) * SECONDS.years +
      Number(months) * SECONDS.months +
      Number(days) * SECONDS.days +
      Number(hours) * SECONDS.hours +
      Number(minutes) * SECONDS.minutes;
    return Math.round((whole + Number(seconds)) * 100);
  };
  const sum = hundredths(first) + hundredths(second);
  const hours = Math.floor(sum / 360000);
  const minutes = Math.floor(sum / 6000) % 60;
  return `PT${hours}H${minutes}M${(sum % 6000) / 100}S`;
}

/**
 * A platform that does what the standard asks for: it gives data back after `suspend` only, and judges
 * itself.
 */
export class Plain2004 extends Platform {
  override restore(server: Server, launch: Launch): Restored {
    const suspended = server.load()["cmi.exit"] === "suspend";
    if (!suspended) server.startAttempt();
    const stored = server.load();
    const dropped = ["cmi.exit", "adl.nav.request", ...Object.values(NAMES)];
    return {
      values: Object.fromEntries(Object.entries(stored).filter(([name]) => !dropped.includes(name))),
      entry: launch.entry ?? (suspended ? "resume" : "ab-initio"),
      totalTime: stored[NAMES.totalTime] ?? "PT0H0M0S",
    };
  }

  /**
   * With a passing score or a threshold the measures decide, whatever status the content set (RTE4 4.2.4,
   * 4.2.22).
   */
  override afterSet(data: DataModel, launch: Launch): void {
    const judge = (limit: string | undefined, measure: string, status: string, [met, missed]: [string, string]) => {
      if (limit === undefined) return;
      const value = data.get(measure);
      const verdict = Number(value) >= Number(limit) ? met : missed;
      data.put(pathOf(status), value === undefined ? "unknown" : verdict);
    };
    judge(launch.scaledPassingScore, "cmi.score.scaled", "cmi.success_status", ["passed", "failed"]);
    judge(launch.completionThreshold, "cmi.progress_measure", "cmi.completion_status", ["completed", "incomplete"]);
  }

  /** Without an exit of its own a session ends normally, whatever the one before it said. */
  override collect(data: DataModel): Values {
    return { "cmi.exit": "", ...super.collect(data) };
  }

  override totalTime(sofar: string, session: string): string {
    return addIntervals(sofar, session);
  }
}
