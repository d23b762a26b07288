/** The two objectives of a GAN, one under the other: either side's loss, what it is made of, and how both fare. */
import { useText } from "../../i18n/use-text";
import { briefText } from "../../lib/number-text";
import type { RunConfig } from "../../protocol/run-config";
import { Term } from "../Term";
import { natsText } from "./nats-text";
import styles from "./ObjectiveFormula.module.css";
import type { Losses } from "./run-figures";

interface GameFormulaProps {
  readonly config: RunConfig;
  /** Null before the first step. */
  readonly losses: Losses | null;
}

/** A dash before the first step. */
const said = (value: number | undefined) => (value === undefined ? "–" : natsText(value));

export function GameFormula({ config, losses }: GameFormulaProps) {
  const { t } = useText("objective");
  const sums = sumsOf(config);
  return (
    <div className={styles.game}>
      {(["discriminator", "generator"] as const).map((side) => (
        <p key={side} className={styles.side} data-color={side === "generator" ? "decoder" : "adversarial"}>
          <b>{said(losses?.[side])}</b>
          <Term id={side}>{t(`card.${side}`)}</Term>
          <span className={styles.made}>= {sums[side]}</span>
        </p>
      ))}
      <p className={styles.scores}>
        <Term id={config.ganLoss}>{t("card.scores")}</Term> <span>{t("card.realScore", { score: said(losses?.realScore) })}</span> ·{" "}
        <span className={styles.made}>{t("card.fakeScore", { score: said(losses?.fakeScore) })}</span>
      </p>
    </div>
  );
}

/** Means over the batch are taken of both; s is the label smoothing, where there is any. */
function sumsOf({ ganLoss, labelSmoothing }: RunConfig): { readonly discriminator: string; readonly generator: string } {
  if (ganLoss === "hinge") return { discriminator: "max(0, 1 − D(x)) + max(0, 1 + D(G(z)))", generator: "−D(G(z))" };
  const real =
    labelSmoothing === 0
      ? "softplus(−D(x))"
      : `${briefText(1 - labelSmoothing)} softplus(−D(x)) + ${briefText(labelSmoothing)} softplus(D(x))`;
  return { discriminator: `${real} + softplus(D(G(z)))`, generator: "softplus(−D(G(z)))" };
}
