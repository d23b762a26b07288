/** The results of `verify-reference` as a Markdown table, with PyTorch's beneath. */
import type { EngineName } from "../../src/protocol/run-config";
import { isWithin, referenceSpread, type LatentDim, type ReferenceEpoch } from "./pytorch-results";

/** Held-out −ELBO of one run, nats per image, by epoch. */
export interface RunResult {
  readonly engine: EngineName;
  readonly latentDim: LatentDim;
  readonly seed: number;
  readonly heldOut: ReadonlyMap<ReferenceEpoch, number>;
}

/** Figures that are outside the range allowed. */
export function outside(runs: readonly RunResult[]): { readonly run: RunResult; readonly epoch: ReferenceEpoch; readonly nats: number }[] {
  return runs.flatMap((run) =>
    [...run.heldOut]
      .filter(([epoch, nats]) => !isWithin(referenceSpread(run.latentDim, epoch), nats))
      .map(([epoch, nats]) => ({ run, epoch, nats })),
  );
}

export function reportTable(runs: readonly RunResult[], epochs: readonly ReferenceEpoch[]): string {
  const lines = [
    row("network", "engine", "run", ...epochs.map((epoch) => `epoch ${epoch}`)),
    row("---", "---", "---", ...epochs.map(() => "---:")),
  ];
  for (const latentDim of new Set(runs.map((run) => run.latentDim))) {
    for (const run of runs.filter((candidate) => candidate.latentDim === latentDim)) {
      lines.push(row(`784-400-${latentDim}`, run.engine, `seed ${run.seed}`, ...epochs.map((epoch) => figure(run, epoch))));
    }
    const spreads = epochs.map((epoch) => referenceSpread(latentDim, epoch));
    lines.push(row("", "PyTorch", "three seeds", ...spreads.map(({ least, most }) => range(least, most))));
    lines.push(row("", "", "allowed (±3 %)", ...spreads.map(({ low, high }) => range(low, high))));
  }
  return lines.join("\n");
}

function figure(run: RunResult, epoch: ReferenceEpoch): string {
  const nats = run.heldOut.get(epoch);
  if (nats === undefined) return "";
  return isWithin(referenceSpread(run.latentDim, epoch), nats) ? nats.toFixed(2) : `**${nats.toFixed(2)} ✗**`;
}

function range(from: number, to: number): string {
  return `${from.toFixed(2)} – ${to.toFixed(2)}`;
}

function row(...cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
