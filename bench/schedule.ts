/**
 * Measures several combinations side by side: their rounds alternate, so that whatever
 * else the machine does hits all alike and ratios hold. Nothing waits for ever.
 */
import type { Combination, StepRow } from "./rows";
import { stepRow } from "./rows";
import type { Opened, Round, Station } from "./station";

/** A station in a page or in a process of its own. */
export interface RemoteStation extends Station {
  /** Ends it, whatever it is at. */
  close(): Promise<void>;
}

export interface Limits {
  /** Time for the rounds of each combination. */
  readonly seconds: number;
  /** Milliseconds; the machine's own clock unless a test has another. */
  readonly now?: () => number;
}

/** Rounds that fit into its time. */
const ROUNDS = 6;
/** Of a median worth the name; a round that is longer than all the time is left alone. */
const LEAST_ROUNDS = 3;
/** Seconds within which an engine must start and compile its shaders. */
const OPEN_SECONDS = 150;

interface Entry {
  readonly combination: Combination;
  readonly station: RemoteStation;
  readonly opened: Opened;
  readonly rounds: Round[];
  spentMs: number;
}

/** @returns a row for each combination, in their order */
export async function measureTogether(
  combinations: readonly Combination[],
  start: (combination: Combination) => Promise<RemoteStation>,
  { seconds, now = () => performance.now() }: Limits,
  onRow: (row: StepRow) => void = () => {},
): Promise<StepRow[]> {
  const rows = new Map<Combination, StepRow>();
  const finish = (row: StepRow, combination: Combination) => {
    rows.set(combination, row);
    onRow(row);
  };
  const entries: Entry[] = [];
  for (const combination of combinations) {
    const entry = await open(combination, start, seconds);
    if ("error" in entry) finish({ ...combination, error: entry.error }, combination);
    else entries.push(entry);
  }
  let waiting = entries;
  while (waiting.length > 0) {
    const next: Entry[] = [];
    for (const entry of waiting) {
      const row = await oneRound(entry, seconds, now);
      if (row === null) next.push(entry);
      else finish(row, entry.combination);
    }
    waiting = next;
  }
  return combinations.map((combination) => rows.get(combination)!);
}

async function open(
  combination: Combination,
  start: (combination: Combination) => Promise<RemoteStation>,
  seconds: number,
): Promise<Entry | { readonly error: string }> {
  let station: RemoteStation | null = null;
  try {
    station = await start(combination);
    const opened = await within(OPEN_SECONDS, station.open({ ...combination, roundMs: (1000 * seconds) / ROUNDS }));
    return { combination, station, opened, rounds: [], spentMs: 0 };
  } catch (error) {
    await station?.close();
    return { error: messageOf(error) };
  }
}

/** @returns its row once it has had its time */
async function oneRound(entry: Entry, seconds: number, now: () => number): Promise<StepRow | null> {
  const { combination, station, opened, rounds } = entry;
  const startedAt = now();
  try {
    rounds.push(await within(OPEN_SECONDS, station.round()));
    const roundMs = now() - startedAt;
    entry.spentMs += roundMs;
    const isShort = roundMs < 1000 * seconds;
    if (entry.spentMs < 1000 * seconds || (isShort && rounds.length < LEAST_ROUNDS)) return null;
    await station.close();
    return stepRow(combination, opened, rounds);
  } catch (error) {
    await station.close();
    return { ...combination, error: messageOf(error) };
  }
}

/** @throws Error when `work` takes longer; whatever it does is then left to itself */
export async function within<T>(seconds: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`timed out after ${seconds} s`)), 1000 * seconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0]!;
}
