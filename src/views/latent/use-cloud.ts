/**
 * The codes that are scattered over the latent space: posterior means of the held-out
 * images, or the fixed draws that a GAN is fed.
 */
import { useMemo } from "react";
import type { Bytes, Floats } from "../../protocol/messages";
import type { RunState } from "../../store/run-store";
import { useRun } from "../stores";

export interface CodeCloud {
  /** `[codes, latentDim]` */
  readonly codes: Floats;
  /** log σ² of each; null where a code is a point. */
  readonly logVar: Floats | null;
  /** Class of each, at least as many; of a draw the one a classifier sees in its image. Null where nobody knows. */
  readonly labels: Bytes | null;
}

function cloudOf({ snapshot, ready }: Pick<RunState, "snapshot" | "ready">): CodeCloud | null {
  if (snapshot === null || ready === null) return null;
  const { adversarial, posteriorMean, posteriorLogVar } = snapshot;
  if (adversarial !== null) return { codes: adversarial.draws, logVar: null, labels: adversarial.drawClasses };
  return { codes: posteriorMean, logVar: posteriorLogVar, labels: ready.examples.labels };
}

/** Null before the first snapshot. */
export function useCloud(): CodeCloud | null {
  const snapshot = useRun((state) => state.snapshot);
  const ready = useRun((state) => state.ready);
  return useMemo(() => cloudOf({ snapshot, ready }), [snapshot, ready]);
}

/** Whether the codes have classes to be coloured by; not before the first snapshot of a GAN. */
export function useHasClasses(): boolean {
  return useRun(({ config, snapshot }) => config.model !== "gan" || (snapshot?.adversarial?.drawClasses ?? null) !== null);
}
