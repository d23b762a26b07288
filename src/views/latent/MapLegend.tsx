/** What the tints and lines on the map stand for, in numbers. */
import type { ChartTheme } from "../../charts/class-colours";
import { RAMPS, type Ramp } from "../../charts/map-ramp";
import { useText } from "../../i18n/use-text";
import styles from "./MapExtras.module.css";
import type { MapFields } from "./use-fields";
import type { ErrorRange } from "./use-tints";

interface MapLegendProps {
  readonly fields: MapFields;
  readonly error: ErrorRange | null;
  readonly theme: ChartTheme;
  readonly isLine: boolean;
}

export function MapLegend({ fields, error, theme, isLine }: MapLegendProps) {
  const { t } = useText("explore");
  const { densityLevels, magnification } = fields;
  const hasLines = densityLevels !== null && densityLevels.length > 0;
  if (!hasLines && magnification === null && error === null) return null;
  return (
    <div className={styles.legend} data-line={isLine || undefined}>
      {magnification !== null && (
        <RampKey
          name={t(isLine ? "map.magnificationLine" : "map.magnification")}
          ramp={RAMPS.latent[theme]}
          least={shortText(magnification.least)}
          most={shortText(magnification.most)}
        />
      )}
      {error !== null && (
        <RampKey name={t("map.error")} ramp={RAMPS.decoder[theme]} least={shortText(error.least)} most={shortText(error.most)} />
      )}
      {hasLines && <div>{t("map.density", { levels: densityLevels.map(shortText).join(" · ") })}</div>}
    </div>
  );
}

interface RampKeyProps {
  readonly name: string;
  readonly ramp: Ramp;
  readonly least: string;
  readonly most: string;
}

function RampKey({ name, ramp, least, most }: RampKeyProps) {
  return (
    <div>
      <div>{name}</div>
      <div className={styles.ramp} style={{ background: `linear-gradient(to right, ${ramp.join(", ")})` }} />
      <div className={styles.ends}>
        <span>{least}</span>
        <span>{most}</span>
      </div>
    </div>
  );
}

/** Two digits that matter, without an exponent where it can be. */
function shortText(value: number): string {
  if (value === 0) return "0";
  return value >= 0.001 && value < 100_000 ? String(Number(value.toPrecision(2))) : value.toExponential(1).replace("e+", "e");
}
