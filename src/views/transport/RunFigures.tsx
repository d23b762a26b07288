/** Where the run stands: epoch, step, held-out ELBO (loss, for an autoencoder); and its speed. */
import type { ReactNode } from "react";
import { useText } from "../../i18n/use-text";
import { briefText, countText, fixedText } from "../../lib/number-text";
import { completedEpochs } from "../objective/run-figures";
import { useSampledRun } from "../objective/use-sampled-run";
import { Term } from "../Term";
import styles from "./RunFigures.module.css";

/** Fast enough to look alive, slow enough to be read. */
const READ_INTERVAL_MS = 125;
/** The pace is a mean over a second: no need to look more often than twice in it. */
const PACE_INTERVAL_MS = 500;

export function RunFigures() {
  const { t } = useText("objective");
  const run = useSampledRun(READ_INTERVAL_MS);
  const heldOut = run.evaluations.at(-1);
  const { epochs } = run.options;
  return (
    <div className={styles.figures}>
      <Figure
        name={<Term id="epoch">{t("transport.epoch")}</Term>}
        width="epoch"
        unit={epochs === null ? null : t("transport.of", { number: countText(epochs) })}
      >
        {countText(completedEpochs(run))}
      </Figure>
      <Figure name={<Term id="step">{t("transport.steps")}</Term>} width="step">
        {countText(run.step)}
      </Figure>
      {run.config.model === "vae" ? (
        <Figure name={<Term id="elbo">{t("transport.elbo")}</Term>} width="elbo" unit={t("transport.nats")}>
          {heldOut === undefined ? "–" : fixedText(heldOut.elbo, 1)}
        </Figure>
      ) : (
        // No posterior, no bound: an autoencoder has no ELBO.
        <Figure name={<Term id="reconstruction">{t("transport.heldOutLoss")}</Term>} width="elbo" unit={t("transport.nats")}>
          {heldOut === undefined ? "–" : fixedText(heldOut.reconstruction, 1)}
        </Figure>
      )}
    </div>
  );
}

export function SpeedFigure() {
  const { t } = useText("objective");
  const { pace } = useSampledRun(PACE_INTERVAL_MS);
  return (
    <Figure
      name={
        <>
          <Term id="stepsPerSecond">{t("transport.speed")}</Term>
          {pace !== null && <span className={styles.exact}> · {t("transport.msPerStep", { ms: briefText(pace.msPerStep) })}</span>}
        </>
      }
      width="speed"
      unit={t("transport.stepsPerSecond")}
    >
      {pace === null ? "–" : briefText(pace.stepsPerSecond)}
    </Figure>
  );
}

interface FigureProps {
  readonly name: ReactNode;
  /** Which fixed width it has: numbers change, the bar stands still. */
  readonly width: "epoch" | "step" | "elbo" | "speed";
  readonly unit?: string | null;
  readonly children: string;
}

function Figure({ name, width, unit = null, children }: FigureProps) {
  return (
    <div className={styles.figure} data-width={width}>
      <small>{name}</small>
      <b>{children}</b>
      {unit !== null && <span> {unit}</span>}
    </div>
  );
}
