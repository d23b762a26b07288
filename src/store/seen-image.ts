/**
 * What a held-out image is to the model: as the encoder sees it and as the loss
 * compares with it. Both are drawn as the worker draws them for its reconstructions.
 */
import { binarise, corrupt, isBinarised, isCorrupted } from "../model/corruption";
import type { Floats } from "../protocol/messages";
import type { RunConfig } from "../protocol/run-config";

export interface SeenImage {
  /** What the encoder is shown, `[pixels]`; Gaussian corruption may leave [0, 1]. */
  readonly seen: Floats;
  /** What comes out is judged against it; the same object where nothing is spoilt. */
  readonly target: Floats;
}

type Seeing = Pick<RunConfig, "seed" | "model" | "reconstruction" | "corruption" | "corruptionLevel">;

/**
 * @param bytes `[pixels]`, 0 … 255
 * @param place of the image in the held-out set, which decides its draws
 */
export function seenImage(config: Seeing, bytes: Uint8Array, place: number): SeenImage {
  const draws = { purpose: "evaluation", block: 0, first: place * bytes.length } as const;
  const target = Float32Array.from(bytes, (byte) => byte / 255);
  if (isBinarised(config)) binarise(config.seed, draws, target);
  if (!isCorrupted(config)) return { seen: target, target };
  const seen = target.slice();
  corrupt(config, draws, seen);
  return { seen, target };
}
