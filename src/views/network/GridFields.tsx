/**
 * The width of the dense layer that makes the image of transposed convolutions: only
 * its channels are free, height and width follow from picture and strides.
 */
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import type { DenseLayer } from "../../protocol/run-config";
import { mostChannels, type GridSize } from "../../store/fit-decoder";
import { useIssue } from "../objective/use-issue";
import { CountField } from "./CountField";
import styles from "./Editor.module.css";
import { layerEditor } from "./layer-editor";
import { COMMON_FILTERS } from "./layer-sizes";
import { sizeText, unitsText } from "./layer-text";
import { sideColor } from "./network-sides";
import type { ArchitectureControl } from "./use-architecture";

interface GridFieldsProps {
  readonly index: number;
  readonly layer: DenseLayer;
  readonly size: GridSize;
  readonly architecture: ArchitectureControl;
}

export function GridFields({ index, layer, size, architecture }: GridFieldsProps) {
  const { t } = useText("layers");
  const issue = useIssue("decoder");
  const area = size.height * size.width;
  const channels = layer.units / area;
  const range = { min: 1, max: mostChannels(size) };
  const isWrong = architecture.issues.some(({ path }) => path === `decoder.${index}.units`);
  return (
    <>
      <CountField
        color={sideColor(architecture.config, "decoder")}
        label={t("channels")}
        lessLabel={t("fewer")}
        moreLabel={t("more")}
        commonLabel={t("commonChannels")}
        common={COMMON_FILTERS}
        value={channels}
        {...range}
        issue={isWrong ? t("unitsIssue", { min: range.min, max: countText(range.max) }) : issue}
        onChange={(count) => layerEditor(architecture, "decoder")({ type: "change", index, layer: { units: count * area } })}
      />
      <p className={styles.note}>{t("gridWhat", { size: sizeText(size), channels: unitsText(channels), units: unitsText(layer.units) })}</p>
    </>
  );
}
