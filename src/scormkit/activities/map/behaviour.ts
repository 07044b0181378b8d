/** A map in two stages: the learner adds pathways to a list that is drawn beside it, and later writes notes on them. */

import { ActivityElement, define, type Json } from "scormkit-runtime";
import { Notes } from "./notes";
import { Pathways } from "./pathways";
import type { Stage, Surroundings } from "./stage";

class PathwayMap extends ActivityElement {
  private stage: Stage | null = null;

  protected ready(): void {
    const surroundings: Surroundings = {
      root: this,
      key: this.key,
      data: this.data,
      respond: (detail) => this.respond(detail),
      announce: (text) => this.announce(text),
    };
    this.stage = this.querySelector("[data-notes]") ? new Notes(surroundings) : new Pathways(surroundings);
  }

  restore(state: Json): void {
    this.stage?.restore(state);
  }

  override settle(): void {
    this.stage?.settle();
  }
}

define("map", PathwayMap);
