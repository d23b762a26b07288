/** The held-out images whose codes lie nearest to a code, with how far these are; each can be gone to. */
import { useDeferredValue, useMemo } from "react";
import { useText } from "../../../i18n/use-text";
import { fixedText } from "../../../lib/number-text";
import { pixelCount } from "../../../protocol/datasets";
import { SampleTile } from "../../data/SampleTile";
import { useCloud } from "../../latent/use-cloud";
import { usePreferences, useRun, useStores } from "../../stores";
import { nearestExamples } from "./latent-neighbours";
import styles from "./ProbePanel.module.css";

const SHOWN = 5;

/** @param z the same array while the code stays */
export function NearestExamples({ z }: { readonly z: readonly number[] }) {
  const { t, language } = useText("latent");
  const { probe } = useStores();
  const cloud = useDeferredValue(useCloud());
  const material = useRun((state) => state.material);
  const hiddenClasses = usePreferences((state) => state.hiddenClasses);
  const nearest = useMemo(
    () => (cloud === null ? [] : nearestExamples(cloud.codes, cloud.labels, hiddenClasses, z, SHOWN)),
    [cloud, hiddenClasses, z],
  );
  const size = material === null ? 0 : pixelCount(material.image);
  return (
    <ul className={styles.tiles} data-tiles={SHOWN}>
      {nearest.map(({ index, distance }, rank) => {
        if (cloud === null || material === null) return null;
        const name = material.classNames[language][material.examples.labels[index]!] ?? "";
        return (
          <li key={rank /* what is nearest changes while training: places stay, pictures change */}>
            <button
              type="button"
              className={styles.tile}
              aria-label={`${t("examplePicture", { index: index + 1, name })}, ${t("readout.distance", { distance: fixedText(distance, 2) })}: ${t("readout.goThere")}`}
              onClick={() => probe.getState().setCode([...cloud.codes.subarray(index * z.length, (index + 1) * z.length)])}
            >
              <SampleTile
                pixels={material.examples.pixels.subarray(index * size, (index + 1) * size)}
                scale={255}
                shape={material.image}
                className={styles.sample}
              />
              <span>{name}</span>
              <b>{fixedText(distance, 2)}</b>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
