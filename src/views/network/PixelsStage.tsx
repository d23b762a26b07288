/** The pixels, at the wide end of a side: going in as they are, coming out through the output activation. */
import type { Box } from "../../charts/hourglass";
import { WeightPictures } from "../../charts/WeightPictures";
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import type { Side } from "./architecture";
import { OutputEditor } from "./OutputEditor";
import styles from "./PixelsStage.module.css";
import { Caption, placed, Stage } from "./Stage";
import type { UnitPictures } from "./unit-pictures";
import type { ArchitectureControl } from "./use-architecture";
import type { PictureTiles } from "./use-unit-pictures";

interface PixelsStageProps {
  readonly side: Side;
  readonly box: Box;
  readonly architecture: ArchitectureControl;
  /** Of the code's dimensions, when they meet the pixels without a hidden layer between. */
  readonly pictures: UnitPictures | null;
  readonly tiles: PictureTiles;
}

export function PixelsStage({ side, box, architecture, pictures, tiles }: PixelsStageProps) {
  const { t } = useText("network");
  const { image, pixels, outputActivation } = architecture.network;
  const units = countText(pixels);
  if (side === "encoder") {
    return (
      <>
        <div className={styles.plate} style={placed(box)} title={t("pixels", { pixels: units })} />
        <Caption box={box} color="encoder" units={units} detail={`${image.height}\u202F×\u202F${image.width}`} align="start" />
      </>
    );
  }
  const activation = t(`activations.${outputActivation}`);
  return (
    <Stage
      box={box}
      color="decoder"
      label={t("outputIs", { pixels: units, activation })}
      units={units}
      detail={activation}
      align="end"
      editor={<OutputEditor architecture={architecture} />}
    >
      {pictures === null ? (
        <span className={styles.fill} />
      ) : (
        <WeightPictures {...pictures} shape={image} tilePx={tiles.tilePx} gapPx={tiles.gapPx} />
      )}
    </Stage>
  );
}
