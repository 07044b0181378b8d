/** A session on a driver, as the page would run it, without a page. */

import { afterEach, beforeEach, vi } from "vitest";
import type { Driver } from "../../src/scormkit/runtime/driver";
import type { Host, SaveNotice } from "../../src/scormkit/runtime/host";
import { Session } from "../../src/scormkit/runtime/session";
import type { Json, Response, Result, Unit } from "../../src/scormkit/runtime/unit";
import type { XapiUnit } from "../../src/scormkit/runtime/xapi-unit";
import { exampleUnit, interaction } from "../runtime/unit-example";
import { ACTIVITY, ACTOR, ENDPOINT, FETCH, REGISTRATION } from "./record-store";

export function xapiUnit(more: Partial<XapiUnit> = {}): XapiUnit {
  const question = interaction("question", 0, { description: "Which one?", patterns: ["a"] });
  const essay = interaction("essay", 1, { type: "long-fill-in", description: "What do you think?" });
  const action = interaction("plan.action", 2, { type: "long-fill-in", description: "I am going to" });
  return {
    ...exampleUnit(),
    interactions: [
      {
        ...question,
        part: "/test/question/question/question/0a1b2c3d",
        components: {
          choices: [
            ["a", "This"],
            ["b", "That"],
          ],
        },
      },
      { ...essay, part: "/test/essay/question/essay" },
      { ...action, part: "/form/plan/field/action" },
    ],
    forms: [
      {
        ...interaction("plan", 3, { type: "other", slots: 0 }),
        description: "My plan",
        part: "/form/plan",
        form: "plan",
      },
    ],
    suspendDataLimit: 64_000,
    xapi: { title: "Unit", activity: "urn:scormkit:course/unit", revision: "1.0+abc", pages: { reflect: "Reflect" } },
    ...more,
  };
}

export class Page implements Host {
  notices: SaveNotice[] = [];
  restored: [string, Json][] = [];
  locked = false;
  waiting = false;
  restore(key: string, state: Json): void {
    this.restored.push([key, state]);
  }
  settle(): void {}
  lock(): void {
    this.locked = true;
  }
  changed(): void {}
  wait(waiting: boolean): void {
    this.waiting = waiting;
  }
  notice(notice: SaveNotice): void {
    this.notices.push(notice);
  }
  shed(): void {}
  damaged(): void {}
  offer(): void {}
  unkept(): void {}
  get last(): SaveNotice | undefined {
    return this.notices[this.notices.length - 1];
  }
}

export type Standard = "cmi5" | "xapi" | "web";

export function launchAt(query: Record<string, string> | string): void {
  window.history.replaceState(null, "", `/unit/index.html?${new URLSearchParams(query)}`);
}

/** Each test of a file begins at one moment, on a device that keeps nothing yet, launched with this query. */
export function eachLaunchedAt(query: Record<string, string> | string): void {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date("2026-03-02T09:00:00Z") });
    localStorage.clear();
    sessionStorage.clear();
    launchAt(query);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
}

export const CMI5 = {
  endpoint: ENDPOINT,
  fetch: FETCH,
  actor: JSON.stringify(ACTOR),
  registration: REGISTRATION,
  activityId: ACTIVITY,
};

/** A page load: the driver's script runs anew, the session begins. */
export async function loaded(standard: Standard, unit: Unit = xapiUnit()): Promise<{ session: Session; page: Page }> {
  vi.resetModules();
  // Pages of one test are visits one after the other, not tabs side by side.
  Reflect.deleteProperty(globalThis, "BroadcastChannel");
  globalThis.scormkitPage = { unit, driver: null };
  await import(`../../src/scormkit/targets/${standard}/driver.ts`);
  const page = new Page();
  const session = new Session(unit, globalThis.scormkitPage.driver as Driver | null, page);
  void session.start();
  await settled();
  return { session, page };
}

/** Everything that waits for an answer goes on; time passes as given, in milliseconds. */
export async function settled(time = 0): Promise<void> {
  await vi.advanceTimersByTimeAsync(time);
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
  await vi.advanceTimersByTimeAsync(0);
}

export function answer(
  session: Session,
  key: string,
  response: Response,
  more: { result?: Result; score?: number; part?: string } = {},
): void {
  session.respond(key, {
    state: { said: response as Json },
    done: true,
    answers: [{ key: more.part ?? "", response, result: more.result ?? "neutral" }],
    ...(more.score === undefined ? {} : { score: more.score }),
  });
}
