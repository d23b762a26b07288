/**
 * The single way to a trainer: which engine a wish gets on the backend that is open,
 * and in words why it is not the compiled one where it is not.
 */
import { binarise, corrupt, isBinarised, isCorrupted } from "../model/corruption";
import { decode, encode } from "../model/forward";
import { layersOf, type Network } from "../model/network";
import { FailureError } from "../protocol/failure";
import type { BackendReport, Bytes, EngineNote } from "../protocol/messages";
import type { BackendName, EngineName } from "../protocol/run-config";
import type { OpenBackend } from "./backend";
import { compiledRefusal } from "./capability";
import type { AnyTrainer, Trainer, TrainerInputs } from "./trainer";

type Wish = "auto" | EngineName;

/** Parts of the trainer that are ready, of how many. */
type OnProgress = (done: number, total: number) => void;

export interface BuiltTrainer {
  readonly trainer: AnyTrainer;
  /** What the page shows of how a run is carried out. */
  readonly report: BackendReport;
}

/**
 * `auto` and `compiled` give the compiled trainer wherever it can run and TensorFlow.js elsewhere, with the reason in the report;
 * `tfjs` gives TensorFlow.js.
 *
 * @throws FailureError when neither runs here
 */
export async function buildTrainer(
  inputs: TrainerInputs,
  opened: OpenBackend,
  wish: Wish,
  onProgress: OnProgress = () => {},
): Promise<BuiltTrainer> {
  const { backend, adapter, skipped } = opened;
  const compiled = wish === "tfjs" ? null : await tryCompiled(inputs, opened, onProgress);
  if (compiled !== null && "trainer" in compiled) {
    const { trainer } = compiled;
    const enginePlan = trainer.submits === undefined ? null : { dispatches: trainer.submits.dispatchesPerStep };
    return { trainer, report: { backend, engine: "compiled", adapter, skipped, engineNote: null, enginePlan } };
  }
  await opened.tensorflow();
  const trainer = await onTensorflow(inputs, backend);
  return { trainer, report: { backend, engine: "tfjs", adapter, skipped, engineNote: compiled } };
}

async function onTensorflow(inputs: TrainerInputs, backend: BackendName): Promise<AnyTrainer> {
  if (inputs.config.model === "gan") return (await import("./gan-trainer")).createGanTrainer(inputs, backend);
  return (await import("./tfjs-trainer")).createTfjsTrainer(inputs, backend);
}

/** As `buildTrainer`, of an autoencoder, without its report. @throws RangeError for a GAN */
export async function createTrainer(inputs: TrainerInputs, opened: OpenBackend, wish: Wish): Promise<Trainer> {
  const { trainer } = await buildTrainer(inputs, opened, wish);
  if (trainer.kind === "autoencoder") return trainer;
  trainer.dispose();
  throw new RangeError("createTrainer: a GAN is no autoencoder; buildTrainer makes either");
}

async function tryCompiled(
  inputs: TrainerInputs,
  opened: OpenBackend,
  onProgress: OnProgress,
): Promise<EngineNote | { readonly trainer: Trainer }> {
  const feature = compiledRefusal(inputs.config);
  if (feature !== null) return { ...refusal("not-compilable", ""), feature };
  if (opened.compiled === undefined) return refusal("not-webgpu", "");
  let engine;
  try {
    engine = await opened.compiled();
  } catch (error) {
    return refusal(error instanceof FailureError ? "self-test-failed" : "build-failed", messageOf(error));
  }
  const [{ createCompiledTrainer }, { NotCompilable }] = await Promise.all([
    import("./compiled/compiled-trainer"),
    import("./compiled/plan"),
  ]);
  try {
    if (hasConvolutions(inputs.network)) await engine.proveConvolutions();
    const trainer = await createCompiledTrainer(inputs, { ...engine, onProgress });
    const fault = await forwardFault(trainer, inputs).catch((error: unknown) => {
      trainer.dispose();
      throw error;
    });
    if (fault === null) return { trainer };
    trainer.dispose();
    return refusal("self-test-failed", fault);
  } catch (error) {
    if (error instanceof FailureError) return refusal("self-test-failed", messageOf(error));
    return refusal(error instanceof NotCompilable ? "not-compilable" : "build-failed", messageOf(error));
  }
}

function hasConvolutions(network: Network): boolean {
  return layersOf(network).some(({ kind }) => kind !== "dense");
}

function refusal(reason: EngineNote["reason"], detail: string): EngineNote {
  return { engine: "compiled", reason, detail };
}

function messageOf(error: unknown): string {
  if (error instanceof FailureError && "message" in error.failure) return error.failure.message;
  return error instanceof Error ? error.message : String(error);
}

/** float32 through deep networks and a driver's own exp stays within this of pixels in [0, 1]; a broken kernel does not. */
const PIXEL_TOLERANCE = 1e-2;

/**
 * The self-test ran another, small network: this one's kernels have sizes of their own. One picture through all of them,
 * beside the plain forward pass. @returns what is wrong, null when nothing is
 */
async function forwardFault(trainer: Trainer, { config, network, weights }: TrainerInputs): Promise<string | null> {
  const { pixels } = network;
  const image: Bytes = Uint8Array.from({ length: pixels }, (_, i) => (i * 89) % 256);
  const labels: Bytes = Uint8Array.of(1);
  const { pixels: found } = await trainer.reconstruct({ pixels: image, count: 1, labels });
  const x = Float32Array.from(image, (byte) => byte / 255);
  const draws = { purpose: "evaluation", block: 0, first: 0 } as const;
  if (isBinarised(config)) binarise(config.seed, draws, x);
  if (isCorrupted(config)) corrupt(config, draws, x);
  const wanted = decode(network, weights, encode(network, weights, x, 1, labels).mean, 1, labels);
  const worst = wanted.reduce((most, value, i) => Math.max(most, Math.abs(value - found[i]!)), 0);
  const range = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  return worst <= PIXEL_TOLERANCE * range ? null : `a pixel is off by ${worst}`;
}
