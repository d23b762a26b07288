/** The ＋ between two stages: opens the kinds of layer that may stand there. */
import { Plus } from "lucide-react";
import type { CSSProperties } from "react";
import type { HourglassGap } from "../../charts/hourglass";
import { useText } from "../../i18n/use-text";
import { Overlay } from "../../ui/Overlay";
import styles from "./AddLayerButton.module.css";
import type { Side } from "./architecture";
import { AddLayerItems } from "./editors";
import { sideColor } from "./network-sides";
import type { ArchitectureControl } from "./use-architecture";

interface AddLayerButtonProps {
  readonly side: Side;
  readonly gap: HourglassGap;
  readonly middlePx: number;
  readonly architecture: ArchitectureControl;
}

const ADD_TO = {
  autoencoder: { encoder: "addToEncoder", decoder: "addToDecoder" },
  gan: { encoder: "addToDiscriminator", decoder: "addToGenerator" },
} as const;

/** What a finger needs; less only where the stages stand closer. */
const TARGET_PX = 44;
/** On either side of it, where there is room: a plate is narrower than a target should be, and so needs some around it. */
const CLEAR_PX = 6;
const LEAST_PX = 24;

export function AddLayerButton({ side, gap, middlePx, architecture }: AddLayerButtonProps) {
  const { t } = useText("network");
  const isGan = architecture.config.model === "gan";
  const label = t(ADD_TO[isGan ? "gan" : "autoencoder"][side], { index: gap.index + 1 });
  const width = Math.min(gap.width, TARGET_PX, Math.max(LEAST_PX, gap.width - 2 * CLEAR_PX));
  const place: CSSProperties = { left: gap.x - width / 2, top: middlePx - TARGET_PX / 2, width, height: TARGET_PX };
  return (
    <div
      className={styles.add}
      data-side={sideColor(architecture.config, side)}
      data-add={`${side}-${gap.index}`}
      style={place}
      title={label}
    >
      <Overlay
        label={label}
        look="bare"
        popup="menu"
        trigger={
          <span className={styles.dot}>
            <Plus size={14} aria-hidden />
          </span>
        }
        renderPanel={(control) => <AddLayerItems side={side} index={gap.index} label={label} architecture={architecture} {...control} />}
      />
    </div>
  );
}
