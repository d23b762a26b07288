/**
 * Fields over the map: lines of equal density, areas of one class, a tint for how fast the
 * decoder moves. Each is laid out once from its lattice and then only moved and scaled along
 * with the view, until newer values have come.
 */
import { contours, max, min, ticks } from "d3";
import { rgbOf } from "./ink";
import type { PlotScales } from "./latent-view";
import type { MapOverlay } from "./map-overlay";
import { rampSteps, type Ramp } from "./map-ramp";

/** Values at the middles of a lattice's cells, row by row from the top left. */
export interface MapField {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
  /** `[rows, columns]`; NaN where there is none. */
  readonly values: Float32Array;
}

const LEVELS = 6;
/** Finer steps of a tint are not to be seen. */
const SHADES = 96;

/** Round values at equal steps between nothing and the densest place, neither of them included. */
export function densityLevels({ values }: MapField): number[] {
  const most = max(values.filter(Number.isFinite)) ?? 0;
  return most > 0 ? ticks(0, most, LEVELS).filter((level) => level > 0 && level < most) : [];
}

type Rings = readonly (readonly (readonly [x: number, y: number])[])[];

/** Outlines of where a field lies above a level, in cells of its lattice. */
export function outlineAbove({ columns, rows, values }: MapField, level: number): Rings {
  const known = Array.from(values, (value) => (Number.isFinite(value) ? value : 0));
  const { coordinates } = contours().size([columns, rows]).contour(known, level);
  return coordinates.flat() as [number, number][][];
}

function pathOf(rings: Rings): Path2D {
  const path = new Path2D();
  for (const ring of rings) {
    ring.forEach(([x, y], i) => (i === 0 ? path.moveTo(x, y) : path.lineTo(x, y)));
    path.closePath();
  }
  return path;
}

/** From cells of a lattice to CSS pixels. */
function placeOf({ left, right, bottom, top, columns, rows }: MapField, { originX, originY, unitX, unitY }: PlotScales): DOMMatrix {
  const x = originX + unitX * left;
  const y = originY + unitY * top;
  return new DOMMatrix([(unitX * (right - left)) / columns, 0, 0, (unitY * (bottom - top)) / rows, x, y]);
}

function placed(path: Path2D, matrix: DOMMatrix): Path2D {
  const moved = new Path2D();
  moved.addPath(path, matrix);
  return moved;
}

/** Lines of equal density, over the points, where they are to be seen, and a breath of tint under them; denser ones are stronger. */
export function densityOverlays(field: MapField, levels: readonly number[]): readonly MapOverlay[] {
  const paths = levels.map((level) => pathOf(outlineAbove(field, level)));
  return [
    {
      level: "ground",
      paint(context, { scales, inks }) {
        const matrix = placeOf(field, scales);
        context.save();
        context.globalAlpha = 0.08;
        context.fillStyle = inks.latent;
        for (const path of paths) context.fill(placed(path, matrix), "evenodd");
        context.restore();
        return false;
      },
    },
    {
      level: "above",
      paint(context, { scales, inks }) {
        const matrix = placeOf(field, scales);
        context.save();
        context.beginPath();
        // The lattice's own edge is no line of the field.
        context.rect(matrix.e + matrix.a, matrix.f + matrix.d, matrix.a * (field.columns - 2), matrix.d * (field.rows - 2));
        context.clip();
        context.lineJoin = "round";
        paths.forEach((path, i) => {
          const line = placed(path, matrix);
          context.globalAlpha = 0.7;
          context.lineWidth = 3.5;
          context.strokeStyle = inks.card;
          context.stroke(line);
          context.globalAlpha = 0.55 + (0.45 * (i + 1)) / paths.length;
          context.lineWidth = 1.5;
          context.strokeStyle = inks.latent;
          context.stroke(line);
        });
        context.restore();
        return false;
      },
    },
  ];
}

/** Cells of a field that hold a value, as 0 and 1, cut out with two cells around them. */
function cutOut({ columns, rows, values }: MapField, label: number) {
  const box = { left: columns, right: -1, top: rows, bottom: -1 };
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== label) continue;
    const [column, row] = [i % columns, Math.floor(i / columns)];
    box.left = Math.min(box.left, column);
    box.right = Math.max(box.right, column);
    box.top = Math.min(box.top, row);
    box.bottom = Math.max(box.bottom, row);
  }
  const [left, top] = [Math.max(0, box.left - 2), Math.max(0, box.top - 2)];
  const [across, down] = [Math.min(columns, box.right + 3) - left, Math.min(rows, box.bottom + 3) - top];
  const cut = new Float32Array(across * down);
  for (let row = 0; row < down; row++) {
    for (let column = 0; column < across; column++) {
      cut[row * across + column] = values[(top + row) * columns + left + column] === label ? 1 : 0;
    }
  }
  return { left, top, columns: across, rows: down, values: cut };
}

/** Rounds the steps of a field of 0 and 1 off, by the weights 1, 2, 1 both ways. */
function soften(values: Float32Array, columns: number, rows: number): Float32Array {
  const across = new Float32Array(values.length);
  const soft = new Float32Array(values.length);
  for (let row = 0, i = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, i++) {
      across[i] = (values[column > 0 ? i - 1 : i]! + 2 * values[i]! + values[column < columns - 1 ? i + 1 : i]!) / 4;
    }
  }
  for (let row = 0, i = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, i++) {
      soft[i] = (across[row > 0 ? i - columns : i]! + 2 * across[i]! + across[row < rows - 1 ? i + columns : i]!) / 4;
    }
  }
  return soft;
}

/** Borders of the area of one class, in cells of the lattice, rounded off to what a cell can tell. */
export function outlineOf(field: MapField, label: number): Rings {
  const cut = cutOut(field, label);
  const rings = outlineAbove({ ...field, ...cut, values: soften(cut.values, cut.columns, cut.rows) }, 0.5);
  return rings.map((ring) => ring.map(([x, y]) => [x + cut.left, y + cut.top] as const));
}

/** Areas of the nearest class, in a tint of its colour, with borders. */
export function regionOverlay(field: MapField, alpha: number): MapOverlay {
  const classes = [...new Set(field.values)].filter((label) => Number.isFinite(label) && label >= 0).toSorted((a, b) => a - b);
  const areas = classes.map((label) => ({ label, path: pathOf(outlineOf(field, label)) }));
  return {
    level: "ground",
    paint(context, { scales, inks }) {
      const matrix = placeOf(field, scales);
      context.save();
      context.lineWidth = 1.25;
      for (const { label, path } of areas) {
        const area = placed(path, matrix);
        const colour = inks.classes[label % inks.classes.length]!;
        context.globalAlpha = alpha;
        context.fillStyle = colour;
        context.fill(area, "evenodd");
        context.globalAlpha = 0.75;
        context.strokeStyle = colour;
        context.stroke(area);
      }
      context.restore();
      return false;
    },
  };
}

/** Where a value stands between the least and the most of a field, on a logarithmic scale. */
export interface LogRange {
  readonly least: number;
  readonly most: number;
}

/** The extent of a field's positive values; null without any. */
export function logRange({ values }: MapField): LogRange | null {
  const known = values.filter((value) => Number.isFinite(value) && value > 0);
  const [least, most] = [min(known), max(known)];
  return least === undefined || most === undefined ? null : { least, most };
}

/** A tint on a logarithmic scale. */
export function heatOverlay(field: MapField, { least, most }: LogRange, ramp: Ramp, alpha: number): MapOverlay {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: field.columns, height: field.rows });
  const context = canvas.getContext("2d");
  const image = context?.createImageData(field.columns, field.rows);
  if (context !== null && image !== undefined) {
    const span = Math.log(most / least) || 1;
    const shades = rampSteps(ramp, SHADES).map(rgbOf);
    field.values.forEach((value, i) => {
      if (!Number.isFinite(value) || value <= 0) return;
      const part = Math.min(1, Math.max(0, Math.log(value / least) / span));
      image.data.set([...shades[Math.round(part * (SHADES - 1))]!, 255], i * 4);
    });
    context.putImageData(image, 0, 0);
  }
  return {
    level: "ground",
    paint(target, { scales }) {
      const matrix = placeOf(field, scales);
      target.save();
      target.globalAlpha = alpha;
      target.imageSmoothingQuality = "high";
      target.drawImage(canvas, matrix.e, matrix.f, matrix.a * field.columns, matrix.d * field.rows);
      target.restore();
      return false;
    },
  };
}
