/**
 * The moving picture of a latent plot: what is shown, where everything is right now,
 * and one `requestAnimationFrame` loop that runs only while something changes.
 *
 * It paints past React, because points glide and grids fill up between renders. It is
 * told numbers and knows no model and no store; decoding is a function it is handed.
 */
import { LatentCamera } from "./latent-camera";
import type { LatentCloud } from "./latent-cloud";
import type { FitRule } from "./latent-fit";
import { FramePainter, type DotTints } from "./latent-frame";
import { PositionGlide } from "./latent-glide";
import { DecoderGridPicture, type PlotDecoder } from "./latent-grid-picture";
import { nearestPoint, pointsByDistance, type HitQuery } from "./latent-hit";
import { latticeAlong, latticeFor, PLANE_TILES } from "./latent-lattice";
import type { PlotInks } from "./latent-paint";
import { AXIS_PX, panBy, plotScales, revealPoint, STRIP_TILES, visibleRange, zoomAbout } from "./latent-view";
import type { LatentView, PlotFrame, PlotKind, PlotRange, PlotScales } from "./latent-view";
import type { Rgb } from "./ink";
import type { MapOverlay } from "./map-overlay";

/**
 * What painting and decoding together may take of a frame, milliseconds: less while a hand moves the view or the probe, so that they
 * keep up with it. The rest of a frame at 60 Hz is the page's. Some tiles are always decoded.
 */
const FRAME_MS = { moving: 4, still: 11 } as const;
/** A view that has not changed for so long is at rest: time to ask for what takes longer than a frame. */
const REST_MS = 160;

/** Elements the scene paints on or moves about; all of them fill the plot or start at its upper left corner. */
export interface SceneSurfaces {
  readonly grid: HTMLElement;
  readonly cloud: HTMLCanvasElement;
  readonly probe: HTMLElement;
  /** Follows the marked point. */
  readonly card: HTMLElement;
}

export interface SceneLayers {
  readonly grid: boolean;
  readonly points: boolean;
  readonly rings: boolean;
  readonly ellipses: boolean;
}

export interface SceneLook {
  readonly inks: PlotInks;
  /** Colours of 0 and 1 in the decoder grid. */
  readonly gridInks: readonly [Rgb, Rgb];
  readonly layers: SceneLayers;
  readonly hiddenClasses: ReadonlySet<number>;
  /** Names of the axes, horizontal and vertical. */
  readonly axisNames: readonly [string, string];
  /** By class number, for the lanes of a line. */
  readonly classNames: readonly string[];
  readonly isReducedMotion: boolean;
}

/** A point of the plot, in plot units. */
export interface PlotPoint {
  readonly h: number;
  readonly v: number;
}

/** What the scene tells of itself. */
export interface SceneEvents {
  /** The visitor takes over the view, or it follows the codes again. */
  readonly onHeld: (isHeld: boolean) => void;
  /** The view has come to rest and shows this. */
  readonly onRest: (range: PlotRange, frame: PlotFrame) => void;
}

/** What is laid on the plot besides its own points. */
export interface SceneExtras {
  readonly overlays: readonly MapOverlay[];
  readonly tints: DotTints | null;
  /** Points whose posteriors are drawn; null for all. */
  readonly spreadOf: readonly number[] | null;
  /** Where the prior's mean stands, plot units. */
  readonly prior: readonly [number, number];
}

export class LatentScene {
  readonly #surfaces: SceneSurfaces;
  readonly #painter = new FramePainter();
  readonly #picture: DecoderGridPicture;
  readonly #camera = new LatentCamera();
  readonly #glide = new PositionGlide();
  readonly #events: SceneEvents;
  #look: SceneLook | null = null;
  #extras: SceneExtras = { overlays: [], tints: null, spreadOf: null, prior: [0, 0] };
  #stopExtras: readonly (() => void)[] = [];
  /** The view and frame that `onRest` was last told, or is about to be. */
  #rested: { view: LatentView | null; frame: PlotFrame | null; timer: ReturnType<typeof setTimeout> | undefined } = {
    view: null,
    frame: null,
    timer: undefined,
  };
  #frame: PlotFrame = { widthPx: 0, heightPx: 0 };
  #kind: PlotKind = "plane";
  #cloud: LatentCloud | null = null;
  #rule: FitRule = { isCentred: true, leastHalfSpan: 1 };
  #space = "";
  #hasDecoder = false;
  #marked: number | null = null;
  #markedPlace: PlotPoint | null = null;
  /** When the probe last moved, by `performance.now()`. */
  #probedMs = -Infinity;
  #probe: PlotPoint = { h: 0, v: 0 };
  /** What must be done in the next frame, besides what moves by itself. */
  #isCloudDirty = true;
  #isPlaceDirty = true;
  #wasHeld = false;
  #request = 0;

  constructor(surfaces: SceneSurfaces, events: SceneEvents) {
    this.#surfaces = surfaces;
    this.#picture = new DecoderGridPicture(surfaces.grid);
    this.#events = events;
  }

  dispose(): void {
    cancelAnimationFrame(this.#request);
    this.#request = -1;
    clearTimeout(this.#rested.timer);
    for (const stop of this.#stopExtras) stop();
  }

  setExtras(extras: SceneExtras): void {
    for (const stop of this.#stopExtras) stop();
    this.#extras = extras;
    const repaint = () => {
      this.#isCloudDirty = true;
      this.#wake();
    };
    this.#stopExtras = extras.overlays.flatMap((overlay) => overlay.subscribe?.(repaint) ?? []);
    repaint();
  }

  resize(frame: PlotFrame): void {
    this.#frame = frame;
    this.#camera.resize(frame);
    this.#touch();
  }

  setLook(look: SceneLook): void {
    this.#look = look;
    this.#picture.setInks(...look.gridInks);
    this.#touch();
  }

  /**
   * Newly arrived posteriors, or others of their axes.
   *
   * @param space names run and axes: in another space the view starts to follow again
   */
  setCloud(cloud: LatentCloud | null, kind: PlotKind, rule: FitRule, space: string, mayGlide: boolean): void {
    const now = performance.now();
    const before = this.#cloud;
    this.#cloud = cloud;
    this.#kind = kind;
    this.#rule = rule;
    // Only the same images can be said to have moved.
    const isSameImages = before !== null && cloud !== null && before.labels === cloud.labels && before.kind === kind;
    const isAnimated = isSameImages && mayGlide && this.#isMotionWelcome;
    this.#glide.retarget(cloud?.positions ?? new Float32Array(0), now, isAnimated);
    if (space !== this.#space) this.#camera.fit(cloud, rule, now, isAnimated);
    else if (cloud !== null) this.#camera.follow(cloud, rule, now, this.#isMotionWelcome);
    this.#space = space;
    this.#touch();
  }

  /** New weights or other hidden coordinates; see `DecoderGridPicture.setDecoder`. */
  setDecoder(decoder: PlotDecoder | null, isSamePlane: boolean): void {
    this.#hasDecoder = decoder !== null;
    this.#picture.setDecoder(decoder, isSamePlane);
    this.#isPlaceDirty = true;
    this.#wake();
  }

  /** Places the probe within this very task, so that it is painted with the event that moved it. */
  setProbe(probe: PlotPoint, isRevealed = false): void {
    this.#probe = probe;
    this.#probedMs = performance.now();
    if (isRevealed) {
      const view = revealPoint(this.#camera.target, this.#kind, this.#frame, probe.h, probe.v, 24);
      if (view !== this.#camera.target) this.#hold(view);
    }
    this.#placeAnchors();
  }

  /**
   * Rings a point and shows its posterior; null for none.
   *
   * @param place of a point that is not one of the cloud's: the card alone goes there
   */
  setMarked(index: number | null, place: PlotPoint | null): void {
    this.#marked = index;
    this.#markedPlace = place;
    this.#isCloudDirty = true;
    this.#placeAnchors();
    this.#wake();
  }

  /** The plot point under a pixel of the plot. */
  plotPoint(xPx: number, yPx: number): PlotPoint {
    const { originX, originY, unitX, unitY } = this.#scales;
    return { h: (xPx - originX) / unitX, v: (yPx - originY) / unitY };
  }

  /** The shown point nearest to a pixel of the plot, within `radiusPx`. */
  hit(xPx: number, yPx: number, radiusPx: number): number | null {
    const query = this.#hitQuery();
    const own = query === null ? null : nearestPoint(query, xPx, yPx, radiusPx);
    const { space } = this.#painter;
    if (own !== null || query === null || space === null) return own;
    for (const { hit } of this.#extras.overlays) {
      const index = hit?.(space, xPx, yPx, radiusPx) ?? null;
      if (index !== null) return index;
    }
    return null;
  }

  /** The shown points nearest to the probe, the nearest first. */
  nearestToProbe(limit: number): number[] {
    const query = this.#hitQuery();
    const [x, y] = this.#probePx();
    return query === null ? [] : pointsByDistance(query, x, y, limit);
  }

  /** Zooms about a pixel of the plot; about its middle, gently, when there is none. */
  zoom(factor: number, xPx?: number, yPx?: number): void {
    if (xPx !== undefined && yPx !== undefined) {
      const { h, v } = this.plotPoint(xPx, yPx);
      return this.#hold(zoomAbout(this.#camera.view, factor, h, this.#kind === "line" ? 0 : v));
    }
    const target = this.#camera.target;
    this.#camera.holdGently(zoomAbout(target, factor, target.x, target.y), performance.now(), this.#isMotionWelcome);
    this.#touch();
  }

  pan(dxPx: number, dyPx: number): void {
    this.#hold(panBy(this.#camera.view, this.#kind, this.#scales, dxPx, dyPx));
  }

  /** All points in view, and following them again. */
  fit(): void {
    this.#camera.fit(this.#cloud, this.#rule, performance.now(), this.#isMotionWelcome);
    this.#touch();
  }

  get #scales(): PlotScales {
    return plotScales(this.#kind, this.#camera.view, this.#frame);
  }

  get #isMotionWelcome(): boolean {
    return this.#look !== null && !this.#look.isReducedMotion;
  }

  /** Whether a hand moves the view, now or a moment ago. */
  get #isUnderHand(): boolean {
    return this.#camera.isHeld && this.#rested.timer !== undefined;
  }

  #hitQuery(): HitQuery | null {
    if (this.#cloud === null || this.#look === null || !this.#look.layers.points) return null;
    const { labels } = this.#cloud;
    return { positions: this.#glide.now, labels, hiddenClasses: this.#look.hiddenClasses, scales: this.#scales };
  }

  #hold(view: Parameters<LatentCamera["hold"]>[0]): void {
    this.#camera.hold(view);
    this.#touch();
  }

  /** Everything is to be painted again. */
  #touch(): void {
    this.#isCloudDirty = true;
    this.#isPlaceDirty = true;
    this.#wake();
  }

  #wake(): void {
    if (this.#request === 0) this.#request = requestAnimationFrame((now) => this.#paintFrame(now));
  }

  #paintFrame(now: number): void {
    this.#request = 0;
    const startMs = performance.now(); // later than `now`, which is when the frame began
    const look = this.#look;
    if (look === null || this.#frame.widthPx === 0) return;
    const hasMoved = this.#glide.isGliding;
    this.#glide.advance(now);
    const hasTurned = this.#camera.advance(now);
    this.#noteRest();
    const isBusy = this.#isUnderHand || startMs - this.#probedMs < REST_MS;
    const frameMs = isBusy ? FRAME_MS.moving : FRAME_MS.still;
    const isPainted = this.#isCloudDirty || hasMoved || hasTurned;
    this.#isCloudDirty = false;
    if (isPainted) this.#isCloudDirty = this.#paintCloud(look, startMs + frameMs / 2);
    if (this.#isPlaceDirty || hasTurned) this.#placeGrid();
    if (this.#isPlaceDirty || hasTurned || hasMoved) this.#placeAnchors();
    this.#isPlaceDirty = false;
    if (this.#camera.isHeld !== this.#wasHeld) {
      this.#wasHeld = this.#camera.isHeld;
      this.#events.onHeld(this.#wasHeld);
    }
    const isGridBehind = look.layers.grid && this.#hasDecoder && this.#picture.work(startMs + frameMs);
    if (isGridBehind || this.#isCloudDirty || this.#glide.isGliding || this.#camera.view !== this.#camera.target) this.#wake();
  }

  /** Starts the wait for rest anew whenever the view is another one. */
  #noteRest(): void {
    const { view } = this.#camera;
    const frame = this.#frame;
    if (this.#rested.view === view && this.#rested.frame === frame) return;
    clearTimeout(this.#rested.timer);
    const timer = setTimeout(() => {
      this.#rested.timer = undefined;
      this.#events.onRest(visibleRange(this.#scales, frame), frame);
      this.#touch(); // what was painted in a hurry is painted well
    }, REST_MS);
    this.#rested = { view, frame, timer };
  }

  /** True when there is more to paint in the next frame. */
  #paintCloud(look: SceneLook, untilMs: number): boolean {
    const { overlays, tints, spreadOf, prior } = this.#extras;
    return this.#painter.paint(this.#surfaces.cloud, {
      look,
      cloud: this.#cloud,
      marked: this.#marked,
      tints,
      spreadOf,
      overlays,
      space: {
        kind: this.#kind,
        scales: this.#scales,
        frame: this.#frame,
        prior,
        positions: this.#glide.now,
        isMoving: this.#rested.timer !== undefined,
        untilMs,
      },
    });
  }

  #placeGrid(): void {
    if (!this.#hasDecoder) return;
    const scales = this.#scales;
    const tiles = this.#kind === "line" ? STRIP_TILES : PLANE_TILES;
    const range = visibleRange(scales, this.#frame);
    const { lattice } = this.#picture;
    this.#picture.setLattice(this.#isUnderHand ? latticeAlong(this.#kind, range, tiles, lattice) : latticeFor(this.#kind, range, tiles));
    this.#picture.place(this.#kind, scales, this.#frame);
  }

  #probePx(): readonly [number, number] {
    const { originX, originY, unitX, unitY } = this.#scales;
    const { heightPx } = this.#frame;
    const y = this.#kind === "line" ? unitY + (heightPx - AXIS_PX - unitY) / 2 : originY + unitY * this.#probe.v;
    return [originX + unitX * this.#probe.h, y];
  }

  /** Moves probe and card to where they belong; a probe out of view waits, faint, at the edge. */
  #placeAnchors(): void {
    const { widthPx, heightPx } = this.#frame;
    const { probe, card } = this.#surfaces;
    const [x, y] = this.#probePx();
    const [shownX, shownY] = [Math.min(widthPx, Math.max(0, x)), Math.min(heightPx, Math.max(0, y))];
    probe.style.transform = `translate(${shownX}px, ${shownY}px)`;
    probe.toggleAttribute("data-outside", shownX !== x || shownY !== y);
    const marked = this.#markedAt();
    if (marked === null) return;
    const { originX, originY, unitX, unitY } = this.#scales;
    const [cardX, cardY] = [originX + unitX * marked.h, originY + unitY * marked.v];
    const [toX, toY] = [cardX > widthPx / 2 ? "calc(-100% - 12px)" : "12px", cardY > heightPx / 2 ? "calc(-100% - 12px)" : "12px"];
    card.style.transform = `translate(${cardX}px, ${cardY}px) translate(${toX}, ${toY})`;
  }
  #markedAt(): PlotPoint | null {
    if (this.#markedPlace !== null || this.#marked === null) return this.#markedPlace;
    const at = this.#marked * 2;
    return at < this.#glide.now.length ? { h: this.#glide.now[at]!, v: this.#glide.now[at + 1]! } : null;
  }
}
