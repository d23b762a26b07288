/** The single way to a trainer: which engine a wish gets on the backend that is open. */
import type { BackendReport } from "../protocol/messages";
import type { EngineName } from "../protocol/run-config";
import type { OpenBackend } from "./backend";
import { createTfjsTrainer } from "./tfjs-trainer";
import type { Trainer, TrainerInputs } from "./trainer";

/** `auto` and `tfjs` give TensorFlow.js; so does `compiled` as long as there is no other, and `reportBackend` says so. */
// oxlint-disable-next-line typescript/require-await -- a compiled trainer waits for its pipelines
export async function createTrainer(inputs: TrainerInputs, opened: OpenBackend, _wish: "auto" | EngineName): Promise<Trainer> {
  return createTfjsTrainer(inputs, opened.backend);
}

/** What the page shows of how a run is carried out. */
export function reportBackend(opened: OpenBackend, trainer: Trainer, wish: "auto" | EngineName): BackendReport {
  const { backend, adapter, skipped } = opened;
  const refused = wish === "auto" || wish === trainer.engine;
  const note = { backend, failure: { kind: "backend-unavailable", backend, message: `engine ${wish}: not built` } } as const;
  return { backend, engine: trainer.engine, adapter, skipped: refused ? skipped : [...skipped, note] };
}
