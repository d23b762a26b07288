/** How to read all that is drawn in a column of the network. */
import { useText } from "../../i18n/use-text";
import { briefText } from "../../lib/number-text";
import type { Side } from "./architecture";
import styles from "./ReadingHelp.module.css";

interface ReadingTextProps {
  readonly side: Side;
  /** Whether the column has weights as pictures. */
  readonly hasWeights: boolean;
  /** Of these pictures; null before the first. */
  readonly scale: number | null;
  /** Whether it has convolutions. */
  readonly hasMaps: boolean;
}

export function ReadingText({ side, hasWeights, scale, hasMaps }: ReadingTextProps) {
  const { t } = useText("layers");
  const { t: network } = useText("network");
  return (
    <div className={styles.help}>
      <h3 className={styles.title}>{network("readingLabel")}</h3>
      <p>{t("reading.heights")}</p>
      {hasMaps && <p>{t(side === "encoder" ? "reading.encoderMaps" : "reading.decoderMaps")}</p>}
      {hasMaps && <p>{t(side === "encoder" ? "reading.convCaption" : "reading.transposedCaption")}</p>}
      {hasWeights && (
        <>
          <p>{t(side === "encoder" ? "reading.incoming" : "reading.outgoing")}</p>
          <p>{scale === null ? t("reading.waiting") : t("reading.weights", { scale: briefText(scale) })}</p>
        </>
      )}
      <p>{t(side === "encoder" ? "reading.encoderActivations" : "reading.decoderActivations")}</p>
    </div>
  );
}
