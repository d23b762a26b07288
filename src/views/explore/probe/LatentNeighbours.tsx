/** Real images whose codes lie nearest to the probe; each can be gone to. */
import { useDeferredValue } from "react";
import { useText } from "../../../i18n/use-text";
import { useProbe } from "../../stores";
import { NearestExamples } from "./NearestExamples";
import styles from "./ProbePanel.module.css";

export function LatentNeighbours() {
  const { t } = useText("explore");
  const z = useDeferredValue(useProbe((state) => state.z));
  return (
    <section className={styles.section}>
      <h3>{t("probe.latent.title")}</h3>
      <p>{t("probe.latent.text")}</p>
      <NearestExamples z={z} />
    </section>
  );
}
