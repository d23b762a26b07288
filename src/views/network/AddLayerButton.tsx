/** The ＋ between two stages: puts in the one kind of layer that may stand there, or asks which of two. */
import { Plus } from "lucide-react";
import type { CSSProperties, ReactNode } from "react";
import type { HourglassGap } from "../../charts/hourglass";
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import { decoderGrid, RANGES, isConvLayer, type DenseLayer } from "../../protocol/run-config";
import { gridIndex } from "../../store/fit-decoder";
import { Menu } from "../../ui/Menu";
import styles from "./AddLayerButton.module.css";
import { canAdd, editLayers, kindsAt, type LayerEdit, type LayerKind, type Side } from "./architecture";
import { mapsText } from "./layer-text";
import type { ArchitectureControl } from "./use-architecture";

interface AddLayerButtonProps {
  readonly side: Side;
  readonly gap: HourglassGap;
  readonly middlePx: number;
  readonly architecture: ArchitectureControl;
}

/** What a finger needs; less only where the stages stand closer. */
const TARGET_PX = 44;

export function AddLayerButton({ side, gap, middlePx, architecture }: AddLayerButtonProps) {
  const { t } = useText("network");
  const { config, edit, mirrors } = architecture;
  const kinds = kindsAt(config, side, gap.index).filter((kind) => canAdd(config, side, gap.index, kind, mirrors));
  const isFull = kinds.length === 0;
  const label = isFull
    ? t("fullDepth", { max: RANGES.layers.max })
    : t(side === "encoder" ? "addToEncoder" : "addToDecoder", { index: gap.index + 1 });
  const add = (kind: LayerKind) => edit(side, { type: "add", index: gap.index, kind });
  const width = Math.min(gap.width, TARGET_PX);
  const place: CSSProperties = { left: gap.x - width / 2, top: middlePx - TARGET_PX / 2, width, height: TARGET_PX };
  const dot = (
    <span className={styles.dot}>
      <Plus size={14} aria-hidden />
    </span>
  );
  return (
    <div
      className={styles.add}
      data-side={side}
      data-add={`${side}-${gap.index}`}
      data-full={isFull || undefined}
      style={place}
      title={label}
    >
      {kinds.length > 1 ? (
        <KindMenu side={side} index={gap.index} label={label} kinds={kinds} architecture={architecture} onAdd={add}>
          {dot}
        </KindMenu>
      ) : (
        <button type="button" aria-label={label} aria-disabled={isFull} onClick={() => !isFull && add(kinds[0]!)}>
          {dot}
        </button>
      )}
    </div>
  );
}

interface KindMenuProps extends Pick<AddLayerButtonProps, "side" | "architecture"> {
  readonly index: number;
  readonly label: string;
  readonly kinds: readonly LayerKind[];
  readonly onAdd: (kind: LayerKind) => void;
  readonly children: ReactNode;
}

function KindMenu({ side, index, label, kinds, architecture, onAdd, children }: KindMenuProps) {
  const { t } = useText("network");
  const about = useConsequence(architecture, side);
  const items = kinds.map((kind) => ({
    id: kind,
    label: t(kind === "dense" ? "addDense" : side === "encoder" ? "addConv" : "addTransposed"),
    hint: about({ type: "add", index, kind }),
  }));
  return <Menu look="bare" label={label} trigger={children} items={items} onAction={(id) => onAdd(id as LayerKind)} />;
}

/** What a new layer is, and what of the decoder follows from it, in words. */
function useConsequence({ config, network, mirrors }: ArchitectureControl, side: Side): (edit: LayerEdit & { type: "add" }) => string {
  const { t } = useText("network");
  return (edit) => {
    const change = editLayers(config, side, edit, mirrors);
    const decoder = change.decoder ?? config.decoder;
    const added =
      change[side]![edit.kind === "conv" && side === "decoder" && gridIndex(config.decoder) < 0 ? gridIndex(decoder) + 1 : edit.index]!;
    const words = isConvLayer(added)
      ? t("convHint", { filters: added.filters, kernel: `${added.kernel}×${added.kernel}`, stride: added.stride })
      : t("denseHint", { units: countText(added.units) });
    const grid = gridIndex(decoder);
    const image = decoderGrid(decoder, network.image);
    if (grid < 0 || image === null || gridIndex(config.decoder) >= 0) return words;
    const units = countText((decoder[grid] as DenseLayer).units);
    return `${words} ${t("gridHint", { index: grid + 1, units, maps: mapsText(image) })}`;
  };
}
