/**
 * The decoder grid as a picture: one canvas with every tile at the size it is decoded
 * in, which the style sheet then moves and scales, so that a pan or a zoom costs no
 * painting.
 *
 * Tiles are decoded in slices of a few milliseconds. What was there stays until its
 * turn has come; after a zoom the old picture is stretched underneath. Tiles that have been
 * decoded before come out of a cache. Which tile comes next is `latent-tile-schedule`'s business.
 */
import { columnsOf, rowsOf, tileAt, type TileLattice } from "./latent-lattice";
import type { PlotFrame, PlotKind, PlotScales } from "./latent-view";
import { AXIS_PX } from "./latent-view";
import { TileSchedule } from "./latent-tile-schedule";
import type { Rgb } from "./ink";
import { TileCache, type TileBytes, type TilePlace } from "./map-tile-cache";
import type { PaintShape } from "./paint-image";
import { TileStrip } from "./tile-strip";

/** Decodes points of the plot that is shown. */
export interface PlotDecoder {
  readonly image: PaintShape;
  /** The pixels at a point, in plot units; on a line `v` has no meaning. Values in [0, 1]. */
  readonly decode: (h: number, v: number) => ArrayLike<number>;
  /** Whether there is a code at a point; left out where there is one everywhere. */
  readonly covers?: (h: number, v: number, step: number) => boolean;
}

export class DecoderGridPicture {
  readonly #host: HTMLElement;
  readonly #schedule = new TileSchedule();
  readonly #cache = new TileCache();
  #canvas: HTMLCanvasElement;
  #spare: HTMLCanvasElement;
  #strip: TileStrip | null = null;
  #decoder: PlotDecoder | null = null;
  #from: Rgb = [255, 255, 255];
  #to: Rgb = [0, 0, 0];

  /** Puts its canvas into `host`, and nothing else. */
  constructor(host: HTMLElement) {
    this.#host = host;
    this.#canvas = newCanvas();
    this.#spare = newCanvas();
    host.replaceChildren(this.#canvas);
  }

  /**
   * New weights, or other values of the dimensions that are not shown.
   *
   * @param isSamePlane whether the picture shows the same axes of the same kind of run, so that it may stay until it is renewed
   */
  setDecoder(decoder: PlotDecoder | null, isSamePlane: boolean): void {
    const before = this.#decoder?.image;
    const image = decoder?.image;
    this.#decoder = decoder;
    this.#cache.clear();
    this.#schedule.invalidate();
    const isSameSize = image?.width === before?.width && image?.height === before?.height;
    if (!isSameSize) this.#strip = null;
    if (!isSameSize) this.#resize(this.#schedule.lattice, null);
    else if (!isSamePlane) this.#canvas.getContext("2d")?.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
  }

  /** @param from colour of 0, the card's; `to`: colour of 1 */
  setInks(from: Rgb, to: Rgb): void {
    if (String([this.#from, this.#to]) === String([from, to])) return;
    this.#from = from;
    this.#to = to;
    this.#schedule.invalidate();
  }

  get lattice(): TileLattice | null {
    return this.#schedule.lattice;
  }

  setLattice(lattice: TileLattice): void {
    const before = this.#schedule.lattice;
    if (this.#schedule.setLattice(lattice)) this.#resize(lattice, before);
  }

  /** Decodes stale tiles until `untilMs` of `performance.now()`, one at least; true when some are left. */
  work(untilMs: number): boolean {
    const lattice = this.#schedule.lattice;
    const context = this.#canvas.getContext("2d");
    if (this.#decoder === null || lattice === null || context === null) return false;
    const { image } = this.#decoder;
    this.#strip ??= new TileStrip(image);
    let tile = this.#schedule.next();
    while (tile !== null) {
      const { column, row } = tileAt(lattice, tile);
      const bytes = this.#bytesAt(this.#decoder, { step: lattice.step, column, row });
      const [x, y] = [(column - lattice.firstColumn) * image.width, (lattice.lastRow - row) * image.height];
      if (bytes === null) context.clearRect(x, y, image.width, image.height);
      else this.#strip.add(context, bytes, x, y, this.#from, this.#to);
      if (performance.now() >= untilMs) break;
      tile = this.#schedule.next();
    }
    this.#strip.flush(context);
    return tile !== null;
  }

  /** Of the cache, or decoded now. */
  #bytesAt({ decode, covers }: PlotDecoder, place: TilePlace): TileBytes {
    const known = this.#cache.get(place);
    if (known !== undefined) return known;
    const [h, v] = [place.column * place.step, place.row * place.step];
    const bytes = covers?.(h, v, place.step) === false ? null : bytesOf(decode(h, v));
    this.#cache.put(place, bytes);
    return bytes;
  }

  /** Moves and scales the picture to where its tiles belong. */
  place(kind: PlotKind, { originX, originY, unitX, unitY }: PlotScales, { heightPx }: PlotFrame): void {
    const lattice = this.#schedule.lattice;
    if (lattice === null || this.#decoder === null) return;
    const tilePx = lattice.step * unitX;
    const left = originX + (lattice.firstColumn - 0.5) * tilePx;
    const top = kind === "line" ? heightPx - AXIS_PX - tilePx : originY + (lattice.lastRow + 0.5) * lattice.step * unitY;
    const { width, height } = this.#decoder.image;
    this.#canvas.style.transform = `translate(${left}px, ${top}px) scale(${tilePx / width}, ${tilePx / height})`;
  }

  /** Room for `lattice`, which starts with what the old one shows there. */
  #resize(lattice: TileLattice | null, before: TileLattice | null): void {
    const image = this.#decoder?.image ?? { width: 0, height: 0 };
    const width = lattice === null ? 0 : columnsOf(lattice) * image.width;
    const height = lattice === null ? 0 : rowsOf(lattice) * image.height;
    const isMoved = lattice !== null && lattice.step === before?.step && width === this.#canvas.width && height === this.#canvas.height;
    const next = isMoved ? this.#canvas : this.#spare;
    if (!isMoved) Object.assign(next, { width, height });
    if (lattice !== null && before !== null && width > 0 && this.#canvas.width > 0) {
      const scale = before.step / lattice.step;
      const x = ((before.firstColumn - 0.5) * scale - (lattice.firstColumn - 0.5)) * image.width;
      const y = (lattice.lastRow + 0.5 - (before.lastRow + 0.5) * scale) * image.height;
      const context = next.getContext("2d");
      if (context === null) return;
      context.globalCompositeOperation = "copy"; // nothing of what stood there stays beside it
      context.drawImage(this.#canvas, x, y, this.#canvas.width * scale, this.#canvas.height * scale);
      context.globalCompositeOperation = "source-over";
    }
    if (isMoved) return;
    this.#spare = this.#canvas;
    this.#canvas = next;
    this.#host.replaceChildren(next); // another canvas costs the page a layout
  }
}

function newCanvas(): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = 0;
  canvas.height = 0;
  canvas.style.cssText = "position: absolute; left: 0; top: 0; transform-origin: 0 0;";
  return canvas;
}

/** Values in [0, 1] → 0 … 255; what is no number counts as 0. */
function bytesOf(pixels: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8ClampedArray(pixels.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = pixels[i]! * 255;
  return new Uint8Array(bytes.buffer);
}
