/** Filters, kernel and stride of a convolution, transposed in the decoder. */
import { useText } from "../../i18n/use-text";
import { KERNEL_SIZES, RANGES, STRIDES, type ConvLayer } from "../../protocol/run-config";
import { Segmented } from "../../ui/Segmented";
import type { Side } from "./architecture";
import { CountField } from "./CountField";
import styles from "./Editor.module.css";
import { strideFits } from "./layer-edits";
import { layerEditor } from "./layer-editor";
import { COMMON_FILTERS } from "./layer-sizes";
import { sizeText } from "./layer-text";
import { sideColor } from "./network-sides";
import type { ArchitectureControl } from "./use-architecture";

interface ConvFieldsProps {
  readonly side: Side;
  readonly index: number;
  readonly layer: ConvLayer;
  readonly architecture: ArchitectureControl;
}

export function ConvFields({ side, index, layer, architecture }: ConvFieldsProps) {
  const { t } = useText("layers");
  const { config, issues, mirrors } = architecture;
  const color = sideColor(config, side);
  const change = (next: Partial<ConvLayer>) => layerEditor(architecture, side)({ type: "change", index, layer: next });
  const isWrong = issues.some(({ path }) => path === `${side}.${index}.filters`);
  const fits = (stride: ConvLayer["stride"]) => stride === layer.stride || strideFits(config, side, index, stride, mirrors);
  return (
    <>
      <CountField
        color={color}
        label={t("filters")}
        lessLabel={t("fewer")}
        moreLabel={t("more")}
        commonLabel={t("commonFilters")}
        common={COMMON_FILTERS}
        value={layer.filters}
        {...RANGES.filters}
        issue={isWrong ? t("unitsIssue", RANGES.filters) : null}
        onChange={(filters) => change({ filters })}
      />
      <div className={styles.pair}>
        <span className={styles.word} aria-hidden>
          {t("kernel")}
        </span>
        <Segmented
          label={t("kernel")}
          options={KERNEL_SIZES.map((size) => ({ id: String(size), label: `${size}×${size}` }))}
          value={String(layer.kernel)}
          onChange={(size) => change({ kernel: Number(size) as ConvLayer["kernel"] })}
          color={color}
        />
        <span className={styles.word} aria-hidden>
          {t("stride")}
        </span>
        <Segmented
          label={t("stride")}
          options={STRIDES.map((stride) => ({ id: String(stride), label: String(stride), isDisabled: !fits(stride) }))}
          value={String(layer.stride)}
          onChange={(stride) => change({ stride: Number(stride) as ConvLayer["stride"] })}
          color={color}
        />
      </div>
      {!STRIDES.every(fits) && <p className={styles.note}>{t("strideNote", { size: sizeText(architecture.network.image) })}</p>}
    </>
  );
}
