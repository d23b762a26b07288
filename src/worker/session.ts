/**
 * The worker's side of the protocol: takes commands, keeps the run they belong to, and
 * keeps from run to run what is dear: the backend, the data set, the checkpoints.
 *
 * There is one run at a time. A command of another run is dropped, and so is whatever
 * an ended run still has to say.
 */
import { transferablesOf, type Command, type TrainerEvent } from "../protocol/messages";
import type { DatasetId } from "../protocol/datasets";
import { BackendShelf } from "./backend-shelf";
import { checkpointKey } from "./checkpoint-format";
import { CheckpointShelf } from "./checkpoint-shelf";
import { failureOf } from "./failure-of";
import type { SessionPorts } from "./ports";
import type { PrepareCommand } from "./prepare-run";
import { Run } from "./run";

export type PostEvent = (event: TrainerEvent, transfer: Transferable[]) => void;

export class Session {
  readonly #ports: SessionPorts;
  readonly #send: PostEvent;
  readonly #backends: BackendShelf;
  readonly #checkpoints: CheckpointShelf;
  #run: Run | null = null;
  #formerKey: string | null = null;
  #chosen: { readonly data: DatasetId; readonly indices: readonly number[] } | null = null;

  constructor(ports: SessionPorts, send: PostEvent) {
    this.#ports = ports;
    this.#send = send;
    this.#backends = new BackendShelf(ports.openBackend);
    this.#checkpoints = new CheckpointShelf(ports.storage, (failure) => this.#run?.notice(failure));
  }

  open(): void {
    this.#post({ type: "hello" });
  }

  receive(command: Command): void {
    try {
      if (command.type === "prepare") this.#prepare(command);
      else if (command.runId === this.#run?.id) this.#run.receive(command);
    } catch (error) {
      this.#post({ type: "failed", runId: command.runId, failure: failureOf(error) });
    }
  }

  /** An error that nobody caught. */
  crash(error: unknown): void {
    if (this.#run === null) this.#post({ type: "failed", runId: null, failure: failureOf(error) });
    else this.#run.interrupt(error);
  }

  /** Ends the run and lets the backend go. */
  async close(): Promise<void> {
    this.#run?.end();
    await this.#run?.done;
    this.#run = null;
    this.#backends.close();
  }

  #prepare(command: PrepareCommand): void {
    const { data } = command.config;
    const former = this.#run;
    former?.end();
    this.#run = new Run(
      command,
      {
        ports: this.#ports,
        backends: this.#backends,
        checkpoints: this.#checkpoints,
        post: (event) => this.#post(event),
        formerKey: this.#formerKey,
        chosen: this.#chosen?.data === data ? this.#chosen.indices : [],
        onChosen: (indices) => {
          this.#chosen = { data, indices };
        },
      },
      former?.done ?? Promise.resolve(),
    );
    this.#formerKey = checkpointKey(command.config);
  }

  #post(event: TrainerEvent): void {
    this.#send(event, transferablesOf(event));
  }
}
