/** A unit without an LMS: what is answered stays in this browser. Nothing is sent anywhere. */

import type { Driver, Launch, Outcome, Report } from "../../runtime/driver";

const { unit } = globalThis.scormkitPage;

class Web implements Driver {
  readonly onDevice = true;
  private readonly name = `scormkit:web:${unit.id}`;

  launch(): Launch | Promise<undefined> {
    try {
      const suspendData = window.localStorage.getItem(this.name) ?? "";
      // Whether something can be kept shows only when it is tried.
      window.localStorage.setItem(this.name, suspendData);
      if (globalThis.scormkitPage.languages?.leads(() => "", suspendData)) return new Promise(() => undefined);
      const { messages } = unit;
      messages["save.saved"] = messages["web.saved"] ?? "";
      for (const form of Object.keys(messages).filter((key) => key.startsWith("save.answered"))) {
        messages[form] = messages["web.saved"] ?? "";
      }
      messages["closing.saved"] = messages["web.closing"] ?? "";
      return { suspendData, status: { completion: "unknown", success: "unknown" }, learnerId: "", readOnly: false };
    } catch {
      // A last word: nothing is worth waiting for.
      return Promise.resolve(undefined);
    }
  }

  save({ suspendData }: Report): Outcome {
    try {
      window.localStorage.setItem(this.name, suspendData);
      return { confirmed: true, refused: [] };
    } catch {
      return { confirmed: false, refused: [] };
    }
  }

  terminate(report?: Report): Outcome {
    return report ? this.save(report) : { confirmed: true, refused: [] };
  }
}

globalThis.scormkitPage.driver = new Web();
