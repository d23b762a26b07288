/**
 * The run's past as frames of a GIF: the decoder grid and the points over it, as the map
 * shows them, painted into bytes without a canvas. One view for all frames, the one that
 * suits the last, so that what moves is the model.
 */
import { DotStamps, dotRadius, type DotTarget } from "../../../charts/latent-dots";
import { lineCloud, planeCloud, type LatentCloud } from "../../../charts/latent-cloud";
import { aspectOf, codeBounds, fitView } from "../../../charts/latent-fit";
import { AXIS_PX, plotScales, STRIP_TILES, type PlotScales } from "../../../charts/latent-view";
import type { Rgb } from "../../../charts/ink";
import { paintImage, type PaintShape } from "../../../charts/paint-image";
import { isPointShape, POINT_SHAPE, pointTile } from "../../../charts/point-tile";
import type { GifFrame } from "../../../exchange/gif";
import { nextTask } from "../../../lib/next-task";
import { decode } from "../../../model/forward";
import type { Network } from "../../../model/network";
import type { Bytes, Snapshot } from "../../../protocol/messages";
import { unpackMoment, type Moment } from "../../../store/moments";
import type { LatentMap } from "../../latent/use-map";
import { writeNumber } from "./digits";
import { FilmPalette, filmColours, type PaletteInks } from "./film-palette";

export interface FilmOptions {
  /** A square, in pixels. */
  readonly sidePx: number;
  readonly momentMs: number;
  readonly hasGrid: boolean;
  readonly hasPoints: boolean;
  readonly hasStep: boolean;
  readonly inks: PaletteInks;
}

export interface FilmScene {
  readonly moments: readonly Moment[];
  readonly network: Network;
  readonly map: Pick<LatentMap, "lift" | "positions" | "latentDim">;
  /** What the map does not show of a code. */
  readonly rest: readonly number[];
  /** Class that a conditional decoder is told. */
  readonly told: number;
  /** Of the held-out images; a GAN's draws bring their own. */
  readonly labels: Bytes;
  readonly classes: number;
  readonly hiddenClasses: ReadonlySet<number>;
  /** Whether the prior gives the map its centre and scale. */
  readonly hasPrior: boolean;
}

const SLICE_MS = 8;
/** A tile of the grid, about; whole ones fill the frame. */
const TILE_PX = 24;
/** The film rests on its last frame for so many moments before it begins again. */
const LAST_MOMENTS = 4;

/** One frame for each moment. @throws the signal's reason when it is aborted in between */
export async function* filmFrames(scene: FilmScene, options: FilmOptions, signal: AbortSignal): AsyncGenerator<GifFrame> {
  const { moments, network } = scene;
  const last = moments.at(-1);
  if (last === undefined) return;
  const kind = scene.map.latentDim === 1 ? "line" : "plane";
  const frame = { widthPx: options.sidePx, heightPx: options.sidePx };
  const rule = { isCentred: scene.hasPrior, leastHalfSpan: scene.hasPrior ? 3.5 : 1 };
  const end = cloudOf(scene, unpackMoment(last));
  const bounds = codeBounds(end.positions, kind, rule) ?? { x: 0, y: 0, halfWidth: 0, halfHeight: 0 };
  const scales = plotScales(kind, fitView(bounds, rule, aspectOf(kind, frame)), frame);
  const palette = new FilmPalette(filmColours(options.inks, network.image.channels === 3));
  const stamps = new DotStamps({
    radiusPx: dotRadius(end.positions.length / 2, frame),
    pixelRatio: 1,
    colours: options.inks.classes,
    edge: options.inks.card,
  });

  for (const moment of moments) {
    const target = { data: new Uint8ClampedArray(options.sidePx ** 2 * 4), width: options.sidePx, height: options.sidePx };
    fillWith(target, options.inks.card);
    const snapshot = unpackMoment(moment);
    if (options.hasGrid) await paintGrid(target, scene, snapshot, scales, kind === "line", options.inks, signal);
    if (options.hasPoints) {
      const cloud = cloudOf(scene, snapshot);
      const dots = { positions: cloud.positions, labels: cloud.labels, hiddenClasses: scene.hiddenClasses, scales };
      stamps.stamp(target, dots, null, 0, cloud.positions.length / 2);
    }
    if (options.hasStep)
      writeNumber(target, moment.step, Math.max(2, Math.round(options.sidePx / 120)), options.inks.ink, options.inks.card);
    palette.apply(target.data);
    yield { pixels: target.data, delayMs: options.momentMs * (moment === last ? LAST_MOMENTS : 1) };
    signal.throwIfAborted();
  }
}

function cloudOf({ map, labels, classes }: FilmScene, { adversarial, posteriorMean }: Snapshot): LatentCloud {
  const places = { positions: map.positions(adversarial?.draws ?? posteriorMean), spreads: null };
  const known = adversarial === null ? labels : (adversarial.drawClasses ?? new Uint8Array(places.positions.length / 2));
  return map.latentDim === 1 ? lineCloud(places, known, classes) : planeCloud(places, known);
}

function fillWith({ data }: DotTarget, [red, green, blue]: Rgb): void {
  for (let at = 0; at < data.length; at += 4) data.set([red, green, blue, 255], at);
}

/** Tiles row by row, each row decoded at once; other tasks get in between. */
async function paintGrid(
  target: DotTarget,
  { network, map, rest, told }: FilmScene,
  { weights }: Snapshot,
  { originX, originY, unitX, unitY }: PlotScales,
  isLine: boolean,
  { card, grid }: PaletteInks,
  signal: AbortSignal,
): Promise<void> {
  const columns = isLine ? STRIP_TILES : Math.max(1, Math.round(target.width / TILE_PX));
  const tilePx = target.width / columns;
  const rows = isLine ? 1 : columns;
  const isPoint = isPointShape(network.image);
  const shape = isPoint ? POINT_SHAPE : network.image;
  const tile = { data: new Uint8ClampedArray(shape.height * shape.width * 4), width: shape.width };
  const labels = Array.from({ length: columns }, () => told);
  let sliceStart = performance.now();
  for (let row = 0; row < rows; row++) {
    const top = isLine ? target.height - AXIS_PX - tilePx : row * tilePx;
    const v = (top + tilePx / 2 - originY) / unitY;
    const codes = Float32Array.from(
      Array.from({ length: columns }, (_, column) => map.lift(rest, ((column + 0.5) * tilePx - originX) / unitX, v)).flat(),
    );
    const pixels = decode(network, weights, codes, columns, labels);
    for (let column = 0; column < columns; column++) {
      const image = pixels.subarray(column * network.pixels, (column + 1) * network.pixels);
      paintImage(tile, 0, 0, isPoint ? pointTile(image) : image, 1, shape, card, grid);
      layTile(target, tile.data, shape, column * tilePx, top, tilePx);
    }
    if (performance.now() - sliceStart < SLICE_MS) continue;
    await nextTask();
    signal.throwIfAborted();
    sliceStart = performance.now();
  }
}

/** A tile at its place in the frame, by the nearest pixels. */
function layTile(
  { data, width, height }: DotTarget,
  tile: Uint8ClampedArray,
  shape: PaintShape,
  left: number,
  top: number,
  tilePx: number,
): void {
  const [fromX, fromY] = [Math.round(left), Math.round(top)];
  const [toX, toY] = [Math.min(width, Math.round(left + tilePx)), Math.min(height, Math.round(top + tilePx))];
  for (let y = Math.max(0, fromY); y < toY; y++) {
    const row = Math.floor(((y + 0.5 - fromY) / (toY - fromY)) * shape.height);
    for (let x = fromX; x < toX; x++) {
      const column = Math.floor(((x + 0.5 - fromX) / (toX - fromX)) * shape.width);
      const from = (row * shape.width + column) * 4;
      data.set(tile.subarray(from, from + 4), (y * width + x) * 4);
    }
  }
}
