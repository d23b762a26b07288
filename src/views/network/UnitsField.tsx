/** The width of a dense layer. */
import { useText } from "../../i18n/use-text";
import { RANGES, type DenseLayer } from "../../protocol/run-config";
import type { Side } from "./architecture";
import { CountField } from "./CountField";
import { layerEditor } from "./layer-editor";
import { COMMON_UNITS } from "./layer-sizes";
import { sideColor } from "./network-sides";
import type { ArchitectureControl } from "./use-architecture";

interface UnitsFieldProps {
  readonly side: Side;
  readonly index: number;
  readonly layer: DenseLayer;
  readonly architecture: ArchitectureControl;
}

export function UnitsField({ side, index, layer, architecture }: UnitsFieldProps) {
  const { t } = useText("layers");
  const isWrong = architecture.issues.some(({ path }) => path === `${side}.${index}.units`);
  return (
    <CountField
      color={sideColor(architecture.config, side)}
      label={t("units")}
      lessLabel={t("narrower")}
      moreLabel={t("wider")}
      commonLabel={t("commonUnits")}
      common={COMMON_UNITS}
      value={layer.units}
      {...RANGES.units}
      issue={isWrong ? t("unitsIssue", RANGES.units) : null}
      onChange={(units) => layerEditor(architecture, side)({ type: "change", index, layer: { units } })}
    />
  );
}
