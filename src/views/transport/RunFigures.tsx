/** Where the run stands, or of a recorded run on screen where that ended: epoch, step, held-out ELBO (loss, for an autoencoder; for a GAN, how often its images pass for real); and its speed. */
import type { ReactNode } from "react";
import { useText } from "../../i18n/use-text";
import { briefText, countText, fixedText } from "../../lib/number-text";
import type { Evaluation } from "../../protocol/messages";
import type { RunConfig } from "../../protocol/run-config";
import { withShownCurves } from "../objective/recorded-curves";
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
  const seen = withShownCurves(run); // of the model on screen, as its curves are
  const epochs = seen === run ? run.options.epochs : null; // a recording is not on its way anywhere
  return (
    <div className={styles.figures}>
      <Figure
        name={<Term id="epoch">{t("transport.epoch")}</Term>}
        width="epoch"
        unit={epochs === null ? null : t("transport.of", { number: countText(epochs) })}
      >
        {countText(completedEpochs(seen))}
      </Figure>
      <Figure name={<Term id="step">{t("transport.steps")}</Term>} width="step">
        {countText(seen.step)}
      </Figure>
      <HeldOutFigure model={run.config.model} heldOut={seen.evaluations.at(-1)} />
    </div>
  );
}

interface HeldOutFigureProps {
  readonly model: RunConfig["model"];
  readonly heldOut: Evaluation | undefined;
}

/** A dash before the first evaluation. */
const said = (value: number | undefined, digits: number) => (value === undefined ? "–" : fixedText(value, digits));

function HeldOutFigure({ model, heldOut }: HeldOutFigureProps) {
  const { t } = useText("objective");
  switch (model) {
    case "vae":
      return (
        <Figure name={<Term id="elbo">{t("transport.elbo")}</Term>} width="elbo" unit={t("transport.nats")}>
          {said(heldOut?.elbo, 1)}
        </Figure>
      );
    case "ae": // No posterior, no bound: an autoencoder has no ELBO.
      return (
        <Figure name={<Term id="reconstruction">{t("transport.heldOutLoss")}</Term>} width="elbo" unit={t("transport.nats")}>
          {said(heldOut?.reconstruction, 1)}
        </Figure>
      );
    case "gan":
      return (
        <Figure name={<Term id="discriminator">{t("transport.fooled")}</Term>} width="elbo">
          {said(heldOut?.fakeScore, 2)}
        </Figure>
      );
  }
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
