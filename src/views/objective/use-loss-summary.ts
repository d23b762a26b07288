/** The curves in two sentences, for those who do not see them. */
import { useMemo } from "react";
import type { LossChartData } from "../../charts/loss-data";
import { readAt } from "../../charts/loss-read";
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import { lossTermsOf } from "../../protocol/loss-terms";
import type { RunConfig } from "../../protocol/run-config";
import type { RunState } from "../../store/run-store";
import { meanOfLastEpoch } from "./loss-means";
import { natsText } from "./nats-text";
import { termNames } from "./use-loss-text";

type Translate = ReturnType<typeof useText<"curves">>["t"];

export function useLossSummary(data: LossChartData, evaluations: RunState["evaluations"], config: RunConfig): string {
  const { t } = useText("curves");
  return useMemo(() => {
    const now = readAt(data, Infinity);
    if (now === null) return t("summaryEmpty");
    const values = now.values.map(({ name, training }) => `${name} ${natsText(training)}`).join(", ");
    const place = { step: countText(now.toStep), epoch: countText(now.epoch), values };
    const heldOut = heldOutText(t, evaluations.at(-1), config);
    if (config.model === "gan") return `${t("summaryGame", place)} ${heldOut}`.trim();
    const { training } = data.panels[0]!.curves[0]!;
    const first = natsText(training[0]!);
    const last = natsText(meanOfLastEpoch(data.rows, training, data.stepsPerEpoch));
    return `${t("summary", { ...place, first, last })} ${heldOut}`.trim();
  }, [t, data, evaluations, config]);
}

/** Empty before the first evaluation. */
function heldOutText(t: Translate, evaluation: RunState["evaluations"][number] | undefined, config: RunConfig): string {
  if (evaluation === undefined) return "";
  const step = countText(evaluation.step);
  if (config.model === "gan") {
    const names = termNames(t, config);
    const values = lossTermsOf(config).map((term) => `${names[term]} ${natsText(evaluation[term] ?? Number.NaN)}`);
    return t("summaryHeldOutGame", { step, values: values.join(", ") });
  }
  const objective = natsText(evaluation.objective ?? Number.NaN);
  // No posterior, no bound: an autoencoder has no ELBO.
  if (config.model === "ae" || evaluation.elbo === undefined) return t("summaryHeldOutAe", { step, objective });
  return t("summaryHeldOut", { step, objective, elbo: natsText(evaluation.elbo) });
}
