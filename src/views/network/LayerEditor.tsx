/** What opens on a hidden layer: its size, its activation, its pictures at a size to look at, and the way to remove it. */
import { Trash2 } from "lucide-react";
import type { ActivationSource } from "../../charts/ActivationCanvas";
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import { ACTIVATIONS, isConvLayer, type Activation } from "../../protocol/run-config";
import { gridIndex, gridSize } from "../../store/fit-decoder";
import { Button } from "../../ui/Button";
import { Select } from "../../ui/Select";
import { Term } from "../Term";
import type { Side } from "./architecture";
import { ConvFields } from "./ConvFields";
import styles from "./Editor.module.css";
import { GridFields } from "./GridFields";
import { mapsOf, parametersOf, parameterSum, sizeText } from "./layer-text";
import { canRemove } from "./layer-edits";
import { layerEditor } from "./layer-editor";
import { LayerPictures } from "./LayerPictures";
import { sideColor } from "./network-sides";
import { StartsOver } from "./StartsOver";
import { UnitsField } from "./UnitsField";
import type { ArchitectureControl } from "./use-architecture";

export interface LayerEditorProps {
  readonly side: Side;
  readonly index: number;
  readonly name: string;
  readonly architecture: ArchitectureControl;
  /** Of the layer's activations. */
  readonly source: ActivationSource;
  /** Of these, where they have a bound. */
  readonly scale: number | undefined;
  /** Tells that it is gone. */
  readonly onRemoved: () => void;
}

export function LayerEditor({ side, index, name, architecture, source, scale, onRemoved }: LayerEditorProps) {
  const { t } = useText("layers");
  const { t: network } = useText("network");
  const { config } = architecture;
  const edit = layerEditor(architecture, side);
  const layer = config[side][index];
  const spec = architecture.network[side][index];
  if (layer === undefined || spec === undefined) return null; // removed while open
  const remove = () => {
    edit({ type: "remove", index });
    onRemoved();
  };
  const grid = side === "decoder" && gridIndex(config.decoder) === index ? gridSize(config.decoder, architecture.network.image) : null;

  return (
    <div className={styles.editor} data-color={sideColor(config, side)}>
      <h3 className={styles.title}>{name}</h3>
      {isConvLayer(layer) ? (
        <ConvFields side={side} index={index} layer={layer} architecture={architecture} />
      ) : grid === null ? (
        <UnitsField side={side} index={index} layer={layer} architecture={architecture} />
      ) : (
        <GridFields index={index} layer={layer} size={grid} architecture={architecture} />
      )}
      <div className={styles.row}>
        <Select
          label={t("activation")}
          options={ACTIVATIONS.map((id) => ({ id, label: network(`activations.${id}`) }))}
          value={layer.activation}
          onChange={(activation: Activation) => edit({ type: "change", index, layer: { activation } })}
        />
      </div>
      <Parameters side={side} index={index} architecture={architecture} />
      <LayerPictures side={side} index={index} architecture={architecture} source={source} scale={scale} />
      <div className={styles.foot}>
        <StartsOver />
        {canRemove(config, side, index) ? (
          <Button variant="quiet" label={t("removeNth", { layer: name })} onPress={remove}>
            <Trash2 size={16} aria-hidden />
            {t("remove")}
          </Button>
        ) : (
          <p className={styles.note}>{t("cannotRemove")}</p>
        )}
      </div>
    </div>
  );
}

/** How many weights the layer has, and how they come about. */
function Parameters({ side, index, architecture }: Pick<LayerEditorProps, "side" | "index" | "architecture">) {
  const { t } = useText("network");
  const { t: layers } = useText("layers");
  const { config, network, issues } = architecture;
  const spec = network[side][index]!;
  const count = parametersOf(network, spec);
  const isWrong = issues.some(({ path }) => path === side || path.startsWith(`${side}.`));
  if (isWrong || !Number.isFinite(count)) return null;
  const maps = mapsOf(config, network, side, index);
  const told = spec.kind === "dense" ? spec.classes : 0;
  return (
    <p className={styles.note}>
      <Term id={spec.kind === "dense" ? "dense" : spec.kind === "conv" ? "convolution" : "transposedConvolution"}>
        {parameterSum(network, spec)}
      </Term>
      {" = "}
      {t("parameters", { number: countText(count) })}
      {spec.kind !== "dense" && maps !== null && (
        <>
          {" · "}
          {layers("goesTo", { from: sizeText(spec.from), to: sizeText(maps) })}
        </>
      )}
      {told > 0 && (
        <>
          {" · "}
          {layers("told", { classes: told })}
        </>
      )}
    </p>
  );
}
