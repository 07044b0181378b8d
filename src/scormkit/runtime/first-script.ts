/** What stands in the page itself. */

import { open } from "./opening";

declare global {
  var scormkitOpen: (address: string) => void;
}

globalThis.scormkitOpen = open;
