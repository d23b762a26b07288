/** Where the probe stands in one latent dimension, on a track, beside how much that dimension tells. */
import { useText } from "../../i18n/use-text";
import { clamp } from "../../lib/clamp";
import { fixedText } from "../../lib/number-text";
import type { CssVariables } from "../../ui/accent";
import { useProbe, useStores } from "../stores";
import styles from "./DimensionSlider.module.css";
import { axisName } from "./latent-text";

interface DimensionSliderProps {
  readonly dimension: number;
  /** Of the track, each way from 0. */
  readonly reach: number;
  /** Nats, mean over the images; null where there is none. */
  readonly kl: number | null;
  /** The largest KL of any dimension. */
  readonly mostKl: number;
}

export function DimensionSlider({ dimension, reach, kl, mostKl }: DimensionSliderProps) {
  const { t } = useText("latent");
  const { probe } = useStores();
  const value = useProbe(({ z }) => z[dimension] ?? 0);
  const axis = axisName(dimension);
  const shown = clamp(value, -reach, reach);
  return (
    <div className={styles.dimension} data-plain={kl === null || undefined}>
      <span className={styles.name}>{axis}</span>
      {kl !== null && (
        <span className={styles.kl} style={{ "--part": Math.max(0, kl / (mostKl || 1)) } as CssVariables}>
          {fixedText(kl, 2)}
        </span>
      )}
      <input
        type="range"
        min={-reach}
        max={reach}
        step={reach / 60}
        value={shown}
        style={{ "--filled": (shown + reach) / (2 * reach) } as CssVariables}
        aria-label={kl === null ? t("dimension", { axis }) : t("dimensionKl", { axis, kl: fixedText(kl, 2) })}
        aria-valuetext={fixedText(value, 2)}
        onChange={(event) => probe.getState().setZ(dimension, event.target.valueAsNumber)}
      />
      <span className={styles.value}>{fixedText(value, 2)}</span>
    </div>
  );
}
