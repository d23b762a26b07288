/**
 * Which family a config is of, and which engine can carry it out: the one place that
 * says so, read by `create-trainer`, by the table in the README and by its test.
 *
 * Pure: whether a device is there, large enough and right in its numbers is asked elsewhere.
 */
import { isCorrupted } from "../model/corruption";
import type { CompiledRefusal } from "../protocol/messages";
import type { BackendName, EngineName, RunConfig } from "../protocol/run-config";

/** Families of models, the most particular first: a conditional VAE that denoises is a conditional one. */
export const FAMILIES = ["gan", "conditional-vae", "conditional-ae", "denoising-vae", "denoising-ae", "vae", "ae"] as const;
export type Family = (typeof FAMILIES)[number];

export function familyOf(config: Pick<RunConfig, "model" | "conditional" | "corruption" | "corruptionLevel">): Family {
  const { model, conditional } = config;
  if (model === "gan") return "gan";
  if (conditional) return `conditional-${model}`;
  return isCorrupted(config) ? `denoising-${model}` : model;
}

/** What of a config the compiled engine has no kernels for; null where it has all it takes. */
export function compiledRefusal(config: RunConfig): CompiledRefusal | null {
  return config.model === "gan" ? "gan" : null;
}

/** Whether an engine carries a config out on a backend that it could have. TensorFlow.js carries out every config on every backend. */
export function canRun(config: RunConfig, engine: EngineName, backend: BackendName): boolean {
  return engine === "tfjs" || (backend === "webgpu" && compiledRefusal(config) === null);
}
