/** The step of a frame, written in digits of 3 × 5 squares: a frame is made without a canvas, and so without a font. */
import type { Rgb } from "../../../charts/ink";
import type { DotTarget } from "../../../charts/latent-dots";

/** Five rows from the top, of three squares each, by digit. */
const DIGITS: readonly (readonly string[])[] = [
  ["###", "#.#", "#.#", "#.#", "###"],
  [".#.", "##.", ".#.", ".#.", "###"],
  ["###", "..#", "###", "#..", "###"],
  ["###", "..#", ".##", "..#", "###"],
  ["#.#", "#.#", "###", "..#", "..#"],
  ["###", "#..", "###", "..#", "###"],
  ["###", "#..", "###", "#.#", "###"],
  ["###", "..#", ".#.", ".#.", ".#."],
  ["###", "#.#", "###", "#.#", "###"],
  ["###", "#.#", "###", "..#", "###"],
];
const WIDTH = 3;
const HEIGHT = 5;

/** Writes a whole number into the lower left corner, on a plate of its own. @param squarePx side of a digit's square */
export function writeNumber(target: DotTarget, value: number, squarePx: number, ink: Rgb, plate: Rgb): void {
  const digits = Array.from(String(Math.trunc(value)), Number);
  const columns = digits.length * (WIDTH + 1) + 1;
  const rows = HEIGHT + 2;
  const top = target.height - rows * squarePx;
  fill(target, 0, top, columns * squarePx, rows * squarePx, plate);
  digits.forEach((digit, place) => {
    DIGITS[digit]!.forEach((squares, row) => {
      for (let column = 0; column < WIDTH; column++) {
        if (squares[column] !== "#") continue;
        const left = (1 + place * (WIDTH + 1) + column) * squarePx;
        fill(target, left, top + (1 + row) * squarePx, squarePx, squarePx, ink);
      }
    });
  });
}

/** A rectangle, as far as it lies within the target. */
function fill({ data, width, height }: DotTarget, left: number, top: number, across: number, down: number, [red, green, blue]: Rgb): void {
  for (let y = Math.max(0, top); y < Math.min(height, top + down); y++) {
    for (let x = Math.max(0, left); x < Math.min(width, left + across); x++) data.set([red, green, blue, 255], (y * width + x) * 4);
  }
}
