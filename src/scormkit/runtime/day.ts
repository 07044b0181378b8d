/** Days as a date field has them, yyyy-mm-dd, always of the learner's own calendar and never of another time zone. */

import { DIGITS } from "./messages";
import { page } from "./page-data";

/** The day in so many days from today. */
export function dayIn(days: number): string {
  return written(new Date(), days);
}

/** The day so many days after another; "" for what is no day. */
export function dayAfter(day: string, days: number): string {
  return isDay(day) ? written(dateOf(day), days) : "";
}

function written(from: Date, days: number): string {
  const day = new Date(from.getFullYear(), from.getMonth(), from.getDate() + days);
  const padded = (number: number, length: number): string => String(number).padStart(length, "0");
  return `${padded(day.getFullYear(), 4)}-${padded(day.getMonth() + 1, 2)}-${padded(day.getDate(), 2)}`;
}

export function today(): string {
  return dayIn(0);
}

/** Whether it is a whole day with a year of four digits, the first not 0. */
export function isDay(text: string): boolean {
  return /^[1-9]\d{3}-\d{2}-\d{2}$/.test(text);
}

/** A day in the page's language, for instance 3 March 2026; "" for what is no day. */
export function shownDay(text: string): string {
  if (!isDay(text)) return "";
  const { language } = page().unit;
  // English of no country: the day goes first, as in most of the world.
  const form = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
    ...DIGITS,
    calendar: "gregory", // as the date field, also where a country counts its years otherwise
    day: "numeric",
    month: "long",
    year: "numeric",
  });
  return form.format(dateOf(text));
}

function dateOf(text: string): Date {
  const [year = 0, month = 1, day = 1] = text.split("-").map(Number);
  return new Date(year, month - 1, day);
}
