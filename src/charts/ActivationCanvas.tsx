/**
 * A layer's activations as they change under the pointer: the canvas is painted by
 * its own subscription, past React.
 *
 * Two looks: `cells`, one per unit; `meters`, upright bars beside the pictures of a
 * few units.
 */
import { useEffect, useRef } from "react";
import { useInks, type Inks, type Rgb } from "./ink";
import { activationScale, cellGrid, paintCells } from "./network-activations";
import styles from "./ActivationCanvas.module.css";

/** Where values come from: one array per tick, null while there are none. */
export interface ActivationSource {
  readonly latest: () => ArrayLike<number> | null;
  /** Calls back after every change; returns the way to stop that. */
  readonly subscribe: (listener: () => void) => () => void;
}

interface ActivationCanvasProps {
  readonly source: ActivationSource;
  /** Colour of positive values; negative ones are grey. */
  readonly ink: keyof Inks;
  /** The value of full colour; without it the largest magnitude at hand, rounded up. */
  readonly scale?: number | undefined;
}

interface CellsProps extends ActivationCanvasProps {
  readonly units: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

export function ActivationCells({ source, ink, scale, units, widthPx, heightPx }: CellsProps) {
  const { columns, rows } = cellGrid(units, widthPx, heightPx);
  const canvas = useRef<HTMLCanvasElement>(null);
  const inks = useInks();

  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context === null || context === undefined) return;
    const image = context.createImageData(columns, rows);
    const colours = { negative: inks.ink2, zero: inks.card, positive: inks[ink] };
    const paint = () => {
      const values = source.latest();
      if (values?.length === units) paintCells(image, values, scale ?? activationScale(values), colours);
      else image.data.fill(0);
      context.putImageData(image, 0, 0);
    };
    paint();
    return source.subscribe(paint);
  }, [source, ink, scale, units, columns, rows, inks]);

  return (
    <canvas ref={canvas} className={styles.cells} width={columns} height={rows} style={{ width: widthPx, height: heightPx }} aria-hidden />
  );
}

interface MetersProps extends ActivationCanvasProps {
  /** Unit numbers, top to bottom. */
  readonly shown: readonly number[];
  readonly tilePx: number;
  readonly gapPx: number;
}

const METER_PX = 4;

export function ActivationMeters({ source, ink, scale, shown, tilePx, gapPx }: MetersProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const inks = useInks();
  const heightPx = Math.max(1, shown.length * (tilePx + gapPx) - gapPx);

  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context === null || context === undefined) return;
    const paint = () => {
      context.clearRect(0, 0, METER_PX, heightPx);
      const values = source.latest();
      if (values === null) return;
      const full = scale ?? activationScale(values);
      shown.forEach((unit, row) => {
        const part = full > 0 ? Math.max(-1, Math.min(1, (values[unit] ?? 0) / full)) : 0;
        const top = row * (tilePx + gapPx);
        context.fillStyle = cssOf(inks.line);
        context.fillRect(0, top, METER_PX, tilePx);
        context.fillStyle = cssOf(part < 0 ? inks.ink2 : inks[ink]);
        const length = Math.abs(part) * tilePx;
        context.fillRect(0, top + tilePx - length, METER_PX, length);
      });
    };
    paint();
    return source.subscribe(paint);
  }, [source, ink, scale, shown, tilePx, gapPx, heightPx, inks]);

  return (
    <canvas
      ref={canvas}
      className={styles.meters}
      width={METER_PX}
      height={heightPx}
      style={{ width: METER_PX, height: heightPx }}
      aria-hidden
    />
  );
}

function cssOf([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}
