/**
 * Keeps the backend that is open from run to run: opening one costs a device, a
 * self-test and its shaders.
 *
 * There is only ever one, as TensorFlow.js has one for the whole worker: whoever asks
 * for another has disposed of all that lived on the one before.
 */
import type { BackendLoss, OpenBackend } from "../engine/backend";
import type { RunOptions } from "../protocol/run-config";

type Wish = RunOptions["backend"];

export interface TakeOptions {
  /** Proves the rung where it can. */
  readonly engine: RunOptions["engine"];
  /** Parts of the opening that are done, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

type Open = (wish: Wish, options: TakeOptions) => Promise<OpenBackend>;

/** A backend with its loss remembered. */
export interface ShelvedBackend {
  readonly opened: OpenBackend;
  /** Null while it is there. */
  readonly loss: BackendLoss | null;
  /** Calls back when it goes away, at once if it already has. @returns ends the watch */
  readonly watch: (onLost: (loss: BackendLoss) => void) => () => void;
}

export class BackendShelf {
  readonly #open: Open;
  #kept: { readonly wish: Wish; readonly backend: ShelvedBackend } | null = null;

  constructor(open: Open) {
    this.#open = open;
  }

  /** @throws FailureError when it cannot be opened */
  async take(wish: Wish, options: TakeOptions): Promise<ShelvedBackend> {
    if (this.#kept !== null && this.#kept.wish === wish && this.#kept.backend.loss === null) return this.#kept.backend;
    this.close();
    const backend = watched(await this.#open(wish, options));
    this.#kept = { wish, backend };
    return backend;
  }

  close(): void {
    const kept = this.#kept;
    this.#kept = null;
    try {
      kept?.backend.opened.close();
    } catch (error) {
      // A lost device may refuse even to be let go of; that must not keep the next one from being opened.
      if (kept?.backend.loss === null) throw error;
    }
  }
}

function watched(opened: OpenBackend): ShelvedBackend {
  let loss: BackendLoss | null = null;
  const watchers = new Set<(loss: BackendLoss) => void>();
  opened.onLost((told) => {
    loss = told;
    for (const onLost of watchers) onLost(told);
    watchers.clear();
  });
  return {
    opened,
    get loss() {
      return loss;
    },
    watch(onLost) {
      if (loss !== null) onLost(loss);
      else watchers.add(onLost);
      return () => watchers.delete(onLost);
    },
  };
}
