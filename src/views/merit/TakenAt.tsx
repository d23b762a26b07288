/** When and on how much the figures were taken, and whether training has gone on since. */
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import { useRun } from "../stores";
import styles from "./FiguresPanel.module.css";

export function TakenAt() {
  const { t } = useText("merit");
  const figures = useRun((state) => state.figures);
  const isGame = useRun((state) => state.config.model === "gan");
  const step = useRun((state) => state.step);
  if (figures === null) return null;
  const taken = { step: countText(figures.step), images: countText(figures.images) };
  return (
    <p className={styles.note}>
      {isGame ? t("takenDraws", taken) : t("taken", taken)}
      {figures.step !== step && <strong className={styles.stale}> {t("stale", { step: countText(step) })}</strong>}
      {figures.posterior?.isLikelihood === false && <span className={styles.caution}> {t("noLikelihood")}</span>}
    </p>
  );
}
