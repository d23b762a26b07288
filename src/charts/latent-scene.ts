/**
 * The moving picture of a latent plot: what is shown, where everything is right now,
 * and one `requestAnimationFrame` loop that runs only while something changes.
 *
 * It paints past React, because points glide and grids fill up between renders. It is
 * told numbers and knows no model and no store; decoding is a function it is handed.
 */
import { LatentCamera } from "./latent-camera";
import type { LatentCloud } from "./latent-cloud";
import { dotRadius, DotStamps } from "./latent-dots";
import type { FitRule } from "./latent-fit";
import { PositionGlide } from "./latent-glide";
import { DecoderGridPicture, type PlotDecoder } from "./latent-grid-picture";
import { nearestPoint, pointsByDistance, type HitQuery } from "./latent-hit";
import { latticeFor, PLANE_TILES } from "./latent-lattice";
import * as paint from "./latent-paint";
import { AXIS_PX, panBy, plotScales, revealPoint, STRIP_TILES, visibleRange, zoomAbout } from "./latent-view";
import type { PlotFrame, PlotKind, PlotScales } from "./latent-view";
import { rgbOf, type Rgb } from "./ink";

/** What painting and decoding together may take of a frame: half of one at 60 Hz is left to the page. One tile is always decoded. */
const FRAME_MS = 8;

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
  readonly inks: paint.PlotInks;
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

export class LatentScene {
  readonly #surfaces: SceneSurfaces;
  readonly #picture: DecoderGridPicture;
  readonly #camera = new LatentCamera();
  readonly #glide = new PositionGlide();
  readonly #onHeld: (isHeld: boolean) => void;
  #look: SceneLook | null = null;
  #stamps: { readonly key: string; readonly stamps: DotStamps } | null = null;
  /** What the dots are stamped on, as large as the canvas. */
  #bytes: ImageData | null = null;
  #frame: PlotFrame = { widthPx: 0, heightPx: 0 };
  #kind: PlotKind = "plane";
  #cloud: LatentCloud | null = null;
  #rule: FitRule = { isCentred: true, leastHalfSpan: 1 };
  #space = "";
  #hasDecoder = false;
  #marked: number | null = null;
  #probe: PlotPoint = { h: 0, v: 0 };
  /** What must be done in the next frame, besides what moves by itself. */
  #isCloudDirty = true;
  #isPlaceDirty = true;
  #wasHeld = false;
  #request = 0;

  /** @param onHeld told when the visitor takes over the view, and when it follows the codes again */
  constructor(surfaces: SceneSurfaces, onHeld: (isHeld: boolean) => void) {
    this.#surfaces = surfaces;
    this.#picture = new DecoderGridPicture(surfaces.grid);
    this.#onHeld = onHeld;
  }

  dispose(): void {
    cancelAnimationFrame(this.#request);
    this.#request = -1;
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
  setCloud(cloud: LatentCloud | null, kind: PlotKind, rule: FitRule, space: string): void {
    const now = performance.now();
    const before = this.#cloud;
    this.#cloud = cloud;
    this.#kind = kind;
    this.#rule = rule;
    // Only the same images can be said to have moved.
    const isSameImages = before !== null && cloud !== null && before.labels === cloud.labels && before.kind === kind;
    this.#glide.retarget(cloud?.positions ?? new Float32Array(0), now, isSameImages && this.#isMotionWelcome);
    if (space !== this.#space) this.#camera.fit(cloud, rule, now, isSameImages && this.#isMotionWelcome);
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
    if (isRevealed) {
      const view = revealPoint(this.#camera.target, this.#kind, this.#frame, probe.h, probe.v, 24);
      if (view !== this.#camera.target) this.#hold(view);
    }
    this.#placeAnchors();
  }

  /** Rings a point and shows its posterior; null for none. */
  setMarked(index: number | null): void {
    this.#marked = index;
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
    return query === null ? null : nearestPoint(query, xPx, yPx, radiusPx);
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
    if (this.#isCloudDirty || hasMoved || hasTurned) this.#paintCloud(look);
    if (this.#isPlaceDirty || hasTurned) this.#placeGrid();
    if (this.#isPlaceDirty || hasTurned || hasMoved) this.#placeAnchors();
    this.#isCloudDirty = false;
    this.#isPlaceDirty = false;
    if (this.#camera.isHeld !== this.#wasHeld) {
      this.#wasHeld = this.#camera.isHeld;
      this.#onHeld(this.#wasHeld);
    }
    const isGridBehind = look.layers.grid && this.#hasDecoder && this.#picture.work(startMs + FRAME_MS);
    if (isGridBehind || this.#glide.isGliding || this.#camera.view !== this.#camera.target) this.#wake();
  }

  #paintCloud(look: SceneLook): void {
    const { cloud: canvas } = this.#surfaces;
    const context = canvas.getContext("2d");
    if (context === null) return;
    const { widthPx, heightPx } = this.#frame;
    const pixelRatio = globalThis.devicePixelRatio;
    const [width, height] = [Math.round(widthPx * pixelRatio), Math.round(heightPx * pixelRatio)];
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const space: paint.PlotSpace = { kind: this.#kind, scales: this.#scales, frame: this.#frame };
    this.#paintDots(context, look, space, pixelRatio);
    context.setTransform(width / widthPx, 0, 0, height / heightPx, 0, 0);
    // What lies under the dots comes after them, the uppermost first.
    context.globalCompositeOperation = "destination-over";
    const cloud = this.#cloud;
    if (cloud !== null && look.layers.ellipses) paint.paintEllipses(context, cloud, this.#glide.now, look.hiddenClasses, space, look.inks);
    if (look.layers.rings) paint.paintRings(context, space, look.inks);
    paint.paintOrigin(context, space, look.inks);
    context.globalCompositeOperation = "source-over";
    if (look.layers.rings) paint.paintRingLabels(context, space, look.inks);
    if (this.#kind === "line") paint.paintLaneNames(context, space, look.inks, look.classNames);
    paint.paintAxes(context, space, look.inks, look.axisNames);
    if (cloud !== null && this.#marked !== null && this.#marked * 2 < this.#glide.now.length) {
      const radiusPx = dotRadius(this.#glide.now.length / 2, this.#frame) + 1;
      paint.paintMarked(context, cloud, this.#glide.now, this.#marked, space, look.inks, radiusPx);
    }
  }

  /** Fills the whole canvas: with the dots, or with nothing. */
  #paintDots(context: CanvasRenderingContext2D, look: SceneLook, { scales, frame }: paint.PlotSpace, pixelRatio: number): void {
    const { width, height } = context.canvas;
    const positions = this.#glide.now;
    if (this.#cloud === null || !look.layers.points || width === 0 || height === 0) {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, width, height);
      return;
    }
    const radiusPx = dotRadius(positions.length / 2, frame);
    const key = `${radiusPx} ${pixelRatio} ${look.inks.card} ${look.inks.classes.join()}`;
    if (this.#stamps?.key !== key) {
      const colours = look.inks.classes.map(rgbOf);
      this.#stamps = { key, stamps: new DotStamps({ radiusPx, pixelRatio, colours, edge: look.gridInks[0] }) };
    }
    if (this.#bytes?.width !== width || this.#bytes.height !== height) this.#bytes = context.createImageData(width, height);
    const { labels } = this.#cloud;
    this.#stamps.stamps.paint(this.#bytes, { positions, labels, hiddenClasses: look.hiddenClasses, scales });
    context.putImageData(this.#bytes, 0, 0);
  }

  #placeGrid(): void {
    if (!this.#hasDecoder) return;
    const scales = this.#scales;
    const tiles = this.#kind === "line" ? STRIP_TILES : PLANE_TILES;
    this.#picture.setLattice(latticeFor(this.#kind, visibleRange(scales, this.#frame), tiles));
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
    if (this.#marked === null || this.#marked * 2 >= this.#glide.now.length) return;
    const { originX, originY, unitX, unitY } = this.#scales;
    const cardX = originX + unitX * this.#glide.now[this.#marked * 2]!;
    const cardY = originY + unitY * this.#glide.now[this.#marked * 2 + 1]!;
    const [toX, toY] = [cardX > widthPx / 2 ? "calc(-100% - 12px)" : "12px", cardY > heightPx / 2 ? "calc(-100% - 12px)" : "12px"];
    card.style.transform = `translate(${cardX}px, ${cardY}px) translate(${toX}, ${toY})`;
  }
}
