/**
 * How a GAN stands: what its discriminator says of real and of generated images, and
 * which classes the generator makes. All of draws that never change in a run.
 */
import { useMemo } from "react";
import { summariseScores } from "../../charts/score-histogram";
import { ScoreHistogram } from "../../charts/ScoreHistogram";
import { useText } from "../../i18n/use-text";
import { countText, fixedText } from "../../lib/number-text";
import type { AdversarialSnapshot } from "../../protocol/messages";
import { useRun } from "../stores";
import { CoverageBars } from "./CoverageBars";
import styles from "./GamePanel.module.css";
import { ScoreTable } from "./ScoreTable";

export function GamePanel() {
  const { t } = useText("adversary");
  const adversarial = useRun((state) => state.snapshot?.adversarial) ?? null;
  return (
    <section className={styles.panel} aria-label={t("title")}>
      {adversarial === null ? <p className={styles.waiting}>{t("waiting")}</p> : <Game adversarial={adversarial} />}
    </section>
  );
}

function Game({ adversarial }: { readonly adversarial: AdversarialSnapshot }) {
  const { t } = useText("adversary");
  const { realScores, fakeScores, drawClasses, classifierAccuracy } = adversarial;
  const real = useMemo(() => summariseScores(realScores), [realScores]);
  const generated = useMemo(() => summariseScores(fakeScores), [fakeScores]);
  const means = { realMean: fixedText(real.mean, 2), fakeMean: fixedText(generated.mean, 2) };
  const facts = { real: countText(real.total), fake: countText(generated.total), ...means };
  return (
    <>
      <figure className={styles.scores} aria-label={t("scores")}>
        <figcaption className={styles.head}>
          <span className={styles.title}>{t("scoresTitle")}</span>
          <span className={styles.key} data-of="real">
            {t("realMean", { mean: means.realMean })}
          </span>
          <span className={styles.key} data-of="generated">
            {t("fakeMean", { mean: means.fakeMean })}
          </span>
        </figcaption>
        <div className={styles.chart}>
          <ScoreHistogram real={real} generated={generated} />
        </div>
        <p className="visually-hidden">{t("scoresSummary", facts)}</p>
        <ScoreTable real={real} generated={generated} />
      </figure>
      {drawClasses !== null && <CoverageBars drawClasses={drawClasses} accuracy={classifierAccuracy} />}
    </>
  );
}
