/** What stands beside the reconstruction in a run's objective, and what it is called. */
import type { TermId } from "../../i18n/catalogues";
import type { RunConfig } from "../../protocol/run-config";

export interface Charge {
  /** Whose column it is. */
  readonly term: "kl" | "penalty";
  readonly kind: "kl" | "freeBits" | "capacity" | "detachedKl" | "codeMean";
  readonly explainedBy: TermId;
}

/** Null where the objective is the reconstruction alone, and in a GAN, which has neither. */
export function chargeOf({ model, klMode, mistake }: Pick<RunConfig, "model" | "klMode" | "mistake">): Charge | null {
  if (model === "gan") return null;
  if (model === "ae") {
    if (mistake === "none") return null;
    return { term: "kl", kind: mistake === "detached-kl" ? "detachedKl" : "codeMean", explainedBy: "kl" };
  }
  switch (klMode) {
    case "plain":
      return { term: "kl", kind: "kl", explainedBy: "kl" };
    case "free-bits":
      return { term: "penalty", kind: "freeBits", explainedBy: "freeBits" };
    case "capacity":
      return { term: "penalty", kind: "capacity", explainedBy: "capacity" };
  }
}

/** Burgess et al. call the weight γ where a capacity is controlled. */
export function weightName(config: Pick<RunConfig, "model" | "klMode">): "beta" | "gamma" {
  return config.model === "vae" && config.klMode === "capacity" ? "gamma" : "beta";
}
