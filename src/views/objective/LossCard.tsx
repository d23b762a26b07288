/** The card of the loss curves: reads the run now and then, and hands its numbers to the chart or the table. */
import { ChartLine, Table2 } from "lucide-react";
import { startTransition, Suspense, useMemo, useState } from "react";
import type { LossChartData } from "../../charts/loss-data";
import { readAt } from "../../charts/loss-read";
import type { XKind } from "../../charts/loss-scales";
import { LossCurves } from "../../charts/LossCurves";
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import type { RunState } from "../../store/run-store";
import { Card } from "../../ui/Card";
import { IconButton } from "../../ui/IconButton";
import { lazyPanel } from "../../ui/lazy-panel";
import { Segmented } from "../../ui/Segmented";
import { Term } from "../Term";
import { lossChartData } from "./loss-chart-data";
import { meanOfLastEpoch } from "./loss-means";
import styles from "./LossCard.module.css";
import { natsText } from "./nats-text";
import { useLossText } from "./use-loss-text";
import { useSampledRun } from "./use-sampled-run";

// Until it is there the curves stay.
const LossTable = lazyPanel(async () => (await import("../../charts/LossTable")).LossTable);

/** A curve that grows ten times a second looks alive; more often only costs the page its time. */
const DRAW_INTERVAL_MS = 100;

export function LossCard() {
  const { t } = useText("objective");
  const run = useSampledRun(DRAW_INTERVAL_MS);
  const [xKind, setXKind] = useState<XKind>("linear");
  const [isTable, setTable] = useState(false);
  const { losses, evaluations, marks, ready, config, options, phase, failure, step } = run;
  const { names, text } = useLossText(config.model === "vae", failure !== null && "step" in failure ? failure.step : step);
  const data = useMemo(
    () => lossChartData({ losses, evaluations, marks, ready, config, options, phase, failure, step }, names),
    [losses, evaluations, marks, ready, config, options, phase, failure, step, names],
  );
  const summary = useSummary(data, evaluations, config.model === "vae");

  return (
    <div className={styles.wrap}>
      <Card title={t("curves.title")} note={<LossNote />}>
        <div className={styles.tools}>
          {!isTable && (
            <Segmented
              label={t("curves.axis")}
              options={[
                { id: "linear", label: t("curves.linear") },
                { id: "log", label: t("curves.log") },
              ]}
              value={xKind}
              onChange={setXKind}
            />
          )}
          <IconButton label={t("curves.table")} isPressed={isTable} onPress={() => startTransition(() => setTable(!isTable))}>
            {isTable ? <ChartLine size={18} /> : <Table2 size={18} />}
          </IconButton>
        </div>
        <Suspense fallback={null}>
          {isTable ? <LossTable data={data} text={text} /> : <LossCurves data={data} xKind={xKind} text={text} summary={summary} />}
        </Suspense>
      </Card>
    </div>
  );
}

function LossNote() {
  const { t } = useText("objective");
  return (
    <>
      · <Term id="nats">{t("curves.unit")}</Term> {t("curves.perImage")} · {t("curves.smoothed")} · {t("curves.dashed")}{" "}
      <Term id="heldOut">{t("curves.heldOut")}</Term>
    </>
  );
}

/** The curves in two sentences. */
function useSummary(data: LossChartData, evaluations: RunState["evaluations"], isVae: boolean): string {
  const { t } = useText("objective");
  return useMemo(() => {
    const now = readAt(data, Infinity);
    if (now === null) return t("curves.summaryEmpty");
    const values = now.values.map(({ name, training }) => `${name} ${natsText(training)}`).join(", ");
    const { training } = data.panels[0]!.curves[0]!;
    const said = t("curves.summary", {
      step: countText(now.toStep),
      epoch: countText(now.epoch),
      values,
      first: natsText(training[0]!),
      last: natsText(meanOfLastEpoch(data.rows, training, data.stepsPerEpoch)),
    });
    const heldOut = evaluations.at(-1);
    if (heldOut === undefined) return said;
    const { step, objective, elbo } = heldOut;
    const judged = { step: countText(step), objective: natsText(objective) };
    // No posterior, no bound: an autoencoder has no ELBO.
    const heldOutText = isVae ? t("curves.summaryHeldOut", { ...judged, elbo: natsText(elbo) }) : t("curves.summaryHeldOutAe", judged);
    return `${said} ${heldOutText}`;
  }, [t, data, evaluations, isVae]);
}
