/** One hidden layer: pictures of its units where it meets the pixels, its activations elsewhere. */
import { ActivationCells, type ActivationSource } from "../../charts/ActivationCanvas";
import type { Box } from "../../charts/hourglass";
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import type { Activation } from "../../protocol/run-config";
import type { Side } from "./architecture";
import { LayerEditor } from "./LayerEditor";
import { OuterPictures } from "./OuterPictures";
import { Stage } from "./Stage";
import type { ArchitectureControl } from "./use-architecture";
import type { PictureTiles } from "./use-unit-pictures";

interface LayerStageProps {
  readonly side: Side;
  readonly index: number;
  readonly box: Box;
  readonly architecture: ArchitectureControl;
  readonly onRemove: () => void;
  readonly source: ActivationSource;
  readonly tiles: PictureTiles;
  /** Whether the layer meets the pixels. */
  readonly isOuter: boolean;
  /** Whether there is room for a longer caption. */
  readonly isRoomy: boolean;
}

/** Border and padding of a box, both sides. */
const INSET_PX = 11;

export function LayerStage({ side, index, box, architecture, onRemove, source, tiles, isOuter, isRoomy }: LayerStageProps) {
  const { t } = useText("network");
  const layer = architecture.config[side][index]!;
  const activation = t(`activations.${layer.activation}`);
  const name = t(side === "encoder" ? "encoderLayer" : "decoderLayer", { index: index + 1 });
  const units = unitsText(layer.units);
  return (
    <Stage
      box={box}
      color={side}
      label={t("layerIs", { layer: name, units, activation })}
      units={units}
      detail={isRoomy ? t("denseLayer", { activation }) : activation}
      isInvalid={architecture.issues.some(({ path }) => path.startsWith(`${side}.${index}.`))}
      editor={<LayerEditor side={side} index={index} name={name} architecture={architecture} onRemove={onRemove} />}
    >
      {isOuter && <OuterPictures side={side} architecture={architecture} tiles={tiles} source={source} scale={bound(layer.activation)} />}
      {!isOuter && architecture.isLive && (
        <ActivationCells
          source={source}
          ink={side}
          units={layer.units}
          widthPx={box.width - INSET_PX}
          heightPx={box.height - INSET_PX}
          scale={bound(layer.activation)}
        />
      )}
    </Stage>
  );
}

/** Activations that cannot go beyond 1 are drawn on that scale; others on that of the largest at hand. */
function bound(activation: Activation): number | undefined {
  return activation === "tanh" || activation === "sigmoid" ? 1 : undefined;
}

export function unitsText(units: number): string {
  return Number.isFinite(units) ? countText(units) : "?";
}
