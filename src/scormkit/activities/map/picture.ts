/**
 * The picture of a map, drawn from its list: a shape in the middle, a line for each pathway that runs in to it, the
 * name along the line. It says nothing that the list does not say.
 */

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 320;
const EDGE = 6;
/** How wide a line of a name may be, in narrow characters (about 8 units each). */
const NAME_WIDTH = 14;
const CENTRE_WIDTH = 12;
const MOST_LINES = 3;
const LINE_HEIGHT = 17;
const GAP = 20;

type Point = [number, number];

/**
 * @param centre the name in the middle
 * @param labels the pathways in their order
 * @param alternative what the picture shows, in words
 */
export function picture(centre: string, labels: string[], alternative: string): SVGSVGElement {
  const names = labels.map((label) => wrapped(label, NAME_WIDTH));
  const rows: number[] = [];
  names.forEach((lines, index) => {
    const row = Math.floor(index / 2);
    rows[row] = Math.max(rows[row] ?? 0, lines.length * LINE_HEIGHT + GAP);
  });
  const drawn = rows.reduce((sum, row) => sum + row, 0);
  const middle = wrapped(centre, CENTRE_WIDTH);
  const reach: Point = [48, 12 + (middle.length * LINE_HEIGHT) / 2];
  const height = Math.max(drawn + GAP, 2 * (reach[1] + GAP));
  const heart: Point = [WIDTH / 2, height / 2];
  let bottom = (height - drawn) / 2 - GAP / 4;
  const levels = rows.map((row) => (bottom += row));

  const svg = element("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": alternative });
  names.forEach((lines, index) => {
    const y = levels[Math.floor(index / 2)] ?? 0;
    // How many lines come in between this one and the shape: each gets a place of its own at the edge.
    const between = levels.filter((level) => isBetween(level, y, heart[1], reach[1])).length;
    svg.append(pathway(lines, index, y, between, heart, reach));
  });
  svg.append(
    element("rect", {
      class: "map-centre",
      x: heart[0] - reach[0],
      y: heart[1] - reach[1],
      width: 2 * reach[0],
      height: 2 * reach[1],
      rx: 14,
    }),
    text(middle, heart[0], heart[1] - ((middle.length - 1) * LINE_HEIGHT) / 2 + 5, "middle", "map-centre-name"),
  );
  return svg as SVGSVGElement;
}

/** Whether a line at `level` comes to the shape from the same side as one at `y`, and from nearer. */
function isBetween(level: number, y: number, middle: number, reach: number): boolean {
  const [near, far] = [level - middle, y - middle];
  return near * far > 0 && isBeyond(near, reach) && Math.abs(near) < Math.abs(far);
}

/** Whether a line comes in from above or below: it would miss the side of the shape. */
function isBeyond(distance: number, reach: number): boolean {
  return Math.abs(distance) > reach + 6;
}

/** Every other one at the side where lines of text begin, so that none changes sides when another is added. */
function pathway(lines: string[], index: number, y: number, between: number, heart: Point, reach: Point): SVGElement {
  const first = index % 2 === 0;
  const side = first === (document.dir === "rtl") ? 1 : -1;
  const distance = y - heart[1];
  /** So far from the middle, on this pathway's side. */
  const at = (across: number, down: number): Point => [heart[0] + side * across, down];
  let before: Point;
  let tip: Point;
  if (isBeyond(distance, reach[1])) {
    const across = 36 * 0.72 ** between;
    const down = heart[1] + Math.sign(distance) * (reach[1] + 3);
    tip = at(across, down);
    before = at(across, down + (y - down) * 0.6);
  } else {
    const most = reach[1] - 10;
    const down = heart[1] + Math.max(-most, Math.min(most, distance));
    tip = at(reach[0] + 3, down);
    before = at(reach[0] + 20, y);
  }
  const edge = heart[0] - EDGE;
  const start = at(reach[0] + 22, y);
  const bend = isBeyond(distance, reach[1]) ? at(reach[0], y) : before;
  const group = element("g", { class: "map-pathway", "data-node": index });
  group.append(
    element("path", {
      class: "map-line-in",
      d: `M${points(at(edge, y), start)}C${points(bend, before, tip)}`,
    }),
    element("path", { class: "map-tip", d: arrow(before, tip) }),
    text(lines, at(edge, y)[0], y - 6 - (lines.length - 1) * LINE_HEIGHT, first ? "start" : "end", "map-name"),
  );
  return group;
}

function arrow(from: Point, tip: Point): string {
  const [dx, dy] = [tip[0] - from[0], tip[1] - from[1]];
  const length = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / length, dy / length];
  const side = (sign: number): Point => [tip[0] - ux * 9 - sign * uy * 5, tip[1] - uy * 9 + sign * ux * 5];
  return `M${points(side(1), tip, side(-1))}`;
}

function points(...list: Point[]): string {
  return list.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join(" ");
}

function text(lines: string[], x: number, y: number, anchor: string, name: string): SVGElement {
  const whole = element("text", { class: name, "text-anchor": anchor });
  lines.forEach((line, index) => {
    const part = element("tspan", { x, y: (y + index * LINE_HEIGHT).toFixed(1) });
    part.textContent = line;
    whole.append(part);
  });
  return whole;
}

function element(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/** A name in at most three lines; what does not fit ends in "…" (the list has it whole). */
export function wrapped(name: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (let word of name.split(" ")) {
    if (line && widthOf(`${line} ${word}`) <= width) {
      line = `${line} ${word}`;
      continue;
    }
    if (line) lines.push(line);
    while (widthOf(word) > width) {
      const head = cut(word, width - 1);
      // Ideographs are broken anywhere, without a hyphen.
      lines.push(widthOf(head.slice(-1)) > 1 ? head : `${head}-`);
      word = word.slice(head.length);
    }
    line = word;
  }
  lines.push(line);
  if (lines.length <= MOST_LINES) return lines;
  const last = lines[MOST_LINES - 1] ?? "";
  return [...lines.slice(0, MOST_LINES - 1), `${cut(last, width - 1).replace(/-$/, "")}…`];
}

/** Ideographs and the like take the room of two letters. */
function widthOf(word: string): number {
  return Array.from(word).reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) > 0x2e80 ? 2 : 1), 0);
}

function cut(word: string, width: number): string {
  let head = "";
  for (const character of Array.from(word)) {
    if (widthOf(head + character) > width) break;
    head += character;
  }
  return head;
}
