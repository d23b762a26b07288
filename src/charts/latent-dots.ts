/**
 * Thousands of points, painted fast: stamped straight into the bytes of an image, which
 * takes a tenth of the time that as many calls of a canvas take, on any machine.
 *
 * A stamp is one class's dot with a thin edge in the card's colour that sets it off from
 * the picture behind it, at one of 4 × 4 places within a pixel, so that dots glide
 * smoothly. Points are painted in the order of the examples, which the data set's shuffle
 * mixes: a class at a time would let the last class lie over all others. No canvas here.
 */
import type { Rgb } from "./ink";
import type { PlotFrame, PlotScales } from "./latent-view";

/** Places within a pixel, along each side. */
const PHASES = 4;
/** Width of a dot's edge. */
const EDGE_PX = 0.8;
const EDGE_ALPHA = 0.6;
/** A dot smaller than this has next to none: thousands of edges would be a fog. */
const EDGED_PX = 1.4;

export interface DotLook {
  readonly radiusPx: number;
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
  /** By class number. */
  readonly colours: readonly Rgb[];
  readonly edge: Rgb;
}

/** Points and where they are. */
export interface Dots {
  /** `[points, 2]`, plot units. */
  readonly positions: Float32Array;
  readonly labels: ArrayLike<number>;
  readonly hiddenClasses: ReadonlySet<number>;
  readonly scales: PlotScales;
  /** By point: which colour it has, where that is not its class's. */
  readonly shades?: ArrayLike<number> | null;
}

/** The part of `ImageData` that is written to: RGBA, not premultiplied. */
export interface DotTarget {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** Smaller when there are more of them in view, larger on a larger plot. */
export function dotRadius(points: number, { widthPx, heightPx }: PlotFrame): number {
  const side = Math.min(1.7, Math.max(0.8, Math.min(widthPx, heightPx) / 480));
  return side * Math.min(3, Math.max(0.9, 2.4 * (2000 / Math.max(1, points)) ** 0.25));
}

export class DotStamps {
  readonly #pixelRatio: number;
  readonly #classes: number;
  /** Pixels of a stamp's side. */
  readonly #side: number;
  /** `[class, phase down, phase right]` */
  readonly #stamps: readonly Stamp[];

  constructor(look: DotLook) {
    this.#pixelRatio = look.pixelRatio;
    this.#classes = look.colours.length;
    this.#side = 2 * Math.ceil((look.radiusPx + EDGE_PX) * look.pixelRatio + 0.5) + 1;
    this.#stamps = look.colours.flatMap((colour) =>
      Array.from({ length: PHASES * PHASES }, (_, phase) =>
        drawStamp(look, colour, this.#side, phase % PHASES, Math.floor(phase / PHASES)),
      ),
    );
  }

  /** Clears `target` and stamps every shown point onto it. */
  paint(target: DotTarget, dots: Dots): void {
    new Uint32Array(target.data.buffer).fill(0);
    this.stamp(target, dots, null, 0, dots.positions.length / 2);
  }

  /**
   * Stamps some of the points over what is there.
   *
   * @param order indices of the points to stamp; null for all, as they come
   * @param from first of them in `order`; `to`: past the last
   */
  stamp({ data, width, height }: DotTarget, dots: Dots, order: Uint32Array | null, from: number, to: number): void {
    const { positions, labels, shades, hiddenClasses, scales } = dots;
    const pixels = new Uint32Array(data.buffer);
    const { originX, originY, unitX, unitY } = scales;
    const half = (this.#side - 1) / 2;
    for (let k = from; k < to; k++) {
      const i = order === null ? k : order[k]!;
      const x = (originX + unitX * positions[i * 2]!) * this.#pixelRatio;
      const y = (originY + unitY * positions[i * 2 + 1]!) * this.#pixelRatio;
      // Written so that NaN is left out, too.
      const isInside = x > -half && x < width + half && y > -half && y < height + half;
      if (!isInside || hiddenClasses.has(labels[i]!)) continue;
      const column = Math.floor(x);
      const row = Math.floor(y);
      const phase = Math.floor((y - row) * PHASES) * PHASES + Math.floor((x - column) * PHASES);
      const colour = (shades ?? labels)[i]! % this.#classes;
      press(this.#stamps[colour * PHASES * PHASES + phase]!, this.#side, column - half, row - half, pixels, data, width, height);
    }
  }
}

/** The pixels of a dot that are not clear, the opaque ones first. */
interface Stamp {
  /** Of each, from the stamp's upper left corner. */
  readonly right: Uint8Array;
  readonly down: Uint8Array;
  readonly inks: Uint32Array;
  /** The same, as RGBA bytes. */
  readonly bytes: Uint8Array;
  readonly opaque: number;
}

/** Lays a stamp over what is there; most of its pixels are opaque, or fall on nothing. */
function press(
  { right, down, inks, bytes, opaque }: Stamp,
  side: number,
  left: number,
  top: number,
  pixels: Uint32Array,
  data: Uint8ClampedArray,
  width: number,
  height: number,
): void {
  const isCut = left < 0 || top < 0 || left + side > width || top + side > height;
  for (let i = 0; i < inks.length; i++) {
    const [x, y] = [left + right[i]!, top + down[i]!];
    if (isCut && (x < 0 || y < 0 || x >= width || y >= height)) continue;
    const to = y * width + x;
    if (i < opaque || pixels[to] === 0) pixels[to] = inks[i]!;
    else layOver(bytes, i * 4, data, to * 4);
  }
}

/** Source over destination, neither premultiplied. */
function layOver(source: Uint8Array, from: number, data: Uint8ClampedArray, to: number): void {
  const alpha = source[from + 3]! / 255;
  const under = (data[to + 3]! / 255) * (1 - alpha);
  const all = alpha + under;
  const [part, rest] = [alpha / all, under / all];
  data[to] = source[from]! * part + data[to]! * rest;
  data[to + 1] = source[from + 1]! * part + data[to + 1]! * rest;
  data[to + 2] = source[from + 2]! * part + data[to + 2]! * rest;
  data[to + 3] = all * 255;
}

/** A dot whose middle is in the stamp's middle pixel, (`right` + ½) / 4 and (`down` + ½) / 4 from its corner. */
function drawStamp({ radiusPx, pixelRatio, edge }: DotLook, colour: Rgb, side: number, right: number, down: number): Stamp {
  const stamp = new Uint32Array(side * side);
  const bytes = new Uint8ClampedArray(stamp.buffer);
  const corner = (side - 1) / 2;
  const edgePx = radiusPx < EDGED_PX ? EDGE_PX / 4 : EDGE_PX;
  const [middleX, middleY] = [corner + (right + 0.5) / PHASES, corner + (down + 0.5) / PHASES];
  for (let pixel = 0; pixel < side * side; pixel++) {
    const far = Math.hypot((pixel % side) + 0.5 - middleX, Math.floor(pixel / side) + 0.5 - middleY);
    const dot = cover(radiusPx * pixelRatio - far);
    const rim = cover((radiusPx + edgePx) * pixelRatio - far) * EDGE_ALPHA * (1 - dot);
    const alpha = dot + rim;
    if (alpha === 0) continue;
    for (let channel = 0; channel < 3; channel++) bytes[pixel * 4 + channel] = (colour[channel]! * dot + edge[channel]! * rim) / alpha;
    bytes[pixel * 4 + 3] = alpha * 255;
  }
  const alphaOf = (pixel: number) => bytes[pixel * 4 + 3]!;
  const shown = Uint32Array.from(stamp.keys())
    .filter((pixel) => alphaOf(pixel) > 0)
    .toSorted((a, b) => Number(alphaOf(b) === 255) - Number(alphaOf(a) === 255));
  const inks = Uint32Array.from(shown, (pixel) => stamp[pixel]!);
  return {
    right: Uint8Array.from(shown, (pixel) => pixel % side),
    down: Uint8Array.from(shown, (pixel) => Math.floor(pixel / side)),
    inks,
    bytes: new Uint8Array(inks.buffer),
    opaque: shown.filter((pixel) => alphaOf(pixel) === 255).length,
  };
}

/** How much of a pixel lies inside an edge that is `inside` pixels away from its middle. */
function cover(inside: number): number {
  return Math.min(1, Math.max(0, inside + 0.5));
}
