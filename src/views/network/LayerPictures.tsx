/** More of a layer's pictures, larger; a word on what is seen where there are none. */
import { isPointShape } from "../../charts/point-tile";
import { FeatureMaps } from "../../charts/FeatureMaps";
import { WeightPictures } from "../../charts/WeightPictures";
import { useText } from "../../i18n/use-text";
import { briefText, countText } from "../../lib/number-text";
import type { ImageShape } from "../../protocol/datasets";
import { useRun } from "../stores";
import styles from "./Editor.module.css";
import { mapsOf } from "./layer-text";
import type { LayerEditorProps } from "./LayerEditor";
import { sideColor } from "./network-sides";
import { useKernelPictures, useUnitPictures } from "./use-unit-pictures";

const TILES = { count: 18, tilePx: 48, gapPx: 4, columns: 6 } as const;
/** Nine or sixteen weights need less room than a picture. */
const KERNEL_TILES = { count: 24, tilePx: 24, gapPx: 4, columns: 12 } as const;

type LayerPicturesProps = Omit<LayerEditorProps, "name" | "onRemoved">;

export function LayerPictures(props: LayerPicturesProps) {
  const { side, index, architecture } = props;
  const { t } = useText("layers");
  const hasSnapshot = useRun((state) => state.snapshot !== null);
  const maps = mapsOf(architecture.config, architecture.network, side, index);
  const isOuter = index === (side === "encoder" ? 0 : architecture.config.decoder.length - 1);
  if (maps !== null) {
    return (
      hasSnapshot &&
      architecture.isLive && (
        <>
          {isOuter && <Kernels {...props} />}
          <Maps {...props} maps={maps} />
        </>
      )
    );
  }
  if (isOuter && !isPointShape(architecture.network.image)) return <Units {...props} />;
  return hasSnapshot && <p className={styles.note}>{t(side === "encoder" ? "encoderCells" : "decoderCells")}</p>;
}

/** What a dense layer next to the pixels looks for, or adds. */
function Units({ side, index, architecture }: LayerPicturesProps) {
  const { t } = useText("layers");
  const { network } = architecture;
  const pictures = useUnitPictures(architecture, side, TILES.count);
  if (pictures === null) return null;
  const facts = {
    shown: pictures.shown.length,
    units: countText(network[side][index]!.units),
    scale: briefText(pictures.scale),
  };
  return (
    <>
      <WeightPictures {...pictures} {...TILES} shape={network.image} />
      <p className={styles.note}>{t(side === "encoder" ? "incoming" : "outgoing", facts)}</p>
    </>
  );
}

/** The kernels between a convolution and the pixels. */
function Kernels({ side, architecture }: LayerPicturesProps) {
  const { t } = useText("layers");
  const kernels = useKernelPictures(architecture, side, KERNEL_TILES.count);
  if (kernels === null) return null;
  const { shown, all, scale, shape, pictures } = kernels;
  return (
    <>
      <WeightPictures {...KERNEL_TILES} pictures={pictures} scale={scale} shape={shape} />
      <p className={styles.note}>
        {t(side === "encoder" ? "kernelsIn" : "kernelsOut", { shown: shown.length, filters: countText(all), scale: briefText(scale) })}
      </p>
    </>
  );
}

function Maps({ side, architecture, source, scale, maps }: LayerPicturesProps & { readonly maps: ImageShape }) {
  const { t } = useText("layers");
  const shown = Math.min(TILES.count, maps.channels);
  return (
    <>
      <FeatureMaps {...TILES} source={source} ink={sideColor(architecture.config, side)} scale={scale} shape={maps} />
      <p className={styles.note}>{t(side === "encoder" ? "encoderMaps" : "decoderMaps", { shown, maps: countText(maps.channels) })}</p>
    </>
  );
}
