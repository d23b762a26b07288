/**
 * The codes that are scattered over the latent space: posterior means of the held-out
 * images, or the fixed draws that a GAN is fed; behind them, where the visitor wants
 * them, those of training images.
 *
 * Shown points are numbered as a survey numbers images: these examples first, then the training images.
 */
import { useMemo } from "react";
import type { Bytes, Floats } from "../../protocol/messages";
import type { ManyCodes } from "../../store/explorer-store";
import type { RunState } from "../../store/run-store";
import { useExplorer, useRun } from "../stores";

export interface CodeCloud {
  /** `[codes, latentDim]` */
  readonly codes: Floats;
  /** log σ² of each; null where a code is a point. */
  readonly logVar: Floats | null;
  /** Class of each, at least as many; of a draw the one a classifier sees in its image. Null where nobody knows. */
  readonly labels: Bytes | null;
}

function cloudOf({ snapshot, material }: Pick<RunState, "snapshot" | "material">): CodeCloud | null {
  if (snapshot === null || material === null) return null;
  const { adversarial, posteriorMean, posteriorLogVar } = snapshot;
  if (adversarial !== null) return { codes: adversarial.draws, logVar: null, labels: adversarial.drawClasses };
  return { codes: posteriorMean, logVar: posteriorLogVar, labels: material.examples.labels };
}

/** The examples' codes; null before the first snapshot. */
export function useCloud(): CodeCloud | null {
  const snapshot = useRun((state) => state.snapshot);
  const material = useRun((state) => state.material);
  return useMemo(() => cloudOf({ snapshot, material }), [snapshot, material]);
}

/** Whether the codes have classes to be coloured by; not before the first snapshot of a GAN. */
export function useHasClasses(): boolean {
  return useRun(({ config, snapshot }) => config.model !== "gan" || (snapshot?.adversarial?.drawClasses ?? null) !== null);
}

/** Every point of the map. */
export interface ShownPoints {
  readonly latentDim: number;
  /** Points 0 … `exampleCount` − 1. */
  readonly examples: CodeCloud;
  readonly exampleCount: number;
  /** The points after them: training images, as far as their codes have come; null without any. */
  readonly many: CodeCloud | null;
  readonly count: number;
}

/** Null before the first snapshot. Changes with every snapshot. */
export function useShownPoints(): ShownPoints | null {
  const examples = useCloud();
  const many = useMany();
  const latentDim = useRun((state) => state.network.latentDim);
  return useMemo(() => {
    if (examples === null) return null;
    const exampleCount = Math.floor(examples.codes.length / latentDim);
    const manyCount = many === null ? 0 : Math.floor(many.codes.length / latentDim);
    return { latentDim, examples, exampleCount, many, count: exampleCount + manyCount };
  }, [examples, many, latentDim]);
}

/** Codes of training images, as many as are there; null without any. */
export function useMany(): CodeCloud | null {
  const many = useExplorer((state) => state.many);
  const latentDim = useRun((state) => state.network.latentDim);
  return useMemo(() => doneOf(many, latentDim), [many, latentDim]);
}

function doneOf(many: ManyCodes | null, latentDim: number): CodeCloud | null {
  if (many === null || many.done === 0) return null;
  const length = many.done * latentDim;
  const codes = many.mean.subarray(0, length);
  return { codes, logVar: many.logVar?.subarray(0, length) ?? null, labels: many.labels.subarray(0, many.done) };
}

/** Class of a shown point; null where nobody knows it. */
export function classOfPoint({ examples, exampleCount, many }: ShownPoints, index: number): number | null {
  const labels = index < exampleCount ? examples.labels : (many?.labels ?? null);
  return labels?.[index < exampleCount ? index : index - exampleCount] ?? null;
}

/** Code of a shown point, `[latentDim]`. */
export function codeOfPoint({ latentDim, examples, exampleCount, many }: ShownPoints, index: number): Floats {
  const [codes, at] = index < exampleCount ? [examples.codes, index] : [many!.codes, index - exampleCount];
  return codes.subarray(at * latentDim, (at + 1) * latentDim);
}
