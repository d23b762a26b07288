/**
 * Tiles on their way onto a canvas that is on screen. Bytes written straight to such a canvas cost as much as a decode, each time;
 * here they are gathered on one that nobody sees, written once, and drawn from there.
 */
import type { Rgb } from "./ink";
import { paintImage, type PaintShape } from "./paint-image";

/** More than a frame has time for; what comes after is another strip. */
const ROOM = 64;

export class TileStrip {
  readonly #image: PaintShape;
  readonly #canvas = document.createElement("canvas");
  readonly #context: CanvasRenderingContext2D | null;
  readonly #bytes: ImageData | undefined;
  /** Where each goes, x and y in turn. */
  readonly #places: number[] = [];

  constructor(image: PaintShape) {
    this.#image = image;
    this.#canvas.width = image.width;
    this.#canvas.height = image.height * ROOM;
    this.#context = this.#canvas.getContext("2d", { willReadFrequently: true }); // in memory: it is written to, and never shown
    this.#bytes = this.#context?.createImageData(this.#canvas.width, this.#canvas.height);
  }

  /**
   * @param pixels `[height, width, channels]`, 0 … 255
   * @param from the colour of 0; `to`: the colour of 255
   */
  add(target: CanvasRenderingContext2D, pixels: ArrayLike<number>, x: number, y: number, from: Rgb, to: Rgb): void {
    if (this.#bytes === undefined) return;
    paintImage(this.#bytes, 0, (this.#places.length / 2) * this.#image.height, pixels, 255, this.#image, from, to);
    this.#places.push(x, y);
    if (this.#places.length === ROOM * 2) this.flush(target);
  }

  /** Draws what has been added since. */
  flush(target: CanvasRenderingContext2D): void {
    if (this.#places.length === 0 || this.#bytes === undefined) return;
    const { width, height } = this.#image;
    this.#context?.putImageData(this.#bytes, 0, 0, 0, 0, width, (this.#places.length / 2) * height);
    for (let i = 0; i < this.#places.length; i += 2) {
      target.drawImage(this.#canvas, 0, (i / 2) * height, width, height, this.#places[i]!, this.#places[i + 1]!, width, height);
    }
    this.#places.length = 0;
  }
}
