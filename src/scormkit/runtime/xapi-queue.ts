/**
 * Statements on their way: in order, one request at a time, each until the store has it. A statement has its id before
 * it is sent, so that sending it again cannot double it.
 */

import { isPassing, type Lrs, type Reply, sizeOf } from "./xapi-lrs";
import type { Statement } from "./xapi-statements";

const MOST = 50;
/** Bytes of a batch: below what outlives the page, and far below what any store refuses. */
const LARGEST = 50_000;

export class StatementQueue {
  /** The session is over for the store: nothing more is sent. */
  over = false;
  private readonly waiting: Statement[] = [];
  /** How many of `waiting` are in the request under way. */
  private underWay = 0;
  private running: Promise<boolean> | undefined;
  private notBefore = 0;

  /**
   * @param stored   the store has this statement
   * @param refused  the store will never take it
   * @param isOpen   asks whether the session still is, when a statement was forbidden
   */
  constructor(
    private readonly lrs: Lrs,
    private readonly stored: (statement: Statement) => void,
    private readonly refused: (statement: Statement, why: string) => void,
    private readonly isOpen: () => Promise<boolean>,
  ) {}

  add(statement: Statement): void {
    this.waiting.push(statement);
  }

  /** What no request has carried yet. */
  get unsent(): Statement[] {
    return this.waiting.slice(this.underWay);
  }

  /** Sends all that waits. True when nothing is left. */
  flush(patience?: number): Promise<boolean> {
    this.running ??= this.drain(patience).finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async drain(patience?: number): Promise<boolean> {
    let most = MOST;
    let single = 0;
    while (this.waiting.length) {
      if (this.over || Date.now() < this.notBefore) return false;
      const batch = this.batch(single > 0 ? 1 : most);
      const reply = await this.send(batch, patience);
      const many = batch.length > 1;
      if (isPassing(reply.status)) {
        this.notBefore = Date.now() + reply.retryAfter * 1000;
        return false;
      }
      if (reply.status < 300 || (reply.status === 409 && !many)) {
        // 409 for one statement: the store has it, an answer was lost.
        this.waiting.splice(0, batch.length).forEach(this.stored);
        single -= 1;
      } else if (many) {
        // An array is taken or refused as a whole: which of its statements is meant shows one by one.
        if (reply.status === 413) most = Math.ceil(batch.length / 2);
        else single = batch.length;
      } else {
        if ((reply.status === 401 || reply.status === 403) && !(await this.isOpen())) {
          this.over = true;
          return false;
        }
        this.waiting.shift();
        this.refused(batch[0] as Statement, `${reply.status} ${reply.text.slice(0, 300)}`);
        single -= 1;
      }
    }
    return true;
  }

  private async send(batch: Statement[], patience?: number): Promise<Reply> {
    this.underWay = batch.length;
    const body = batch.length > 1 ? batch : batch[0];
    const reply = await this.lrs.ask("POST", "statements", { body, ...(patience ? { patience } : {}) });
    this.underWay = 0;
    return reply;
  }

  private batch(most: number): Statement[] {
    let size = 0;
    const end = this.waiting.slice(0, most).findIndex((statement, at) => {
      size += sizeOf(JSON.stringify(statement)) + 1;
      return at > 0 && size > LARGEST;
    });
    return this.waiting.slice(0, end < 0 ? most : end);
  }
}
