/**
 * The curves of a run as a table for a spreadsheet or `pandas.read_csv`: every row the
 * page keeps, of training and of held-out images, in full precision.
 *
 * Source: RFC 4180 (lines end in CR LF; nothing here needs quoting).
 */
import type { CappedSeries } from "../lib/capped-series";
import { lossTermsOf, type LossTerm } from "../protocol/loss-terms";
import type { Evaluation } from "../protocol/messages";
import { stepsPerEpoch, type RunConfig } from "../protocol/run-config";

export interface RunCurves {
  readonly runId: number;
  readonly config: RunConfig;
  readonly losses: Pick<CappedSeries<string>, "length" | "step" | "count"> & {
    readonly columns: { readonly [Term in LossTerm]?: Float32Array };
  };
  /** Oldest first. */
  readonly evaluations: readonly Evaluation[];
}

/**
 * Columns: `run`, `step` (the last one a row covers), `steps` (how many it covers: once a run is very long, a row is the mean of
 * neighbouring steps; 0 on held-out images, where nothing is trained), `epoch` (with its fraction), `split` (`train`, `held-out`),
 * the family's terms, and `elbo` where there is one. Rows are in the order of their steps.
 */
export function runCsv({ runId, config, losses, evaluations }: RunCurves): string {
  const terms = lossTermsOf(config);
  const hasElbo = config.model !== "gan";
  const isVae = config.model === "vae";
  const perEpoch = stepsPerEpoch(config);
  const row = (step: number, steps: number, split: string, values: readonly (number | undefined)[]) => ({
    step,
    text: [runId, step, steps, step / perEpoch, split, ...values.map(cell)].join(","),
  });

  const training = Array.from({ length: losses.length }, (_, i) => {
    const value = (term: LossTerm) => losses.columns[term]![i]!;
    const elbo = hasElbo ? [-(value("reconstruction") + (isVae ? value("kl") : 0))] : [];
    return row(losses.step[i]!, losses.count[i]!, "train", [...terms.map(value), ...elbo]);
  });
  const heldOut = evaluations.map((evaluation) =>
    row(evaluation.step, 0, "held-out", [...terms.map((term) => evaluation[term]), ...(hasElbo ? [evaluation.elbo] : [])]),
  );
  const rows = [...training, ...heldOut].toSorted((a, b) => a.step - b.step); // stable: training before held-out
  const header = ["run", "step", "steps", "epoch", "split", ...terms, ...(hasElbo ? ["elbo"] : [])].join(",");
  return [header, ...rows.map(({ text }) => text), ""].join("\r\n");
}

/** The shortest text that reads back as the same number; what is not there or not finite, an empty cell. */
function cell(value: number | undefined): string {
  return value === undefined || !Number.isFinite(value) ? "" : String(value);
}
