/**
 * Keeps the choice of kernels for each adapter in IndexedDB, so that a visitor's GPU
 * is measured once. A database of its own: it may go, or fail, without a run noticing.
 *
 * Every call may be refused (private windows, frames of other origins, Node).
 */
import { openDB, type DBSchema } from "idb";
import type { TuningStore } from "../engine/compiled/open-compiled";

interface Schema extends DBSchema {
  readonly tunings: { readonly key: string; readonly value: unknown };
}

export function openTuningStorage(databaseName = "vae-playground-tunings"): TuningStore {
  // Opened for each call: there is one in a visit, and nothing then stands in the way of another tab.
  const withDatabase = async <T>(work: (database: Awaited<ReturnType<typeof open>>) => Promise<T>): Promise<T> => {
    const database = await open();
    try {
      return await work(database);
    } finally {
      database.close();
    }
  };
  const open = () =>
    openDB<Schema>(databaseName, 1, {
      upgrade(database) {
        database.createObjectStore("tunings");
      },
    });
  return {
    load: (key) => withDatabase(async (database): Promise<unknown> => database.get("tunings", key)),
    save: (key, tuning) =>
      withDatabase(async (database) => {
        await database.put("tunings", tuning, key);
      }),
  };
}
