/**
 * The run as it stands every so often: what changes with every report is drawn a few
 * times a second, whatever the speed of training. A new run, phase or model on screen shows at once.
 */
import { useEffect, useState } from "react";
import type { RunState } from "../../store/run-store";
import { useStores } from "../stores";

export function useSampledRun(intervalMs: number): RunState {
  const { run } = useStores();
  const [sample, setSample] = useState(run.getState);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let shownAt = 0;
    const show = () => {
      clearTimeout(timer);
      timer = undefined;
      shownAt = performance.now();
      setSample(run.getState());
    };
    show(); // what came between render and effect
    const stop = run.subscribe((state, before) => {
      const isOther = state.phase !== before.phase || state.runId !== before.runId || state.shown.kind !== before.shown.kind;
      if (isOther || state.ready !== before.ready) show();
      else timer ??= setTimeout(show, Math.max(0, shownAt + intervalMs - performance.now()));
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [run, intervalMs]);

  return sample;
}
