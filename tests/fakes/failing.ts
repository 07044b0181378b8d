// A learning platform that fails, in ways that a test switches on and off while the content runs.
import type { Values } from "./data-model";
import type { Dismissal } from "./dismissal";
import type { Server } from "./learner-record";

export const FAILURES = {
  none: "works",
  "commit-refused": "Commit gives false; Terminate works",
  "session-lost": "the server refuses every save, as after a log-out; set none to let it return",
  throws: "every method of the API throws",
  forgets: "saves give true, and nothing is stored",
  offline: "no request gets out: the synchronous one throws, a beacon is queued and lost",
  "sync-refused": "saves work, but throw once the page is being dismissed, as Chrome does to synchronous requests",
} as const;

export type Failure = keyof typeof FAILURES;

/** The switch. */
export class Fault {
  constructor(public failure: Failure = "none") {}

  /** To be called at the start of every method of the API. */
  guard(method: string): void {
    if (this.failure === "throws") throw new Error(`${method}: the learning platform's own script failed`);
  }
}

const refusedByBrowser = (): DOMException =>
  new DOMException("Failed to execute 'send' on 'XMLHttpRequest'", "NetworkError");

/** Stands between a platform and its server, and fails as the switch says. */
export class FailingServer implements Server {
  constructor(
    private readonly server: Server,
    private readonly fault: Fault,
    private readonly dismissal: Dismissal,
  ) {}

  load(): Values {
    return this.server.load();
  }

  startAttempt(): void {
    this.server.startAttempt();
  }

  send(values: Values, terminating: boolean): boolean {
    switch (this.fault.failure) {
      case "commit-refused":
        return terminating && this.server.send(values, terminating);
      case "session-lost":
        return false;
      case "forgets":
        return true;
      case "offline":
        throw refusedByBrowser();
      case "sync-refused":
        if (this.dismissal.running) throw refusedByBrowser();
        break;
    }
    return this.server.send(values, terminating);
  }

  beacon(values: Values): boolean {
    const lost = ["session-lost", "forgets", "offline"].includes(this.fault.failure);
    return lost || this.server.beacon(values);
  }
}
