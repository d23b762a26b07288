/** One number along a row of pictures, as a small line with a hair at the current place. */
import { useRef } from "react";
import { layoutSmallCurve } from "./small-curve";
import styles from "./SmallCurve.module.css";
import { useSize } from "./use-size";

interface SmallCurveProps {
  /** One for each picture, evenly apart; what is not finite breaks the line. */
  readonly values: readonly number[];
  /** Least and greatest value there is room for; wider values widen it. */
  readonly range: readonly [number, number];
  /** Draws steps, for numbers that are names. Default false. */
  readonly isStepped?: boolean;
  /** 0 (the first picture) to 1 (the last); null draws no hair. */
  readonly at: number | null;
  /** Accessible name, with what the line says. */
  readonly label: string;
}

const HEIGHT_PX = 40;

export function SmallCurve({ values, range, isStepped = false, at, label }: SmallCurveProps) {
  const box = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);
  const { path, toX } = layoutSmallCurve(values, range, { widthPx: width, heightPx: HEIGHT_PX }, isStepped);
  return (
    <div ref={box} className={styles.box}>
      <svg role="img" aria-label={label} width={width} height={HEIGHT_PX}>
        <rect x={0.5} y={0.5} width={Math.max(0, width - 1)} height={HEIGHT_PX - 1} rx={4} className={styles.frame} />
        {at !== null && <line x1={toX(at)} x2={toX(at)} y1={1} y2={HEIGHT_PX - 1} className={styles.hair} />}
        <path d={path} className={styles.line} />
      </svg>
    </div>
  );
}
