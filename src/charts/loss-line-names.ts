/**
 * Where the name of a line of comparison stands: near its line and, as far as can be,
 * clear of the curves, of the other lines and of what else is written.
 */
import type { Points } from "./loss-columns";

/** Pixels, of a text. */
export interface TextBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A curve in pixels: `toY` of its values. */
export interface DrawnLine {
  readonly points: Points;
  readonly toY: (value: number) => number;
}

export interface NamePlace {
  readonly x: number;
  /** Of the base line. */
  readonly y: number;
}

/** At 11 px type. */
const ASCENT = 10;
const DESCENT = 3;
const LETTER = 5.8;
const IDEOGRAPH = 11;
/** From the first CJK block on letters are square. */
const FIRST_IDEOGRAPH = 0x2e80;

/** About as wide as the text will be; the layout knows no font. */
export function textWidth(text: string): number {
  return Array.from(text).reduce((sum, letter) => sum + (letter.codePointAt(0)! >= FIRST_IDEOGRAPH ? IDEOGRAPH : LETTER), 0);
}

/** From the line to the text's base line: just above and below, then with air for a curve that keeps to the line. */
const OFFSETS = [-3, 11, -10, 18];
/** Places along the line, the first at the left. */
const PLACES = 7;
const FIRST_PLACE = 24;
/** Between two looks at a curve. */
const SAMPLE = 6;
/** What leaving the panel or lying on another text counts, in looks at a curve that meet it. */
const FORBIDDEN = 100;

/** The first of the places with the least in their way; those at the left and near the line come first. */
export function placeName(
  lineY: number,
  width: number,
  panel: TextBox,
  { curves, texts }: { readonly curves: readonly DrawnLine[]; readonly texts: readonly TextBox[] },
): NamePlace {
  const room = Math.max(0, panel.right - panel.left - FIRST_PLACE - width);
  const places = OFFSETS.flatMap((offset) =>
    Array.from({ length: PLACES }, (_, i) => ({ x: panel.left + FIRST_PLACE + (room * i) / (PLACES - 1), y: lineY + offset })),
  );
  let best = places[0]!;
  let least = Infinity;
  for (const place of places) {
    const inTheWay = hindrance(boxAt(place, width), panel, curves, texts);
    if (inTheWay < least) [best, least] = [place, inTheWay];
    if (least === 0) break;
  }
  return best;
}

export function boxAt({ x, y }: NamePlace, width: number): TextBox {
  return { left: x, right: x + width, top: y - ASCENT, bottom: y + DESCENT };
}

function hindrance(box: TextBox, panel: TextBox, curves: readonly DrawnLine[], texts: readonly TextBox[]): number {
  let sum = box.top < panel.top - DESCENT || box.bottom > panel.bottom + DESCENT ? FORBIDDEN : 0;
  for (const text of texts) if (overlaps(box, text)) sum += FORBIDDEN;
  for (const { points, toY } of curves) {
    for (let x = box.left; x <= box.right; x += SAMPLE) {
      const y = toY(valueAt(points, x));
      if (y > box.top && y < box.bottom) sum++;
    }
  }
  return sum;
}

function overlaps(a: TextBox, b: TextBox): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** On the straight line between the neighbours; NaN beyond the ends. */
function valueAt({ x, value }: Points, at: number): number {
  if (x.length === 0 || at < x[0]! || at > x.at(-1)!) return Number.NaN;
  let [low, high] = [0, x.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle]! <= at) low = middle;
    else high = middle;
  }
  const part = high === low ? 0 : (at - x[low]!) / Math.max(1e-9, x[high]! - x[low]!);
  return value[low]! + (value[high]! - value[low]!) * part;
}
