/** What happens to answers when HTTP goes wrong. */

import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Session } from "../../src/scormkit/runtime/session";
import { FETCH, RecordStore, verbOf } from "./record-store";
import { answer, CMI5, eachLaunchedAt, launchAt, loaded, settled } from "./run";

eachLaunchedAt(CMI5);
beforeEach(() => {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
});

async function open() {
  const store = new RecordStore();
  const run = await loaded("cmi5");
  await settled(2000);
  return { store, ...run };
}

describe("an answer", () => {
  it.each([0, 408, 429, 500, 502, 503])("is kept and sent again after %i", async (status) => {
    const { store, session, page } = await open();
    store.fail(status, { times: 4 });
    answer(session, "essay", "words");
    await settled(1000);
    expect(page.last).toMatchObject({ kind: "unsaved", answers: 1, onDevice: true });
    await settled(60_000);
    expect(store.said("answered")).toHaveLength(1);
    expect(page.last).toMatchObject({ kind: "saved" });
  });

  it("is not doubled where the store took it and the answer was lost", async () => {
    const { store, session, page } = await open();
    store.fail(0, { at: "statements", done: true });
    answer(session, "essay", "words");
    await settled(60_000);
    expect(store.said("answered")).toHaveLength(1);
    expect(page.last).toMatchObject({ kind: "saved" });
  });

  it("that a store has already does not take new ones down with it", async () => {
    const { store, session } = await open();
    store.fail(500, { at: "statements", done: true });
    answer(session, "essay", "words");
    await settled(1000);
    answer(session, "question", ["a"]);
    await settled(60_000);
    expect(store.said("answered")).toHaveLength(2);
  });

  it("waits as long as the store asks", async () => {
    const { store, session } = await open();
    store.fail(429, { at: "statements", headers: { "Retry-After": "40" } });
    answer(session, "essay", "words");
    await settled(1000);
    const asked = store.posts("statements").length;
    await settled(38_000);
    expect(store.posts("statements")).toHaveLength(asked);
    await settled(60_000);
    expect(store.said("answered")).toHaveLength(1);
  });

  it("goes out in smaller parts where many are too large together", async () => {
    const { store, session } = await open();
    store.fail(413, { at: "statements" });
    answer(session, "essay", "words");
    answer(session, "question", ["a"]);
    await settled(1000);
    expect(store.said("answered")).toHaveLength(2);
  });

  it("that is refused is told, and does not stop the others", async () => {
    const { store, session, page } = await open();
    store.fail(400, { at: "statements", times: 2 });
    answer(session, "question", ["a"]);
    answer(session, "essay", "words");
    await settled(1000);
    expect(store.said("answered")).toHaveLength(1);
    expect(page.last).toMatchObject({ kind: "unsaved" });
  });

  it.each([401, 403])("given after the platform ended the session (%i) goes out at the next launch", async (status) => {
    const { store, session, page } = await open();
    store.fail(status, { times: 99 });
    answer(session, "essay", "words");
    await settled(5000);
    expect(page.last).toMatchObject({ kind: "unsaved", answers: 1, onDevice: true, over: true });
    const asked = store.asked.length;
    await settled(600_000);
    expect(store.asked, "nothing more is asked of a session that is over").toHaveLength(asked);
    answer(session, "question", ["a"]);
    expect(page.last, "what is said still is kept and counted").toMatchObject({ answers: 2, over: true });
    session.leave();
    store.faults = [];
    store.tokens = ["token-2"];
    launchAt({ ...CMI5, fetch: `${FETCH}2` });
    const later = await loaded("cmi5");
    await settled(2000);
    expect(store.said("answered")).toHaveLength(2);
    expect(later.page.last).toMatchObject({ kind: "saved" });
    expect(later.page.restored.map(([key]) => key)).toEqual(expect.arrayContaining(["essay", "question"]));
  });

  it("is sent though one statement was forbidden in a session that goes on", async () => {
    const { store, session } = await open();
    store.fail(403, { at: "statements", times: 1 });
    session.visit("reflect");
    await settled(1000);
    answer(session, "essay", "words");
    await settled(5000);
    expect(store.said("answered")).toHaveLength(1);
  });

  it("is there at the next launch though the tab died before it was sent", async () => {
    const { store, session } = await open();
    answer(session, "essay", "words");
    store.tokens = ["token-2"];
    launchAt({ ...CMI5, fetch: `${FETCH}2` });
    await loaded("cmi5");
    await settled(2000);
    expect(store.said("answered")).toHaveLength(1);
  });
});

describe("what the store said that it has", () => {
  /** Two answers that were confirmed and then are not there. */
  async function forgotten() {
    const { store, session } = await open();
    answer(session, "essay", "words");
    answer(session, "question", ["a"]);
    await settled(1000);
    void session.exit();
    await settled(20_000);
    store.statements = store.statements.filter((one) => verbOf(one) !== "answered");
    return store;
  }

  async function launchedAgain(store: RecordStore, token: string): Promise<Session> {
    store.tokens = [token];
    launchAt({ ...CMI5, fetch: `${FETCH}${token}` });
    const { session } = await loaded("cmi5");
    await settled(5000);
    return session;
  }

  async function visited(store: RecordStore, token: string): Promise<void> {
    const session = await launchedAgain(store, token);
    void session.exit();
    await settled(20_000);
  }

  const looks = (store: RecordStore) => store.asked.filter(({ query }) => query.statementId).length;

  it("is looked for at the next launch and goes again where it is missing", async () => {
    const store = await forgotten();
    await visited(store, "token-2");
    expect(store.said("answered")).toHaveLength(2);
  });

  it("is looked for once", async () => {
    const store = await forgotten();
    await visited(store, "token-2");
    await visited(store, "token-3");
    const before = looks(store);
    await visited(store, "token-4");
    expect(looks(store)).toBe(before);
  });

  it.each([0, 429, 500, 503])("is looked for at the launch after where nobody could tell (%i)", async (status) => {
    const store = await forgotten();
    store.fail(status, { at: "statements", method: "GET" });
    await visited(store, "token-2");
    await visited(store, "token-3");
    expect(store.said("answered")).toHaveLength(2);
  });

  it("is looked for at the launch after where the learner left before", async () => {
    const store = await forgotten();
    const held: (() => void)[] = [];
    store.held = held;
    store.holds = ({ query }) => Boolean(query.statementId);
    const session = await launchedAgain(store, "token-2");
    void session.exit();
    expect(held).toHaveLength(1);
    store.held = undefined;
    for (const go of held) go();
    await settled(20_000);
    expect(looks(store)).toBe(1);
    await visited(store, "token-3");
    expect(store.said("answered")).toHaveLength(2);
  });

  it.each([401, 403, 405])("is believed where the store lets nobody read (%i)", async (status) => {
    const store = await forgotten();
    for (const token of ["token-2", "token-3"]) {
      store.fail(status, { at: "statements", method: "GET" });
      await visited(store, token);
      store.faults = [];
    }
    expect(store.said("answered")).toEqual([]);
    expect(looks(store)).toBe(1);
  });
});

describe("the stored state", () => {
  it("is one flat object by POST, without a precondition", async () => {
    const { store, session } = await open();
    answer(session, "essay", "words");
    await settled(1000);
    const post = store.posts("activities/state").slice(-1)[0];
    expect(post?.headers).not.toHaveProperty("If-Match");
    expect(post?.query).toMatchObject({ stateId: "scormkit.suspend", registration: CMI5.registration });
    expect(post?.body).toMatchObject({ scormkit: expect.any(String), rev: expect.any(Number) });
  });

  it.each([409, 412])(
    "is written over what another tab wrote (%i), with its tag where it can be read",
    async (status) => {
      const { store, session, page } = await open();
      store.fail(status, { at: "activities/state" });
      answer(session, "essay", "words");
      await settled(1000);
      expect(page.last).toMatchObject({ kind: "saved" });
    },
  );

  it("changes with every save", async () => {
    const { store, session } = await open();
    for (const text of ["one", "two", "three"]) {
      answer(session, "essay", text);
      await settled(1000);
    }
    const revisions = store.posts("activities/state").map(({ body }) => (body as { rev: number }).rev);
    expect(new Set(revisions).size).toBe(revisions.length);
  });

  it("of a store that refuses only it is not taken for saved", async () => {
    const { store, session, page } = await open();
    store.fail(413, { at: "activities/state", times: 9 });
    answer(session, "essay", "words");
    await settled(1000);
    expect(store.said("answered")).toHaveLength(1);
    expect(page.last).toMatchObject({ kind: "unsaved" });
  });
});

it("requests for statements never overlap", async () => {
  const { store, session } = await open();
  store.held = [];
  const before = store.posts("statements").length;
  answer(session, "essay", "one");
  await settled(1000);
  answer(session, "essay", "two");
  await settled(20_000);
  expect(store.posts("statements").length - before).toBe(1);
});
