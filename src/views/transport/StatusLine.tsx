/**
 * One line that says where the run stands, to eyes, to screen readers and to scripts.
 *
 * Eyes get the numbers a few times a second. A screen reader is told of every change of
 * phase, and of the numbers at most every `SPOKEN_INTERVAL_MS`: the line is a live
 * region, and one that never rests cannot be listened to. While a recorded run is on screen the words
 * are about that one: they belong to what is seen.
 *
 * Scripts read the `data-` attributes, always of the run at hand, never of a recording (`data-shown` says which is on
 * screen): plain numbers, empty while unknown and where the family has no such term. `data-epoch` counts completed epochs;
 * the training losses are those last told.
 */
import { useText } from "../../i18n/use-text";
import { briefText, countText } from "../../lib/number-text";
import type { RunState } from "../../store/run-store";
import { chargeOf } from "../objective/charge";
import { natsText } from "../objective/nats-text";
import { withShownCurves } from "../objective/recorded-curves";
import { completedEpochs, lastLosses, scheduled, type Losses } from "../objective/run-figures";
import { useSampledRun } from "../objective/use-sampled-run";
import styles from "./StatusLine.module.css";

const SHOWN_INTERVAL_MS = 250;
const SPOKEN_INTERVAL_MS = 10_000;

type Translate = ReturnType<typeof useText<"objective">>["t"];

export function StatusLine() {
  const { t } = useText("objective");
  const run = useSampledRun(SHOWN_INTERVAL_MS);
  const { phase, numbers } = useStatusText(run);
  const spoken = useStatusText(useSampledRun(SPOKEN_INTERVAL_MS));
  const losses = lastLosses(run);
  const backend = run.ready?.backend;
  return (
    <p
      // `output`, whose role it is by nature, is for results of a form; scripts look for the attribute.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="status"
      className={styles.status}
      data-phase={run.phase}
      data-shown={run.shown.kind}
      data-step={run.step}
      data-epoch={completedEpochs(run)}
      data-objective={losses?.objective ?? ""}
      data-reconstruction={losses?.reconstruction ?? ""}
      data-kl={losses?.kl ?? ""}
      data-penalty={losses?.penalty ?? ""}
      data-discriminator={losses?.discriminator ?? ""}
      data-generator={losses?.generator ?? ""}
      data-real-score={losses?.realScore ?? ""}
      data-fake-score={losses?.fakeScore ?? ""}
      data-heldout-objective={run.evaluations.at(-1)?.objective ?? ""}
      data-backend={backend?.backend ?? ""}
      data-engine={backend?.engine ?? ""}
    >
      <span aria-hidden="true">
        <b>{phase}</b> · {numbers}
      </span>
      <span className="visually-hidden">{t("status.spoken", spoken)}</span>
    </p>
  );
}

const said = (value: number | undefined) => natsText(value ?? Number.NaN);

function useStatusText(atHand: RunState): { readonly phase: string; readonly numbers: string } {
  const { t } = useText("objective");
  const run = withShownCurves(atHand);
  const losses = lastLosses(run);
  const heldOut = run.evaluations.at(-1);
  const parts: string[] = [t("status.place", { epoch: countText(completedEpochs(run)), step: countText(run.step) })];
  if (losses !== null) parts.push(lossesText(t, run, losses));
  if (heldOut?.objective !== undefined) parts.push(t("status.heldOut", { objective: natsText(heldOut.objective) }));
  else if (heldOut !== undefined) {
    parts.push(t("status.heldOutGame", { discriminator: said(heldOut.discriminator), generator: said(heldOut.generator) }));
  }
  return { phase: phaseText(t, atHand), numbers: parts.join(" · ") };
}

function phaseText(t: Translate, { phase, preparing, shown }: RunState): string {
  if (shown.kind === "recorded" && phase === "idle") return t("phase.recorded");
  return preparing !== null && phase !== "failed" ? t("phase.preparing") : t(`phase.${phase}`);
}

/** The objective as a sum with today's numbers; of a GAN both sides. */
function lossesText(t: Translate, run: RunState, losses: Losses): string {
  if (run.config.model === "gan") {
    const { discriminator, generator, realScore, fakeScore } = losses;
    return t("status.game", {
      discriminator: said(discriminator),
      generator: said(generator),
      real: said(realScore),
      fake: said(fakeScore),
    });
  }
  const charge = chargeOf(run.config);
  const sum = { objective: said(losses.objective), reconstruction: said(losses.reconstruction) };
  if (charge === null) return t("status.lossAe", sum);
  const weighed = { ...sum, beta: briefText(scheduled(run).beta), kl: said(losses.kl), name: t(`card.${charge.kind}`) };
  if (charge.term === "penalty") return t("status.lossPenalty", { ...weighed, penalty: said(losses.penalty) });
  return charge.kind === "kl" ? t("status.loss", weighed) : t("status.lossMistake", weighed);
}
