import fc from "fast-check";
import ICAL from "ical.js";
import { describe, expect, it } from "vitest";
import { type CalendarEvent, calendar } from "./calendar";

const NOW = new Date(Date.UTC(2026, 0, 20, 23, 30, 5));
const EVENT: CalendarEvent = {
  uid: "course/unit/plan/by@lms.example",
  day: "2026-02-03",
  dayAfter: "2026-02-04",
  summary: "Greet everybody",
  description: "What I will do\nGreet everybody",
};

function parsed(text: string) {
  return new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent").map((part) => new ICAL.Event(part));
}

describe("the calendar file", () => {
  it("is read by another program as all-day events with an alarm on the day itself", () => {
    const [event] = parsed(calendar([EVENT], NOW));
    expect(event?.uid).toBe(EVENT.uid);
    expect(event?.startDate.isDate).toBe(true);
    expect(event?.startDate.toString()).toBe("2026-02-03");
    expect(event?.endDate.toString()).toBe("2026-02-04");
    const alarm = event?.component.getFirstSubcomponent("valarm");
    expect(alarm?.getFirstPropertyValue("action")).toBe("DISPLAY");
    expect(String(alarm?.getFirstPropertyValue("trigger"))).toBe("PT9H");
    expect(String(event?.component.getFirstPropertyValue("dtstamp"))).toBe("2026-01-20T23:30:05Z");
  });

  it("says what RFC 5545 asks of every calendar and event, each line ended by CR and LF", () => {
    const text = calendar([EVENT], NOW);
    expect(text.replace(/\r\n/g, "")).not.toMatch(/[\r\n]/);
    expect(text.endsWith("END:VCALENDAR\r\n")).toBe(true);
    for (const name of ["VERSION:2.0", "PRODID:", "UID:", "DTSTAMP:20260120T233005Z", "DTSTART;VALUE=DATE:20260203"]) {
      expect(text).toContain(`\r\n${name}`);
    }
  });

  it("brings any text back whole, in lines of at most 75 octets", () => {
    const texts = fc.string({ unit: "grapheme", maxLength: 300 }).map((text) => text.replace(/\p{Cc}/gu, "\n"));
    fc.assert(
      fc.property(texts, texts, (summary, description) => {
        const text = calendar([{ ...EVENT, summary, description }], NOW);
        for (const line of text.split("\r\n")) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
        const [event] = parsed(text);
        expect(event?.summary).toBe(summary);
        expect(event?.description).toBe(description);
      }),
    );
  });

  it("parts no character where a line is folded", () => {
    const text = calendar([{ ...EVENT, summary: "🙂".repeat(100) }], NOW);
    for (const line of text.split("\r\n")) expect(line).not.toMatch(/[\ud800-\udbff]$/);
    expect(parsed(text)[0]?.summary).toBe("🙂".repeat(100));
  });

  it("keeps a text from adding lines of its own", () => {
    const [event] = parsed(calendar([{ ...EVENT, summary: "x\r\nBEGIN:VEVENT;a,b\\n" }], NOW));
    expect(event?.summary).toBe("x\nBEGIN:VEVENT;a,b\\n");
  });
});
