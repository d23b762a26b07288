/** Figures of merit of the model as it stood when it was judged: asked for here, or taken at the end of a run. */
import { useText } from "../../i18n/use-text";
import { useRun } from "../stores";
import { BoundsTable } from "./BoundsTable";
import { CodesTable } from "./CodesTable";
import { CoverageTable } from "./CoverageTable";
import styles from "./FiguresPanel.module.css";
import { JudgeControls } from "./JudgeControls";
import { LatentTable } from "./LatentTable";

export function FiguresPanel() {
  const { t } = useText("merit");
  const figures = useRun((state) => state.figures);
  const isGame = useRun((state) => state.config.model === "gan");
  return (
    <div className={styles.panel}>
      <JudgeControls />
      {figures === null ? (
        <p className={styles.note}>{t("none")}</p>
      ) : (
        <div className={styles.tables}>
          {figures.posterior !== null && (
            <>
              <BoundsTable posterior={figures.posterior} />
              <LatentTable posterior={figures.posterior} />
            </>
          )}
          {figures.codes !== null && <CodesTable codes={figures.codes} baseline={figures.baseline} images={figures.images} />}
          {figures.coverage !== null && <CoverageTable coverage={figures.coverage} />}
          {isGame && figures.coverage === null && <p className={styles.note}>{t("noClassifier")}</p>}
        </div>
      )}
    </div>
  );
}
