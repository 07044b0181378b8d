import { beforeEach, describe, expect, it } from "vitest";
import { CompletionPanel } from "./completion-panel";
import { layPage, one, UNIT, words } from "./page.fixture";
import { page } from "./page-data";
import { emptyState, type State } from "./state";
import { standing } from "./status";

const names: Record<string, string> = { reflect: "Reflect", check: "Quick check" };
let panel: CompletionPanel;

beforeEach(() => {
  layPage();
  panel = new CompletionPanel(page().unit, (step) => names[step] ?? "");
});

function stateWith(done: Record<string, number | null>, seen: string[] = []): State {
  const entries = Object.entries(done).map(([key, score]) => [key, { seq: 1, done: true, score, state: null }]);
  return { ...emptyState(), seen, entries: Object.fromEntries(entries) as State["entries"] };
}

function show(state: State): void {
  panel.show(standing(UNIT, state), state);
}

function missing(): [string, string][] {
  return [...document.querySelectorAll<HTMLElement>("details .unit-missing a")].map((link) => [
    link.textContent ?? "",
    `${link.dataset.goStep ?? ""} ${link.dataset.goActivity ?? ""}`.trim(),
  ]);
}

describe("why the unit is not complete yet", () => {
  it("lists what is missing as links to where it is done", () => {
    show(stateWith({}));
    expect(missing()).toEqual([
      ["missing.step Quick check", "check"],
      ["missing.activity Make a list", "reflect list"],
      ["missing.form Your plan", "reflect plan"],
      ["missing.score 60%", "check question"],
    ]);
    expect(words("summary")).toBe("completion.missing 4");
  });

  it("names a step that only has to be seen", () => {
    show(stateWith({ list: null, plan: null, question: 1 }, ["check"]));
    expect(missing()).toEqual([["missing.step Reflect", "reflect"]]);
  });

  it("never grows by looking at a step", () => {
    show(stateWith({}));
    const before = missing().length;
    show(stateWith({}, ["reflect"]));
    expect(missing().length).toBe(before);
  });

  it("says how far the score is from the pass mark", () => {
    show(stateWith({ list: null, plan: null, question: 0.25 }, ["reflect", "check"]));
    expect(missing()).toEqual([["missing.score-so-far 60% 25%", "check question"]]);
    expect(words(".unit-score")).toBe("finish.score-needed 25% 60%");
  });

  it("says that nothing is missing once the unit is complete", () => {
    show(stateWith({ list: null, plan: null, question: 1 }, ["reflect", "check"]));
    expect(words("summary")).toBe("completion.complete");
    expect(words("details .unit-missing")).toBe("completion.nothing-missing");
    expect(words(".unit-score")).toBe("finish.score 100%");
  });

  it("stays complete for a learner whom the platform holds as complete, whatever was added since", () => {
    const state = stateWith({});
    state.status.completion = "completed";
    show(state);
    expect(words("summary")).toBe("completion.complete");
    expect(missing()).toEqual([]);
  });

  it("shows no score before something graded was answered", () => {
    show(stateWith({ list: null }));
    expect(one(".unit-score").hidden).toBe(true);
  });

  it("keeps the focus on a link while nothing changes", () => {
    const state = stateWith({});
    show(state);
    const link = one("details .unit-missing a");
    one("details").setAttribute("open", "");
    link.focus();
    show(state);
    expect(document.activeElement).toBe(link);
  });
});

describe("what was done", () => {
  it("counts the activities of each step and leaves out welcome and end", () => {
    show(stateWith({ list: null }, ["reflect"]));
    const rows = [...document.querySelectorAll(".done-list li")].map((row) => row.textContent);
    expect(rows).toEqual(["Reflectfinish.count 1/2", "Quick checkfinish.not-seen"]);
  });

  it("names an activity that does not count only to somebody who did it", () => {
    const row = () => words(".done-list li:last-child .quiet");
    show(stateWith({}, ["check"]));
    expect(row()).toBe("finish.seen");
    show(stateWith({ question: 1 }, ["check"]));
    expect(row()).toBe("finish.count 1/1");
  });

  it("does not hold a step as done before it was seen", () => {
    expect(panel.isStepDone("reflect", stateWith({ list: null, plan: null }))).toBe(false);
    expect(panel.isStepDone("reflect", stateWith({ list: null, plan: null }, ["reflect"]))).toBe(true);
  });

  it("does not ask for an activity that does not count", () => {
    expect(panel.isStepDone("check", stateWith({}, ["check"]))).toBe(true);
  });
});
