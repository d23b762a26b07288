/** The objective as a formula: the run's last numbers over their names, in the colours of the curves. */
import type { ReactNode } from "react";
import type { TermId } from "../../i18n/catalogues";
import { useText } from "../../i18n/use-text";
import { briefText, countText } from "../../lib/number-text";
import { Term } from "../Term";
import { natsText } from "./nats-text";
import styles from "./ObjectiveFormula.module.css";
import { lastLosses } from "./run-figures";
import { useSampledRun } from "./use-sampled-run";

/** Numbers that change more often cannot be read. */
const READ_INTERVAL_MS = 250;

export function ObjectiveFormula() {
  const { t } = useText("objective");
  const run = useSampledRun(READ_INTERVAL_MS);
  const losses = lastLosses(run);
  const lastStep = run.losses.step[run.losses.length - 1];
  const loss = run.config.reconstruction;

  return (
    <div className={styles.formula} title={lastStep === undefined ? t("card.before") : t("card.at", { step: countText(lastStep) })}>
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
            <Term id={loss}>{t(`card.${loss}`)}</Term>
          </>
        }
      />
      {run.config.model === "vae" && (
        <>
          <Sign>+</Sign>
          <Quantity value={briefText(run.beta)} color="latent" term="beta" name={t("card.beta")} isNarrow />
          <Sign>×</Sign>
          <Quantity value={said(losses?.kl)} color="latent" term="kl" name={t("card.kl")} />
        </>
      )}
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
  readonly isNarrow?: boolean;
}

function Quantity({ value, color, term, name, also, isNarrow }: QuantityProps) {
  return (
    <div className={styles.quantity} data-color={color} data-narrow={isNarrow || undefined}>
      <b>{value}</b>
      <small>
        <Term id={term}>{name}</Term>
        {also !== undefined && <span className={styles.also}>{also}</span>}
      </small>
    </div>
  );
}

function Sign({ children }: { readonly children: string }) {
  return <span className={styles.sign}>{children}</span>;
}
