/**
 * Checkpoints that outlive their run: the last one in memory, the newest few in
 * storage.
 *
 * Storage that refuses is told of once and otherwise done without: no run fails for
 * it.
 */
import type { Checkpoint } from "../engine/trainer";
import type { Network } from "../model/network";
import type { Failure } from "../protocol/failure";
import type { OptimiserKind } from "../protocol/run-config";
import { isCheckpointOf } from "./checkpoint-format";
import type { CheckpointStorage } from "./checkpoint-storage";

interface Kept {
  readonly key: string;
  readonly checkpoint: Checkpoint;
}

export class CheckpointShelf {
  readonly #storage: CheckpointStorage;
  readonly #onRefused: (failure: Failure) => void;
  #last: Kept | null = null;
  /** Waits while another is being written; only the newest matters. */
  #toWrite: Kept | null = null;
  #isWriting = false;
  #wasRefused = false;

  constructor(storage: CheckpointStorage, onRefused: (failure: Failure) => void) {
    this.#storage = storage;
    this.#onRefused = onRefused;
  }

  /** The newest checkpoint under `key` that fits the network; null when there is none. Never rejects. */
  async find(key: string, network: Network, optimiser: OptimiserKind): Promise<Checkpoint | null> {
    if (this.#last?.key === key) return this.#last.checkpoint;
    const stored = await this.#attempt(() => this.#storage.load(key), null);
    return isCheckpointOf(stored, network, optimiser) ? stored : null;
  }

  /** In memory only. */
  remember(key: string, checkpoint: Checkpoint): void {
    this.#last = { key, checkpoint };
  }

  /** In memory at once, under the key of the run at hand; soon in storage, under the one a later visit will ask for. */
  save(key: string, checkpoint: Checkpoint, storageKey = key): void {
    this.remember(key, checkpoint);
    this.#toWrite = { key: storageKey, checkpoint };
    void this.#write();
  }

  /** Takes it out of storage. */
  async forget(key: string): Promise<void> {
    if (this.#toWrite?.key === key) this.#toWrite = null;
    await this.#attempt(() => this.#storage.remove(key), undefined);
  }

  /** Of no use under `key` after all. */
  async discard(key: string): Promise<void> {
    if (this.#last?.key === key) this.#last = null;
    await this.forget(key);
  }

  async #write(): Promise<void> {
    if (this.#isWriting) return;
    this.#isWriting = true;
    for (let next = this.#toWrite; next !== null; next = this.#toWrite) {
      this.#toWrite = null;
      const { key, checkpoint } = next;
      // oxlint-disable-next-line no-await-in-loop -- one at a time, so that the newest wins
      await this.#attempt(() => this.#storage.save(key, checkpoint), undefined);
    }
    this.#isWriting = false;
  }

  async #attempt<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!this.#wasRefused) {
        this.#wasRefused = true;
        this.#onRefused({ kind: "storage-refused", message: error instanceof Error ? error.message : String(error) });
      }
      return otherwise;
    }
  }
}
