/**
 * Encoder or decoder: its stages as boxes on the hourglass, what they have learnt
 * inside them, and the way to change them.
 */
import { FlipHorizontal2 } from "lucide-react";
import { useMemo, useState, type CSSProperties, useRef } from "react";
import { isPointShape } from "../../charts/point-tile";
import { useSize } from "../../charts/use-size";
import { layoutHourglass, stageHeight, type HourglassLayout } from "../../charts/hourglass";
import { useText } from "../../i18n/use-text";
import { clamp } from "../../lib/clamp";
import type { LayerSpec } from "../../model/network";
import { IconButton } from "../../ui/IconButton";
import { useIssue } from "../objective/use-issue";
import { Term } from "../Term";
import { useActivationFeed } from "./activation-feed";
import { AddLayerButton } from "./AddLayerButton";
import type { Side } from "./architecture";
import { Column } from "./Column";
import { HeadsStage } from "./HeadsStage";
import { LayerStage } from "./LayerStage";
import styles from "./NetworkColumn.module.css";
import { NetworkSize } from "./NetworkSize";
import { PixelsStage } from "./PixelsStage";
import { ReadingHelp } from "./ReadingHelp";
import { Silhouette } from "./Silhouette";
import { sideColor } from "./network-sides";
import { placed } from "./Stage";
import { tilesOf, type PictureTiles } from "./use-unit-pictures";
import type { ArchitectureControl } from "./use-architecture";
import { useMedia } from "./use-media";

interface NetworkColumnProps {
  readonly side: Side;
  readonly architecture: ArchitectureControl;
  /** Which of the chosen examples stands at the entrance. */
  readonly selected: number;
  /** Room kept free beside the latent space. */
  readonly leadPx: number;
}

/** Two lines beneath the tallest box. */
const CAPTION_PX = 36;
const PLATE_PX = 12;
const GAP_PX = { fine: 24, coarse: 44 };
/** Where the columns are narrow, so that a plate is still a target with room around it. */
const POINT_GAP_PX = 36;
const LEAST_BLOCK_PX = 28;
/** Room that the words beneath the pixels want, before they run into a taller neighbour. */
const PIXEL_WORDS_PX = 64;
/** The same before they run into the words beneath a neighbour that ends about where they begin. */
const PIXEL_WORDS_BESIDE_PX = 48;
/** Height of the words beneath a block. */
const WORDS_PX = 36;

export function NetworkColumn({ side, architecture, selected, leadPx }: NetworkColumnProps) {
  const { t } = useText("network");
  const ref = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(ref);
  const { layout, asidePx, heightPx, widest, outer, tiles } = useLayout(side, architecture, width, height, leadPx);
  const feed = useActivationFeed(side, selected);
  const issue = useIssue(side);
  const { config, mirrors, setMirrors } = architecture;
  // Stages are told apart by their place: after a removal they are made anew, lest an open editor stand on its neighbour.
  const [removals, setRemovals] = useState(0);

  function onRemoved(index: number) {
    setRemovals(removals + 1);
    // The box that was focused is gone: on to where it stood.
    requestAnimationFrame(() => ref.current?.querySelector<HTMLElement>(`[data-add="${side}-${index}"] > button`)?.focus());
  }

  const stages = layout.blocks.map((box, index) => (
    <LayerStage
      key={`layer-${removals}-${index}`}
      side={side}
      index={index}
      box={box}
      architecture={architecture}
      onRemoved={() => onRemoved(index)}
      source={feed.layer(index)}
      tiles={tiles}
      isOuter={index === outer}
      roomPx={layout.gaps[0]!.width + box.width}
    />
  ));
  const gaps = layout.gaps.map((gap) => (
    <AddLayerButton key={`gap-${gap.index}`} side={side} gap={gap} middlePx={heightPx / 2} architecture={architecture} />
  ));
  const bare = outer === null && !isPointShape(architecture.network.image) ? tiles : null;
  const color = sideColor(config, side);
  const title = config.model !== "gan" ? side : side === "encoder" ? "discriminator" : "generator";
  const neighbour = outer === null ? layout.plate : layout.blocks[outer]!;
  const isTaller = neighbour.height > layout.plate.height;
  const isBeside = neighbour.height > layout.plate.height - 2 * WORDS_PX; // blocks stand centred: half of it below
  const wantedPx = isTaller ? PIXEL_WORDS_PX : isBeside ? PIXEL_WORDS_BESIDE_PX : 0;
  const isCramped = layout.gaps[0]!.width + PLATE_PX < wantedPx;

  return (
    <Column
      title={<Term id={title}>{t(title)}</Term>}
      note={<NetworkSize architecture={architecture} side={side} />}
      color={color}
      action={
        side === "decoder" && (
          <IconButton label={t("mirror")} isPressed={mirrors} onPress={() => setMirrors(!mirrors)}>
            <FlipHorizontal2 size={16} aria-hidden />
          </IconButton>
        )
      }
      foot={
        <>
          {side === "decoder" && <NetworkSize architecture={architecture} side={null} />}
          <ReadingHelp side={side} architecture={architecture} count={tiles.count} />
        </>
      }
    >
      <div ref={ref} className={styles.body}>
        {asidePx > 0 && <div className={styles.waist} style={waistBox(widest, config.latentDim, heightPx, asidePx)} />}
        {width > 0 && (
          <div className={styles.scroller} data-overflows={layout.widthPx > width - asidePx + 1 || undefined} style={{ left: asidePx }}>
            <div className={styles.stages} style={{ width: layout.widthPx, height }}>
              <Silhouette side={side} color={color} layout={layout} heightPx={heightPx} />
              {side === "encoder" && (
                <PixelsStage side={side} box={layout.plate} architecture={architecture} tiles={null} isCramped={isCramped} />
              )}
              {gaps.flatMap((gap, i) => [gap, stages[i]])}
              {layout.heads !== null && <HeadsStage box={layout.heads} architecture={architecture} selected={selected} tiles={bare} />}
              {side === "decoder" && (
                <PixelsStage side={side} box={layout.plate} architecture={architecture} tiles={bare} isCramped={isCramped} />
              )}
            </div>
          </div>
        )}
        {issue !== null && (
          <p className={styles.issue} role="alert">
            {issue}
          </p>
        )}
      </div>
    </Column>
  );
}

interface StageLayout {
  readonly layout: HourglassLayout;
  /** Taken from the column's start: the picture under the probe stays put while a deep decoder is scrolled. */
  readonly asidePx: number;
  readonly heightPx: number;
  /** Units of the widest stage of either side. */
  readonly widest: number;
  /** Index of the hidden layer next to the pixels; null when there is none. */
  readonly outer: number | null;
  readonly tiles: PictureTiles;
}

function useLayout(
  side: Side,
  { config: { latentDim }, network }: ArchitectureControl,
  width: number,
  height: number,
  leadPx: number,
): StageLayout {
  const isCoarse = useMedia("(pointer: coarse)");
  const { encoder, decoder, pixels } = network;
  const isPoint = isPointShape(network.image);
  return useMemo(() => {
    const heightPx = Math.max(120, height - CAPTION_PX);
    const blockPx = clamp(Math.round(heightPx / 7.5), 44, 76);
    const units = (layers: readonly LayerSpec[]) => layers.map((layer) => layer.units);
    const layers = units(side === "encoder" ? encoder : decoder);
    const known = [...units(encoder), ...units(decoder), latentDim].filter(Number.isFinite);
    const widest = Math.max(pixels, ...known);
    const frame = {
      side,
      widthPx: width,
      heightPx,
      layers,
      pixels,
      latentDim,
      widest,
      blockPx,
      leastBlockPx: LEAST_BLOCK_PX,
      platePx: side === "decoder" && layers.length === 0 ? blockPx : PLATE_PX,
      gapPx: isCoarse ? GAP_PX.coarse : isPoint ? POINT_GAP_PX : GAP_PX.fine,
      leadPx,
      hasHeads: side === "encoder",
    };
    const whole = layoutHourglass(frame);
    const asidePx = side === "decoder" && whole.widthPx > width + 1 ? leadPx : 0;
    const layout = asidePx === 0 ? whole : layoutHourglass({ ...frame, widthPx: width - asidePx, leadPx: 0 });
    const outer = layers.length === 0 ? null : side === "encoder" ? 0 : layers.length - 1;
    const bare = layout.heads ?? layout.plate;
    return { layout, asidePx, heightPx, widest, outer, tiles: tilesOf(outer === null ? bare : layout.blocks[outer]!) };
  }, [side, width, height, encoder, decoder, pixels, latentDim, isCoarse, isPoint, leadPx]);
}

/** The narrow end of the funnel, behind what stays put. */
function waistBox(widest: number, latentDim: number, heightPx: number, widthPx: number): CSSProperties {
  const height = stageHeight(latentDim, widest, heightPx);
  return placed({ x: 0, y: (heightPx - height) / 2, width: widthPx, height });
}
