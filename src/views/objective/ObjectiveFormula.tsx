/** The objective as a formula: the last numbers of the run, or of the recorded run on screen, over their names, in the colours of the curves. */
import { Suspense, type ReactNode } from "react";
import type { TermId } from "../../i18n/catalogues";
import { useText } from "../../i18n/use-text";
import { briefText, countText } from "../../lib/number-text";
import type { RunState } from "../../store/run-store";
import { lazyPanel } from "../../ui/lazy-panel";
import { Term } from "../Term";
import { chargeOf, weightName } from "./charge";
import { natsText } from "./nats-text";
import styles from "./ObjectiveFormula.module.css";
import { withShownCurves } from "./recorded-curves";
import { lastLosses, scheduled } from "./run-figures";
import { useSampledRun } from "./use-sampled-run";

const GameFormula = lazyPanel(async () => (await import("./GameFormula")).GameFormula);

/** Numbers that change more often cannot be read. */
const READ_INTERVAL_MS = 250;

export function ObjectiveFormula() {
  const { t } = useText("objective");
  const run = withShownCurves(useSampledRun(READ_INTERVAL_MS));
  const lastStep = run.losses.step[run.losses.length - 1];
  return (
    <div className={styles.formula} title={lastStep === undefined ? t("card.before") : t("card.at", { step: countText(lastStep) })}>
      {run.config.model === "gan" ? (
        <Suspense fallback={<div className={styles.game} />}>
          <GameFormula config={run.config} losses={lastLosses(run)} />
        </Suspense>
      ) : (
        <Sum run={run} />
      )}
    </div>
  );
}

/** Reconstruction, and where there is something else, what it is charged with. */
function Sum({ run }: { readonly run: RunState }) {
  const { t } = useText("objective");
  const losses = lastLosses(run);
  const loss = run.config.reconstruction;
  return (
    <>
      <Quantity value={said(losses?.objective)} color="ink" term="objective" name={t("card.objective")} />
      <Sign>=</Sign>
      <Quantity
        value={said(losses?.reconstruction)}
        color="decoder"
        term="reconstruction"
        name={t("card.reconstruction")}
        also={
          <>
            {" · "}
            <Term id={loss === "gaussian" ? "gaussianLikelihood" : loss}>{t(`card.${loss}`)}</Term>
          </>
        }
      />
      <ChargeTerms run={run} />
    </>
  );
}

function ChargeTerms({ run }: { readonly run: RunState }) {
  const { t } = useText("objective");
  const charge = chargeOf(run.config);
  if (charge === null) return null;
  const losses = lastLosses(run);
  const { beta, capacity } = scheduled(run);
  const weight = weightName(run.config);
  const kl = said(losses?.kl);
  return (
    <div className={styles.charge}>
      <Sign>+</Sign>
      <Quantity
        value={briefText(beta)}
        color="latent"
        term={weight === "gamma" ? "capacity" : "beta"}
        name={t(`card.${weight}`)}
        isNarrow
      />
      <Sign>×</Sign>
      <Quantity
        value={said(losses?.[charge.term])}
        color="latent"
        term={charge.explainedBy}
        name={t(`card.${charge.kind}`)}
        {...(charge.term === "penalty" && {
          below: charge.kind === "capacity" ? t("card.capacityNow", { kl, capacity: natsText(capacity) }) : t("card.klNow", { kl }),
        })}
      />
    </div>
  );
}

/** A dash before the first step: no number is invented. */
const said = (value: number | undefined) => (value === undefined ? "–" : natsText(value));

interface QuantityProps {
  readonly value: string;
  readonly color: "ink" | "latent" | "decoder";
  readonly term: TermId;
  readonly name: string;
  readonly also?: ReactNode;
  /** What it comes from, in a line of its own. */
  readonly below?: string;
  readonly isNarrow?: boolean;
}

function Quantity({ value, color, term, name, also, below, isNarrow }: QuantityProps) {
  return (
    <div className={styles.quantity} data-color={color} data-narrow={isNarrow || undefined}>
      <b>{value}</b>
      <small>
        <Term id={term}>{name}</Term>
        {also !== undefined && <span className={styles.also}>{also}</span>}
      </small>
      {below !== undefined && <small>{below}</small>}
    </div>
  );
}

function Sign({ children }: { readonly children: string }) {
  return <span className={styles.sign}>{children}</span>;
}
