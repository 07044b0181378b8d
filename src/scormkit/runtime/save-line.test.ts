import { beforeEach, describe, expect, it } from "vitest";
import { layPage, one, words } from "./page.fixture";
import { SaveLine } from "./save-line";

let line: SaveLine;

beforeEach(() => {
  layPage();
  line = new SaveLine();
});

describe("the save line", () => {
  it("gives the time of the last save", () => {
    line.show({ kind: "saved", at: new Date(2026, 2, 14, 14, 3) });
    expect(words("#save-line")).toBe("save.saved 14:03");
  });

  it.each([
    [{ kind: "looking" }, "save.looking"],
    [{ kind: "unrecorded" }, "save.unrecorded"],
    [{ kind: "read-only", reports: false }, "save.read-only"],
    [{ kind: "read-only", reports: true }, "save.reports-only"],
    [{ kind: "unsaved", answers: 2, onDevice: true }, "save.unsaved 2"],
    [{ kind: "unsaved", answers: 0, onDevice: true }, "save.unsaved save.changes"],
    [{ kind: "unsaved", answers: 2, onDevice: false }, "save.only-here 2"],
    [{ kind: "unsaved", answers: 0, onDevice: false }, "save.only-here save.changes"],
  ] as const)("says in words what %o means", (notice, said) => {
    line.show(notice);
    expect(words("#save-line")).toBe(said);
  });

  it("is silent in a screen reader while saving works, and speaks of trouble and of its end", () => {
    const live = () => one("#save-line").getAttribute("aria-live");
    line.show({ kind: "saved", at: new Date() });
    expect(live()).toBe("off");
    line.show({ kind: "unsaved", answers: 1, onDevice: true });
    expect(live()).toBe("polite");
    line.show({ kind: "saved", at: new Date() });
    expect(live()).toBe("polite");
    line.show({ kind: "saved", at: new Date() });
    expect(live()).toBe("off");
  });

  it("stands out only while there is trouble", () => {
    line.show({ kind: "unsaved", answers: 1, onDevice: true });
    expect(one("#save-line").classList.contains("trouble")).toBe(true);
    line.show({ kind: "saved", at: new Date() });
    expect(one("#save-line").classList.contains("trouble")).toBe(false);
  });
});
