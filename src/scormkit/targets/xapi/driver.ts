/**
 * Plain xAPI 1.0.3, launched as Rustici's tincan.xml describes. There is no launch data, no mode and no token: the
 * address says all. LMSs judge by completed, passed and failed about the unit, so parts never have these verbs.
 */

import type { Launch } from "../../runtime/driver";
import type { Json } from "../../runtime/unit";
import { LaunchRecord, objectIn, persistently } from "../../runtime/xapi-launch";
import { Lrs, type Reply } from "../../runtime/xapi-lrs";
import { XapiRun } from "../../runtime/xapi-run";
import { type Data, newUuid, type Verb } from "../../runtime/xapi-statements";
import type { XapiUnit } from "../../runtime/xapi-unit";

const KNOWN = [
  "endpoint",
  "auth",
  "actor",
  "registration",
  "activity_id",
  "activity_platform",
  "grouping",
  "Accept-Language",
  "au",
];
/** Where a registration of our own is kept, below the activity and the learner. */
const REGISTRATION_ID = "scormkit.registration";

class Xapi extends XapiRun {
  protected readonly once: readonly Verb[] = ["completed", "passed", "failed"];

  async launch(): Promise<Launch | undefined> {
    const record = LaunchRecord.find("endpoint");
    const actor = agentIn(objectIn(record?.parameters.get("actor") ?? null));
    if (!record || !actor) return undefined;
    // In a page in another language the session goes on.
    if (!globalThis.scormkitPage.languages?.arrived?.running) record.begin();
    this.record = record;
    const session = record.kept.session ?? newUuid();
    record.keep({ session });
    const { parameters } = record;
    const auth = parameters.get("auth") ?? "";
    const more = Object.fromEntries([...parameters].filter(([name]) => !KNOWN.includes(name)));
    this.lrs = new Lrs(parameters.get("endpoint") ?? "", auth && !/\s/.test(auth) ? `Basic ${auth}` : auth, more);
    this.run = {
      actor,
      activity: parameters.get("activity_id") || this.unit.xapi.activity,
      registration: parameters.get("registration") ?? "",
      session,
      template: templateOf(parameters),
    };
    if (!this.run.registration && !(await this.register())) return this.closed();
    const state = await this.document();
    if (state.status !== 200 && state.status !== 404) return this.closed();
    const leads = this.leads(state, parameters.get("Accept-Language"));
    return leads ? new Promise(() => undefined) : this.open(state, {});
  }

  /** The LMS gave no registration: one of our own, the same for every launch of this learner. */
  private async register(): Promise<boolean> {
    const found = await this.document(REGISTRATION_ID);
    const known = objectIn(found.text)?.registration;
    const registration = typeof known === "string" ? known : newUuid();
    let reply: Reply = found;
    if (registration !== known) {
      const query = this.place(REGISTRATION_ID);
      reply = await persistently(() => this.lrs.ask("POST", "activities/state", { query, body: { registration } }));
    }
    this.run.registration = registration;
    return reply.status < 300;
  }
}

function templateOf(parameters: URLSearchParams): Data {
  const grouping = parameters.get("grouping");
  const platform = parameters.get("activity_platform");
  return {
    ...(grouping ? { contextActivities: { grouping: [{ id: grouping }] } } : {}),
    ...(platform ? { platform } : {}),
  };
}

/** An agent as xAPI 1.0 has it. Old LMSs put every value into a list and name an account's parts otherwise. */
function agentIn(actor: Data | undefined): Data | undefined {
  if (!actor) return undefined;
  const agent: Data = {};
  for (const [name, value] of Object.entries(actor)) agent[name] = first(value);
  const account = agent.account as Data | undefined;
  if (account && "accountName" in account) {
    agent.account = { homePage: account.accountServiceHomePage ?? "", name: account.accountName ?? "" };
  }
  return agent;
}

function first(value: Json): Json {
  return Array.isArray(value) ? (value[0] ?? "") : value;
}

globalThis.scormkitPage.driver = new Xapi(globalThis.scormkitPage.unit as XapiUnit);
