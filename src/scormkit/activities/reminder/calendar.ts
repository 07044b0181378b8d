/**
 * A calendar file (RFC 5545) with all-day events. Days have no time zone, so each falls on the learner's own day
 * wherever the calendar is opened; the alarm sounds nine hours after its midnight.
 */

export interface CalendarEvent {
  /** The same for the same event, so that a file that is opened again replaces what is there. */
  uid: string;
  /** yyyy-mm-dd. */
  day: string;
  /** The day after it: where an all-day event ends. */
  dayAfter: string;
  summary: string;
  description: string;
}

/** @param now when the file is made */
export function calendar(events: CalendarEvent[], now: Date): string {
  const stamp = `${plain(now.toISOString().slice(0, 19))}Z`;
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//scormkit//plan//EN", "CALSCALE:GREGORIAN"];
  for (const { uid, day, dayAfter, summary, description } of events) {
    lines.push(
      "BEGIN:VEVENT",
      `UID:${text(uid)}`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${plain(day)}`,
      `DTEND;VALUE=DATE:${plain(dayAfter)}`,
      `SUMMARY:${text(summary)}`,
      `DESCRIPTION:${text(description)}`,
      "TRANSP:TRANSPARENT",
      "BEGIN:VALARM",
      "ACTION:DISPLAY",
      `DESCRIPTION:${text(summary)}`,
      "TRIGGER:PT9H",
      "END:VALARM",
      "END:VEVENT",
    );
  }
  lines.push("END:VCALENDAR");
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/** 3.3.4 and 3.3.5: digits and the T between day and time. */
function plain(time: string): string {
  return time.replace(/[-:]/g, "");
}

/** 3.3.11: what would end a value or a line is escaped; other control characters are not allowed at all. */
function text(value: string): string {
  return (
    value
      .replace(/[\\;,]/g, "\\$&")
      .replace(/\r\n?|\n/g, "\\n")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "")
  );
}

/** 3.1: at most 75 octets a line; a longer one goes on after a space, and no character is parted. */
function folded(line: string): string {
  let made = "";
  let octets = 0;
  for (const character of line) {
    const size = new TextEncoder().encode(character).length;
    if (octets + size > 75) {
      made += "\r\n ";
      octets = 1;
    }
    made += character;
    octets += size;
  }
  return made;
}
