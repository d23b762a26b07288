/** Beneath a column: the key to its colours, with their scale where they are weights, and on press how to read all that is drawn. */
import { isPointShape } from "../../charts/point-tile";
import { useText } from "../../i18n/use-text";
import { briefText } from "../../lib/number-text";
import { Popover } from "../../ui/Popover";
import type { Side } from "./architecture";
import { ReadingText } from "./editors";
import { sideColor } from "./network-sides";
import styles from "./ReadingHelp.module.css";
import type { ArchitectureControl } from "./use-architecture";
import { useUnitScale } from "./use-unit-pictures";

interface ReadingHelpProps {
  readonly side: Side;
  readonly architecture: ArchitectureControl;
  /** Pictures in the column, whose scale it tells. */
  readonly count: number;
}

export function ReadingHelp({ side, architecture, count }: ReadingHelpProps) {
  const { t } = useText("network");
  const scale = useUnitScale(architecture, side, count);
  const { encoder, mean, output } = architecture.network;
  const hasWeights = (side === "encoder" ? (encoder[0] ?? mean) : output).kind === "dense" && !isPointShape(architecture.network.image);
  const hasMaps = architecture.network[side].some(({ kind }) => kind !== "dense");
  const bound = scale === null || !hasWeights ? "" : briefText(scale);
  return (
    <Popover
      look="bare"
      label={t("readingLabel")}
      trigger={
        <span className={styles.key} data-bare={!hasWeights || undefined} title={bound === "" ? undefined : t("scaleOf", { scale: bound })}>
          <span className={styles.bound}>−{bound}</span>
          <span className={styles.ramp} data-of={hasWeights ? "weights" : sideColor(architecture.config, side)} />
          <span className={styles.bound}>+{bound}</span>
        </span>
      }
    >
      <ReadingText side={side} hasWeights={hasWeights} scale={scale} hasMaps={hasMaps} />
    </Popover>
  );
}
