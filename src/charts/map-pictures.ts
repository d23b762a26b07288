/**
 * Points that turn into the images behind them where few are in view: each in a frame of
 * its class's colour, none over another. Where images would overlap, the point that comes
 * first in the data set has its image and the others stay dots, so that nothing flickers
 * while the map is moved. From dots to images it is a slow fade.
 */
import type { Rgb } from "./ink";
import type { MapOverlay, OverlaySpace } from "./map-overlay";
import { paintImage, type PaintShape } from "./paint-image";
import { visibleRange } from "./latent-view";

/** Mean distance between points, CSS pixels, at which images begin to show, and at which they are there. */
const FADE_PX = { from: 15, to: 26 } as const;
const SIDE_PX = { least: 18, most: 64 } as const;
/** Of the cells that a crowd is counted in. */
const CELL_PX = 64;
/** More cells than any plot is wide. */
const CELLS_APART = 4096;
/** An image is as wide as so many mean distances between points. */
const FILL = 1.15;
/** A little air between images. */
const AIR = 1.08;
const MOST_PICTURES = 400;
/** Images whose colours have been worked out. */
const MOST_KEPT = 2_000;
/** Of what is not selected, while something is. */
const DIM_ALPHA = 0.25;

export interface PicturePoints {
  /** Points in a range of the map, in rising order, where they are now; may hold more than are wanted. */
  readonly pointsIn: (space: OverlaySpace, marginPx: number) => readonly PicturePoint[] | null;
  readonly image: PaintShape;
  /** 0 … 255; null while they are on their way, or nowhere to be had. */
  readonly bytesOf: (point: number) => ArrayLike<number> | null;
  /** Images that would be shown if they were there. */
  readonly want: (points: readonly number[]) => void;
  /** CSS colours by class number. */
  readonly colours: readonly string[];
  /** Colours of 0 and of 255. */
  readonly inks: readonly [Rgb, Rgb];
  readonly isDimmed: (point: number) => boolean;
}

export interface PicturePoint {
  readonly point: number;
  readonly xPx: number;
  readonly yPx: number;
  readonly label: number;
}

/**
 * Mean distance between points where they are, CSS pixels: of a crowd with much free space around it, that of the crowd.
 *
 * Of points spread evenly, so many to a cell as λ, each shares its cell with λ others: what a point sees, less itself, is λ.
 */
export function spacingOf(points: readonly PicturePoint[]): number {
  const cells = new Map<number, number>();
  for (const { xPx, yPx } of points) {
    const cell = Math.floor(yPx / CELL_PX) * CELLS_APART + Math.floor(xPx / CELL_PX);
    cells.set(cell, (cells.get(cell) ?? 0) + 1);
  }
  let seen = 0;
  for (const count of cells.values()) seen += count * (count - 1);
  return CELL_PX / Math.sqrt(seen / Math.max(1, points.length));
}

/** Whether so many points on so large a plot can have images at all: a cheap look before a dear one. */
export function mayHavePictures(points: number, areaPx: number): boolean {
  return points <= areaPx / FADE_PX.from ** 2;
}

/** How large images are, and how much they are there, 0 to 1, of points so far apart. */
export function pictureSize(apartPx: number): { readonly sidePx: number; readonly alpha: number } {
  const part = Math.min(1, Math.max(0, (apartPx - FADE_PX.from) / (FADE_PX.to - FADE_PX.from)));
  return { sidePx: Math.min(SIDE_PX.most, Math.max(SIDE_PX.least, apartPx * FILL)), alpha: part * part * (3 - 2 * part) };
}

/** The points whose images fit side by side, those that come first before the others. */
export function placePictures(points: readonly PicturePoint[], sidePx: number): PicturePoint[] {
  const cellPx = sidePx * AIR;
  const taken = new Map<string, PicturePoint>();
  const placed: PicturePoint[] = [];
  for (const point of points) {
    const [column, row] = [Math.floor(point.xPx / cellPx), Math.floor(point.yPx / cellPx)];
    let isFree = true;
    for (let dy = -1; dy <= 1 && isFree; dy++) {
      for (let dx = -1; dx <= 1 && isFree; dx++) {
        const other = taken.get(`${column + dx} ${row + dy}`);
        isFree = other === undefined || Math.abs(other.xPx - point.xPx) >= cellPx || Math.abs(other.yPx - point.yPx) >= cellPx;
      }
    }
    if (!isFree) continue;
    taken.set(`${column} ${row}`, point); // a cell as wide as an image holds one at most
    placed.push(point);
    if (placed.length === MOST_PICTURES) break;
  }
  return placed;
}

export class PictureOverlay implements MapOverlay {
  readonly level = "above";
  readonly #points: PicturePoints;
  /** In the order of their last use. */
  readonly #kept = new Map<number, HTMLCanvasElement>();
  readonly #listeners = new Set<() => void>();

  constructor(points: PicturePoints) {
    this.#points = points;
  }

  readonly subscribe = (repaint: () => void): (() => void) => {
    this.#listeners.add(repaint);
    return () => this.#listeners.delete(repaint);
  };

  /** Images have come. */
  repaint(): void {
    for (const tell of this.#listeners) tell();
  }

  paint(context: CanvasRenderingContext2D, space: OverlaySpace): boolean {
    const found = this.#points.pointsIn(space, SIDE_PX.most);
    if (found === null) return false;
    const { sidePx, alpha } = pictureSize(spacingOf(found));
    if (alpha === 0) return false;
    const missing: number[] = [];
    context.save();
    context.lineWidth = 2;
    for (const picture of placePictures(found, sidePx)) {
      const canvas = this.#pictureOf(picture.point);
      if (canvas === null) missing.push(picture.point);
      else this.#draw(context, canvas, picture, sidePx, alpha);
    }
    context.restore();
    if (missing.length > 0) this.#points.want(missing);
    return false;
  }

  #draw(
    context: CanvasRenderingContext2D,
    canvas: HTMLCanvasElement,
    { point, xPx, yPx, label }: PicturePoint,
    sidePx: number,
    alpha: number,
  ) {
    const { colours, isDimmed } = this.#points;
    const longest = Math.max(canvas.width, canvas.height);
    const [width, height] = [(sidePx * canvas.width) / longest, (sidePx * canvas.height) / longest];
    // On whole pixels a frame is sharp.
    const [left, top] = [Math.round(xPx - width / 2), Math.round(yPx - height / 2)];
    context.globalAlpha = isDimmed(point) ? alpha * DIM_ALPHA : alpha;
    context.imageSmoothingEnabled = sidePx < 2 * longest;
    context.drawImage(canvas, left, top, width, height);
    context.strokeStyle = colours[label % colours.length]!;
    context.strokeRect(left, top, Math.round(width), Math.round(height));
  }

  #pictureOf(point: number): HTMLCanvasElement | null {
    const known = this.#kept.get(point);
    if (known !== undefined) {
      this.#kept.delete(point);
      this.#kept.set(point, known);
      return known;
    }
    const bytes = this.#points.bytesOf(point);
    if (bytes === null) return null;
    const { image, inks } = this.#points;
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: image.width, height: image.height });
    const context = canvas.getContext("2d");
    if (context === null) return null;
    const target = context.createImageData(image.width, image.height);
    paintImage(target, 0, 0, bytes, 255, image, ...inks);
    context.putImageData(target, 0, 0);
    this.#kept.set(point, canvas);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) break;
      this.#kept.delete(oldest);
    }
    return canvas;
  }
}

/** The range of the map with a margin. */
export function rangeWithMargin({ scales, frame }: Pick<OverlaySpace, "scales" | "frame">, marginPx: number) {
  const range = visibleRange(scales, frame);
  const margin = marginPx / scales.unitX;
  return { left: range.left - margin, right: range.right + margin, bottom: range.bottom - margin, top: range.top + margin };
}
