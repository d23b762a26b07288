/** What opens on the decoder's pixels: the output activation. */
import { useText } from "../../i18n/use-text";
import { OUTPUT_ACTIVATIONS } from "../../protocol/run-config";
import { Segmented } from "../../ui/Segmented";
import { Term } from "../Term";
import styles from "./Editor.module.css";
import { StartsOver } from "./StartsOver";
import type { ArchitectureControl } from "./use-architecture";

export function OutputEditor({ architecture }: { readonly architecture: ArchitectureControl }) {
  const { t } = useText("layers");
  const { t: network } = useText("network");
  const { config, change } = architecture;
  return (
    <div className={styles.editor} data-color="decoder">
      <h3 className={styles.title}>
        <Term id="outputActivation">{t("output")}</Term>
      </h3>
      <Segmented
        label={t("activation")}
        options={OUTPUT_ACTIVATIONS.map((id) => ({ id, label: network(`activations.${id}`) }))}
        value={config.outputActivation}
        onChange={(outputActivation) => change({ outputActivation })}
        color="decoder"
      />
      <p className={styles.note}>{t("outputWhat")}</p>
      <p className={styles.note}>{t(config.reconstruction === "bce" ? "outputBce" : "outputMse")}</p>
      <div className={styles.foot}>
        <StartsOver />
      </div>
    </div>
  );
}
