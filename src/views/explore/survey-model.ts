/** The model on screen as a survey knows it. */
import { useMemo } from "react";
import type { SurveyModel } from "../../protocol/survey";
import type { RunState } from "../../store/run-store";
import { useRun } from "../stores";

type Shown = Pick<RunState, "runId" | "config" | "snapshot" | "shown">;

/** Null before the first snapshot. */
export function surveyModelOf({ runId, config, snapshot, shown }: Shown): SurveyModel | null {
  if (snapshot === null) return null;
  return { key: `${runId} ${shown.kind} ${snapshot.step}`, config, weights: snapshot.weights };
}

/** Changes with every snapshot. */
export function useSurveyModel(): SurveyModel | null {
  const runId = useRun((state) => state.runId);
  const config = useRun((state) => state.config);
  const snapshot = useRun((state) => state.snapshot);
  const shown = useRun((state) => state.shown);
  return useMemo(() => surveyModelOf({ runId, config, snapshot, shown }), [runId, config, snapshot, shown]);
}
