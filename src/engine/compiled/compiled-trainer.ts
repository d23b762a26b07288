/**
 * The trainer over a compiled plan: the whole optimiser step as one fixed list of
 * dispatches on raw WebGPU, many steps a submit, nothing read back that nobody asked for.
 *
 * Same contract and, up to rounding, same curve as `tfjs-trainer`, which judges it.
 */
import { imagesNeeded } from "../../model/batch-order";
import type { Network } from "../../model/network";
import { betaAt, capacityAt } from "../../model/schedule";
import { lossTermsOf } from "../../protocol/loss-terms";
import type { Bytes, Evaluation, Floats, LossColumns, WeightTable } from "../../protocol/messages";
import type { RunConfig } from "../../protocol/run-config";
import { meanOf } from "../mean";
import { penaltyOf } from "../penalty";
import type { Checkpoint, Images, Posterior, Reconstructions, Trainer, TrainerInputs } from "../trainer";
import { ParameterStore } from "./compiled-trainer-parameters";
import { Passes } from "./compiled-trainer-passes";
import { createExecutor, type Executor } from "./executor";
import { GpuTimer } from "./gpu-timer";
import { ImageStore, LABEL_BYTES } from "./image-store";
import { METRICS_BYTES, RING } from "./kernels/finish";
import { rateBytes, RATES_OFFSET, stateBytes } from "./kernels/state";
import { makePlan } from "./make-plan";
import { MetricsRing } from "./metrics-ring";
import type { CompiledPlan } from "./plan";
import { ReadBack } from "./read-back";
import { SubmitPacer } from "./submit-pacer";
import type { Tuning } from "./tuning-choice";

export interface CompiledTrainerOptions {
  /** May be shared; stays the caller's. */
  readonly device: GPUDevice;
  readonly tuning: Tuning;
  /** Kernels that are ready, of how many, and the warm-up. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Compiles, runs everything once, and waits for that, so that the first step asked for is as quick as any.
 *
 * @throws NotCompilable when the config has no plan on this device, Error with the driver's words when it refuses
 */
export async function createCompiledTrainer(
  inputs: TrainerInputs,
  { device, tuning, onProgress = () => {} }: CompiledTrainerOptions,
): Promise<Trainer> {
  const { config, network, weights } = inputs;
  const plan = makePlan({ config, network, limits: device.limits, tuning });
  let kernels = 0;
  const executor = await createExecutor(plan, device, {
    onProgress: (done, total) => {
      kernels = total;
      onProgress(done, total + 1);
    },
  });
  const trainer = new CompiledTrainer(inputs, plan, device, executor);
  try {
    await trainer.warmUp(weights);
  } catch (error) {
    trainer.dispose();
    throw error;
  }
  onProgress(kernels + 1, kernels + 1);
  return trainer;
}

const now = () => performance.now();

class CompiledTrainer implements Trainer {
  readonly kind = "autoencoder";
  readonly engine = "compiled";
  readonly backend = "webgpu";
  readonly network: Network;
  readonly submits: SubmitPacer;
  readonly #config: RunConfig;
  readonly #device: GPUDevice;
  readonly #executor: Executor;
  readonly #readBack: ReadBack;
  readonly #images: ImageStore;
  /** Of a conditional network. */
  readonly #labels: ImageStore | null;
  readonly #parameters: ParameterStore;
  readonly #passes: Passes;
  readonly #metrics: MetricsRing;
  readonly #timer: GpuTimer | null;
  #step = 0;
  #learningRate: number;
  #beta: number;
  #isDisposed = false;

  constructor({ config, network, training }: TrainerInputs, plan: CompiledPlan, device: GPUDevice, executor: Executor) {
    this.network = network;
    this.#config = config;
    this.#device = device;
    this.#executor = executor;
    this.#learningRate = config.learningRate;
    this.#beta = config.beta;
    this.#readBack = new ReadBack(device);
    this.#images = new ImageStore(device.queue, executor.buffer("images"), training.pixels, network.pixels, plan.imageBytes);
    const labels = () => training.labels ?? new Uint8Array(config.trainSize);
    this.#labels = network.classes === 0 ? null : new ImageStore(device.queue, executor.buffer("labels"), labels(), 1, LABEL_BYTES);
    this.#parameters = new ParameterStore(plan, network, device, executor, this.#readBack);
    this.#passes = new Passes(plan, network, config.seed, device, executor, this.#readBack);
    this.#metrics = new MetricsRing(
      device,
      this.#readBack,
      executor.buffer("metrics"),
      { steps: RING, bytes: METRICS_BYTES },
      lossTermsOf(config),
    );
    this.submits = new SubmitPacer(executor.dispatchesOf("training"), now);
    this.#timer = GpuTimer.create(device, this.#readBack, now, (steps, gpuMs) => this.submits.timed(steps, gpuMs));
  }

  get step(): number {
    return this.#step;
  }

  get learningRate(): number {
    return this.#learningRate;
  }

  get beta(): number {
    return this.#beta;
  }

  /** Everything once, on parameters of 0; then the run's own beginning is written over what that left. */
  async warmUp(weights: WeightTable): Promise<void> {
    this.#writeState();
    this.#submit(1, "unmeasured");
    this.#passes.warmUp();
    this.#parameters.write(weights, null);
    this.#writeState();
    await this.#device.queue.onSubmittedWorkDone();
    await this.#readBack.read([{ buffer: this.#executor.buffer("state"), bytes: 4 }], () => {}); // rejects where the device is gone
  }

  train(steps: number): void {
    this.#requireUse();
    if (steps <= 0) return;
    const images = imagesNeeded(this.#config, this.#step + steps - 1);
    this.#images.require(images);
    this.#labels?.require(images);
    for (let left = steps; left > 0;) {
      const atOnce = Math.min(left, this.submits.stepsPerSubmit, RING);
      this.#metrics.reserve(atOnce);
      this.#submit(atOnce, "measured");
      this.#metrics.add(Array.from({ length: atOnce }, (_, i) => this.#betaOf(this.#step + i + 1)));
      this.#step += atOnce;
      left -= atOnce;
    }
  }

  /** All steps in one pass: WebGPU runs its dispatches in order, each seeing what the ones before it wrote. */
  #submit(steps: number, pace: "measured" | "unmeasured"): void {
    const { queue } = this.#device;
    const isMeasured = pace === "measured";
    const encoder = this.#device.createCommandEncoder();
    const timestampWrites = (isMeasured && this.#timer?.begin()) || undefined;
    const pass = encoder.beginComputePass(timestampWrites && { timestampWrites });
    for (let i = 0; i < steps; i++) this.#executor.record(pass, "training", this.#config.batchSize);
    pass.end();
    const readTimer = timestampWrites && this.#timer!.end(encoder, steps);
    queue.submit([encoder.finish()]);
    if (isMeasured) this.submits.submitted(steps, queue.onSubmittedWorkDone());
    readTimer?.();
  }

  readLosses(): Promise<LossColumns> {
    return this.#reading(() => this.#metrics.take());
  }

  tune({ learningRate, beta }: { readonly learningRate?: number; readonly beta?: number }): void {
    this.#requireUse();
    this.#learningRate = learningRate ?? this.#learningRate;
    this.#beta = beta ?? this.#beta;
    this.#device.queue.writeBuffer(this.#executor.buffer("state"), RATES_OFFSET, rateBytes(this));
  }

  encode(images: Images): Promise<Posterior> {
    return this.#reading(() => this.#passes.encode(images));
  }

  decode(z: Floats, count: number, labels?: Bytes): Promise<Floats> {
    return this.#reading(() => this.#passes.decode(z, count, labels));
  }

  reconstruct(images: Images): Promise<Reconstructions> {
    return this.#reading(() => this.#passes.reconstruct(images));
  }

  judge(images: Images, z: Floats): Promise<Floats> {
    return this.#reading(() => this.#passes.judge(images, z));
  }

  evaluate(images: Images): Promise<Evaluation> {
    const { step } = this;
    const { count } = images;
    const config = this.#config;
    const beta = this.#betaOf(step + 1);
    const capacity = capacityAt(config, step + 1);
    return this.#reading(async () => {
      const { losses, kls, klPerDimension } = await this.#passes.evaluate(images);
      const reconstruction = meanOf(losses);
      const kl = klPerDimension === null ? meanOf(kls) : klPerDimension.reduce((sum, value) => sum + value, 0);
      const penalty = klPerDimension === null ? kl : penaltyOf(config, klPerDimension, capacity);
      return {
        step,
        images: count,
        reconstruction,
        kl,
        ...(klPerDimension !== null && { penalty }),
        objective: reconstruction + beta * penalty,
        elbo: -(config.model === "vae" ? reconstruction + kl : reconstruction),
      };
    });
  }

  exportWeights(): Promise<WeightTable> {
    return this.#reading(() => this.#parameters.readWeights());
  }

  exportCheckpoint(): Promise<Checkpoint> {
    const { step, learningRate, beta } = this;
    return this.#reading(async () => ({ step, learningRate, beta, ...(await this.#parameters.readAll()) }));
  }

  importCheckpoint({ step, learningRate, beta, weights, slots }: Checkpoint): void {
    this.#requireUse();
    this.#parameters.write(weights, slots);
    this.#step = step;
    this.#learningRate = learningRate;
    this.#beta = beta;
    this.#metrics.restart(step);
    this.#writeState();
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.submits.end();
    this.#timer?.dispose();
    this.#readBack.dispose();
    this.#executor.dispose();
  }

  #writeState(): void {
    this.#device.queue.writeBuffer(
      this.#executor.buffer("state"),
      0,
      stateBytes({ ...this.#rates, step: this.#step, seed: this.#config.seed }),
    );
  }

  /** Of the update that makes step `step`, counted from 1. */
  #betaOf(step: number): number {
    return betaAt(this.#config, this.#beta, step);
  }

  get #rates() {
    return { learningRate: this.#learningRate, beta: this.#beta };
  }

  /** Work that is queued before the call returns and read later. A rejection that nobody waits for is no error of the page. */
  #reading<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#isDisposed ? Promise.reject(disposedError()) : work();
    result.catch(() => {});
    return result;
  }

  #requireUse(): void {
    if (this.#isDisposed) throw disposedError();
  }
}

function disposedError(): Error {
  return new Error("CompiledTrainer: it was disposed of");
}
