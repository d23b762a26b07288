/** Why there is nothing to see on the map yet. */
import { useText } from "../../i18n/use-text";
import { useRun } from "../stores";
import styles from "./LatentStage.module.css";

export function EmptyNote() {
  const { t } = useText("latent");
  const stage = useRun(({ preparing }) => preparing?.stage);
  const isFailed = useRun(({ phase }) => phase === "failed");
  return <p className={styles.empty}>{t(`empty.${isFailed ? "failed" : (stage ?? "waiting")}`)}</p>;
}
