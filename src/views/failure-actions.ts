/** The ways on from a failure, the best one first; each is a wish to a store. */
import { assertNever } from "../lib/assert";
import type { Failure } from "../protocol/failure";
import { DEFAULT_CONFIG, RANGES, type BackendName } from "../protocol/run-config";
import { useText } from "../i18n/use-text";
import { useStores } from "./stores";

export interface FailureAction {
  readonly label: string;
  readonly run: () => void;
}

/** What to train on instead. */
const NEXT_RUNG: Readonly<Record<BackendName, BackendName>> = { webgpu: "wasm", wasm: "cpu", cpu: "wasm" };

/** The rate is cut to this part on the way back from a divergence. */
const REWIND_RATE_FACTOR = 0.1;

/** The rate to go on with after a divergence, in the digits a person would write. */
export function calmerRate(learningRate: number): number {
  return Math.max(RANGES.learningRate.min, Number((learningRate * REWIND_RATE_FACTOR).toPrecision(3)));
}

export function useFailureActions(reload: () => void): (failure: Failure) => FailureAction[] {
  const { run, draft } = useStores();
  const { t } = useText("failures");

  const retry: FailureAction = { label: t("action.retry"), run: () => run.getState().retry() };
  const resume: FailureAction = { label: t("action.resume"), run: () => run.getState().retry() };
  const reset: FailureAction = { label: t("action.reset"), run: () => run.getState().reset() };
  const reloadPage: FailureAction = { label: t("action.reload"), run: reload };
  const use = (backend: BackendName): FailureAction => ({
    label: t("action.use", { backend: t(`backend.${backend}`) }),
    run: () => draft.getState().editOptions({ backend }),
  });

  return (failure) => {
    switch (failure.kind) {
      case "no-webgpu":
        return [use("wasm")];
      case "adapter-refused":
        return [use("wasm"), reloadPage];
      case "backend-unavailable":
      case "self-test-failed":
        return [use(NEXT_RUNG[failure.backend]), reloadPage];
      case "device-lost":
        return failure.resumable ? [resume, use("wasm")] : [reset, use("wasm")];
      case "out-of-memory":
        return [use(NEXT_RUNG[failure.backend]), reset];
      case "diverged": {
        const rate = calmerRate(failure.learningRate);
        const label = t("action.rewind", { step: failure.lastGoodStep, rate });
        return [{ label, run: () => run.getState().rewind(rate) }, reset];
      }
      case "data-missing":
      case "data-corrupt":
        return [retry];
      case "invalid-config":
        return [{ label: t("action.loadDefault"), run: () => draft.getState().load(DEFAULT_CONFIG) }];
      case "invalid-weights":
        return [{ label: t("action.newWeights"), run: () => run.getState().reset() }];
      case "storage-refused":
        return [];
      case "worker-crashed":
      case "worker-silent":
      case "internal":
        return [retry, reloadPage];
      default:
        return assertNever(failure);
    }
  };
}
