/** A verdict as a word in its colour; the word alone says it. */
import { useText } from "../../i18n/use-text";
import type { Diagnosis } from "../../model/diagnosis";
import styles from "./NotesStrip.module.css";

export function Verdict({ verdict }: Pick<Diagnosis, "verdict">) {
  const { t } = useText("notes");
  return (
    <span className={styles.verdict} data-verdict={verdict}>
      {t(`verdict.${verdict}`)}
    </span>
  );
}
