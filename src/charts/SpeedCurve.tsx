/** The speed of the picture along paths: one line each, told apart by dash, colour and name, with a hair line at the current place. */
import { useId, useRef } from "react";
import { layoutSpeeds, type SpeedLine } from "./speed-layout";
import styles from "./SpeedCurve.module.css";
import { useSize } from "./use-size";

/** How a line looks. */
export type LineLook = "ink" | "latent" | "decoder";

export interface NamedSpeed extends SpeedLine {
  readonly name: string;
  readonly look: LineLook;
}

interface SpeedCurveProps {
  readonly lines: readonly NamedSpeed[];
  /** Accessible name. */
  readonly label: string;
  /** What the lines say, in words, for those who do not see them. */
  readonly summary: string;
  /** Name and unit of the vertical axis. */
  readonly axis: string;
  /** Names of both ends of the path. */
  readonly ends: readonly [string, string];
  /** 0 to 1; null draws no hair line. */
  readonly at: number | null;
}

const FOOT_PX = 18;
const LEFT_PX = 30;
const HEIGHT_PX = 132;

export function SpeedCurve({ lines, label, summary, axis, ends, at }: SpeedCurveProps) {
  const box = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);
  const summaryId = useId();
  const layout = layoutSpeeds(lines, { widthPx: width, heightPx: HEIGHT_PX, leftPx: LEFT_PX, footPx: FOOT_PX });
  return (
    <figure className={styles.figure}>
      <div className={styles.axisName} aria-hidden>
        {axis}
      </div>
      <div ref={box} className={styles.box}>
        <svg role="img" aria-label={label} aria-describedby={summaryId} width={width} height={HEIGHT_PX}>
          {layout.ticks.map(({ label: tick, y }) => (
            <g key={tick}>
              <line x1={LEFT_PX} x2={width} y1={y} y2={y} className={styles.gridline} />
              <text x={LEFT_PX - 6} y={y} dy="0.32em" className={styles.tick} data-at="left">
                {tick}
              </text>
            </g>
          ))}
          <line x1={LEFT_PX} x2={width} y1={layout.base} y2={layout.base} className={styles.axis} />
          <text x={LEFT_PX} y={HEIGHT_PX - 4} className={styles.tick}>
            {ends[0]}
          </text>
          <text x={width} y={HEIGHT_PX - 4} className={styles.tick} data-at="right">
            {ends[1]}
          </text>
          {at !== null && <line x1={layout.toX(at)} x2={layout.toX(at)} y1={0} y2={layout.base} className={styles.hair} />}
          {layout.lines.map(({ id, path }, i) => (
            <path key={id} d={path} className={styles.line} data-look={lines[i]!.look} />
          ))}
        </svg>
      </div>
      <ul className={styles.legend} aria-hidden>
        {lines.map(({ id, name, look }) => (
          <li key={id} data-look={look}>
            <LineSwatch look={look} /> {name}
          </li>
        ))}
      </ul>
      <figcaption id={summaryId} className={styles.summary}>
        {summary}
      </figcaption>
    </figure>
  );
}

/** A short piece of a line, for legends. */
export function LineSwatch({ look }: { readonly look: LineLook }) {
  return (
    <svg className={styles.swatch} width="26" height="8" viewBox="0 0 26 8" aria-hidden>
      <path className={styles.line} data-look={look} d="M1 4H25" />
    </svg>
  );
}
