// The entry of the bundle `fakes.js`: everything a test in the browser needs is on `globalThis.fakes`.
import { Lms } from "./lms";
import { openPlayer, Player } from "./player";

Object.assign(globalThis, { fakes: { Lms, Player, openPlayer } });
