/**
 * What the recorded runs' `manifest.json` says of their files; written by `scripts/record-runs.ts`.
 */
import type { ManifestFile } from "../datasets/manifest";
import type { RecordedId } from "../protocol/recorded";

export const RUNS_VERSION = 1;

export interface RunsManifest {
  readonly version: number;
  readonly runs: Readonly<Partial<Record<RecordedId, ManifestFile>>>;
}

/** What `text` says of a run's file; null when it says nothing that can be relied on. */
export function parseRunsManifest(text: string, id: RecordedId): ManifestFile | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const { version, runs } = value as Partial<RunsManifest>;
  if (version !== RUNS_VERSION || typeof runs !== "object" || runs === null || !Object.hasOwn(runs, id)) return null;
  const entry = runs[id];
  return isManifestFile(entry) ? entry : null;
}

function isManifestFile(value: unknown): value is ManifestFile {
  if (typeof value !== "object" || value === null) return false;
  const { file, bytes, sha256, rawBytes, rawSha256, rawCrc32 } = value as Partial<ManifestFile>;
  return (
    [file, sha256, rawSha256].every((text) => typeof text === "string") &&
    [bytes, rawBytes, rawCrc32].every((size) => Number.isFinite(size))
  );
}
