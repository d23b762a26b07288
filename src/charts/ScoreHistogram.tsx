/** Two overlapping histograms of a discriminator's scores, with the ½ at which it cannot tell. */
import { useRef } from "react";
import { layoutHistogram, type ScoreSummary } from "./score-histogram";
import styles from "./ScoreHistogram.module.css";
import { useSize } from "./use-size";

interface ScoreHistogramProps {
  readonly real: ScoreSummary;
  readonly generated: ScoreSummary;
}

/** The labels of the axis. */
const FOOT_PX = 18;

/** Decoration: what it shows must also be said in words beside it. Fills its container. */
export function ScoreHistogram({ real, generated }: ScoreHistogramProps) {
  const box = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(box);
  const layout = layoutHistogram(real, generated, { widthPx: width, heightPx: height, footPx: FOOT_PX });
  const middle = layout.ticks[1]!.x;
  return (
    <div ref={box} className={styles.box}>
      <svg width={width} height={height} aria-hidden>
        <path d={layout.real} className={styles.area} data-of="real" />
        <path d={layout.generated} className={styles.area} data-of="generated" />
        <line x1={middle} x2={middle} y1={0} y2={layout.base} className={styles.half} />
        <line x1={0} x2={width} y1={layout.base} y2={layout.base} className={styles.axis} />
        {layout.ticks.map(({ label, x }, i) => (
          <text key={label} x={x} y={height - 4} className={styles.label} textAnchor={(["start", "middle", "end"] as const)[i]}>
            {label}
          </text>
        ))}
      </svg>
    </div>
  );
}
