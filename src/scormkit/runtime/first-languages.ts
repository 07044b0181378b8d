/** What stands in the page itself, behind the script that opens it, where the unit has several languages. */

import { LanguagePages } from "./language-pages";
import { page } from "./page-data";

const { unit } = page();
const pages = new LanguagePages(unit.language, unit.pages);
page().languages = pages;
// The page is about to go: nothing may begin in it.
if (pages.choose()) globalThis.scormkitOpen = () => undefined;
