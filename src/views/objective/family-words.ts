/**
 * What of a family's options is in force and stands nowhere else in the card: nothing
 * that shapes a run is hidden behind a button.
 *
 * Pure: which words, and with which numbers; the view says them.
 */
import { briefText, countText } from "../../lib/number-text";
import { isCorrupted } from "../../model/corruption";
import { DEFAULT_CONFIG, type RunConfig } from "../../protocol/run-config";
import { GAN_DEFAULTS } from "../../protocol/gan-presets";
import { chargeOf } from "./charge";

export type FamilyWord =
  | { readonly id: "corruption"; readonly kind: Exclude<RunConfig["corruption"], "none">; readonly level: string }
  | { readonly id: "conditional" | "detached" | "codeMean" | "head" | "hinge" }
  | { readonly id: "linear" | "cyclical" | "discriminatorSteps"; readonly steps: string }
  | { readonly id: "freeBits"; readonly lambda: string }
  | { readonly id: "capacity"; readonly capacity: string; readonly steps: string }
  | { readonly id: "discriminatorRate"; readonly rate: string }
  | { readonly id: "labelSmoothing"; readonly amount: string }
  | { readonly id: "instanceNoise"; readonly level: string }
  | { readonly id: "adamBeta1"; readonly beta1: string };

export function familyWords(config: RunConfig): readonly FamilyWord[] {
  return [...(config.model === "gan" ? gameWords(config) : codeWords(config)), ...adamWords(config)];
}

export function hasFamilyWords(config: RunConfig): boolean {
  return familyWords(config).length > 0;
}

function codeWords(config: RunConfig): FamilyWord[] {
  const words: FamilyWord[] = [];
  const { corruption: kind, corruptionLevel } = config;
  if (kind !== "none" && isCorrupted(config)) {
    words.push({ id: "corruption", kind, level: briefText(kind === "gaussian" ? corruptionLevel : 100 * corruptionLevel) });
  }
  if (config.conditional) words.push({ id: "conditional" });
  if (config.headActivation === "relu") words.push({ id: "head" });
  if (config.mistake !== "none") words.push({ id: config.mistake === "detached-kl" ? "detached" : "codeMean" });
  const charge = chargeOf(config)?.kind;
  const steps = countText(config.scheduleSteps);
  if (charge !== undefined && config.betaSchedule !== "constant") words.push({ id: config.betaSchedule, steps });
  if (charge === "freeBits") words.push({ id: "freeBits", lambda: briefText(config.freeBits) });
  if (charge === "capacity") words.push({ id: "capacity", capacity: briefText(config.capacity), steps });
  return words;
}

function gameWords(config: RunConfig): FamilyWord[] {
  const words: FamilyWord[] = [];
  const { ganLoss, discriminatorSteps, discriminatorRate, labelSmoothing, instanceNoise } = config;
  if (ganLoss === "hinge") words.push({ id: "hinge" });
  if (discriminatorSteps !== 1) words.push({ id: "discriminatorSteps", steps: countText(discriminatorSteps) });
  if (discriminatorRate !== 1) words.push({ id: "discriminatorRate", rate: briefText(discriminatorRate) });
  if (labelSmoothing !== 0 && ganLoss !== "hinge") words.push({ id: "labelSmoothing", amount: briefText(labelSmoothing) });
  if (instanceNoise !== 0) words.push({ id: "instanceNoise", level: briefText(instanceNoise) });
  return words;
}

function adamWords({ model, optimiser, adamBeta1 }: RunConfig): FamilyWord[] {
  const usual = model === "gan" ? GAN_DEFAULTS.adamBeta1 : DEFAULT_CONFIG.adamBeta1;
  return optimiser === "adam" && adamBeta1 !== usual ? [{ id: "adamBeta1", beta1: briefText(adamBeta1) }] : [];
}
