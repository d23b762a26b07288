/** The hourglass behind the stages of one side: its own colour at the pixels, violet at the latent space. */
import { useId } from "react";
import type { HourglassLayout } from "../../charts/hourglass";
import type { Side } from "./architecture";
import styles from "./Silhouette.module.css";

interface SilhouetteProps {
  readonly side: Side;
  readonly layout: HourglassLayout;
  readonly heightPx: number;
}

export function Silhouette({ side, layout, heightPx }: SilhouetteProps) {
  const id = useId();
  const [outer, inner] = side === "encoder" ? ["0%", "100%"] : ["100%", "0%"];
  return (
    <svg className={styles.silhouette} width={layout.widthPx} height={heightPx} aria-hidden>
      <defs>
        <linearGradient id={id} x1={outer} x2={inner} y1="0" y2="0">
          <stop offset="0" style={{ stopColor: `var(--${side})`, stopOpacity: "var(--hourglass-far)" }} />
          <stop offset="0.6" style={{ stopColor: `var(--${side})`, stopOpacity: "var(--hourglass-near)" }} />
          <stop offset="1" style={{ stopColor: "var(--latent)", stopOpacity: "var(--hourglass-near)" }} />
        </linearGradient>
      </defs>
      <path d={layout.path} fill={`url(#${id})`} />
      <line className={styles.axis} data-side={side} x1="0" x2={layout.widthPx} y1={heightPx / 2} y2={heightPx / 2} />
    </svg>
  );
}
