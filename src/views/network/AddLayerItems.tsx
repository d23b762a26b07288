/** The kinds of layer that may stand in a gap, and what else each of them changes, in words. */
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import { decoderGrid, isConvLayer, RANGES, type DenseLayer } from "../../protocol/run-config";
import { gridIndex } from "../../store/fit-decoder";
import MenuPanel, { type MenuEntry } from "../../ui/MenuPanel";
import type { OverlayControl } from "../../ui/Overlay";
import { mapsText } from "./layer-text";
import { canAdd, editLayers, kindsAt, type LayerKind } from "./layer-edits";
import type { Side } from "./architecture";
import type { ArchitectureControl } from "./use-architecture";

interface AddLayerItemsProps extends OverlayControl {
  readonly side: Side;
  readonly index: number;
  readonly label: string;
  readonly architecture: ArchitectureControl;
}

export function AddLayerItems({ side, index, label, architecture, ...control }: AddLayerItemsProps) {
  const { t } = useText("layers");
  const { config, change, mirrors } = architecture;
  const hint = useHint(architecture, side, index);
  const items = kindsAt(config, side, index).map((kind): MenuEntry => {
    const name = t(kind === "dense" ? "addDense" : side === "encoder" ? "addConv" : "addTransposed");
    const isPossible = canAdd(config, side, index, kind, mirrors);
    return { id: kind, label: name, hint: isPossible ? hint(kind) : t("fullDepth", { max: RANGES.layers.max }), isDisabled: !isPossible };
  });
  return (
    <MenuPanel
      label={label}
      items={items}
      onAction={(kind) => change(editLayers(config, side, { type: "add", index, kind: kind as LayerKind }, mirrors))}
      {...control}
    />
  );
}

/** What a new layer is, and what of the decoder follows from it. */
function useHint({ config, network, mirrors }: ArchitectureControl, side: Side, index: number): (kind: LayerKind) => string {
  const { t } = useText("layers");
  return (kind) => {
    const change = editLayers(config, side, { type: "add", index, kind }, mirrors);
    const decoder = change.decoder ?? config.decoder;
    const grid = gridIndex(decoder);
    // Without a dense layer to take, the first transposed convolution brings one with it.
    const added = change[side]!.slice(index).find((layer) => isConvLayer(layer) === (kind === "conv"))!;
    const words = isConvLayer(added)
      ? t("convHint", { filters: added.filters, kernel: `${added.kernel}×${added.kernel}`, stride: added.stride })
      : t("denseHint", { units: countText(added.units) });
    const image = decoderGrid(decoder, network.image);
    const former = gridIndex(config.decoder) < 0 ? null : decoderGrid(config.decoder, network.image);
    if (grid < 0 || image === null || (former !== null && mapsText(former) === mapsText(image))) return words;
    const units = countText((decoder[grid] as DenseLayer).units);
    return `${words} ${t("gridHint", { index: grid + 1, units, maps: mapsText(image) })}`;
  };
}
