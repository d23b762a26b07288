/**
 * At most 256 colours for a whole film, so that no frame flickers against the next and a
 * GIF holds each exactly: the tones of the grid, the classes' dots over them, the digits.
 */
import type { Rgb } from "../../../charts/ink";

export interface PaletteInks {
  readonly card: Rgb;
  /** Of a full pixel of the grid. */
  readonly grid: Rgb;
  readonly ink: Rgb;
  /** By class number. */
  readonly classes: readonly Rgb[];
}

/** Tones of grey pictures, card to full grid. */
const TONES = 40;
/** Levels of each channel of colour pictures: 5³ colours, and room for the dots. */
const LEVELS = 5;
/** Shares of a dot's colour at its edge. */
const EDGES = [1, 0.66, 0.33];

export function mix(a: Rgb, b: Rgb, part: number): Rgb {
  return [0, 1, 2].map((c) => a[c]! + (b[c]! - a[c]!) * part) as unknown as Rgb;
}

/** @param isColour whether the pictures of the grid have colours of their own */
export function filmColours({ card, grid, ink, classes }: PaletteInks, isColour: boolean): Rgb[] {
  const levels = Array.from({ length: LEVELS }, (_, i) => (255 * i) / (LEVELS - 1));
  const pictures: Rgb[] = isColour
    ? levels.flatMap((red) => levels.flatMap((green) => levels.map((blue): Rgb => [red, green, blue])))
    : Array.from({ length: TONES }, (_, i) => mix(card, grid, i / (TONES - 1)));
  const dots = classes.flatMap((colour) =>
    [card, mix(card, grid, 0.5), grid].flatMap((under) => EDGES.map((part) => mix(under, colour, part))),
  );
  return [...pictures, ...dots, card, ink].map((colour) => colour.map(Math.round) as unknown as Rgb);
}

/** Bits of each channel that a colour is looked up by. */
const BITS = 5;

/** Brings pixels to the nearest colours of a palette, in place. */
export class FilmPalette {
  readonly #colours: readonly Rgb[];
  /** By 15 bits of a colour; −1 until it is first met. */
  readonly #nearest = new Int16Array(1 << (3 * BITS)).fill(-1);

  constructor(colours: readonly Rgb[]) {
    this.#colours = colours;
  }

  apply(pixels: Uint8ClampedArray): void {
    const drop = 8 - BITS;
    for (let at = 0; at < pixels.length; at += 4) {
      const key = ((pixels[at]! >> drop) << (2 * BITS)) | ((pixels[at + 1]! >> drop) << BITS) | (pixels[at + 2]! >> drop);
      if (this.#nearest[key] === -1) this.#nearest[key] = this.#nearestTo(pixels[at]!, pixels[at + 1]!, pixels[at + 2]!);
      const [red, green, blue] = this.#colours[this.#nearest[key]!]!;
      pixels[at] = red;
      pixels[at + 1] = green;
      pixels[at + 2] = blue;
    }
  }

  #nearestTo(red: number, green: number, blue: number): number {
    let nearest = 0;
    let least = Infinity;
    this.#colours.forEach(([r, g, b], i) => {
      const square = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
      if (square < least) [nearest, least] = [i, square];
    });
    return nearest;
  }
}
