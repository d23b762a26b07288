/** The image behind a point of the scatter, with its class and its posterior in the shown plane. */
import { useMemo } from "react";
import { classColour, themeOfCard } from "../../charts/class-colours";
import { useInks } from "../../charts/ink";
import { useText } from "../../i18n/use-text";
import { fixedText } from "../../lib/number-text";
import { pixelCount } from "../../protocol/datasets";
import { SampleTile } from "../data/SampleTile";
import { useProbe, useRun } from "../stores";
import styles from "./ExampleCard.module.css";
import { axisName } from "./latent-text";

export function ExampleCard({ index }: { readonly index: number }) {
  const { t, language } = useText("latent");
  const material = useRun((state) => state.material);
  const snapshot = useRun((state) => state.snapshot);
  const latentDim = useRun((state) => state.network.latentDim);
  const axes = useProbe((state) => state.axes);
  const theme = themeOfCard(useInks().card);
  const pixels = useMemo(() => {
    if (material === null) return null;
    const size = pixelCount(material.image);
    return material.examples.pixels.subarray(index * size, (index + 1) * size);
  }, [material, index]);
  const label = material?.examples.labels[index];
  if (material === null || snapshot === null || pixels === null || label === undefined) return null;

  const shown = axes[0] === axes[1] ? [axes[0]] : axes;
  const at = (values: Float32Array, axis: number) => values[index * latentDim + axis] ?? Number.NaN;
  const sigmas = shown.map((axis) => (snapshot.posteriorLogVar === null ? 0 : Math.exp(0.5 * at(snapshot.posteriorLogVar, axis))));
  const [horizontal, vertical] = sigmas.map((sigma) => fixedText(sigma, 2));
  return (
    <div className={styles.card}>
      <SampleTile pixels={pixels} scale={255} shape={material.image} className={styles.image} />
      <div>
        <div className={styles.name}>
          <i className={styles.dot} style={{ background: classColour(label, theme) }} />
          {material.classNames[language][label]}
        </div>
        {shown.map((axis) => (
          <div key={axis}>
            {axisName(axis)} <b>{fixedText(at(snapshot.posteriorMean, axis), 2)}</b>
          </div>
        ))}
        {snapshot.posteriorLogVar !== null && horizontal !== undefined && (
          <div>{vertical === undefined ? t("sigmaAlone", { horizontal }) : t("sigmaAt", { horizontal, vertical })}</div>
        )}
      </div>
    </div>
  );
}
