/** Pictures of the units that meet the pixels, with meters of what each answers; all that changes with a snapshot. */
import { ActivationMeters, type ActivationSource } from "../../charts/ActivationCanvas";
import { WeightPictures } from "../../charts/WeightPictures";
import type { Side } from "./architecture";
import { sideColor } from "./network-sides";
import styles from "./OuterPictures.module.css";
import type { ArchitectureControl } from "./use-architecture";
import { useUnitPictures, type PictureTiles } from "./use-unit-pictures";

interface OuterPicturesProps {
  readonly side: Side;
  readonly architecture: ArchitectureControl;
  readonly tiles: PictureTiles;
  /** Null where the units are no layer of their own: heads, or the code. */
  readonly source: ActivationSource | null;
  /** Of the meters; without it the largest activation at hand. */
  readonly scale?: number | undefined;
}

export function OuterPictures({ side, architecture, tiles: { count, tilePx, gapPx }, source, scale }: OuterPicturesProps) {
  const pictures = useUnitPictures(architecture, side, count);
  if (pictures === null) return null;
  return (
    <span className={styles.pictures}>
      <WeightPictures {...pictures} shape={architecture.network.image} tilePx={tilePx} gapPx={gapPx} />
      {source !== null && (
        <ActivationMeters
          source={source}
          ink={sideColor(architecture.config, side)}
          scale={scale}
          shown={pictures.shown}
          tilePx={tilePx}
          gapPx={gapPx}
        />
      )}
    </span>
  );
}
