/**
 * The file of a recorded run: a safetensors file with the weights in half precision and
 * in the page's own layout, what the encoder makes of the first held-out images, the
 * curves, and what was measured of the rounding.
 *
 * Packs and unpacks; trains nothing and fetches nothing. What is read is checked against the network of the recording's config.
 */
import { formatSafetensors, parseSafetensors, type SafetensorsFile, type TensorToWrite } from "../lib/safetensors";
import type { Network } from "../model/network";
import { lossTermsOf, type LossTerm } from "../protocol/loss-terms";
import type { AdversarialSnapshot, Bytes, Evaluation, Floats, LossColumns, WeightTable } from "../protocol/messages";
import type { RunConfig } from "../protocol/run-config";

/** What the script writes and the page reads. */
export interface RecordedFile {
  /** Of the config, as a query (`protocol/address`). */
  readonly address: string;
  readonly step: number;
  readonly epochs: number;
  readonly weights: WeightTable;
  /** Held-out images with posteriors, the first so many; of a GAN those with scores. */
  readonly images: number;
  /** By the rounded weights, `[images, latentDim]`; empty in a GAN. */
  readonly posteriorMean: Floats;
  /** `[images, latentDim]`; null in an autoencoder and in a GAN. */
  readonly posteriorLogVar: Floats | null;
  /** By the rounded weights; null in every other family. */
  readonly adversarial: AdversarialSnapshot | null;
  readonly losses: LossColumns;
  readonly evaluations: readonly Evaluation[];
  /** `survey/recorded-loss` with the weights as they were trained and as they are here, over the first so many held-out images. */
  readonly rounding: { readonly images: number; readonly single: number; readonly half: number };
}

export function packRecorded(network: Network, file: RecordedFile): Uint8Array<ArrayBuffer> {
  const { address, step, epochs, weights, images, posteriorMean, posteriorLogVar, adversarial, losses, evaluations, rounding } = file;
  const tensors = new Map<string, TensorToWrite>();
  for (const { name, shape } of network.parameters) tensors.set(`weights/${name}`, { shape, values: weights[name]!, isHalf: true });
  const codes = { shape: [images, network.latentDim], isHalf: true };
  if (posteriorMean.length > 0) tensors.set("posterior/mean", { ...codes, values: posteriorMean });
  if (posteriorLogVar !== null) tensors.set("posterior/logVar", { ...codes, values: posteriorLogVar });
  for (const [column, values] of Object.entries(losses)) tensors.set(`losses/${column}`, column1d(Float32Array.from(values)));
  if (adversarial !== null) {
    const { draws, drawClasses, fakeScores, realScores } = adversarial;
    tensors.set("adversarial/draws", column1d(draws)); // whole: they are the very draws that a run goes on with
    tensors.set("adversarial/fakeScores", column1d(fakeScores));
    tensors.set("adversarial/realScores", column1d(realScores));
    if (drawClasses !== null) tensors.set("adversarial/drawClasses", column1d(Float32Array.from(drawClasses)));
  }
  const accuracy = adversarial?.classifierAccuracy ?? null;
  const about = { step, epochs, images, evaluations, rounding, accuracy };
  return formatSafetensors(tensors, { address, about: JSON.stringify(about) });
}

function column1d(values: Floats): TensorToWrite {
  return { shape: [values.length], values };
}

/**
 * @param network of `config`
 * @throws SafetensorsError when the bytes are no such file, RangeError when it holds another model
 */
export function unpackRecorded(bytes: Uint8Array, config: RunConfig, network: Network): RecordedFile {
  const file = parseSafetensors(bytes);
  const { address = "", about = "null" } = file.metadata;
  const { step, epochs, images, evaluations, rounding, accuracy } = (JSON.parse(about) ?? {}) as Partial<About>;
  if (!isCount(step) || !isCount(epochs) || !isCount(images) || !Array.isArray(evaluations) || rounding === undefined) {
    throw new RangeError("unpackRecorded: the file does not say what it is a recording of");
  }
  const codes = images * network.latentDim;
  const isGan = network.kind === "adversarial";
  return {
    address,
    step,
    epochs,
    images,
    weights: Object.fromEntries(network.parameters.map(({ name, size }) => [name, tensorOf(file, `weights/${name}`, size)])),
    posteriorMean: isGan ? new Float32Array(0) : tensorOf(file, "posterior/mean", codes),
    posteriorLogVar: network.logVar === null ? null : tensorOf(file, "posterior/logVar", codes),
    adversarial: isGan ? adversarialOf(file, network.latentDim, accuracy ?? null) : null,
    losses: lossesOf(file, lossTermsOf(config)),
    evaluations,
    rounding,
  };
}

type About = Pick<RecordedFile, "step" | "epochs" | "images" | "evaluations" | "rounding"> & { readonly accuracy: number | null };

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** @param size wanted; any when left out */
function tensorOf({ tensors }: SafetensorsFile, name: string, size?: number): Floats {
  const values = tensors.get(name)?.values;
  if (values === undefined || (size !== undefined && values.length !== size)) {
    throw new RangeError(`unpackRecorded: ${name} holds ${values?.length ?? "no"} numbers, ${size ?? "some"} are wanted`);
  }
  if (!values.every(Number.isFinite)) throw new RangeError(`unpackRecorded: ${name} holds a number that is not finite`);
  return values;
}

function lossesOf(file: SafetensorsFile, terms: readonly LossTerm[]): LossColumns {
  const step = Uint32Array.from(tensorOf(file, "losses/step"));
  return { step, ...Object.fromEntries(terms.map((term) => [term, tensorOf(file, `losses/${term}`, step.length)])) };
}

function adversarialOf(file: SafetensorsFile, latentDim: number, classifierAccuracy: number | null): AdversarialSnapshot {
  const draws = tensorOf(file, "adversarial/draws");
  const count = draws.length / latentDim;
  const classes = file.tensors.has("adversarial/drawClasses") ? tensorOf(file, "adversarial/drawClasses", count) : null;
  const drawClasses: Bytes | null = classes === null ? null : Uint8Array.from(classes);
  const fakeScores = tensorOf(file, "adversarial/fakeScores", count);
  return { draws, drawClasses, classifierAccuracy, fakeScores, realScores: tensorOf(file, "adversarial/realScores") };
}
