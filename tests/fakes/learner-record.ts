// The platform's server: what is stored about one learner and one piece of content, as JSON.
import type { Values } from "./data-model";

/** The last attempt is the current one. SCORM 1.2 has only ever one. */
export interface LearnerRecord {
  readonly attempts: Values[];
}

export interface Server {
  /** The values of the current attempt. */
  load(): Values;
  startAttempt(): void;
  /** One synchronous save: whether the server took it. Throws where the browser refuses the request. */
  send(values: Values, terminating: boolean): boolean;
  /** One save by sendBeacon: whether the browser queued it, which says nothing about the server. */
  beacon(values: Values): boolean;
}

/** A server that works, and keeps every save that reached it. */
export class RecordServer implements Server {
  readonly arrived: Values[] = [];

  constructor(
    readonly record: LearnerRecord,
    private readonly onStored: () => void = () => undefined,
  ) {}

  load(): Values {
    return { ...this.#current() };
  }

  startAttempt(): void {
    if (Object.keys(this.#current()).length > 0) this.record.attempts.push({});
  }

  send(values: Values): boolean {
    Object.assign(this.#current(), values);
    this.arrived.push({ ...values });
    this.onStored();
    return true;
  }

  beacon(values: Values): boolean {
    return this.send(values);
  }

  #current(): Values {
    const last = this.record.attempts[this.record.attempts.length - 1];
    if (last) return last;
    const first: Values = {};
    this.record.attempts.push(first);
    return first;
  }
}
