/** Says that an edit ends the run at hand, once there is something to lose. */
import { useText } from "../../i18n/use-text";
import { useRun } from "../stores";
import styles from "./Editor.module.css";

export function StartsOver() {
  const { t } = useText("layers");
  const hasBegun = useRun((state) => state.step > 0);
  return hasBegun && <p className={styles.note}>{t("startsOver")}</p>;
}
