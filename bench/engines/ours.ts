/** The project's own trainers, through the same doors as the worker's. */
import { openBackend } from "../../src/engine/backend";
import { buildTrainer } from "../../src/engine/create-trainer";
import { initialWeights } from "../../src/model/initial-weights";
import type { EngineName } from "../../src/protocol/run-config";
import type { AnyTrainer } from "../../src/engine/trainer";
import { benchImages, type MakePeer } from "./peer";

export function ours(engine: EngineName): MakePeer {
  return async (backend, config, network) => {
    const opened = await openBackend(backend, { engine });
    const training = { pixels: benchImages(config.trainSize, network.pixels) };
    const inputs = { config, network, weights: initialWeights(network, config.initialiser, config.seed), training };
    const { trainer, report } = await buildTrainer(inputs, opened, engine);
    if (trainer.engine !== engine)
      throw new Error(`${engine}: ${report.engineNote?.reason ?? "refused"}: ${report.engineNote?.detail ?? ""}`);
    return {
      step: () => trainer.train(1),
      run: (count) => run(trainer, count),
      settle: async () => (await trainer.readLosses()).objective!.at(-1)!,
      adapter: opened.adapter,
    };
  };
}

/** As the worker's loop does it: what a submit holds at a time, and no more than the GPU has room for. */
export async function run(trainer: AnyTrainer, count: number): Promise<void> {
  const { submits } = trainer;
  const last = trainer.step + count;
  while (trainer.step < last) {
    trainer.train(Math.min(last - trainer.step, submits?.stepsPerSubmit ?? 1));
    // oxlint-disable-next-line no-await-in-loop -- the very thing that is timed
    await submits?.room();
  }
}
