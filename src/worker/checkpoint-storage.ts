/**
 * Keeps the newest checkpoints in IndexedDB, so that a run survives a reload.
 *
 * Every call may be refused (private windows, frames of other origins, no room):
 * it then rejects, and what follows from that is the caller's affair.
 */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Checkpoint } from "../engine/trainer";
import { checkpointBytes } from "./checkpoint-format";

export interface CheckpointStorage {
  /** What was saved under `key`, unjudged; null when nothing was. */
  load(key: string): Promise<unknown>;
  /** In place of what was saved under `key` before. */
  save(key: string, checkpoint: Checkpoint): Promise<void>;
  remove(key: string): Promise<void>;
}

/** Of the layout below; what another version wrote is left alone and not read. */
const FORMAT = 1;

/** A visitor goes back to one of the last few experiments; each is some megabytes. */
const KEPT = 4;

/** Browsers give a site hundreds of megabytes at least; one run should not take them all. */
const MAX_BYTES = 128 * 2 ** 20;

interface Stored {
  readonly key: string;
  readonly format: number;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly checkpoint: unknown;
}

interface Schema extends DBSchema {
  readonly checkpoints: { readonly key: string; readonly value: Stored; readonly indexes: { readonly savedAt: number } };
}

export function openCheckpointStorage(databaseName = "vae-playground"): CheckpointStorage {
  let opening: Promise<IDBPDatabase<Schema>> | null = null;
  const forget = () => {
    opening = null;
  };
  const database = () => {
    opening ??= openDatabase(databaseName, forget).catch((error: unknown) => {
      forget();
      throw error;
    });
    return opening;
  };

  return {
    async load(key) {
      const stored = await (await database()).get("checkpoints", key);
      return stored?.format === FORMAT ? stored.checkpoint : null;
    },
    async save(key, checkpoint) {
      const bytes = checkpointBytes(checkpoint);
      if (bytes > MAX_BYTES) throw new RangeError(`saveCheckpoint: ${bytes} bytes are more than the ${MAX_BYTES} that are kept`);
      const stored: Stored = { key, format: FORMAT, savedAt: Date.now(), checkpoint };
      const opened = await database();
      try {
        await put(opened, stored, KEPT);
      } catch (error) {
        if (!(error instanceof DOMException && error.name === "QuotaExceededError")) throw error;
        await keepNewest(opened, 0);
        await put(opened, stored, 1);
      }
    },
    async remove(key) {
      await (await database()).delete("checkpoints", key);
    },
  };
}

function openDatabase(name: string, onGone: () => void): Promise<IDBPDatabase<Schema>> {
  return new Promise((resolve, reject) => {
    openDB<Schema>(name, FORMAT, {
      upgrade(db) {
        db.createObjectStore("checkpoints", { keyPath: "key" }).createIndex("savedAt", "savedAt");
      },
      // A page of another version is open: without this the promise would never settle.
      blocked: () => reject(new Error("openDatabase: another tab holds an older version open")),
      blocking(_current, _wanted, event) {
        (event.target as IDBDatabase).close();
        onGone();
      },
      terminated: onGone,
    }).then(resolve, reject);
  });
}

async function put(database: IDBPDatabase<Schema>, stored: Stored, kept: number): Promise<void> {
  const transaction = database.transaction("checkpoints", "readwrite");
  await Promise.all([transaction.store.put(stored), transaction.done]);
  await keepNewest(database, kept);
}

async function keepNewest(database: IDBPDatabase<Schema>, kept: number): Promise<void> {
  const transaction = database.transaction("checkpoints", "readwrite");
  const oldestFirst = await transaction.store.index("savedAt").getAllKeys();
  const dropped = oldestFirst.slice(0, Math.max(0, oldestFirst.length - kept));
  await Promise.all([...dropped.map((key) => transaction.store.delete(key)), transaction.done]);
}
