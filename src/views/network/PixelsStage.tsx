/** The pixels, at the wide end of a side: going in as they are, coming out through the output activation. */
import { isPointShape } from "../../charts/point-tile";
import type { Box } from "../../charts/hourglass";
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import type { ImageShape } from "../../protocol/datasets";
import type { CssVariables } from "../../ui/accent";
import { coordinateName } from "../latent/latent-text";
import type { Side } from "./architecture";
import { OutputEditor } from "./editors";
import { sideColor } from "./network-sides";
import { OuterPictures } from "./OuterPictures";
import styles from "./PixelsStage.module.css";
import { Caption, placed, Stage } from "./Stage";
import type { ArchitectureControl } from "./use-architecture";
import type { PictureTiles } from "./use-unit-pictures";

interface PixelsStageProps {
  readonly side: Side;
  readonly box: Box;
  readonly architecture: ArchitectureControl;
  /** For the pictures of the code's dimensions, when these meet the pixels without a hidden layer between; else null. */
  readonly tiles: PictureTiles | null;
  /** Whether a taller neighbour leaves room for the number only. */
  readonly isCramped: boolean;
}

export function PixelsStage({ side, box, architecture, tiles, isCramped }: PixelsStageProps) {
  const { t } = useText("network");
  const { image, pixels, outputActivation, encoder, mean } = architecture.network;
  const color = sideColor(architecture.config, side);
  const isPoint = isPointShape(image);
  const units = countText(pixels);
  const first = encoder[0] ?? mean;
  const told = first.kind === "dense" ? first.classes : 0;
  if (side === "encoder") {
    return (
      <>
        <div
          className={styles.plate}
          style={{ ...placed(box), "--plate": `var(--${color})` } as CssVariables}
          title={t(isPoint ? "coordinates" : "pixels", { pixels: units })}
        />
        <Caption
          box={box}
          color={color}
          units={told > 0 ? `${units} + ${told}` : units}
          detail={isCramped ? "" : sizeOf(image)}
          align="start"
        />
      </>
    );
  }
  const activation = t(`activations.${outputActivation}`);
  return (
    <Stage
      box={box}
      color={color}
      opens="left"
      label={t(isPoint ? "outputIsPoint" : "outputIs", { pixels: units, activation })}
      units={units}
      detail={isCramped ? "" : activation}
      align="end"
      editor={<OutputEditor architecture={architecture} />}
    >
      {tiles === null ? (
        <span className={styles.fill} />
      ) : (
        <OuterPictures side="decoder" architecture={architecture} tiles={tiles} source={null} />
      )}
    </Stage>
  );
}

/** 28 × 28, or the coordinates by name. */
function sizeOf(image: ImageShape): string {
  if (isPointShape(image)) return Array.from({ length: image.width }, (_, axis) => coordinateName(axis)).join(" ");
  return `${image.height}\u202F×\u202F${image.width}`;
}
