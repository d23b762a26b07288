/**
 * Why a config cannot run, as data: which field, and what is wrong. Shown beside
 * the field before training.
 */
import * as v from "valibot";
import { runConfigSchema } from "./run-config";

export interface ConfigIssue {
  /** Path in the config, joined by dots: `encoder.0.units`; a top-level check names the field to blame. */
  readonly path: string;
  readonly code:
    | "out-of-range"
    | "not-a-choice"
    | "too-many-layers"
    | "conv-after-dense"
    | "dense-after-conv"
    | "decoder-grid"
    | "bce-needs-sigmoid"
    | "bce-needs-images"
    | "conv-needs-images"
    | "mistake-needs-ae"
    | "condition-not-in-gan"
    | "train-size-too-large"
    | "batch-larger-than-data";
}

const CHECK_FIELD: Readonly<Record<string, string>> = {
  "bce-needs-sigmoid": "outputActivation",
  "bce-needs-images": "reconstruction",
  "conv-needs-images": "encoder",
  "mistake-needs-ae": "mistake",
  "condition-not-in-gan": "conditional",
  "conv-after-dense": "encoder",
  "dense-after-conv": "decoder",
  "decoder-grid": "decoder",
  "train-size-too-large": "trainSize",
  "batch-larger-than-data": "batchSize",
};

/** Empty when the config can run; one issue per field, the first found. */
export function configIssues(config: unknown): ConfigIssue[] {
  const result = v.safeParse(runConfigSchema, config);
  if (result.success) return [];
  const byPath = new Map<string, ConfigIssue>();
  for (const issue of result.issues.map(describeIssue)) if (!byPath.has(issue.path)) byPath.set(issue.path, issue);
  return [...byPath.values()];
}

function describeIssue(issue: v.InferIssue<typeof runConfigSchema>): ConfigIssue {
  const field = CHECK_FIELD[issue.message];
  if (field !== undefined) return { path: field, code: issue.message as ConfigIssue["code"] };
  const path = v.getDotPath(issue) ?? "";
  if (issue.type === "max_length") return { path, code: "too-many-layers" };
  return { path, code: issue.type === "picklist" ? "not-a-choice" : "out-of-range" };
}
