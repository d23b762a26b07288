/** Compiled trainers for tests: on a device at WebGPU's floor of limits, whose buffers are counted. */
import { createCompiledTrainer } from "../engine/compiled/compiled-trainer";
import { DEFAULT_TUNING, type Tuning } from "../engine/compiled/tuning-choice";
import type { Trainer, TrainerInputs } from "../engine/trainer";
import { initialWeights } from "../model/initial-weights";
import { describeNetwork } from "../model/network";
import type { ImageShape } from "../protocol/datasets";
import { DEFAULT_CONFIG, type HiddenLayer, type RunConfig } from "../protocol/run-config";
import { openTestDevice } from "./gpu-bench";

export class CompiledBench {
  readonly device: GPUDevice;
  readonly #alive = new Set<GPUBuffer>();

  static async open(): Promise<CompiledBench> {
    return new CompiledBench(await openTestDevice());
  }

  private constructor(device: GPUDevice) {
    this.device = device;
    const create = device.createBuffer.bind(device);
    device.createBuffer = (descriptor) => {
      const buffer = create(descriptor);
      this.#alive.add(buffer);
      const destroy = buffer.destroy.bind(buffer);
      buffer.destroy = () => {
        this.#alive.delete(buffer);
        destroy();
      };
      return buffer;
    };
  }

  /** Buffers that were made and not destroyed. */
  alive(): number {
    return this.#alive.size;
  }

  make(inputs: TrainerInputs, tuning: Tuning = DEFAULT_TUNING): Promise<Trainer> {
    return createCompiledTrainer(inputs, { device: this.device, tuning });
  }
}

/** As a config, or as a constant that is fixed to the letter. */
export type Changes = Omit<Partial<RunConfig>, "encoder" | "decoder"> & {
  readonly encoder?: readonly HiddenLayer[];
  readonly decoder?: readonly HiddenLayer[];
};

/** A run on made-up pictures with labels of ten classes, two batches and an image left over. */
export function smallRun(
  { encoder = DEFAULT_CONFIG.encoder, decoder = DEFAULT_CONFIG.decoder, ...changes }: Changes,
  image: ImageShape,
): TrainerInputs {
  const size = { trainSize: 7, batchSize: 3, latentDim: 3, beta: 0.8 };
  const config: RunConfig = { ...DEFAULT_CONFIG, ...size, ...changes, encoder: [...encoder], decoder: [...decoder] };
  const network = describeNetwork(config, image);
  const weights = initialWeights(network, config.initialiser, config.seed);
  const pixels = Uint8Array.from({ length: config.trainSize * network.pixels }, (_, i) => (i * 151 + (i % 13) * 17) % 256);
  const labels = Uint8Array.from({ length: config.trainSize }, (_, i) => (i * 7 + 2) % 10);
  return { config, network, weights, training: { pixels, labels } };
}
