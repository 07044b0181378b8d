/** A record store in memory behind `fetch`: lenient about what is said, exact about what was asked and in which order. */

import { vi } from "vitest";
import type { Statement } from "../../src/scormkit/runtime/xapi-statements";

export interface Asked {
  method: string;
  /** `fetch`, `statements`, `activities/state` or `agents/profile`. */
  resource: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: unknown;
  text: string;
  keepalive: boolean;
}

/** What happens to the next requests that it is for. */
export interface Fault {
  at?: string;
  method?: string;
  /** 0: no connection. */
  status: number;
  headers?: Record<string, string>;
  /** The store does what it is asked and then fails. */
  done?: boolean;
  times?: number;
}

export const ENDPOINT = "https://lrs.example/xapi";
export const FETCH = "https://lms.example/fetch?session=1";
export const ACTIVITY = "https://lms.example/activity/7";
export const REGISTRATION = "0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9";
export const ACTOR = { objectType: "Agent", account: { homePage: "https://lms.example", name: "ada" } };
export const TEMPLATE = {
  contextActivities: { grouping: [{ id: "urn:example:publisher" }], category: [{ id: "urn:example:one" }] },
  extensions: { "https://w3id.org/xapi/cmi5/context/extensions/sessionid": "session-1" },
};

export class RecordStore {
  asked: Asked[] = [];
  statements: Statement[] = [];
  documents = new Map<string, Record<string, unknown>>();
  faults: Fault[] = [];
  /** Answers nothing until it is let go. */
  held: (() => void)[] | undefined;
  /** Which requests are held. */
  holds: (one: Asked) => boolean = () => true;
  tokens = ["token-1"];

  constructor(launchData: Record<string, unknown> = {}) {
    this.documents.set("LMS.LaunchData", { contextTemplate: TEMPLATE, launchMode: "Normal", ...launchData });
    vi.stubGlobal("fetch", (address: string, init: RequestInit) => this.answer(address, init));
  }

  fail(status: number, more: Partial<Fault> = {}): void {
    this.faults.push({ status, times: 1, ...more });
  }

  /** Verbs of what the store has, in order. */
  get verbs(): string[] {
    return this.statements.map((statement) => verbOf(statement));
  }

  said(verb: string): Statement[] {
    return this.statements.filter((statement) => verbOf(statement) === verb);
  }

  posts(resource: string): Asked[] {
    return this.asked.filter((one) => one.method === "POST" && one.resource === resource);
  }

  private async answer(address: string, init: RequestInit): Promise<Response> {
    const url = new URL(address);
    const text = typeof init.body === "string" ? init.body : "";
    const one: Asked = {
      method: init.method ?? "GET",
      resource: address.startsWith(ENDPOINT) ? url.pathname.replace("/xapi/", "") : "fetch",
      query: Object.fromEntries(url.searchParams),
      headers: { ...(init.headers as Record<string, string> | undefined) },
      body: text ? JSON.parse(text) : undefined,
      text,
      keepalive: init.keepalive ?? false,
    };
    this.asked.push(one);
    if (this.held && this.holds(one)) await new Promise<void>((resolve) => this.held?.push(resolve));
    const fault = this.faults.find(
      ({ at = "", method = one.method, times = 1 }) =>
        one.resource.startsWith(at) && one.method === method && times > 0,
    );
    if (fault) {
      fault.times = (fault.times ?? 1) - 1;
      if (fault.done) this.handled(one);
      if (!fault.status) throw new TypeError("no connection");
      return new Response("fault", { status: fault.status, headers: fault.headers ?? {} });
    }
    return this.handled(one);
  }

  private handled({ method, resource, query, body }: Asked): Response {
    if (resource === "fetch") {
      const token = this.tokens.shift();
      return Response.json(token ? { "auth-token": token } : { "error-code": "1", "error-text": "used" });
    }
    if (resource === "statements" && method === "GET") {
      const found = this.statements.find(({ id }) => id === query.statementId);
      return found ? Response.json(found) : new Response("none", { status: 404 });
    }
    if (resource === "statements") {
      const batch = (Array.isArray(body) ? body : [body]) as Statement[];
      // As strict as the strictest: an id that is there already is a conflict, and takes the whole array down.
      if (batch.some(({ id }) => this.statements.some((known) => known.id === id))) {
        return new Response("conflict", { status: 409 });
      }
      this.statements.push(...batch);
      return Response.json(batch.map(({ id }) => id));
    }
    const name = query.stateId ?? query.profileId ?? "";
    if (method === "POST") {
      this.documents.set(name, { ...this.documents.get(name), ...(body as Record<string, unknown>) });
      return new Response(null, { status: 204 });
    }
    const document = this.documents.get(name);
    return document ? Response.json(document) : new Response("none", { status: 404 });
  }
}

export function verbOf(statement: Statement): string {
  return (statement.verb as { display: { en: string } }).display.en;
}
