/** HTTP with a learning record store (xAPI 1.0.3, Communication): one set of headers, a limit of time, keepalive. */

export interface Reply {
  /** 0 where nothing came back: no connection, or too late. */
  status: number;
  text: string;
  /** "" where the store has none or the browser may not show it. */
  etag: string;
  /** Seconds that the store asks to wait; 0 where it does not say. */
  retryAfter: number;
}

export interface Ask {
  query?: Record<string, string>;
  body?: unknown;
  etag?: string;
  /** Milliseconds until the answer counts as lost. */
  patience?: number;
  /** The page goes away: what was kept free for this may be used. */
  last?: boolean;
}

const VERSION = "1.0.3";
export const PATIENCE = 30_000;
/** Fetch 4.1: bodies that outlive their page may hold 65,536 bytes in all. A little is left for what is not counted. */
export const KEEPALIVE = 65_000;
/** Bytes that no request takes but the last ones: whatever is under way, a session can be ended. */
const RESERVED = 10_000;

/** Bytes of a text in UTF-8. */
export function sizeOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Whether the same request may do better later. */
export function isPassing(status: number): boolean {
  return status === 0 || status === 408 || status === 429 || status >= 500;
}

export class Lrs {
  private readonly endpoint: string;
  private keptAlive = 0;

  /** `more` goes along with every request, as a launch may ask. */
  constructor(
    endpoint: string,
    private readonly authorization: string,
    private readonly more: Record<string, string> = {},
  ) {
    this.endpoint = `${endpoint.replace(/\/+$/, "")}/`;
  }

  /** Bytes that the last requests may still have so that they outlive the page. */
  get room(): number {
    return KEEPALIVE - this.keptAlive;
  }

  /** Throws nothing. The request is under way when the call returns. */
  async ask(method: "GET" | "POST", resource: string, { query, body, etag, patience, last }: Ask): Promise<Reply> {
    // Exactly what JSON.stringify writes: a player that writes it anew forwards our length.
    const text = body === undefined ? undefined : JSON.stringify(body);
    const size = text === undefined ? 0 : sizeOf(text);
    const outlives = text !== undefined && size <= this.room - (last ? 0 : RESERVED);
    const headers: Record<string, string> = { "X-Experience-API-Version": VERSION };
    if (this.authorization) headers.Authorization = this.authorization;
    if (text !== undefined) headers["Content-Type"] = "application/json";
    if (etag) headers["If-Match"] = etag;
    const search = new URLSearchParams({ ...query, ...this.more }).toString();
    if (outlives) this.keptAlive += size;
    const reply = await answered(`${this.endpoint}${resource}${search && `?${search}`}`, patience ?? PATIENCE, {
      method,
      headers,
      cache: "no-store",
      ...(text === undefined ? {} : { body: text, keepalive: outlives }),
    });
    if (outlives) this.keptAlive -= size;
    return reply;
  }
}

/** A request whose failure is an answer too. */
export async function answered(address: string, patience: number, init: RequestInit): Promise<Reply> {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), patience);
  try {
    const response = await fetch(address, { ...init, signal: control.signal });
    const { headers, status } = response;
    const wait = headers.get("Retry-After") ?? "";
    const seconds = Number(wait) || (Date.parse(wait) - Date.now()) / 1000 || 0;
    return {
      status,
      text: await response.text(),
      etag: headers.get("ETag") ?? "",
      retryAfter: Math.max(0, seconds),
    };
  } catch {
    return { status: 0, text: "", etag: "", retryAfter: 0 };
  } finally {
    clearTimeout(timer);
  }
}
