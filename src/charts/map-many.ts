/**
 * Tens of thousands of points as one picture, larger than the view, that is moved and
 * scaled along with it. When it no longer covers the view, or has been stretched too far,
 * the next one is stamped behind it, in slices, and takes its place when it is done.
 *
 * They lie still: what glides are the plot's own points.
 */
import { DotStamps, type Dots } from "./latent-dots";
import type { PlotScales } from "./latent-view";
import { visibleRange } from "./latent-view";
import { rgbOf, type Rgb } from "./ink";
import { countIn, nearestIn, pointsIn, type PointIndex } from "./map-index";
import type { MapOverlay, OverlaySpace } from "./map-overlay";

/** Of the view's width and height that the picture shows beyond each edge. */
const MARGIN = 0.35;
/** A picture is stretched and shrunk so far before it is drawn anew, even in mid-gesture. */
const STRETCH = { most: 1.6, least: 0.7 } as const;
/** Points stamped between two looks at the clock. */
const BATCH = 2_000;
/** Of training images whose codes are another model's: they show where things were. */
const STALE_ALPHA = 0.35;

export interface ManyPoints {
  readonly index: PointIndex;
  readonly labels: ArrayLike<number>;
  /** CSS colours, `#rrggbb`. */
  readonly colours: readonly string[];
  /** By point, where that is not its class: an index into `colours`. */
  readonly shades: ArrayLike<number> | null;
  /** Number of the first of them among all points of the plot. */
  readonly from: number;
  readonly edge: Rgb;
  /** Whether the codes are those of the model on screen. */
  readonly isCurrent: boolean;
}

interface Picture {
  readonly canvas: HTMLCanvasElement;
  readonly scales: PlotScales;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Of points, colours and hidden classes. */
  readonly key: object;
  readonly dotPx: number;
}

interface Job {
  readonly picture: Picture;
  readonly bytes: ImageData;
  /** Null for all points. */
  readonly order: Uint32Array | null;
  readonly count: number;
  readonly stamps: DotStamps;
  readonly dots: Dots;
  done: number;
}

export class ManyOverlay implements MapOverlay {
  readonly level = "below";
  #many: ManyPoints | null = null;
  #picture: Picture | null = null;
  #job: Job | null = null;
  /** Canvas and bytes of former pictures, for the next one: they are megabytes. */
  #spare: HTMLCanvasElement | null = null;
  #bytes: ImageData | null = null;
  /** What a picture must be of, not to be old. */
  #key: object = {};
  #hidden: ReadonlySet<number> | null = null;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (repaint: () => void): (() => void) => {
    this.#listeners.add(repaint);
    return () => this.#listeners.delete(repaint);
  };

  /** Other points, or none; the picture of the former ones stays until theirs is done. */
  set(many: ManyPoints | null): void {
    this.#many = many;
    this.#job = null;
    this.#key = {};
    if (many === null) this.#picture = null;
    for (const tell of this.#listeners) tell();
  }

  paint(context: CanvasRenderingContext2D, space: OverlaySpace): boolean {
    const many = this.#many;
    if (many === null) return false;
    if (this.#hidden !== space.hiddenClasses) {
      this.#hidden = space.hiddenClasses;
      this.#key = {};
      this.#job = null;
    }
    const isBehind = this.#job !== null || this.#isStale(space);
    if (isBehind) {
      this.#job ??= this.#begin(many, context, space);
      this.#work(this.#job, space.untilMs);
    }
    if (this.#picture !== null) layPicture(context, this.#picture, space.scales, many.isCurrent);
    return this.#job !== null || (isBehind && this.#isStale(space));
  }

  readonly countInView: NonNullable<MapOverlay["countInView"]> = ({ scales, frame }) =>
    this.#many === null ? 0 : countIn(this.#many.index, visibleRange(scales, frame));

  readonly hit: NonNullable<MapOverlay["hit"]> = ({ scales, hiddenClasses }, xPx, yPx, radiusPx) => {
    if (this.#many === null) return null;
    const { index, labels, from } = this.#many;
    const [h, v] = [(xPx - scales.originX) / scales.unitX, (yPx - scales.originY) / scales.unitY];
    const found = nearestIn(index, h, v, radiusPx / scales.unitX, (i) => !hiddenClasses.has(labels[i]!));
    return found === null ? null : from + found;
  };

  /** Whether another picture is due: what it shows is old, or it does not cover the view, or it is not sharp and nothing moves. */
  #isStale({ scales, frame, dotPx, isMoving }: OverlaySpace): boolean {
    const picture = this.#picture;
    if (picture === null || picture.key !== this.#key) return true;
    const scale = scales.unitX / picture.scales.unitX;
    if (scale > STRETCH.most || scale < STRETCH.least) return true;
    const left = scales.originX - picture.scales.originX * scale;
    const top = scales.originY - picture.scales.originY * scale;
    const slackPx = 1;
    const isCovered =
      left <= slackPx &&
      top <= slackPx &&
      left + picture.widthPx * scale >= frame.widthPx - slackPx &&
      top + picture.heightPx * scale >= frame.heightPx - slackPx;
    return !isCovered || (!isMoving && (scale !== 1 || picture.dotPx !== dotPx));
  }

  #begin(
    { index, labels, colours, shades, edge }: ManyPoints,
    context: CanvasRenderingContext2D,
    { scales, frame, pixelRatio, dotPx, hiddenClasses }: OverlaySpace,
  ): Job {
    const [marginX, marginY] = [Math.round(frame.widthPx * MARGIN), Math.round(frame.heightPx * MARGIN)];
    const [widthPx, heightPx] = [frame.widthPx + 2 * marginX, frame.heightPx + 2 * marginY];
    const shifted = { ...scales, originX: scales.originX + marginX, originY: scales.originY + marginY };
    const [width, height] = [Math.round(widthPx * pixelRatio), Math.round(heightPx * pixelRatio)];
    const canvas = this.#spare ?? document.createElement("canvas");
    this.#spare = null;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    if (this.#bytes?.width !== width || this.#bytes.height !== height) this.#bytes = context.createImageData(width, height);
    new Uint32Array(this.#bytes.data.buffer).fill(0);
    const range = visibleRange(shifted, { widthPx, heightPx });
    // All of them need not be looked for.
    const order = countIn(index, range) === index.points.length ? null : pointsIn(index, range);
    return {
      picture: { canvas, scales: shifted, widthPx, heightPx, key: this.#key, dotPx },
      bytes: this.#bytes,
      order,
      count: order?.length ?? index.positions.length / 2,
      stamps: new DotStamps({ radiusPx: dotPx, pixelRatio, colours: colours.map(rgbOf), edge }),
      dots: { positions: index.positions, labels, shades, hiddenClasses, scales: shifted },
      done: 0,
    };
  }

  #work(job: Job, untilMs: number): void {
    do {
      const to = Math.min(job.count, job.done + BATCH);
      job.stamps.stamp(job.bytes, job.dots, job.order, job.done, to);
      job.done = to;
    } while (job.done < job.count && performance.now() < untilMs);
    if (job.done < job.count) return;
    job.picture.canvas.getContext("2d")?.putImageData(job.bytes, 0, 0);
    this.#spare = this.#picture?.canvas ?? null;
    this.#picture = job.picture;
    this.#job = null;
  }
}

function layPicture(
  context: CanvasRenderingContext2D,
  { canvas, scales: from, widthPx, heightPx }: Picture,
  to: PlotScales,
  isCurrent: boolean,
): void {
  const scale = to.unitX / from.unitX;
  const [x, y] = [to.originX - from.originX * scale, to.originY - from.originY * scale];
  context.save();
  if (!isCurrent) context.globalAlpha = STALE_ALPHA;
  // At its own size a picture stays sharp on whole pixels.
  if (scale === 1) context.drawImage(canvas, Math.round(x), Math.round(y), widthPx, heightPx);
  else context.drawImage(canvas, x, y, widthPx * scale, heightPx * scale);
  context.restore();
}
