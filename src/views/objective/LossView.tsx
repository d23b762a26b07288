/** The losses of the run: reads it now and then, and hands its numbers to the chart or the table. */
import { useCallback, useMemo } from "react";
import type { LossChartData } from "../../charts/loss-data";
import type { XKind } from "../../charts/loss-scales";
import type { LossText } from "../../charts/loss-text";
import { LossCurves } from "../../charts/LossCurves";
import { LossTable } from "../../charts/LossTable";
import type { RunState } from "../../store/run-store";
import { useRun } from "../stores";
import { lossChartData } from "./loss-chart-data";
import { withShownCurves } from "./recorded-curves";
import { useLossSummary } from "./use-loss-summary";
import { useLossText } from "./use-loss-text";
import { useSampledRun } from "./use-sampled-run";

/** A curve that grows ten times a second looks alive; more often only costs the page its time. */
const DRAW_INTERVAL_MS = 100;

interface LossViewProps {
  readonly xKind: XKind;
  readonly isTable: boolean;
}

export function LossView({ xKind, isTable }: LossViewProps) {
  const run = withShownCurves(useSampledRun(DRAW_INTERVAL_MS));
  const { losses, evaluations, marks, ready, config, options, phase, failure, step } = run;
  const { names, text } = useLossText(config, marks, failure !== null && "step" in failure ? failure.step : step);
  const data = useMemo(
    () => lossChartData({ losses, evaluations, marks, ready, config, options, phase, failure, step }, names),
    [losses, evaluations, marks, ready, config, options, phase, failure, step, names],
  );
  return isTable ? <LossTable data={data} text={text} /> : <Curves run={run} data={data} xKind={xKind} text={text} />;
}

interface CurvesProps {
  readonly run: RunState;
  readonly data: LossChartData;
  readonly xKind: XKind;
  readonly text: LossText;
}

function Curves({ run, data, xKind, text }: CurvesProps) {
  const summary = useLossSummary(data, run.evaluations, run.config);
  const shownStep = useRun(({ shown }) => (shown.kind === "moment" ? shown.step : null));
  const showMoment = useRun((state) => state.showMoment);
  const showNewest = useRun((state) => state.showNewest);
  const onShow = useCallback((step: number | null) => (step === null ? showNewest() : showMoment(step)), [showMoment, showNewest]);
  const isRecorded = useRun(({ shown }) => shown.kind === "recorded"); // of its past only the curves are kept
  return <LossCurves {...{ data, xKind, text, summary, shownStep }} {...(isRecorded ? {} : { onShow })} />;
}
