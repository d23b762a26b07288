/**
 * Fields over the map: lines of equal density, areas of one class, a tint for how fast the
 * decoder moves. Each is laid out once from its lattice and then only moved and scaled along
 * with the view, until newer values have come.
 */
import { contours, max, min, ticks } from "d3";
import { rgbOf } from "./ink";
import type { PlotScales } from "./latent-view";
import type { MapOverlay, OverlaySpace } from "./map-overlay";
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

/** Outlines of where a field lies above a level, in cells of its lattice. */
export function outlineAbove({ columns, rows, values }: MapField, level: number): readonly (readonly (readonly [number, number])[])[] {
  const known = Array.from(values, (value) => (Number.isFinite(value) ? value : 0));
  const { coordinates } = contours().size([columns, rows]).contour(known, level);
  return coordinates.flat() as [number, number][][];
}

function pathOf(rings: readonly (readonly (readonly [number, number])[])[]): Path2D {
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

/** Lines of equal density; denser ones are stronger. */
export function densityOverlay(field: MapField, levels: readonly number[]): MapOverlay {
  const paths = levels.map((level) => pathOf(outlineAbove(field, level)));
  return {
    level: "ground",
    paint(context: CanvasRenderingContext2D, { scales, inks }: OverlaySpace) {
      const matrix = placeOf(field, scales);
      context.save();
      context.beginPath();
      // The lattice's own edge is no line of the field.
      context.rect(matrix.e + matrix.a, matrix.f + matrix.d, matrix.a * (field.columns - 2), matrix.d * (field.rows - 2));
      context.clip();
      paths.forEach((path, i) => {
        const line = placed(path, matrix);
        context.globalAlpha = 0.1;
        context.fillStyle = inks.latent;
        context.fill(line, "evenodd");
        context.globalAlpha = 0.35 + (0.6 * (i + 1)) / paths.length;
        context.lineWidth = 1.2;
        context.strokeStyle = inks.latent;
        context.stroke(line);
      });
      context.restore();
      return false;
    },
  };
}

/** Areas of the nearest class, in a tint of its colour, with borders. */
export function regionOverlay(field: MapField, alpha: number): MapOverlay {
  const classes = [...new Set(field.values)].filter((label) => Number.isFinite(label) && label >= 0).toSorted((a, b) => a - b);
  const areas = classes.map((label) => {
    const isOf = field.values.map((value) => (value === label ? 1 : 0));
    return { label, path: pathOf(outlineAbove({ ...field, values: isOf }, 0.5)) };
  });
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
