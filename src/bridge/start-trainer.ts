/**
 * Starts the training worker and hands its events to the page.
 *
 * Three ways in (a message, an error, a message that cannot be read), one way out: a
 * worker that crashes or never speaks becomes a failure like any other. Knows no store.
 */
import type { Failure } from "../protocol/failure";
import type { Command, TrainerEvent } from "../protocol/messages";

export interface TrainerLink {
  /** To a worker that is gone, only a `prepare` is of use: it starts a fresh one. */
  readonly send: (command: Command) => void;
  /** A fresh worker in place of the one there is; it knows of no run. */
  readonly restart: () => void;
  /** Ends the worker; nothing is heard of it any more. */
  readonly close: () => void;
}

/** The part of `Worker` that is used. */
export type TrainerWorker = Pick<Worker, "postMessage" | "terminate" | "onmessage" | "onerror" | "onmessageerror">;

/** A worker says hello as soon as its code runs: after this long the code is not coming. */
const SILENCE_SECONDS = 20;

export function startTrainer(onEvent: (event: TrainerEvent) => void, createWorker: () => TrainerWorker = createTrainerWorker): TrainerLink {
  let current: { readonly worker: TrainerWorker; readonly silence: ReturnType<typeof setTimeout> } | null = null;

  const stop = () => {
    if (current === null) return;
    const { worker, silence } = current;
    clearTimeout(silence);
    worker.onmessage = worker.onerror = worker.onmessageerror = null;
    worker.terminate();
    current = null;
  };
  const fail = (failure: Failure) => {
    stop(); // what it might still say would contradict its failure
    onEvent({ type: "failed", runId: null, failure });
  };
  const start = () => {
    stop();
    let worker: TrainerWorker;
    try {
      worker = createWorker();
    } catch (error) {
      return fail({ kind: "worker-crashed", message: error instanceof Error ? error.message : String(error) });
    }
    const silence = setTimeout(() => fail({ kind: "worker-silent", seconds: SILENCE_SECONDS }), SILENCE_SECONDS * 1_000);
    worker.onmessage = ({ data }: MessageEvent<TrainerEvent>) => {
      if (data.type === "hello") clearTimeout(silence);
      onEvent(data);
    };
    // A worker whose code cannot be loaded sends an event without a message.
    worker.onerror = ({ message }) => fail({ kind: "worker-crashed", message: message || "the training worker could not be loaded" });
    worker.onmessageerror = () => fail({ kind: "worker-crashed", message: "the training worker sent something unreadable" });
    current = { worker, silence };
  };

  start();
  return {
    send(command) {
      if (current === null && command.type === "prepare") start();
      current?.worker.postMessage(command, []); // copied, weights too: the page may want to prepare with them again
    },
    restart: start,
    close: stop,
  };
}

function createTrainerWorker(): Worker {
  return new Worker(new URL("../worker/trainer.worker.ts", import.meta.url), { type: "module", name: "trainer" });
}
