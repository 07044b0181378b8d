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
    line.show({ kind: "saved", at: new Date(2026, 2, 14, 14, 3), answers: 0, of: 0 });
    expect(words("#save-line")).toBe("save.saved 14:03");
  });

  it("says how many of the answers that were given are saved", () => {
    line.show({ kind: "saved", at: new Date(2026, 2, 14, 14, 3), answers: 2, of: 3 });
    expect(words("#save-line")).toBe("save.answered 14:03 2/3");
  });

  it.each([
    [{ kind: "looking" }, "save.looking"],
    [{ kind: "unrecorded" }, "save.unrecorded"],
    [{ kind: "read-only", reports: false }, "save.read-only"],
    [{ kind: "read-only", reports: true }, "save.reports-only"],
    [{ kind: "elsewhere" }, "save.elsewhere"],
    [{ kind: "unsaved", answers: 2, onDevice: true, long: false }, "save.unsaved 2"],
    [{ kind: "unsaved", answers: 0, onDevice: true, long: false }, "save.unsaved save.changes"],
    [{ kind: "unsaved", answers: 2, onDevice: false, long: true }, "save.only-here 2"],
    [{ kind: "unsaved", answers: 0, onDevice: false, long: true }, "save.only-here save.changes"],
  ] as const)("says in words what %o means", (notice, said) => {
    line.show(notice);
    expect(words("#save-line")).toBe(said);
  });

  it("is silent in a screen reader while saving works, and speaks of trouble and of its end", () => {
    const live = () => one("#save-line").getAttribute("aria-live");
    line.show({ kind: "saved", at: new Date(), answers: 0, of: 0 });
    expect(live()).toBe("off");
    line.show({ kind: "unsaved", answers: 1, onDevice: true, long: false });
    expect(live()).toBe("polite");
    line.show({ kind: "saved", at: new Date(), answers: 0, of: 0 });
    expect(live()).toBe("polite");
    line.show({ kind: "saved", at: new Date(), answers: 0, of: 0 });
    expect(live()).toBe("off");
  });

  it("stands out only while there is trouble", () => {
    line.show({ kind: "unsaved", answers: 1, onDevice: true, long: false });
    expect(one("#save-line").classList.contains("trouble")).toBe(true);
    line.show({ kind: "saved", at: new Date(), answers: 0, of: 0 });
    expect(one("#save-line").classList.contains("trouble")).toBe(false);
  });
});
