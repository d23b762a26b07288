/**
 * What each latent dimension tells of the images, so that the telling ones come first and
 * a collapsed one is known at sight.
 *
 * Collapsed is what `model/diagnosis` finds collapsed: a KL below a hundredth of a nat, or in an autoencoder one code for all.
 */
import { useMemo } from "react";
import { COLLAPSED_NATS, CONSTANT_SD } from "../../model/collapsed";
import type { Floats } from "../../protocol/messages";
import type { ModelKind } from "../../protocol/run-config";
import { useRun } from "../stores";
import { codeReach, klPerDimension } from "./latent-statistics";
import { useCloud } from "./use-cloud";

export interface DimensionFacts {
  readonly dimension: number;
  /** Nats, mean over the images; null where codes are points. */
  readonly kl: number | null;
  /** Of the codes. */
  readonly mean: number;
  readonly deviation: number;
  readonly isCollapsed: boolean;
}

/** In the order of their numbers. */
export function dimensionFacts(model: ModelKind, codes: Floats, logVar: Floats | null, latentDim: number): DimensionFacts[] {
  const count = Math.max(1, Math.floor(codes.length / latentDim));
  const kl = logVar === null ? null : klPerDimension(codes, logVar, latentDim);
  return Array.from({ length: latentDim }, (_, dimension) => {
    let sum = 0;
    for (let i = dimension; i < codes.length; i += latentDim) sum += codes[i]!;
    const mean = sum / count;
    let squares = 0;
    for (let i = dimension; i < codes.length; i += latentDim) squares += (codes[i]! - mean) ** 2;
    const deviation = Math.sqrt(squares / count);
    const nats = kl?.[dimension] ?? null;
    const isCollapsed = nats === null ? model === "ae" && deviation < CONSTANT_SD : nats < COLLAPSED_NATS;
    return { dimension, kl: nats, mean, deviation, isCollapsed };
  });
}

/** The dimensions' numbers, the one that tells most first: by KL, of an autoencoder by the spread of its codes. A GAN's are all alike. */
export function byInformation(model: ModelKind, facts: readonly DimensionFacts[]): number[] {
  const told = ({ kl, deviation }: DimensionFacts) => (model === "gan" ? 0 : (kl ?? deviation));
  return facts.toSorted((one, other) => told(other) - told(one) || one.dimension - other.dimension).map(({ dimension }) => dimension);
}

/** Reach of the sliders, three standard deviations of the prior; an autoencoder's follows its codes. */
const REACH = 3;

export interface Dimensions {
  /** In the order of their numbers; null before there are codes. */
  readonly facts: readonly DimensionFacts[] | null;
  /** Of the sliders, each way from 0. */
  readonly reach: number;
  /** The largest KL of any dimension; 0 where there is none. */
  readonly mostKl: number;
}

/** Of the model on screen. */
export function useDimensions(): Dimensions {
  const model = useRun((state) => state.config.model);
  const latentDim = useRun((state) => state.network.latentDim);
  const cloud = useCloud();
  return useMemo(() => {
    if (cloud === null || cloud.codes.length === 0) return { facts: null, reach: REACH, mostKl: 0 };
    const reach = model === "ae" ? Math.max(REACH, Math.ceil(codeReach(cloud.codes))) : REACH;
    const facts = dimensionFacts(model, cloud.codes, cloud.logVar, latentDim);
    return { facts, reach, mostKl: Math.max(0, ...facts.map(({ kl }) => kl ?? 0)) };
  }, [cloud, model, latentDim]);
}
