/**
 * A failure in the visitor's language: what happened, with its facts, and what to do
 * next. The facts come from drivers, files and servers: they are shown as text only.
 */
import { assertNever } from "../lib/assert";
import type { Failure } from "../protocol/failure";
import type { BackendReport } from "../protocol/messages";
import type { Catalogues } from "../i18n/catalogues";
import { useText } from "../i18n/use-text";

export interface FailureText {
  readonly title: string;
  /** What happened, with its facts. */
  readonly text: string;
  readonly next: string;
  /** The reason in a few words, for lists. */
  readonly short: string;
}

type TextKey = keyof Catalogues["failures"]["kind"];

/** Which texts a failure has: one kind may have two, by its detail. */
function keyOf(failure: Failure): TextKey {
  switch (failure.kind) {
    case "no-webgpu":
      return failure.detail === "no-api" ? "noWebgpuApi" : "noWebgpuAdapter";
    case "adapter-refused":
      return "adapterRefused";
    case "backend-unavailable":
      return "backendUnavailable";
    case "self-test-failed":
      return "selfTestFailed";
    case "device-lost":
      return failure.resumable ? "deviceLostResumable" : "deviceLost";
    case "out-of-memory":
      return "outOfMemory";
    case "diverged":
      return "diverged";
    case "data-missing":
      return failure.status === 0 ? "dataUnreachable" : "dataMissing";
    case "data-corrupt":
      return "dataCorrupt";
    case "invalid-config":
      return "invalidConfig";
    case "invalid-weights":
      return "invalidWeights";
    case "storage-refused":
      return "storageRefused";
    case "worker-crashed":
      return "workerCrashed";
    case "worker-silent":
      return "workerSilent";
    case "internal":
      return "internal";
    default:
      return assertNever(failure);
  }
}

/** Binary megabytes with one decimal place below ten: the scale at which networks are compared. */
function writtenSize(bytes: number): string {
  const mebibytes = bytes / 2 ** 20;
  return `${mebibytes.toFixed(mebibytes < 10 ? 1 : 0)} MiB`;
}

/** `describe(failure)` and `describeSkipped(report)`, in the visitor's language. */
export function useFailureText() {
  const { t } = useText("failures");

  const facts = (failure: Failure): Record<string, string | number> => ({
    ...("message" in failure ? { message: failure.message === "" ? t("noReason") : failure.message } : {}),
    ...("backend" in failure ? { backend: t(`backend.${failure.backend}`) } : {}),
    ...("dataset" in failure ? { dataset: t(`dataset.${failure.dataset}`), file: failure.file } : {}),
    ...("step" in failure ? { step: failure.step } : {}),
    ...(failure.kind === "data-missing" ? { status: failure.status } : {}),
    ...(failure.kind === "out-of-memory" ? { size: writtenSize(failure.bytes) } : {}),
    ...(failure.kind === "device-lost" ? { reason: [failure.reason, failure.message].find((text) => text !== "") ?? t("noReason") } : {}),
    ...(failure.kind === "invalid-config" ? { issues: failure.issues.join(", ") } : {}),
    ...(failure.kind === "invalid-weights" ? { name: failure.name, problem: t(`weightProblem.${failure.problem}`) } : {}),
    ...(failure.kind === "worker-silent" ? { seconds: Math.round(failure.seconds) } : {}),
    ...(failure.kind === "diverged"
      ? {
          term: t(`term.${failure.term}`),
          value: writtenValue(failure.value),
          rate: failure.learningRate,
          lastGoodStep: failure.lastGoodStep,
        }
      : {}),
  });

  const describe = (failure: Failure): FailureText => {
    const key = keyOf(failure);
    const values = facts(failure);
    // One options type for all keys: every text takes some of these facts, and i18next ignores the others.
    const say = (part: keyof FailureText): string => (t as (key: string, values: object) => string)(`kind.${key}.${part}`, values);
    return { title: say("title"), text: say("text"), next: say("next"), short: say("short") };
  };

  /** One line for each rung that was passed over, the last saying what runs instead. */
  const describeSkipped = ({ backend: used, skipped }: Pick<BackendReport, "backend" | "skipped">): string[] =>
    skipped.map(({ backend, failure }, i) =>
      t(i === skipped.length - 1 ? "skippedThen" : "skipped", {
        backend: t(`backend.${backend}`),
        reason: describe(failure).short,
        used: t(`backend.${used}`),
      }),
    );

  return { describe, describeSkipped };
}

/** From here on a number is its exponent. */
const LARGE = 1e6;

/** What a loss became: infinities and NaN as they are, other numbers to three digits. */
function writtenValue(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value < 0 ? "−∞" : "∞";
  return Math.abs(value) >= LARGE ? value.toExponential(2).replace("e+", "e") : String(Number(value.toPrecision(3)));
}
