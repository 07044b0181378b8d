/**
 * cmi5 (Quartz, 1st edition), on xAPI 1.0.3. Translation, ours → cmi5:
 *
 *   status            completed, passed, failed: statements, each at most once a registration (failed once a session)
 *   masteryScore      from LMS.LaunchData, never from the build
 *   readOnly          launchMode Browse or Review
 *   answers           "answered" about parts of the unit, never with a verb of cmi5
 *   terminate         terminated, then returnURL
 */

import type { Launch } from "../../runtime/driver";
import type { Json } from "../../runtime/unit";
import { LaunchRecord, objectIn, persistently } from "../../runtime/xapi-launch";
import { answered, Lrs, PATIENCE } from "../../runtime/xapi-lrs";
import { XapiRun } from "../../runtime/xapi-run";
import { type Data, uuidOf, type Verb } from "../../runtime/xapi-statements";
import type { XapiUnit } from "../../runtime/xapi-unit";

const CONTEXT = "https://w3id.org/xapi/cmi5/context/";
const DEFINED = `${CONTEXT}categories/cmi5`;
const MOVE_ON = `${CONTEXT}categories/moveon`;

class Cmi5 extends XapiRun {
  protected readonly once: readonly Verb[] = ["completed", "passed"];

  async launch(): Promise<Launch | undefined> {
    const record = LaunchRecord.find("fetch");
    if (!record) return undefined;
    this.record = record;
    const { parameters } = record;
    const actor = objectIn(parameters.get("actor"));
    const activity = parameters.get("activityId");
    const registration = parameters.get("registration");
    if (!actor || !activity || !registration) return undefined;
    const session = uuidOf(parameters.get("fetch") ?? "");
    this.run = { actor, activity, registration, session, template: {} };
    const token = record.kept.terminated ? undefined : await this.token();
    if (token === undefined) return this.closed();
    this.lrs = new Lrs(parameters.get("endpoint") ?? "", `Basic ${token}`);
    // Together, because none needs another; no statement goes out before the preferences were asked for (11).
    const [launchData, preferences, state] = await Promise.all([
      this.document("LMS.LaunchData"),
      persistently(() =>
        this.lrs.ask("GET", "agents/profile", {
          query: { agent: JSON.stringify(actor), profileId: "cmi5LearnerPreferences" },
        }),
      ),
      this.document(),
    ]);
    const data = launchData.status === 200 ? objectIn(launchData.text) : undefined;
    if (!data || (state.status !== 200 && state.status !== 404)) return this.closed();
    this.run.template = (data.contextTemplate as Data | null) ?? {};
    const mastery = data.masteryScore;
    if (typeof mastery === "number") this.masteryScore = mastery;
    const wanted = objectIn(preferences.text);
    if (this.leads(state, wanted?.languagePreference)) return new Promise(() => undefined);
    if (wanted?.audioPreference === "off") mute();
    this.watchForReload();
    return this.open(state, {
      readOnly: data.launchMode === "Browse" || data.launchMode === "Review",
      returnTo: address(data.returnURL),
      ...(this.masteryScore === undefined ? {} : { masteryScore: this.masteryScore }),
    });
  }

  protected override categories(verb: Verb): string[] {
    const moves = verb === "completed" || verb === "passed" || verb === "failed";
    return moves ? [DEFINED, MOVE_ON] : [DEFINED];
  }

  protected override judgedBy(): Data | undefined {
    return this.masteryScore === undefined ? undefined : { [`${CONTEXT}extensions/masteryscore`]: this.masteryScore };
  }

  /** Asked for once a session (8.2): a page that is loaded again finds what it was given. */
  private async token(): Promise<string | undefined> {
    const { record } = this;
    if (record.kept.token === undefined) {
      const place = record.parameters.get("fetch") ?? "";
      const reply = await persistently(() => answered(place, PATIENCE, { method: "POST" }));
      const token = objectIn(reply.text)?.["auth-token"];
      if (typeof token === "string") record.keep({ token });
    }
    return record.kept.token;
  }

  /**
   * A page that is only loaded again does not end its session. Scripts are told of some reloads, and of the keys for
   * them where this page is the whole window; the browser's button looks like leaving.
   */
  private watchForReload(): void {
    const { navigation } = window as { navigation?: EventTarget };
    navigation?.addEventListener("navigate", (event) => {
      this.reloading = (event as Event & { navigationType?: string }).navigationType === "reload";
    });
    if (window.top !== window) return;
    window.addEventListener("keydown", ({ key, ctrlKey, metaKey }) => {
      this.reloading = key === "F5" || ((ctrlKey || metaKey) && key.toLowerCase() === "r");
      window.setTimeout(() => {
        this.reloading = false;
      }, 1000);
    });
  }
}

/** Only what a browser can go to; "" where nothing is said. */
function address(value: Json | undefined): string {
  return typeof value === "string" && /^https?:/i.test(value) ? value : "";
}

/** The learner wants no sound (11.2). The one thing of the page that a launch decides. */
function mute(): void {
  for (const media of document.querySelectorAll<HTMLMediaElement>("audio, video")) media.muted = true;
}

globalThis.scormkitPage.driver = new Cmi5(globalThis.scormkitPage.unit as XapiUnit);
