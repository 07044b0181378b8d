// A learning platform that takes everything and says nothing, as the SCORM block of Open edX does: every read
// gives an empty string, every error code is 0, and a Commit does nothing because each value was sent when it
// was set.
import type { Server } from "./learner-record";
import { type Answer, answer, type Session } from "./session";

export class Mute implements Session {
  constructor(private readonly server: Server) {}

  initialize(): Answer {
    return answer("true");
  }

  get(): Answer {
    return answer("");
  }

  set(element: unknown, value: unknown): Answer {
    this.server.send({ [String(element)]: String(value) }, false);
    return answer("true");
  }

  commit(): Answer {
    return answer("true");
  }

  terminate(): Answer {
    return answer("true");
  }
}
