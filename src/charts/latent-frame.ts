/**
 * Paints one frame of a latent plot: its own points, rings, ellipses and axes, and what
 * is laid over and under them. Keeps only what saves work: stamps and the bytes they are
 * stamped on.
 */
import { dotRadius, DotStamps } from "./latent-dots";
import type { LatentCloud } from "./latent-cloud";
import * as paint from "./latent-paint";
import type { SceneLook } from "./latent-scene";
import { visibleRange } from "./latent-view";
import { rgbOf } from "./ink";
import type { MapOverlay, OverlayLevel, OverlaySpace } from "./map-overlay";

/** Another look of single points than their class's colour. */
export interface DotTints {
  /** CSS colours, `#rrggbb`. */
  readonly colours: readonly string[];
  /** By point: an index into `colours`. */
  readonly of: ArrayLike<number>;
}

export interface FrameScene {
  readonly look: SceneLook;
  readonly cloud: LatentCloud | null;
  readonly marked: number | null;
  readonly tints: DotTints | null;
  /** Points whose posteriors are drawn; null for all. */
  readonly spreadOf: readonly number[] | null;
  readonly overlays: readonly MapOverlay[];
  readonly space: Omit<OverlaySpace, "inks" | "hiddenClasses" | "dotPx" | "pixelRatio">;
}

/** Dots keep their size until there are so many times more or fewer in view: they would flicker. */
const CROWD_SLACK = 1.6;

export class FramePainter {
  readonly #dots = document.createElement("canvas");
  #stamps: { readonly key: string; readonly stamps: DotStamps } | null = null;
  /** What the dots are stamped on, as large as the canvas. */
  #bytes: ImageData | null = null;
  #crowd = 0;
  /** The last one painted. */
  space: OverlaySpace | null = null;

  /** True when an overlay has more to paint. */
  paint(canvas: HTMLCanvasElement, scene: FrameScene): boolean {
    const context = canvas.getContext("2d");
    if (context === null) return false;
    const { look, cloud, overlays } = scene;
    const { widthPx, heightPx } = scene.space.frame;
    const pixelRatio = globalThis.devicePixelRatio;
    const [width, height] = [Math.round(widthPx * pixelRatio), Math.round(heightPx * pixelRatio)];
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    if (width === 0 || height === 0) return false;
    const dotPx = dotRadius(this.#crowdOf(scene), scene.space.frame);
    const space: OverlaySpace = { ...scene.space, inks: look.inks, hiddenClasses: look.hiddenClasses, pixelRatio, dotPx };
    this.space = space;
    const scaleUp = () => context.setTransform(width / widthPx, 0, 0, height / heightPx, 0, 0);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    scaleUp();
    let isBehind = false;
    const paintOverlays = (level: OverlayLevel) => {
      for (const overlay of overlays) if (overlay.level === level && overlay.paint(context, space)) isBehind = true;
    };

    paintOverlays("ground");
    paint.paintOrigin(context, space, look.inks);
    if (look.layers.rings) paint.paintRings(context, space, look.inks);
    if (look.layers.points) paintOverlays("below");
    if (cloud !== null && look.layers.ellipses) {
      paint.paintEllipses(context, cloud, space.positions, look.hiddenClasses, scene.spreadOf, space, look.inks);
    }
    if (cloud !== null && look.layers.points) {
      this.#stampDots(context, scene, cloud, space, width, height);
      scaleUp();
    }
    paintOverlays("above");
    if (look.layers.rings) paint.paintRingLabels(context, space, look.inks);
    if (space.kind === "line") paint.paintLaneNames(context, space, look.inks, look.classNames);
    if (cloud !== null && scene.marked !== null && scene.marked * 2 < space.positions.length) {
      paint.paintMarked(context, cloud, space.positions, scene.marked, space, look.inks, dotPx + 1);
    }
    paintOverlays("marks");
    paint.paintAxes(context, space, look.inks, look.axisNames);
    return isBehind;
  }

  /** Points in view, give or take. */
  #crowdOf({ cloud, overlays, space }: FrameScene): number {
    let count = overlays.reduce((sum, overlay) => sum + (overlay.countInView?.(space) ?? 0), 0);
    if (cloud !== null) count += countVisible(space);
    if (count > this.#crowd * CROWD_SLACK || count < this.#crowd / CROWD_SLACK) this.#crowd = count;
    return this.#crowd;
  }

  #stampDots(
    context: CanvasRenderingContext2D,
    { look, tints }: FrameScene,
    cloud: LatentCloud,
    space: OverlaySpace,
    width: number,
    height: number,
  ): void {
    const { pixelRatio, dotPx, positions, scales } = space;
    const colours = tints?.colours ?? look.inks.classes;
    const key = `${dotPx} ${pixelRatio} ${look.inks.card} ${colours.join()}`;
    if (this.#stamps?.key !== key) {
      const stamps = new DotStamps({ radiusPx: dotPx, pixelRatio, colours: colours.map(rgbOf), edge: look.gridInks[0] });
      this.#stamps = { key, stamps };
    }
    if (this.#bytes?.width !== width || this.#bytes.height !== height) {
      this.#bytes = context.createImageData(width, height);
      Object.assign(this.#dots, { width, height });
    }
    const shades = tints?.of ?? null;
    this.#stamps.stamps.paint(this.#bytes, { positions, labels: cloud.labels, hiddenClasses: look.hiddenClasses, scales, shades });
    this.#dots.getContext("2d")?.putImageData(this.#bytes, 0, 0);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(this.#dots, 0, 0);
  }
}

function countVisible({ positions, scales, frame, kind }: FrameScene["space"]): number {
  const { left, right, bottom, top } = visibleRange(scales, frame);
  let count = 0;
  for (let i = 0; i < positions.length; i += 2) {
    const [h, v] = [positions[i]!, positions[i + 1]!];
    if (h >= left && h <= right && (kind === "line" || (v >= bottom && v <= top))) count++;
  }
  return count;
}
