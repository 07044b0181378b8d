/** What the compiler adds to a unit for targets that send statements. */

import type { Interaction, Unit } from "./unit";

export type FormRole = "plan" | "report" | "form";

/** A text, or a language map where the unit has several languages. */
export type Words = string | Record<string, string>;

export interface XapiInteraction extends Interaction {
  /** The description in all languages of the unit, where it has several. */
  inAll?: Record<string, string>;
  /** What stands after the unit's activity id in this question's id. */
  part: string;
  /** `choices`, `scale`, `source`, `target` or `steps`: id and text of each. */
  components?: Record<string, [string, Words][]>;
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
    pages: Record<string, Words>;
  };
}
