/**
 * Strokes of the latent scatter on a 2-D canvas: rings of the prior, axes, points,
 * posterior ellipses. Each takes numbers and a context scaled to CSS pixels; none keeps
 * anything.
 */
import { laneCentre, type LatentCloud } from "./latent-cloud";
import { AXIS_PX, axisTicks, visibleRange, type PlotFrame, type PlotKind, type PlotScales } from "./latent-view";

/** CSS colours and type of the theme. */
export interface PlotInks {
  readonly card: string;
  readonly ink: string;
  readonly ink2: string;
  readonly line: string;
  readonly latent: string;
  readonly decoder: string;
  /** By class number. */
  readonly classes: readonly string[];
  /** CSS font family. */
  readonly family: string;
  readonly labelPx: number;
}

export interface PlotSpace {
  readonly kind: PlotKind;
  readonly scales: PlotScales;
  readonly frame: PlotFrame;
  /** Where the prior's mean stands, plot units: 0 in a plane of two latent dimensions. */
  readonly prior: readonly [number, number];
}

/** Turns of the prior's standard deviation that are drawn. */
const RINGS = [1, 2, 3] as const;
const TURN = 2 * Math.PI;

/** Text that stays legible on a picture: a halo of the card's colour behind it. */
export function writeLabel(context: CanvasRenderingContext2D, inks: PlotInks, text: string, x: number, y: number, color: string): void {
  context.lineWidth = 3;
  context.lineJoin = "round";
  context.strokeStyle = inks.card;
  context.strokeText(text, x, y);
  context.fillStyle = color;
  context.fillText(text, x, y);
}

export function setType(
  context: CanvasRenderingContext2D,
  { family, labelPx }: PlotInks,
  align: CanvasTextAlign,
  baseline: CanvasTextBaseline,
): void {
  context.font = `${labelPx}px ${family}`;
  context.textAlign = align;
  context.textBaseline = baseline;
}

/** The prior N(0, I) at one, two and three standard deviations: rings of a plane, pairs of lines across a line's lanes. */
export function paintRings(context: CanvasRenderingContext2D, { kind, scales, frame, prior }: PlotSpace, inks: PlotInks): void {
  const { unitX } = scales;
  const [originX, originY] = [scales.originX + unitX * prior[0], scales.originY + scales.unitY * prior[1]];
  context.save();
  context.strokeStyle = inks.latent;
  context.lineWidth = 1;
  context.setLineDash([3, 4]);
  context.globalAlpha = 0.7;
  context.beginPath();
  for (const sigmas of RINGS) {
    const radius = sigmas * unitX;
    if (kind === "plane") {
      context.moveTo(originX + radius, originY);
      context.arc(originX, originY, radius, 0, TURN);
      continue;
    }
    for (const x of [originX - radius, originX + radius]) {
      context.moveTo(x, 0);
      context.lineTo(x, frame.heightPx - AXIS_PX);
    }
  }
  context.stroke();
  context.restore();
}

/** Names the rings where they leave towards the upper right, as far as they are in view. */
export function paintRingLabels(context: CanvasRenderingContext2D, { kind, scales, frame, prior }: PlotSpace, inks: PlotInks): void {
  const { unitX } = scales;
  const [originX, originY] = [scales.originX + unitX * prior[0], scales.originY + scales.unitY * prior[1]];
  setType(context, inks, "left", "alphabetic");
  for (const sigmas of RINGS) {
    const along = kind === "plane" ? sigmas * unitX * Math.SQRT1_2 : sigmas * unitX;
    const x = originX + along + 4;
    const y = kind === "plane" ? originY - along - 4 : inks.labelPx + 4;
    if (x > 0 && x < frame.widthPx - 20 && y > inks.labelPx && y < frame.heightPx - AXIS_PX) {
      writeLabel(context, inks, `${sigmas}σ`, x, y, inks.latent);
    }
  }
}

/** Hairlines through the origin, under everything. */
export function paintOrigin(context: CanvasRenderingContext2D, { kind, scales, frame }: PlotSpace, inks: PlotInks): void {
  context.strokeStyle = inks.line;
  context.lineWidth = 1;
  context.beginPath();
  const x = Math.round(scales.originX) + 0.5;
  context.moveTo(x, 0);
  context.lineTo(x, frame.heightPx);
  if (kind === "plane") {
    const y = Math.round(scales.originY) + 0.5;
    context.moveTo(0, y);
    context.lineTo(frame.widthPx, y);
  }
  context.stroke();
}

/** Ticks with their values along the lower and the left edge, and the names of the axes at their ends. */
export function paintAxes(
  context: CanvasRenderingContext2D,
  { kind, scales, frame }: PlotSpace,
  inks: PlotInks,
  names: readonly [string, string],
): void {
  const { widthPx, heightPx } = frame;
  const { left, right, bottom, top } = visibleRange(scales, frame);
  const across = axisTicks(left, right, widthPx, (value) => scales.originX + scales.unitX * value);
  const nameX = widthPx - 10;
  setType(context, inks, "center", "bottom");
  const nameWidth = context.measureText(names[0]).width + 18;
  for (const { px, label: text } of across) {
    tickMark(context, inks, px, heightPx, px, heightPx - 4);
    if (px > 26 && px < widthPx - nameWidth - 12) writeLabel(context, inks, text, px, heightPx - 5, inks.ink2);
  }
  setType(context, inks, "right", "bottom");
  writeLabel(context, inks, names[0], nameX, heightPx - 5, inks.ink);
  if (kind === "line") return;

  setType(context, inks, "left", "middle");
  for (const { px, label: text } of axisTicks(bottom, top, heightPx, (value) => scales.originY + scales.unitY * value)) {
    tickMark(context, inks, 0, px, 4, px);
    if (px > 26 && px < heightPx - 22) writeLabel(context, inks, text, 7, px, inks.ink2);
  }
  setType(context, inks, "left", "top");
  writeLabel(context, inks, names[1], 8, 8, inks.ink);
}

function tickMark(context: CanvasRenderingContext2D, inks: PlotInks, x0: number, y0: number, x1: number, y1: number): void {
  context.strokeStyle = inks.ink2;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}

/** Names the lanes of a line at its left end. */
export function paintLaneNames(context: CanvasRenderingContext2D, { scales }: PlotSpace, inks: PlotInks, names: readonly string[]): void {
  setType(context, inks, "left", "middle");
  names.forEach((name, label) =>
    writeLabel(context, inks, name, 8, scales.originY + scales.unitY * laneCentre(label, names.length), inks.ink),
  );
}

/**
 * One standard deviation of shown points' posteriors around their means; a path per class.
 *
 * @param only indices of those that are meant; null for all
 */
export function paintEllipses(
  context: CanvasRenderingContext2D,
  cloud: LatentCloud,
  positions: Float32Array,
  hiddenClasses: ReadonlySet<number>,
  only: readonly number[] | null,
  { scales }: PlotSpace,
  inks: PlotInks,
): void {
  if (cloud.spreads === null) return;
  const paths = inks.classes.map(() => new Path2D());
  const count = only?.length ?? positions.length / 2;
  for (let k = 0; k < count; k++) {
    const i = only === null ? k : only[k]!;
    const label = cloud.labels[i]!;
    if (i * 2 < positions.length && !hiddenClasses.has(label)) ellipsePath(paths[label % paths.length]!, cloud, positions, i, scales);
  }
  context.save();
  context.lineWidth = 1;
  context.globalAlpha = 0.45;
  paths.forEach((path, label) => {
    context.strokeStyle = inks.classes[label]!;
    context.stroke(path);
  });
  context.restore();
}

/** Half axes of a line's ellipse across it: a bar one can see. */
const BAR_PX = 3;

function ellipsePath(
  path: CanvasPath,
  { kind, spreads }: LatentCloud,
  positions: Float32Array,
  index: number,
  { originX, originY, unitX, unitY }: PlotScales,
): void {
  const x = originX + unitX * positions[index * 2]!;
  const y = originY + unitY * positions[index * 2 + 1]!;
  const long = spreads![index * 3]! * unitX;
  const short = kind === "line" ? BAR_PX : spreads![index * 3 + 1]! * unitX;
  const angle = -spreads![index * 3 + 2]!; // y grows downwards on a canvas
  if (!Number.isFinite(x + y + long + short + angle)) return;
  path.moveTo(x + long * Math.cos(angle), y + long * Math.sin(angle));
  path.ellipse(x, y, long, short, angle, 0, TURN);
}

/** The point that is meant: a ring around it and, if it has one, its posterior ellipse, filled. */
export function paintMarked(
  context: CanvasRenderingContext2D,
  cloud: LatentCloud,
  positions: Float32Array,
  index: number,
  { scales }: PlotSpace,
  inks: PlotInks,
  radiusPx: number,
): void {
  const x = scales.originX + scales.unitX * positions[index * 2]!;
  const y = scales.originY + scales.unitY * positions[index * 2 + 1]!;
  if (!Number.isFinite(x + y)) return;
  const color = inks.classes[cloud.labels[index]! % inks.classes.length]!;
  context.save();
  if (cloud.spreads !== null) {
    context.beginPath();
    ellipsePath(context, cloud, positions, index, scales);
    context.globalAlpha = 0.22;
    context.fillStyle = color;
    context.fill();
    context.globalAlpha = 1;
    context.lineWidth = 1.5;
    context.strokeStyle = color;
    context.stroke();
  }
  context.beginPath();
  context.arc(x, y, radiusPx, 0, TURN);
  context.fillStyle = color;
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = inks.ink;
  context.stroke();
  context.restore();
}
