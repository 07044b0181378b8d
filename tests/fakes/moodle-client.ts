// Moodle's player between the strict data model and the server (mod/scorm of 4.5 and 5.1, measured). What it
// does to values is its own: which of them a save carries, what a failed save loses, and what comes back as a
// number.
import { type DataModel, pathOf, type Values } from "./data-model";
import type { Dismissal } from "./dismissal";
import type { Server } from "./learner-record";
import type { Launch, Reply, Restored } from "./platform";
import { addTimespans, Plain12 } from "./strict12";
import { Plain2004 } from "./strict2004";

// A value is sent when it differs from what the player believes the server to have. 80 and "80" differ.
interface Believed {
  readonly value: string;
  readonly isNumber: boolean;
}

/** Elements with a range are kept as numbers, so "85.50" comes back as 85.5 and an empty score as 0. */
class Numbers {
  readonly #set = new Set<string>();

  constructor(private readonly ranged: RegExp) {}

  kept(element: string, value: string): string {
    if (!this.ranged.test(element)) return value;
    this.#set.add(element);
    return String(Number(value));
  }

  reply(element: string, value: string): Reply {
    const grown = element.endsWith("._count") && value !== "0";
    return this.#set.has(element) || grown ? Number(value) : value;
  }

  believe(element: string, value: string): Believed {
    return { value, isNumber: this.#set.has(element) };
  }
}

const differ = (first: Believed, second: Believed): boolean =>
  first.value !== second.value || first.isNumber !== second.isNumber;

const isIndexed = (element: string): boolean => pathOf(element).steps.length > 0;

// What fits into a beacon: 60 to 64 thousand ASCII characters passed, 64000 times "é" did not.
const BEACON_BYTES = 64 * 1024;

function beacon(server: Server, values: Values): boolean {
  const body = Object.entries(values).flat().join("");
  return new TextEncoder().encode(body).length <= BEACON_BYTES && server.beacon(values);
}

/**
 * A beacon while the page is going, and also where the request cannot be made: offline looks like success.
 */
function post(server: Server, values: Values, terminating: boolean, dismissal: Dismissal): boolean {
  if (dismissal.running) return beacon(server, values);
  try {
    return server.send(values, terminating);
  } catch {
    return beacon(server, values);
  }
}

const STATUS = "cmi.core.lesson_status";

export class Moodle12 extends Plain12 {
  readonly #numbers = new Numbers(/(\.score\.(raw|min|max)|\.student_preference\.(audio|speed|text)|\.weighting)$/);
  #believed = new Map<string, Believed>();

  constructor(private readonly dismissal: Dismissal) {
    super();
  }

  override restore(server: Server, launch: Launch): Restored {
    const restored = super.restore(server, launch);
    const values = { ...restored.values };
    const exit = server.load()["cmi.core.exit"];
    if (exit !== undefined) values["cmi.core.exit"] = exit;
    // Interactions and objectives are sent anew in every session: only single elements have a default.
    const single = Object.entries(values).filter(([element]) => !isIndexed(element));
    this.#believed = new Map(single.map(([element, value]) => [element, { value, isNumber: false }]));
    return { ...restored, values };
  }

  override kept(element: string, value: string): string {
    return this.#numbers.kept(element, value);
  }

  override reply(element: string, value: string): Reply {
    return this.#numbers.reply(element, value);
  }

  override beforeTerminate(data: DataModel, launch: Launch): void {
    const setStatus = (status: string): void => data.put(pathOf(STATUS), status);
    if ((data.get(STATUS) ?? "not attempted") === "not attempted") setStatus("completed");
    const raw = data.get("cmi.core.score.raw") ?? "";
    const mastery = launch.masteryScore ?? "";
    const decides = launch.mode === "normal" && launch.credit === "credit" && mastery !== "" && raw !== "";
    if (decides) setStatus(Number(raw) >= Number(mastery) ? "passed" : "failed");
  }

  /** The belief changes before the request goes out, so what a failed request carried is never sent again. */
  override collect(data: DataModel): Values {
    const values = Object.fromEntries(data.entries());
    values[STATUS] ??= "not attempted";
    const changed: Values = {};
    for (const [element, value] of Object.entries(values)) {
      if (element === "cmi.core.session_time") continue;
      const now = this.#numbers.believe(element, value);
      const before = this.#believed.get(element) ?? (isIndexed(element) ? undefined : untouched(element));
      if (before && !differ(before, now)) continue;
      changed[element] = value;
      this.#believed.set(element, now);
    }
    return changed;
  }

  /** Digits after the dot are hundredths whatever their number: ".5" counts as five of them. */
  override totalTime(sofar: string, session: string): string {
    return addTimespans(sofar, session, Number);
  }

  override send(server: Server, values: Values, terminating: boolean): boolean {
    return post(server, values, terminating, this.dismissal);
  }
}

const untouched = (element: string): Believed => ({
  value: /^cmi\.student_preference\.(audio|speed|text)$/.test(element) ? "0" : "",
  isNumber: false,
});

const EMPTY_AT_FIRST = [
  "cmi.location",
  "cmi.suspend_data",
  "cmi.progress_measure",
  "cmi.score.scaled",
  "cmi.score.raw",
  "cmi.score.min",
  "cmi.score.max",
];

const NAVIGATION = "adl.nav.request";

export class Moodle2004 extends Plain2004 {
  // Any failure is a general exception in Moodle, also one of Commit.
  override readonly failureCode = 101;
  readonly #numbers = new Numbers(/\.(scaled|progress_measure|audio_level|delivery_speed|audio_captioning)$/);
  #atLoad: Values = {};

  constructor(private readonly dismissal: Dismissal) {
    super();
  }

  /** Old tracks stay on the server in the same attempt; they only come back after an exit with suspend. */
  override restore(server: Server, launch: Launch): Restored {
    const stored = server.load();
    const suspended = stored["cmi.exit"] === "suspend";
    const { "cmi.total_time": totalTime, "cmi.session_time": _, [NAVIGATION]: __, ...values } = stored;
    this.#atLoad = suspended ? values : {};
    // Never error 403 for these: an untouched one is an empty string.
    const empty = Object.fromEntries(EMPTY_AT_FIRST.map((element) => [element, ""]));
    return {
      values: { ...empty, ...this.#atLoad },
      entry: launch.entry ?? (suspended ? "resume" : "ab-initio"),
      totalTime: (suspended ? totalTime : undefined) ?? "PT0H0M0S",
    };
  }

  override kept(element: string, value: string): string {
    return this.#numbers.kept(element, value);
  }

  override reply(element: string, value: string): Reply {
    return this.#numbers.reply(element, value);
  }

  /** The passing score never decides anything here: the player looks it up under a wrong name. */
  override afterSet(): void {}

  override beforeTerminate(data: DataModel, launch: Launch): void {
    const progress = Number(data.get("cmi.progress_measure") ?? "");
    const decides = launch.mode === "normal" && launch.credit === "credit" && progress !== 0;
    if (!decides || launch.completionThreshold === undefined) return;
    const met = progress >= Number(launch.completionThreshold);
    data.put(pathOf("cmi.completion_status"), met ? "completed" : "incomplete");
  }

  /** Always compared with the page load, never with the last save: a value that returns to it is not sent. */
  override collect(data: DataModel): Values {
    const changed = data.entries().filter(([element, value]) => {
      if (isIndexed(element)) return !(/_status$/.test(element) && value === "unknown");
      const atLoad = this.#atLoad[element] ?? FIRST_VALUES[element] ?? "";
      return differ({ value: atLoad, isNumber: false }, this.#numbers.believe(element, value));
    });
    return Object.fromEntries(changed);
  }

  override send(server: Server, values: Values, terminating: boolean): boolean {
    const sent = post(server, values, terminating, this.dismissal);
    const request = values[NAVIGATION] ?? "";
    // The server answers these two with a script that is none, and the player runs it.
    if (/^(exit|abandon)All$/.test(request)) throw new SyntaxError("Unexpected identifier");
    // The server has no page for these: the values are stored, and yet the save counts as failed.
    return sent && !/^(exit|abandon|\{target=.*\}choice)$/.test(request);
  }
}

const FIRST_VALUES: Values = {
  "cmi.completion_status": "unknown",
  "cmi.success_status": "unknown",
  "cmi.session_time": "PT0H0M0S",
  "cmi.learner_preference.audio_level": "1",
  "cmi.learner_preference.audio_captioning": "0",
};
