/** Hands a text to the browser as a file to keep. */

let last = "";

export function offerFile(name: string, type: string, text: string): void {
  // The address of the file before is given back now: at once would be too early for some browsers.
  if (last) URL.revokeObjectURL(last);
  last = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = last;
  const [, stem = "", ending = ""] = /^(.*?)(\.\w+)?$/s.exec(name) ?? [];
  link.download = `${stem
    .replace(/[\\/:*?"<>|\s]+/g, " ")
    .trim()
    .slice(0, 80)}${ending}`;
  document.body.append(link);
  link.click();
  link.remove();
}

/** A text as a file. The mark and the line ends are for old editors, which else show one long line with odd letters. */
export function offerText(title: string, text: string): void {
  offerFile(`${title}.txt`, "text/plain", `\ufeff${text.replace(/\n/g, "\r\n")}`);
}
