/** The hourglass behind the stages of one side: its own colour at the pixels, violet at the latent space, where it leads there. */
import { useId } from "react";
import type { HourglassLayout } from "../../charts/hourglass";
import type { Side } from "./architecture";
import type { SideColor } from "./network-sides";
import styles from "./Silhouette.module.css";

interface SilhouetteProps {
  readonly side: Side;
  readonly color: SideColor;
  readonly layout: HourglassLayout;
  readonly heightPx: number;
}

export function Silhouette({ side, color, layout, heightPx }: SilhouetteProps) {
  const id = useId();
  // A discriminator ends in its score.
  const waist = side === "encoder" && color === "adversarial" ? color : "latent";
  const [outer, inner] = side === "encoder" ? ["0%", "100%"] : ["100%", "0%"];
  return (
    <svg className={styles.silhouette} width={layout.widthPx} height={heightPx} aria-hidden>
      <defs>
        <linearGradient id={id} x1={outer} x2={inner} y1="0" y2="0">
          <stop offset="0" style={{ stopColor: `var(--${color})`, stopOpacity: "var(--hourglass-far)" }} />
          <stop offset="0.6" style={{ stopColor: `var(--${color})`, stopOpacity: "var(--hourglass-near)" }} />
          <stop offset="1" style={{ stopColor: `var(--${waist})`, stopOpacity: "var(--hourglass-near)" }} />
        </linearGradient>
      </defs>
      <path d={layout.path} fill={`url(#${id})`} />
      <line className={styles.axis} style={{ stroke: `var(--${color})` }} x1="0" x2={layout.widthPx} y1={heightPx / 2} y2={heightPx / 2} />
    </svg>
  );
}
