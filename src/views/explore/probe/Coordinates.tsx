/** Where the probe stands, in numbers that can be typed over: the shown axes, and behind a fold all of a longer code. */
import { useState } from "react";
import { useText } from "../../../i18n/use-text";
import { axisName } from "../../latent/latent-text";
import { useProbe, useStores } from "../../stores";
import styles from "./ProbePanel.module.css";

/** So many fields stand side by side without a fold. */
const MOST_SHOWN = 4;

export function Coordinates() {
  const { t } = useText("explore");
  const latentDim = useProbe(({ z }) => z.length);
  const [across, up] = useProbe((state) => state.axes);
  const all = Array.from({ length: latentDim }, (_, dimension) => dimension);
  const shown = latentDim <= MOST_SHOWN ? all : [across, up];
  return (
    <fieldset className={styles.coordinates} aria-label={t("probe.place")}>
      <Fields dimensions={shown} />
      {shown.length < latentDim && (
        <details className={styles.fold}>
          <summary>{t("probe.allCoordinates", { number: latentDim - shown.length })}</summary>
          <Fields dimensions={all.filter((dimension) => !shown.includes(dimension))} />
        </details>
      )}
    </fieldset>
  );
}

function Fields({ dimensions }: { readonly dimensions: readonly number[] }) {
  return (
    <div className={styles.fields}>
      {dimensions.map((dimension) => (
        <CoordinateField key={dimension} dimension={dimension} />
      ))}
    </div>
  );
}

/** While it is typed in, it shows what is typed; a half-typed number moves nothing. */
function CoordinateField({ dimension }: { readonly dimension: number }) {
  const { probe } = useStores();
  const value = useProbe(({ z }) => z[dimension] ?? 0);
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <label className={styles.field}>
      <span className={styles.axis}>{axisName(dimension)}</span>
      <input
        type="number"
        inputMode="decimal"
        step={0.1}
        value={typed ?? String(Math.round(value * 1000) / 1000)}
        onChange={({ target }) => {
          setTyped(target.value);
          if (Number.isFinite(target.valueAsNumber)) probe.getState().setZ(dimension, target.valueAsNumber);
        }}
        onBlur={() => setTyped(null)}
      />
    </label>
  );
}
