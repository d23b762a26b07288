/**
 * One hidden layer: pictures of its units where a dense one meets the pixels, maps of
 * what it answers where that is an image, its activations as cells elsewhere.
 */
import { ActivationCells, type ActivationSource } from "../../charts/ActivationCanvas";
import { isPointShape } from "../../charts/point-tile";
import { FeatureMaps } from "../../charts/FeatureMaps";
import type { Box } from "../../charts/hourglass";
import { useText } from "../../i18n/use-text";
import type { LayerSpec } from "../../model/network";
import type { ImageShape } from "../../protocol/datasets";
import type { Activation } from "../../protocol/run-config";
import type { Side } from "./architecture";
import { LayerEditor } from "./editors";
import { kernelText, LAYER_OF, mapsOf, mapsText, sizeText, unitsText } from "./layer-text";
import { sideColor } from "./network-sides";
import { OuterPictures } from "./OuterPictures";
import { Stage } from "./Stage";
import type { ArchitectureControl } from "./use-architecture";
import { tilesOf, type PictureTiles } from "./use-unit-pictures";

interface LayerStageProps {
  readonly side: Side;
  readonly index: number;
  readonly box: Box;
  readonly architecture: ArchitectureControl;
  readonly onRemoved: () => void;
  readonly source: ActivationSource;
  readonly tiles: PictureTiles;
  /** Whether the layer meets the pixels. */
  readonly isOuter: boolean;
  /** For the caption, before it touches the next. */
  readonly roomPx: number;
}

/** Border and padding of a box, both sides. */
const INSET_PX = 11;

export function LayerStage({ side, index, box, architecture, onRemoved, source, tiles, isOuter, roomPx }: LayerStageProps) {
  const { t } = useText("network");
  const { config, network, issues, isLive } = architecture;
  const layer = network[side][index]!;
  const maps = mapsOf(config, network, side, index);
  const name = t(LAYER_OF[config.model === "gan" ? "gan" : "autoencoder"][side], { index: index + 1 });
  const color = sideColor(config, side);
  // Two or three weights make no picture.
  const hasPictures = isOuter && maps === null && !isPointShape(network.image);
  const scale = bound(layer.activation);
  return (
    <Stage
      box={box}
      color={color}
      opens={side === "encoder" ? "right" : "left"}
      {...useLayerWords(name, layer, maps, roomPx)}
      isStack={maps !== null}
      isInvalid={issues.some(({ path }) => path.startsWith(`${side}.${index}.`))}
      editor={
        <LayerEditor
          side={side}
          index={index}
          name={name}
          architecture={architecture}
          source={source}
          scale={scale}
          onRemoved={onRemoved}
        />
      }
    >
      {maps !== null && isLive && (
        <FeatureMaps source={source} ink={color} scale={scale} shape={maps} {...tilesOf(box, false)} columns={1} />
      )}
      {hasPictures && <OuterPictures side={side} architecture={architecture} tiles={tiles} source={source} scale={scale} />}
      {maps === null && !hasPictures && isLive && (
        <ActivationCells
          source={source}
          ink={color}
          units={layer.units}
          widthPx={box.width - INSET_PX}
          heightPx={box.height - INSET_PX}
          scale={scale}
        />
      )}
    </Stage>
  );
}

/** Below these widths a caption says less. */
const WHOLE_PX = 100;
const MAPS_PX = 76;

function useLayerWords(name: string, layer: LayerSpec, maps: ImageShape | null, roomPx: number) {
  const { t } = useText("network");
  const activation = t(`activations.${layer.activation}`);
  const isWhole = roomPx >= WHOLE_PX;
  if (layer.kind === "dense") {
    const units = unitsText(layer.units);
    if (maps === null) {
      const detail = isWhole ? t("denseLayer", { activation }) : activation;
      return { label: t("layerIs", { layer: name, units, activation }), units, detail };
    }
    const facts = { layer: name, units, activation, channels: unitsText(maps.channels), size: sizeText(maps) };
    return { label: t("gridIs", facts), units, detail: roomPx >= MAPS_PX ? mapsText(maps) : sizeText(maps) };
  }
  const { kind, kernel, stride } = layer;
  const filters = unitsText(layer.to.channels);
  const facts = { layer: name, filters, kernel: `${kernel}×${kernel}`, stride, activation, size: maps === null ? "?" : sizeText(maps) };
  const label = t(kind === "conv" ? "convIs" : "transposedIs", facts);
  if (maps === null) return { label, units: "?", detail: kernelText(layer) };
  if (roomPx < MAPS_PX) return { label, units: filters, detail: sizeText(maps) };
  return { label, units: mapsText(maps), detail: isWhole ? `${kernelText(layer)} · ${activation}` : kernelText(layer) };
}

/** Activations that cannot go beyond 1 are drawn on that scale; others on that of the largest at hand. */
function bound(activation: Activation): number | undefined {
  return activation === "tanh" || activation === "sigmoid" ? 1 : undefined;
}
