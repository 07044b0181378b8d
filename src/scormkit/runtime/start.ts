/** Starts a unit's run. The page's second script calls it at its end, when the driver and all kinds are there. */

import { Page } from "./page";
import { page } from "./page-data";
import { wirePrinting } from "./printing";
import { Session } from "./session";

export function start(): void {
  const { unit, driver, opening, languages } = page();
  const view = new Page(unit);
  const session = new Session(unit, driver, view, languages?.arrived?.handed);
  opening?.close();
  const launched = view.open(session);
  languages?.begin(session, launched);
  wirePrinting();
  // Never `unload`: browsers drop what is sent there, and some then refuse to keep the page for "back".
  window.addEventListener("pagehide", () => session.leave());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") session.hidden();
  });
  window.addEventListener("online", () => session.online());
  // Kept by the browser and shown again, after the run has ended: only a fresh launch can save.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
  const ready = () => {
    document.documentElement.dataset.activities = "ready";
    opening?.repeat();
  };
  if (launched) void launched.then(ready);
  else ready();
}
