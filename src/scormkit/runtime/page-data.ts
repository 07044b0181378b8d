/** What the scripts of a page share: the unit, put there before anything else runs, then what each of them adds. */

import type { Driver } from "./driver";
import type { LanguagePages } from "./language-pages";
import type { Opening } from "./opening";
import type { Unit } from "./unit";

export interface PageData {
  unit: Unit;
  driver: Driver | null;
  /** The page as its own script opened it. */
  opening?: Opening;
  /** Of a unit in several languages. */
  languages?: LanguagePages;
}

declare global {
  var scormkitPage: PageData;
}

export function page(): PageData {
  return globalThis.scormkitPage;
}
