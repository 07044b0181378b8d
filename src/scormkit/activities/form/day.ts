/** Days as a date field has them, yyyy-mm-dd, always of the learner's own calendar and never of another time zone. */

/** The day in so many days from today. */
export function dayIn(days: number): string {
  const now = new Date();
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
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
  const [year = 0, month = 1, day = 1] = text.split("-").map(Number);
  const { language } = globalThis.scormkitPage.unit;
  // English of no country: the day goes first, as in most of the world.
  const form = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
    day: "numeric",
    month: "long",
    year: "numeric",
  });
  return form.format(new Date(year, month - 1, day));
}
