/** One hidden layer: pictures of its units where it meets the pixels, its activations elsewhere. */
import { ActivationCells, ActivationMeters, type ActivationSource } from "../../charts/ActivationCanvas";
import type { Box } from "../../charts/hourglass";
import { WeightPictures } from "../../charts/WeightPictures";
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import type { Activation } from "../../protocol/run-config";
import type { Side } from "./architecture";
import { LayerEditor } from "./LayerEditor";
import { Stage } from "./Stage";
import styles from "./LayerStage.module.css";
import type { UnitPictures } from "./unit-pictures";
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
  /** Null while there are none. */
  readonly pictures: UnitPictures | null;
  /** Whether the layer meets the pixels. */
  readonly isOuter: boolean;
  /** Whether there is room for a longer caption. */
  readonly isRoomy: boolean;
}

/** Border and padding of a box, both sides. */
const INSET_PX = 11;

export function LayerStage({ side, index, box, architecture, onRemove, source, tiles, pictures, isOuter, isRoomy }: LayerStageProps) {
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
      {pictures !== null && (
        <span className={styles.pictures}>
          <WeightPictures {...pictures} shape={architecture.network.image} tilePx={tiles.tilePx} gapPx={tiles.gapPx} />
          <ActivationMeters
            source={source}
            ink={side}
            shown={pictures.shown}
            tilePx={tiles.tilePx}
            gapPx={tiles.gapPx}
            {...bounded(layer.activation)}
          />
        </span>
      )}
      {!isOuter && architecture.isLive && (
        <ActivationCells
          source={source}
          ink={side}
          units={layer.units}
          widthPx={box.width - INSET_PX}
          heightPx={box.height - INSET_PX}
          {...bounded(layer.activation)}
        />
      )}
    </Stage>
  );
}

/** Activations that cannot go beyond 1 are drawn on that scale; others on that of the largest at hand. */
function bounded(activation: Activation): { readonly scale?: number } {
  return activation === "tanh" || activation === "sigmoid" ? { scale: 1 } : {};
}

export function unitsText(units: number): string {
  return Number.isFinite(units) ? countText(units) : "?";
}
