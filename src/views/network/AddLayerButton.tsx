/** The ＋ between two stages. */
import { Plus } from "lucide-react";
import type { HourglassGap } from "../../charts/hourglass";
import { useText } from "../../i18n/use-text";
import { RANGES } from "../../protocol/run-config";
import type { Side } from "./architecture";
import styles from "./AddLayerButton.module.css";

interface AddLayerButtonProps {
  readonly side: Side;
  readonly gap: HourglassGap;
  readonly middlePx: number;
  readonly isFull: boolean;
  readonly onAdd: () => void;
}

/** What a finger needs; less only where the stages stand closer. */
const TARGET_PX = 44;

export function AddLayerButton({ side, gap, middlePx, isFull, onAdd }: AddLayerButtonProps) {
  const { t } = useText("network");
  const label = isFull
    ? t("fullDepth", { max: RANGES.layers.max })
    : t(side === "encoder" ? "addToEncoder" : "addToDecoder", { index: gap.index + 1 });
  const width = Math.min(gap.width, TARGET_PX);
  return (
    <button
      type="button"
      className={styles.add}
      data-side={side}
      data-add={`${side}-${gap.index}`}
      style={{ left: gap.x - width / 2, top: middlePx - TARGET_PX / 2, width, height: TARGET_PX }}
      aria-label={label}
      title={label}
      aria-disabled={isFull}
      onClick={() => !isFull && onAdd()}
    >
      <span className={styles.dot}>
        <Plus size={14} aria-hidden />
      </span>
    </button>
  );
}
