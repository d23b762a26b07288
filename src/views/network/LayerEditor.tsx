/** What opens on a hidden layer: its width, its activation, its pictures at a size to look at, and the way to remove it. */
import { Minus, Plus, Trash2 } from "lucide-react";
import { WeightPictures } from "../../charts/WeightPictures";
import { useText } from "../../i18n/use-text";
import { briefText, countText } from "../../lib/number-text";
import { ACTIVATIONS, RANGES, type DenseLayer } from "../../protocol/run-config";
import { Button } from "../../ui/Button";
import { IconButton } from "../../ui/IconButton";
import { NumberField } from "../../ui/NumberField";
import { Segmented } from "../../ui/Segmented";
import { Select } from "../../ui/Select";
import { useRun } from "../stores";
import { Term } from "../Term";
import { COMMON_UNITS, stepUnits, type Side } from "./architecture";
import styles from "./Editor.module.css";
import { StartsOver } from "./StartsOver";
import type { ArchitectureControl } from "./use-architecture";
import { useUnitPictures } from "./use-unit-pictures";

interface LayerEditorProps {
  readonly side: Side;
  readonly index: number;
  readonly name: string;
  readonly architecture: ArchitectureControl;
  readonly onRemove: () => void;
}

export function LayerEditor({ side, index, name, architecture, onRemove }: LayerEditorProps) {
  const { t } = useText("network");
  const { config, network, issues, edit } = architecture;
  const layer = config[side][index];
  if (layer === undefined) return null; // removed while open
  const change = (next: Partial<DenseLayer>) => edit(side, { type: "change", index, layer: next });
  const isWrong = issues.some(({ path }) => path === `${side}.${index}.units`);
  const { inputs, units } = network[side][index]!;
  const parameters = inputs * units + units;

  return (
    <div className={styles.editor} data-color={side}>
      <h3 className={styles.title}>{name}</h3>
      <div className={styles.stepper}>
        <span className={styles.word} aria-hidden>
          {t("units")}
        </span>
        <IconButton label={t("narrower")} onPress={() => change({ units: stepUnits(layer.units, -1) })}>
          <Minus size={16} aria-hidden />
        </IconButton>
        <span className={styles.number}>
          <NumberField
            label={t("units")}
            isLabelHidden
            value={layer.units}
            {...RANGES.units}
            onChange={(value) => change({ units: value })}
            issue={isWrong ? t("unitsIssue", RANGES.units) : null}
          />
        </span>
        <IconButton label={t("wider")} onPress={() => change({ units: stepUnits(layer.units, 1) })}>
          <Plus size={16} aria-hidden />
        </IconButton>
      </div>
      <Segmented
        label={t("commonUnits")}
        options={COMMON_UNITS.map((width) => ({ id: String(width), label: String(width) }))}
        value={String(layer.units)}
        onChange={(width) => change({ units: Number(width) })}
        color={side}
      />
      <div className={styles.row}>
        <Select
          label={t("activation")}
          options={ACTIVATIONS.map((id) => ({ id, label: t(`activations.${id}`) }))}
          value={layer.activation}
          onChange={(activation) => change({ activation })}
        />
      </div>
      {!isWrong && Number.isFinite(parameters) && (
        <p className={styles.note}>
          <Term id="dense">
            {countText(inputs)} × {countText(units)} + {countText(units)}
          </Term>
          {" = "}
          {t("parameters", { number: countText(parameters) })}
        </p>
      )}
      <LayerPictures side={side} index={index} architecture={architecture} />
      <div className={styles.foot}>
        <StartsOver />
        <Button variant="quiet" label={t("removeNth", { layer: name })} onPress={onRemove}>
          <Trash2 size={16} aria-hidden />
          {t("remove")}
        </Button>
      </div>
    </div>
  );
}

const SHOWN = 18;
const COLUMNS = 6;
const TILE_PX = 48;

/** More of the layer's pictures, larger; a word on what is seen where there are none. */
function LayerPictures({ side, index, architecture }: Omit<LayerEditorProps, "name" | "onRemove">) {
  const { t } = useText("network");
  const layers = architecture.config[side];
  const isOuter = index === (side === "encoder" ? 0 : layers.length - 1);
  const pictures = useUnitPictures(architecture, side, SHOWN);
  const hasSnapshot = useRun((state) => state.snapshot !== null);
  if (!isOuter) return hasSnapshot && <p className={styles.note}>{t(side === "encoder" ? "encoderCells" : "decoderCells")}</p>;
  if (pictures === null) return null;
  const facts = { shown: pictures.shown.length, units: layers[index]!.units, scale: briefText(pictures.scale) };
  return (
    <>
      <WeightPictures {...pictures} shape={architecture.network.image} tilePx={TILE_PX} gapPx={4} columns={COLUMNS} />
      <p className={styles.note}>{t(side === "encoder" ? "incoming" : "outgoing", facts)}</p>
    </>
  );
}
