/** What opens on the decoder's pixels: the output activation. */
import { useText } from "../../i18n/use-text";
import { isPointCloud } from "../../protocol/datasets";
import { isCrossEntropy, OUTPUT_ACTIVATIONS } from "../../protocol/run-config";
import { Segmented } from "../../ui/Segmented";
import { Term } from "../Term";
import styles from "./Editor.module.css";
import { sideColor } from "./network-sides";
import { StartsOver } from "./StartsOver";
import type { ArchitectureControl } from "./use-architecture";

export function OutputEditor({ architecture }: { readonly architecture: ArchitectureControl }) {
  const { t } = useText("layers");
  const { t: network } = useText("network");
  const { config, change } = architecture;
  const isPoint = isPointCloud(config.data);
  return (
    <div className={styles.editor} data-color={sideColor(config, "decoder")}>
      <h3 className={styles.title}>
        <Term id="outputActivation">{t("output")}</Term>
      </h3>
      <Segmented
        label={t("activation")}
        options={OUTPUT_ACTIVATIONS.map((id) => ({ id, label: network(`activations.${id}`) }))}
        value={config.outputActivation}
        onChange={(outputActivation) => change({ outputActivation })}
        color={sideColor(config, "decoder")}
      />
      <p className={styles.note}>{t(isPoint ? "outputWhatPoint" : "outputWhat")}</p>
      {config.model !== "gan" && isCrossEntropy(config.reconstruction) ? (
        <p className={styles.note}>{t("outputBce")}</p>
      ) : (
        !isPoint && <p className={styles.note}>{t("outputMse")}</p>
      )}
      <div className={styles.foot}>
        <StartsOver />
      </div>
    </div>
  );
}
