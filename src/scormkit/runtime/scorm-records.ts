/** The LMS's list of interaction records, which both SCORM standards fill in order and never with a gap. */

import { slotted } from "scormkit-runtime";
import type { Elements } from "./scorm-api";
import type { Interaction } from "./unit";

/** The id of a record: that of its interaction, numbered from the second slot on. */
export function recordId(interaction: Interaction, slot: number): string {
  return slot ? `${interaction.id}_${slot + 1}` : interaction.id;
}

/** A text in all slots of its interaction, "" where it is shorter. */
export function inSlots(text: string, size: number, { slots }: Interaction): string[] {
  const written = slotted(text, size).slice(0, slots);
  return [...written, ...Array<string>(slots - written.length).fill("")];
}

export class Records {
  private count: number | undefined;

  /** @param identify writes id and type of a record; false where the LMS refuses */
  constructor(
    private readonly lms: Elements,
    private readonly interactions: readonly Interaction[],
    private readonly identify: (interaction: Interaction, slot: number) => boolean,
  ) {}

  /** Whether the LMS has this record already. An LMS that does not tell has none. */
  has(index: number): boolean {
    if (this.count === undefined) {
      const count = Number.parseInt(this.lms.get("cmi.interactions._count"), 10);
      this.count = Number.isNaN(count) ? 0 : count;
    }
    return index < this.count;
  }

  /** Notes that a record is there. */
  add(index: number): void {
    if (!this.has(index)) this.count = index + 1;
  }

  /** Creates the records before `index`, because a new record's index must be the count. */
  reach(index: number): boolean {
    for (const interaction of this.interactions) {
      for (let slot = 0; slot < interaction.slots; slot += 1) {
        const at = interaction.index + slot;
        if (at >= index) return true;
        if (!this.has(at) && !this.identify(interaction, slot)) return false;
      }
    }
    return true;
  }
}
