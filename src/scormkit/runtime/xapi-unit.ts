/** What the compiler adds to a unit for targets that send statements. */

import type { Interaction, Unit } from "./unit";

export type FormRole = "plan" | "report" | "form";

export interface XapiInteraction extends Interaction {
  /** What stands after the unit's activity id in this question's id. */
  part: string;
  /** `choices`, `scale`, `source`, `target` or `steps`: id and text of each. */
  components?: Record<string, [string, string][]>;
  /** A form that was sent as a whole: its response is its text. */
  form?: FormRole;
  /** Of a report back: the form whose last sending it speaks of. */
  refersTo?: string;
}

export interface XapiUnit extends Unit {
  interactions: XapiInteraction[];
  forms: XapiInteraction[];
  xapi: {
    title: string;
    /** The activity's id where the launch does not say. */
    activity: string;
    /** The content's version. */
    revision: string;
    /** Titles of the steps. */
    pages: Record<string, string>;
  };
}
