/** The key to a column's pictures: the scale of its weights, and on press how to read all that is drawn. */
import { useText } from "../../i18n/use-text";
import { briefText } from "../../lib/number-text";
import { Popover } from "../../ui/Popover";
import type { Side } from "./architecture";
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
  const bound = scale === null ? "?" : briefText(scale);
  return (
    <Popover
      look="bare"
      label={t("reading.label")}
      trigger={
        <span className={styles.key} title={scale === null ? undefined : t("scaleOf", { scale: bound })}>
          <span className={styles.bound}>{scale === null ? "−" : `−${bound}`}</span>
          <span className={styles.ramp} />
          <span className={styles.bound}>{scale === null ? "+" : `+${bound}`}</span>
        </span>
      }
    >
      <div className={styles.help}>
        <h3 className={styles.title}>{t("reading.label")}</h3>
        <p>{t("reading.heights")}</p>
        <p>{t(side === "encoder" ? "reading.incoming" : "reading.outgoing")}</p>
        <p>{scale === null ? t("reading.waiting") : t("reading.weights", { scale: bound })}</p>
        <p>{t(side === "encoder" ? "reading.encoderActivations" : "reading.decoderActivations")}</p>
      </div>
    </Popover>
  );
}
