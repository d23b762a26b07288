/**
 * The experiment as the query of a hash route, and back: short stable keys,
 * defaults left out, whatever is unknown or out of range mended with a notice.
 */
import type { RunConfig, RunOptions } from "./run-config";

/** One value of an address that could not be taken as it stood. Its texts come from outside: show them as text only. */
export interface Repair {
  readonly key: string;
  readonly given: string;
  /** What is used instead; null when the key is unknown and left out. */
  readonly used: string | null;
}

export interface ParsedAddress {
  readonly config: RunConfig;
  readonly options: RunOptions;
  readonly repairs: readonly Repair[];
}
