/** What opens on the heads: the number of latent dimensions. */
import { useText } from "../../i18n/use-text";
import { RANGES } from "../../protocol/run-config";
import { NumberField } from "../../ui/NumberField";
import { Segmented } from "../../ui/Segmented";
import styles from "./Editor.module.css";
import { COMMON_LATENT_DIMS } from "./layer-sizes";
import { StartsOver } from "./StartsOver";
import type { ArchitectureControl } from "./use-architecture";

export function LatentSizeEditor({ architecture }: { readonly architecture: ArchitectureControl }) {
  const { t } = useText("layers");
  const { config, issues, change, network } = architecture;
  const { model, headActivation } = config;
  const heads = model === "gan" ? "scoreWhat" : model === "ae" ? "codeWhat" : headActivation === "relu" ? "headsWhatRelu" : "headsWhat";
  const shown = model === "gan" ? "scoreShown" : model === "ae" ? "codeShown" : "headsShown";
  const isWrong = issues.some(({ path }) => path === "latentDim");
  return (
    <div className={styles.editor} data-color="latent">
      <h3 className={styles.title}>{t("latent")}</h3>
      <Segmented
        label={t("commonLatent")}
        options={COMMON_LATENT_DIMS.map((dim) => ({ id: String(dim), label: String(dim) }))}
        value={String(config.latentDim)}
        onChange={(dim) => change({ latentDim: Number(dim) })}
        color="latent"
      />
      <NumberField
        label={t("latent")}
        isLabelHidden
        value={config.latentDim}
        {...RANGES.latentDim}
        onChange={(latentDim) => change({ latentDim })}
        issue={isWrong ? t("latentIssue", RANGES.latentDim) : null}
      />
      <p className={styles.note}>{t("latentWhat")}</p>
      <p className={styles.note}>{t(heads)}</p>
      {network.encoder.length > 0 && <p className={styles.note}>{t(shown)}</p>}
      <div className={styles.foot}>
        <StartsOver />
      </div>
    </div>
  );
}
