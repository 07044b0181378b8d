import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { layPage, one } from "./page.fixture";
import { printOut, wirePrinting } from "./printing";

wirePrinting();

/** What stands on the paper while the browser prints. */
interface Paper {
  answers: (string | null)[];
  printed: string[];
  key: string | undefined;
}

let paper: Paper | undefined;

function onPaper(): Paper {
  return {
    answers: [...document.querySelectorAll("[data-on-paper]")].map((answer) => answer.textContent),
    printed: [...document.querySelectorAll(".printed")].map((place) => place.tagName.toLowerCase()),
    key: document.body.dataset.print,
  };
}

beforeEach(() => {
  layPage();
  one('[data-key="list"] textarea').textContent = "first\nsecond <b>";
  window.print = vi.fn(() => {
    window.dispatchEvent(new Event("beforeprint"));
    paper = onPaper();
    window.dispatchEvent(new Event("afterprint"));
  });
});

afterEach(() => {
  paper = undefined;
});

describe("printing", () => {
  it("puts every long answer on the paper whole, as text", () => {
    printOut("");
    expect(paper?.answers).toEqual(["first\nsecond <b>", "", ""]);
    expect(paper?.printed).toEqual([]);
  });

  it("prints one activity alone where it is named", () => {
    printOut("plan");
    expect(paper?.key).toBe("plan");
    expect(paper?.printed).toEqual(["section", "section"]);
    expect(one('[data-key="plan"]').closest(".activity")?.classList.contains("printed")).toBe(false);
  });

  it("leaves the page as it was", () => {
    const before = document.body.innerHTML;
    printOut("plan");
    expect(document.body.innerHTML.replace(/ class="activity "/g, ' class="activity"')).toBe(before);
    expect(document.body.dataset.print).toBeUndefined();
  });

  it("does not double answers where a browser tells twice that it prints", () => {
    window.dispatchEvent(new Event("beforeprint"));
    window.dispatchEvent(new Event("beforeprint"));
    expect(onPaper().answers.length).toBe(3);
    window.dispatchEvent(new Event("afterprint"));
  });
});
