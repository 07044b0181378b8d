// The objects that content finds on a window: the standards' method names, a log of every call, and the last
// error.
import type { Reply } from "./platform";
import type { Answer, Session } from "./session";

export interface Call {
  /** Counted from 1; a relaunch is the next one. */
  readonly launch: number;
  readonly method: string;
  /** The element, or the only argument of the other methods. */
  readonly element: string;
  readonly value?: string;
  readonly result: Reply;
  readonly error: number;
  /** The name of the exception, where the call ended with one. */
  readonly threw?: string;
}

/** What an API needs beside the session. */
export interface Witness {
  record(call: Omit<Call, "launch">): void;
  /** May throw, as a broken platform does. */
  guard(method: string): void;
}

const TEXTS: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  "1.2": {
    0: "No error",
    101: "General exception",
    201: "Invalid argument",
    202: "Element cannot have children",
    203: "Element is not an array and has no count",
    301: "Not initialized",
    401: "Not implemented",
    402: "Element is a keyword and cannot be set",
    403: "Element is read only",
    404: "Element is write only",
    405: "Incorrect data type",
  },
  "2004": {
    0: "No error",
    101: "General exception",
    103: "Already initialized",
    104: "Content instance terminated",
    111: "General termination failure",
    112: "Termination before initialization",
    113: "Termination after termination",
    122: "Retrieve data before initialization",
    123: "Retrieve data after termination",
    132: "Store data before initialization",
    133: "Store data after termination",
    142: "Commit before initialization",
    143: "Commit after termination",
    201: "General argument error",
    301: "General get failure",
    351: "General set failure",
    391: "General commit failure",
    401: "Undefined data model element",
    402: "Unimplemented data model element",
    403: "Data model element value not initialized",
    404: "Data model element is read only",
    405: "Data model element is write only",
    406: "Data model element type mismatch",
    407: "Data model element value out of range",
    408: "Data model dependency not established",
  },
};

const shown = (argument: unknown): string => (typeof argument === "string" ? argument : `(${typeof argument})`);

// Not by instanceof: a browser's DOMException may come from another window.
const nameOf = (thrown: unknown): string =>
  typeof thrown === "object" && thrown !== null && "name" in thrown ? String(thrown.name) : typeof thrown;

/** Runs calls, logs them and remembers the last error. */
class Desk {
  #last: { error: number; about: string } = { error: 0, about: "" };

  constructor(
    private readonly texts: Readonly<Record<number, string>>,
    readonly session: Session,
    private readonly witness: Witness,
  ) {}

  ask(method: string, given: readonly unknown[], run: () => Answer): Reply {
    const [element, value] = given.map(shown);
    const call = { method, element: element ?? "(missing)", ...(value !== undefined && { value }) };
    try {
      this.witness.guard(method);
      const { reply, error } = run();
      this.#last = { error, about: `${method} ${call.element}` };
      this.witness.record({ ...call, result: reply, error });
      return reply;
    } catch (thrown) {
      this.witness.record({ ...call, result: "", error: 101, threw: nameOf(thrown) });
      throw thrown;
    }
  }

  /** Questions about errors leave the last error as it is. */
  lastError(method: string): string {
    return this.#answerAbout(method, "", String(this.#last.error));
  }

  errorString(method: string, code: unknown): string {
    return this.#answerAbout(method, shown(code), typeof code === "string" ? (this.texts[Number(code)] ?? "") : "");
  }

  diagnostic(method: string, code: unknown): string {
    const { error, about } = this.#last;
    return this.#answerAbout(method, shown(code), `${about}: ${this.texts[error] ?? ""}`.slice(0, 255));
  }

  #answerAbout(method: string, element: string, result: string): string {
    this.witness.guard(method);
    this.witness.record({ method, element, result, error: 0 });
    return result;
  }
}

// Private fields make the methods as touchy as those of a host object: called without their object, they
// throw. Nothing about the arguments is taken on trust, so they are unknown.

export class Api12 {
  readonly #desk: Desk;

  constructor(session: Session, witness: Witness) {
    this.#desk = new Desk(TEXTS["1.2"] ?? {}, session, witness);
  }

  LMSInitialize(...given: unknown[]): Reply {
    return this.#desk.ask("LMSInitialize", given, () => this.#desk.session.initialize(given[0]));
  }

  LMSGetValue(...given: unknown[]): Reply {
    return this.#desk.ask("LMSGetValue", given, () => this.#desk.session.get(given[0]));
  }

  LMSSetValue(...given: unknown[]): Reply {
    return this.#desk.ask("LMSSetValue", given, () => this.#desk.session.set(given[0], given[1]));
  }

  LMSCommit(...given: unknown[]): Reply {
    return this.#desk.ask("LMSCommit", given, () => this.#desk.session.commit(given[0]));
  }

  LMSFinish(...given: unknown[]): Reply {
    return this.#desk.ask("LMSFinish", given, () => this.#desk.session.terminate(given[0]));
  }

  LMSGetLastError(): string {
    return this.#desk.lastError("LMSGetLastError");
  }

  LMSGetErrorString(code: unknown): string {
    return this.#desk.errorString("LMSGetErrorString", code);
  }

  LMSGetDiagnostic(code: unknown): string {
    return this.#desk.diagnostic("LMSGetDiagnostic", code);
  }
}

export class Api2004 {
  readonly #desk: Desk;

  constructor(session: Session, witness: Witness) {
    this.#desk = new Desk(TEXTS["2004"] ?? {}, session, witness);
  }

  Initialize(...given: unknown[]): Reply {
    return this.#desk.ask("Initialize", given, () => this.#desk.session.initialize(given[0]));
  }

  GetValue(...given: unknown[]): Reply {
    return this.#desk.ask("GetValue", given, () => this.#desk.session.get(given[0]));
  }

  SetValue(...given: unknown[]): Reply {
    return this.#desk.ask("SetValue", given, () => this.#desk.session.set(given[0], given[1]));
  }

  Commit(...given: unknown[]): Reply {
    return this.#desk.ask("Commit", given, () => this.#desk.session.commit(given[0]));
  }

  Terminate(...given: unknown[]): Reply {
    return this.#desk.ask("Terminate", given, () => this.#desk.session.terminate(given[0]));
  }

  GetLastError(): string {
    return this.#desk.lastError("GetLastError");
  }

  GetErrorString(code: unknown): string {
    return this.#desk.errorString("GetErrorString", code);
  }

  GetDiagnostic(code: unknown): string {
    return this.#desk.diagnostic("GetDiagnostic", code);
  }
}
