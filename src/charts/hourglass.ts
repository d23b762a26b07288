/**
 * Where the layers of one side of the hourglass stand, and the silhouette behind
 * them: heights follow the layers' widths on a log scale, so that 784, 400 and 2
 * units can be told apart in one picture.
 *
 * Pure numbers; the encoder is laid out from the image inwards, the decoder is its
 * mirror image.
 */
import { clamp } from "../lib/clamp";

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A place where a layer can be put in. */
export interface HourglassGap {
  /** Centre. */
  readonly x: number;
  readonly width: number;
  /** Index the new layer would have, in data order. */
  readonly index: number;
}

export interface HourglassFrame {
  readonly side: "encoder" | "decoder";
  /** Room there is; the layout may need more (`HourglassLayout.widthPx`). */
  readonly widthPx: number;
  /** Height of the tallest stage. */
  readonly heightPx: number;
  /** Widths of the hidden layers, in data order. */
  readonly layers: readonly number[];
  readonly pixels: number;
  readonly latentDim: number;
  /** Units of the widest stage of either side, which gets the full height. */
  readonly widest: number;
  /** Width of a layer's box where there is room, and the least where there is not. */
  readonly blockPx: number;
  readonly leastBlockPx: number;
  /** Of the bar that stands for the pixels. */
  readonly platePx: number;
  /** Least room between two stages: the size of the button that stands there. */
  readonly gapPx: number;
  /** Room kept free beside the latent space. */
  readonly leadPx: number;
  /** Whether the heads stand on this side as a block of their own. */
  readonly hasHeads: boolean;
}

export interface HourglassLayout {
  /** At least the frame's width; more when the layers do not fit. */
  readonly widthPx: number;
  /** The pixels. */
  readonly plate: Box;
  /** Hidden layers in data order. */
  readonly blocks: readonly Box[];
  readonly heads: Box | null;
  /** In data order. */
  readonly gaps: readonly HourglassGap[];
  /** SVG path of the silhouette over the whole width. */
  readonly path: string;
}

/** No stage is lower than this: it has to be seen and touched. */
export const LEAST_HEIGHT_PX = 44;

/** Height of a stage of `units`, 0 units at 0 and `widest` at `fullPx`, logarithmic between. */
export function stageHeight(units: number, widest: number, fullPx: number): number {
  if (!(units >= 1)) return LEAST_HEIGHT_PX; // a width that is being typed
  return Math.max(LEAST_HEIGHT_PX, (fullPx * Math.log1p(units)) / Math.log1p(Math.max(widest, units)));
}

export function layoutHourglass(frame: HourglassFrame): HourglassLayout {
  const inwards = layoutInwards(frame);
  return frame.side === "encoder" ? inwards : mirrored(inwards, frame.layers.length);
}

/** From the image at x = 0 to the latent space. */
function layoutInwards(frame: HourglassFrame): HourglassLayout {
  const { side, layers, heightPx, platePx, gapPx, leadPx, hasHeads, widest } = frame;
  const units = side === "encoder" ? layers : layers.toReversed();
  const gapCount = units.length + 1;
  const blockCount = units.length + (hasHeads ? 1 : 0);
  const roomPx = (frame.widthPx - platePx - leadPx - gapPx * gapCount) / Math.max(1, blockCount);
  const blockPx = clamp(Math.floor(roomPx), frame.leastBlockPx, frame.blockPx);
  const fixed = platePx + blockPx * blockCount + leadPx;
  const gapWidth = Math.max(gapPx, (frame.widthPx - fixed) / gapCount);
  const widthPx = fixed + gapWidth * gapCount;

  const box = (x: number, width: number, count: number): Box => {
    const height = stageHeight(count, widest, heightPx);
    return { x, y: (heightPx - height) / 2, width, height };
  };
  const plate = box(0, platePx, frame.pixels);
  const gapAt = (index: number) => platePx + index * (gapWidth + blockPx);
  const blocks = units.map((count, i) => box(gapAt(i) + gapWidth, blockPx, count));
  const heads = hasHeads ? box(gapAt(units.length) + gapWidth, blockPx, frame.latentDim) : null;
  const gaps = Array.from({ length: gapCount }, (_, index) => ({ x: gapAt(index) + gapWidth / 2, width: gapWidth, index }));

  const waist = box(widthPx, 0, frame.latentDim);
  const stages = [plate, ...blocks, ...(heads === null ? [] : [heads]), waist];
  return { widthPx, plate, blocks, heads, gaps, path: silhouette(stages, heightPx) };
}

/** Flat along each stage, an S from one to the next that never bulges. */
function silhouette(stages: readonly Box[], heightPx: number): string {
  const points = stages.flatMap(({ x, width, height }) => [[x, height] as const, ...(width > 0 ? [[x + width, height] as const] : [])]);
  const apart = points.filter(([x], i) => i === 0 || x > points[i - 1]![0]);
  const top = apart.map(([x, height]) => [x, (heightPx - height) / 2] as const);
  const bottom = apart.map(([x, height]) => [x, (heightPx + height) / 2] as const).toReversed();
  return `M${bumps(top)}L${bumps(bottom)}Z`;
}

/** Through all points, level at each: control points half-way between, at the heights of either end (d3's `curveBumpX`). */
function bumps(points: readonly (readonly [x: number, y: number])[]): string {
  return points
    .map(([x, y], i) => {
      const before = points[i - 1];
      if (before === undefined) return `${written(x)},${written(y)}`;
      const middle = written((before[0] + x) / 2);
      return `C${middle},${written(before[1])},${middle},${written(y)},${written(x)},${written(y)}`;
    })
    .join("");
}

/** A thousandth of a pixel is fine enough. */
function written(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** The same from left to right in data order: latent space first, pixels last. */
function mirrored(layout: HourglassLayout, layerCount: number): HourglassLayout {
  const { widthPx } = layout;
  const flip = (box: Box): Box => ({ ...box, x: widthPx - box.x - box.width });
  return {
    widthPx,
    plate: flip(layout.plate),
    blocks: layout.blocks.map(flip).toReversed(),
    heads: layout.heads === null ? null : flip(layout.heads),
    gaps: layout.gaps.map((gap) => ({ ...gap, x: widthPx - gap.x, index: layerCount - gap.index })).toReversed(),
    path: mirrorPath(layout.path, widthPx),
  };
}

/** Every absolute x of an `M`, `L` or `C` path → `widthPx` − x; a silhouette consists of these and `Z`. */
function mirrorPath(path: string, widthPx: number): string {
  return path.replace(/[MLC]([^MLCZ]*)/g, (command) => {
    const numbers = command.slice(1).split(",").map(Number);
    return command[0]! + numbers.map((value, i) => (i % 2 === 0 ? written(widthPx - value) : value)).join(",");
  });
}
