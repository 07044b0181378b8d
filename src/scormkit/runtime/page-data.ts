/** The unit of this page and its driver, put there by the page's own script before anything else runs. */

import type { Driver } from "./driver";
import type { Unit } from "./unit";

export interface PageData {
  unit: Unit;
  driver: Driver | null;
}

declare global {
  var scormkitPage: PageData;
}

export function page(): PageData {
  return globalThis.scormkitPage;
}
