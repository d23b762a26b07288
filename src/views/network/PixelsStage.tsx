/** The pixels, at the wide end of a side: going in as they are, coming out through the output activation. */
import type { Box } from "../../charts/hourglass";
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import type { Side } from "./architecture";
import { OutputEditor } from "./editors";
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
  const { image, pixels, outputActivation } = architecture.network;
  const units = countText(pixels);
  if (side === "encoder") {
    return (
      <>
        <div className={styles.plate} style={placed(box)} title={t("pixels", { pixels: units })} />
        <Caption
          box={box}
          color="encoder"
          units={units}
          detail={isCramped ? "" : `${image.height}\u202F×\u202F${image.width}`}
          align="start"
        />
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
