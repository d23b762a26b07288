/** What lies around the probe: decodes of z + σ · ε, with the σ of the nearest example or one of the visitor's own. */
import { useDeferredValue, useMemo, useState } from "react";
import { useText } from "../../../i18n/use-text";
import { fixedText } from "../../../lib/number-text";
import { Segmented } from "../../../ui/Segmented";
import { Slider } from "../../../ui/Slider";
import { useCloud } from "../../latent/use-cloud";
import { usePreferences, useProbe, useRun } from "../../stores";
import { CodeTile } from "../CodeTile";
import { meanSigma } from "../table/point-rows";
import { nearestExamples } from "./latent-neighbours";
import { drawsAround } from "./probe-draws";
import styles from "./ProbePanel.module.css";

const MOST_SIGMA = 1.5;

export function Spread() {
  const { t } = useText("explore");
  const z = useDeferredValue(useProbe((state) => state.z));
  const seed = useRun(({ config }) => config.seed);
  const ofExample = useExampleSigma(z);
  const [choice, setChoice] = useState<"example" | "own">("example");
  const [own, setOwn] = useState(0.3);
  const isOwn = choice === "own" || ofExample === null;
  const sigma = isOwn ? own : ofExample.sigma;
  const draws = useMemo(() => drawsAround(z, sigma, seed), [z, sigma, seed]);
  return (
    <section className={styles.section}>
      <h3>{t("probe.spread.title")}</h3>
      <p>{t("probe.spread.text")}</p>
      <ul className={styles.tiles}>
        {draws.map((code, draw) => (
          // oxlint-disable-next-line react/no-array-index-key -- a draw is known by its number alone
          <li key={draw}>
            <CodeTile z={code} className={styles.sample} label={t("probe.spread.picture", { number: draw + 1 })} />
          </li>
        ))}
      </ul>
      {ofExample !== null && (
        <Segmented
          label={t("probe.spread.sigma")}
          color="latent"
          options={[
            { id: "example", label: t("probe.spread.example", { sigma: fixedText(ofExample.mean, 2) }) },
            { id: "own", label: t("probe.spread.own") },
          ]}
          value={choice}
          onChange={setChoice}
        />
      )}
      {isOwn && (
        <Slider
          label="σ"
          ariaLabel={t("probe.spread.sigma")}
          value={own}
          min={0}
          max={MOST_SIGMA}
          step={0.05}
          color="latent"
          format={(value) => fixedText(value, 2)}
          onChange={setOwn}
        />
      )}
    </section>
  );
}

/** The posterior's σ of the example nearest to a place; null in a family without posteriors. */
function useExampleSigma(z: readonly number[]): { readonly sigma: Float32Array; readonly mean: number } | null {
  const cloud = useDeferredValue(useCloud());
  const hiddenClasses = usePreferences((state) => state.hiddenClasses);
  return useMemo(() => {
    if (cloud === null || cloud.logVar === null) return null;
    const [nearest] = nearestExamples(cloud.codes, cloud.labels, hiddenClasses, z, 1);
    if (nearest === undefined) return null;
    const logVar = cloud.logVar.subarray(nearest.index * z.length, (nearest.index + 1) * z.length);
    return { sigma: logVar.map((value) => Math.exp(0.5 * value)), mean: meanSigma(logVar) };
  }, [cloud, hiddenClasses, z]);
}
