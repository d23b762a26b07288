/** What a stretch of images is to the model: as the loss compares with it and as the encoder sees it, drawn as the trainers draw it. */
import { binarise, corrupt, isBinarised, isCorrupted } from "../model/corruption";
import type { Floats } from "../protocol/messages";
import type { RunConfig } from "../protocol/run-config";

export interface SeenPixels {
  /** In [0, 1]; black or white where the config draws them so. */
  readonly target: Floats;
  /** As `target`, spoilt where the config asks for it; the same array where nothing is. */
  readonly seen: Floats;
}

/**
 * @param bytes whole images that follow each other
 * @param first number of the first pixel's draw: place of the first image · pixels; held-out images come before training images
 */
export function seenPixels(config: RunConfig, bytes: Uint8Array, first: number): SeenPixels {
  const draws = { purpose: "evaluation", block: 0, first } as const;
  const target = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) target[i] = bytes[i]! / 255;
  if (isBinarised(config)) binarise(config.seed, draws, target);
  if (!isCorrupted(config)) return { target, seen: target };
  const seen = target.slice();
  corrupt(config, draws, seen);
  return { target, seen };
}
