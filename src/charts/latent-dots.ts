/**
 * Thousands of points, painted fast: each class's dot is drawn once onto a sheet of
 * sprites, and every point is one copy of it.
 *
 * Points are painted in the order of the examples, which the data set's shuffle mixes: a
 * class at a time would let the last class lie over all others.
 */
import type { PlotFrame, PlotScales } from "./latent-view";

/** Room around a dot for its halo. */
const HALO_PX = 1;

export interface DotLook {
  readonly radiusPx: number;
  readonly pixelRatio: number;
  /** By class number. */
  readonly colours: readonly string[];
  /** A thin edge that sets a dot off from the picture behind it. */
  readonly halo: string;
}

/** Smaller when there are more of them, larger on a larger plot. */
export function dotRadius(points: number, { widthPx, heightPx }: PlotFrame): number {
  const side = Math.min(1.7, Math.max(0.8, Math.min(widthPx, heightPx) / 480));
  return side * Math.min(3, Math.max(1.7, 2.4 * (2000 / Math.max(1, points)) ** 0.25));
}

export class DotSprites {
  readonly #sheet = document.createElement("canvas");
  #sidePx = 0;
  #pixelRatio = 1;
  #key = "";

  /** Draws the sheet anew if the look has changed. */
  prepare(look: DotLook): void {
    const key = JSON.stringify(look);
    if (key === this.#key) return;
    this.#key = key;
    const { radiusPx, pixelRatio, colours, halo } = look;
    this.#pixelRatio = pixelRatio;
    this.#sidePx = Math.ceil((radiusPx + HALO_PX) * 2 * pixelRatio) + 2;
    this.#sheet.width = this.#sidePx * colours.length;
    this.#sheet.height = this.#sidePx;
    const context = this.#sheet.getContext("2d");
    if (context === null) return;
    const middle = this.#sidePx / 2;
    colours.forEach((colour, label) => {
      const x = label * this.#sidePx + middle;
      disc(context, x, middle, (radiusPx + HALO_PX * 0.75) * pixelRatio, halo, 0.55);
      disc(context, x, middle, radiusPx * pixelRatio, colour, 0.92);
    });
  }

  /** @param positions `[points, 2]`, plot units; the context is scaled to CSS pixels. */
  paint(
    context: CanvasRenderingContext2D,
    positions: Float32Array,
    labels: ArrayLike<number>,
    hiddenClasses: ReadonlySet<number>,
    { originX, originY, unitX, unitY }: PlotScales,
    { widthPx, heightPx }: PlotFrame,
  ): void {
    const side = this.#sidePx;
    if (side === 0) return;
    const size = side / this.#pixelRatio;
    const half = size / 2;
    const classes = this.#sheet.width / side;
    for (let i = 0; i * 2 < positions.length; i++) {
      const x = originX + unitX * positions[i * 2]!;
      const y = originY + unitY * positions[i * 2 + 1]!;
      // Written so that NaN is left out, too.
      const isInside = x > -half && x < widthPx + half && y > -half && y < heightPx + half;
      if (!isInside || hiddenClasses.has(labels[i]!)) continue;
      context.drawImage(this.#sheet, (labels[i]! % classes) * side, 0, side, side, x - half, y - half, size, size);
    }
  }
}

function disc(context: CanvasRenderingContext2D, x: number, y: number, radius: number, colour: string, alpha: number): void {
  context.globalAlpha = alpha;
  context.fillStyle = colour;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}
