// The page of a learning platform: it plays a package in a frame, under the API that its address asks for.
import { FAILURES, type Failure } from "./failing";
import type { LearnerRecord } from "./learner-record";
import { Lms, type LmsOptions } from "./lms";
import type { Launch } from "./platform";

export interface PlayerOptions extends LmsOptions {
  /** Milliseconds until the API appears. */
  readonly late?: number;
  readonly both?: boolean;
}

export class Player extends Lms {
  #frame: HTMLIFrameElement | undefined;
  #address = "";

  constructor(
    private readonly page: Window,
    private readonly settings: PlayerOptions = {},
  ) {
    super(settings);
  }

  /** Launches the package at this address; resolves when its page has loaded. */
  play(address: string, options: Partial<Launch> = {}): Promise<void> {
    this.#address = address;
    this.#removeFrame();
    this.launch(options);
    const { late, both = false } = this.settings;
    if (late === undefined) {
      this.install(this.page, { both });
    } else {
      Reflect.deleteProperty(this.page, "API");
      Reflect.deleteProperty(this.page, "API_1484_11");
      this.installLate(this.page, late, { both });
    }
    return this.#show(address);
  }

  /** Plays it again as the learner who comes back: the same record, a new session. */
  relaunch(options: Partial<Launch> = {}): Promise<void> {
    return this.play(this.#address, options);
  }

  /** Navigates the frame away while the platform's page stays, as a platform's exit button does. */
  leave(): Promise<void> {
    const frame = this.#frame;
    if (!frame) return Promise.resolve();
    const left = new Promise<void>((done) => {
      frame.addEventListener("load", () => done(), { once: true });
    });
    frame.src = "about:blank";
    return left;
  }

  #show(address: string): Promise<void> {
    const frame = this.page.document.createElement("iframe");
    frame.title = "Package";
    frame.src = address;
    frame.allow = "fullscreen";
    this.#frame = frame;
    const shown = new Promise<void>((done) => {
      frame.addEventListener("load", () => {
        this.#watch(frame);
        done();
      });
    });
    this.page.document.body.append(frame);
    return shown;
  }

  // The content's listeners still run here, with the API of the launch that ends.
  #removeFrame(): void {
    this.#frame?.remove();
    this.#frame = undefined;
  }

  #watch(frame: HTMLIFrameElement): void {
    try {
      if (frame.contentWindow) this.dismissal.watch(frame.contentWindow);
    } catch {
      // Content of another origin does not let itself be watched.
    }
  }
}

function oneOf<Word extends string>(words: readonly Word[], given: string | null): Word | undefined {
  const word = words.find((candidate) => candidate === given);
  if (given !== null && word === undefined) throw new RangeError(`${given} is none of ${words.join(", ")}`);
  return word;
}

/**
 * Reads the address of the player page: standard, edition, fake (strict, mute, moodle or failing), failure,
 * mode, credit, entry, limits, restores, learner, launchdata, mastery, passing, threshold, unsupported (by comma),
 * late, both, and keep (the record survives in local storage under this name).
 */
export function optionsFrom(query: URLSearchParams, storage: Storage): PlayerOptions {
  const fake = oneOf(["strict", "mute", "moodle", "failing"] as const, query.get("fake"));
  const failures = Object.keys(FAILURES) as Failure[];
  const failure = oneOf(failures, query.get("failure")) ?? (fake === "failing" ? "commit-refused" : "none");
  const choices: { -readonly [Name in keyof Launch]?: Launch[Name] } = {};
  const standard = oneOf(["1.2", "2004"] as const, query.get("standard"));
  if (standard) choices.standard = standard;
  const edition = oneOf(["2nd", "3rd", "4th"] as const, query.get("edition"));
  if (edition) choices.edition = edition;
  const mode = oneOf(["browse", "normal", "review"] as const, query.get("mode"));
  if (mode) choices.mode = mode;
  const credit = oneOf(["credit", "no-credit"] as const, query.get("credit"));
  if (credit) choices.credit = credit;
  const entry = oneOf(["ab-initio", "resume", ""] as const, query.get("entry"));
  if (entry !== undefined) choices.entry = entry;
  const limits = oneOf(["standard", "moodle"] as const, query.get("limits"));
  if (limits) choices.limits = limits;
  const restores = oneOf(["always", "suspended"] as const, query.get("restores"));
  if (restores) choices.restores = restores;
  const texts = {
    launchData: query.get("launchdata"),
    masteryScore: query.get("mastery"),
    scaledPassingScore: query.get("passing"),
    completionThreshold: query.get("threshold"),
  };
  const learner = query.get("learner");
  const unsupported = query.get("unsupported");
  const late = query.get("late");
  const keep = query.get("keep");
  return {
    fake: fake === "failing" ? "strict" : (fake ?? "strict"),
    failure,
    ...choices,
    ...Object.fromEntries(Object.entries(texts).filter(([, given]) => given !== null)),
    ...(learner !== null && { learner: { id: learner, name: learner } }),
    ...(unsupported !== null && { unsupported: unsupported.split(",") }),
    ...(late !== null && { late: Number(late) }),
    both: query.get("both") === "1",
    ...(keep !== null && {
      record: recordIn(storage, keep),
      onStored: (record: LearnerRecord) => storage.setItem(keep, JSON.stringify(record)),
    }),
  };
}

function recordIn(storage: Storage, name: string): LearnerRecord {
  const kept = storage.getItem(name);
  return kept === null ? { attempts: [] } : (JSON.parse(kept) as LearnerRecord);
}

/**
 * Puts the platform that this page's address asks for on its window as `lms`, and plays `sco` if it is named.
 */
export function openPlayer(page: Window): Player {
  const query = new URLSearchParams(page.location.search);
  const lms = new Player(page, optionsFrom(query, page.localStorage));
  Object.assign(page, { lms });
  const sco = query.get("sco");
  if (sco !== null) void lms.play(sco);
  return lms;
}
