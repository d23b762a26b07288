/** The constants of a config's losses and their schedules, the same lines in the scripts for every framework. */
import { isCorrupted } from "../model/corruption";
import type { RunConfig } from "../protocol/run-config";
import { lines, number, sections } from "./python";

/** What of a KL, or of what a taught mistake calls one, an objective holds, and what of it changes from step to step. */
export function chargeOf({ model, mistake, klMode, betaSchedule }: RunConfig) {
  const isVae = model === "vae";
  const isCharged = isVae || (model === "ae" && mistake !== "none");
  const mode = isVae ? klMode : "plain";
  return { isCharged, mode, hasBeta: isCharged && betaSchedule !== "constant", hasCapacity: mode === "capacity" } as const;
}

export function lossSettings(config: RunConfig): string {
  const { model, mistake, betaSchedule, klMode } = config;
  const isVae = model === "vae";
  const isWeighted = isVae || mistake !== "none";
  const hasSchedule = (isWeighted && betaSchedule !== "constant") || (isVae && klMode === "capacity");
  return lines(
    config.reconstruction === "gaussian" && `SIGMA = ${number(config.sigma)}  # of the likelihood`,
    isCorrupted(config) &&
      `CORRUPTION_LEVEL = ${number(config.corruptionLevel)}${config.corruption === "gaussian" ? "" : "  # share of pixels"}`,
    isWeighted && `BETA = ${number(config.beta)}  # weight of the KL${betaSchedule === "constant" ? "" : ", where its schedule ends"}`,
    hasSchedule && `SCHEDULE_STEPS = ${config.scheduleSteps}`,
    isVae && klMode === "free-bits" && `FREE_BITS = ${number(config.freeBits)}  # nats per latent dimension`,
    isVae && klMode === "capacity" && `CAPACITY = ${number(config.capacity)}  # nats, reached after SCHEDULE_STEPS`,
  );
}

export function ganSettings(config: RunConfig): string {
  return lines(
    `DISCRIMINATOR_STEPS = ${config.discriminatorSteps}  # updates of the discriminator for each one of the generator`,
    `DISCRIMINATOR_RATE = ${number(config.discriminatorRate)}  # its learning rate, in units of the generator's`,
    config.ganLoss === "nonsaturating" &&
      config.labelSmoothing > 0 &&
      `LABEL_SMOOTHING = ${number(config.labelSmoothing)}  # real images are to be scored 1 - this`,
    config.instanceNoise > 0 && `INSTANCE_NOISE = ${number(config.instanceNoise)}  # on all that the discriminator sees in training`,
  );
}

/** β and C as `model/schedule` has them, in plain Python. */
export function scheduleCode({ model, mistake, betaSchedule, klMode }: RunConfig): string {
  const isWeighted = model === "vae" || mistake !== "none";
  return sections(
    isWeighted && betaSchedule === "linear"
      ? String.raw`
def beta_at(step):
    """Of the update that makes step "step", from 1: rises in a line (Bowman et al. 2015)."""
    return BETA * min(1.0, (step - 1) / SCHEDULE_STEPS)
`
      : "",
    isWeighted && betaSchedule === "cyclical"
      ? String.raw`
def beta_at(step):
    """Of the update that makes step "step", from 1: rises in the first half of every cycle (Fu et al. 2019)."""
    return BETA * min(1.0, (step - 1) / SCHEDULE_STEPS % 1 / 0.5)
`
      : "",
    model === "vae" && klMode === "capacity"
      ? String.raw`
def capacity_at(step):
    """Nats that the KL is drawn to, rising in a line (Burgess et al. 2018)."""
    return CAPACITY * min(1.0, (step - 1) / SCHEDULE_STEPS)
`
      : "",
  ).trim();
}
