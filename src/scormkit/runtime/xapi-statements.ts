/** Statements of a run (xAPI 1.0.3, Data), from what the unit knows and what the launch said. */

import { sha256 } from "./sha256";
import type { Json } from "./unit";
import { typeOf } from "./xapi-responses";
import type { Words, XapiInteraction, XapiUnit } from "./xapi-unit";

export type Data = { [key: string]: Json };

export interface Statement extends Data {
  id: string;
  timestamp: string;
}

const ADL = "http://adlnet.gov/expapi/verbs/";
const ADL_TYPE = "http://adlnet.gov/expapi/activities/";
/** Below it lie our own extensions and types, which no vocabulary has. */
const OWN = "urn:scormkit:";

export const VERBS = {
  initialized: `${ADL}initialized`,
  terminated: `${ADL}terminated`,
  completed: `${ADL}completed`,
  passed: `${ADL}passed`,
  failed: `${ADL}failed`,
  experienced: `${ADL}experienced`,
  answered: `${ADL}answered`,
  submitted: "http://activitystrea.ms/schema/1.0/submit",
} as const;
export type Verb = keyof typeof VERBS;

const PAGE = "https://w3id.org/xapi/acrossx/activities/webpage";
const FORM_TYPES = {
  plan: `${OWN}activity-type:action-plan`,
  report: `${OWN}activity-type:report-back`,
  form: "http://id.tincanapi.com/activitytype/survey",
} as const;
export const EXTENSIONS = {
  /** Of a result: length and SHA-256 of a text that the author wants kept out of the record. */
  digest: `${OWN}extension:digest`,
  /** Of a context: when something was answered that could only be sent in a later session. */
  answeredAt: `${OWN}extension:answered-at`,
} as const;

/** What a launch says about itself. */
export interface Run {
  actor: Data;
  activity: string;
  registration: string;
  /** Tells this launch from others of the registration. */
  session: string;
  /** What every statement's context must hold unchanged. */
  template: Data;
}

/** What differs between statements. */
export interface Parts {
  verb: Verb;
  /** What stands after the unit's activity id; "" for the unit itself. */
  part: string;
  definition?: Data;
  result?: Data;
  categories?: string[];
  extensions?: Data;
  /** The id of an earlier statement that this one speaks of. */
  refersTo?: string;
}

export class Statements {
  /** Timestamps never run back: stores order a session by them. */
  private last = 0;

  constructor(
    private readonly unit: XapiUnit,
    private readonly run: Run,
    /** Milliseconds: when the session began. */
    private readonly began: number,
  ) {
    this.last = began;
  }

  /** `key` makes the id: what is the same thing said again has the same one, after a reload too. */
  make(key: string[], at: number, parts: Parts): Statement {
    const { actor, activity, registration } = this.run;
    const early = at < this.began;
    this.last = Math.max(this.last, early ? Date.now() : at);
    const { verb, part, definition, result } = parts;
    return {
      id: uuidOf(registration, activity, JSON.stringify(actor), ...key),
      actor,
      verb: { id: VERBS[verb], display: { en: verb } },
      object: { objectType: "Activity", id: this.idOf(part), ...(definition ? { definition } : {}) },
      ...(result ? { result } : {}),
      context: this.context(
        early ? { ...parts, extensions: { ...parts.extensions, [EXTENSIONS.answeredAt]: iso(at) } } : parts,
      ),
      timestamp: iso(this.last),
    };
  }

  /** The id of a part of the unit. */
  idOf(part: string): string {
    return part ? this.run.activity.replace(/\/+$/, "") + part : this.run.activity;
  }

  page(step: string, at: number): Statement {
    const definition = { type: PAGE, name: this.words(this.unit.xapi.pages[step] || step) };
    return this.make(["experienced", step, this.run.session], at, {
      verb: "experienced",
      part: `/page/${step}`,
      definition,
    });
  }

  /** An answer; a form as a whole becomes `submitted`. */
  answer(
    interaction: XapiInteraction,
    response: string,
    success: boolean | undefined,
    at: number,
    refersTo?: string,
  ): Statement {
    const { form, digest, part, key } = interaction;
    const result: Data = digest
      ? { extensions: { [EXTENSIONS.digest]: { length: response.length, sha256: sha256(response) } } }
      : { response };
    if (success !== undefined) result.success = success;
    return this.make([form ? "submitted" : "answered", key, String(at), response], at, {
      verb: form ? "submitted" : "answered",
      part,
      definition: form
        ? { type: FORM_TYPES[form], name: this.words(interaction.inAll ?? interaction.description ?? key) }
        : this.question(interaction, response),
      result,
      ...(refersTo ? { refersTo } : {}),
    });
  }

  /** A question's definition (Data 2.4.4.1); the pattern is absent where there is no right answer. */
  private question({ type, description, inAll, components, patterns, key }: XapiInteraction, response: string): Data {
    const lists: Data = {};
    for (const [name, items] of Object.entries(components ?? {})) {
      lists[name] = items.map(([id, text]) => ({ id, description: this.words(text) }));
    }
    return {
      type: `${ADL_TYPE}cmi.interaction`,
      name: this.words(key),
      description: this.words(inAll ?? (description || key)),
      interactionType: typeOf(type, response),
      ...(patterns ? { correctResponsesPattern: patterns } : {}),
      ...lists,
    };
  }

  /** A language map (Data 4.2); what is no text of a language is the same in all of them. */
  private words(text: Words): Data {
    const { language, pages } = this.unit;
    if (typeof text !== "string") return text;
    return Object.fromEntries(Object.keys(pages ?? { [language]: "" }).map((tag) => [tag, text]));
  }

  private context({ part, categories = [], extensions, refersTo }: Parts): Data {
    const { registration, activity, template } = this.run;
    const copy = JSON.parse(JSON.stringify(template)) as Data;
    const around = { ...(copy.contextActivities as Data | undefined) };
    // After what the template has: it is compared place by place.
    const append = (relation: string, ids: string[]) => {
      if (ids.length) around[relation] = [...listed(around[relation]), ...ids.map((id) => ({ id }))];
    };
    append("parent", part ? [activity] : []);
    append("category", categories);
    return {
      language: this.unit.language,
      revision: this.unit.xapi.revision,
      ...copy,
      registration,
      // An empty object is refused by some stores.
      ...(Object.keys(around).length ? { contextActivities: around } : {}),
      ...(extensions ? { extensions: { ...(copy.extensions as Data | undefined), ...extensions } } : {}),
      ...(refersTo ? { statement: { objectType: "StatementRef", id: refersTo } } : {}),
    };
  }
}

/** Seconds as ISO 8601, in hundredths. */
export function duration(seconds: number): string {
  const all = Math.max(0, Math.round(seconds * 100));
  const hours = Math.floor(all / 360_000);
  const minutes = Math.floor(all / 6000) % 60;
  return `PT${hours ? `${hours}H` : ""}${minutes ? `${minutes}M` : ""}${(all % 6000) / 100}S`;
}

/** A UUID that follows from what it names. */
export function uuidOf(...parts: string[]): string {
  const hash = sha256(JSON.stringify(parts));
  const variant = "89ab"[Number.parseInt(hash[16] ?? "0", 16) % 4];
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

/** A UUID that nothing else has. `crypto.randomUUID` is missing on pages without https. */
export function newUuid(): string {
  return uuidOf(...Array.from(crypto.getRandomValues(new Uint32Array(4)), String));
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** xAPI takes one activity where a list may stand. */
function listed(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : value ? [value] : [];
}
