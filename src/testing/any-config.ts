/** Configs without issues at random, convolutions and all, for properties. Imported by tests only. */
import * as fc from "fast-check";
import { DATASETS, DATASET_IDS, isPointCloud, type DatasetId, type ImageShape } from "../protocol/datasets";
import {
  ACTIVATIONS,
  BETA_SCHEDULES,
  CORRUPTIONS,
  GAN_LOSSES,
  HEAD_ACTIVATIONS,
  INITIALISERS,
  KERNEL_SIZES,
  KL_MODES,
  MISTAKES,
  OPTIMISERS,
  OUTPUT_ACTIVATIONS,
  RANGES,
  STRIDES,
  type ConvLayer,
  type DenseLayer,
  type HiddenLayer,
  type RunConfig,
} from "../protocol/run-config";

const activation = fc.constantFrom(...ACTIVATIONS);
/** Most are narrow, so that a failure is found small. */
const width = (max: number) => fc.oneof(fc.integer({ min: 1, max: Math.min(max, 40) }), fc.integer({ min: 1, max }));
const denseLayer: fc.Arbitrary<DenseLayer> = fc.record({ units: width(RANGES.units.max), activation });
const convLayer: fc.Arbitrary<ConvLayer> = fc.record({
  filters: width(RANGES.filters.max),
  kernel: fc.constantFrom(...KERNEL_SIZES),
  stride: fc.constantFrom(...STRIDES),
  activation,
});

const denseOnes = (max: number) => fc.array(denseLayer, { maxLength: max });
const convs = (max: number) => fc.array(convLayer, { maxLength: max });

const encoder: fc.Arbitrary<HiddenLayer[]> = convs(RANGES.layers.max).chain((first) =>
  denseOnes(RANGES.layers.max - first.length).map((rest) => [...first, ...rest]),
);

function decoder({ height, width: across }: ImageShape): fc.Arbitrary<HiddenLayer[]> {
  return convs(RANGES.layers.max - 1).chain((last): fc.Arbitrary<HiddenLayer[]> => {
    if (last.length === 0) return denseOnes(RANGES.layers.max);
    const scale = last.reduce((product, { stride }) => product * stride, 1);
    const fits = height % scale === 0 && across % scale === 0;
    const enlarged = fits ? last : last.map((layer) => ({ ...layer, stride: 1 as const }));
    const positions = fits ? (height / scale) * (across / scale) : height * across;
    const channels = width(Math.floor(RANGES.units.max / positions));
    const grid = fc.tuple(channels, activation).map(([count, kind]): DenseLayer => ({ units: positions * count, activation: kind }));
    return fc.tuple(denseOnes(RANGES.layers.max - 1 - last.length), grid).map(([first, laidOut]) => [...first, laidOut, ...enlarged]);
  });
}

const crossEntropies = fc.record({
  reconstruction: fc.constantFrom("bce" as const, "bernoulli" as const),
  outputActivation: fc.constant("sigmoid" as const),
});
const squares = fc.record({
  reconstruction: fc.constantFrom("mse" as const, "gaussian" as const),
  outputActivation: fc.constantFrom(...OUTPUT_ACTIVATIONS),
});
const loss = (data: DatasetId) => (isPointCloud(data) ? squares : fc.oneof(crossEntropies, squares));

/** What only one model has. */
const family = fc.oneof(
  fc.record({ model: fc.constant("ae" as const), conditional: fc.boolean(), mistake: fc.constantFrom(...MISTAKES) }),
  fc.record({ model: fc.constant("vae" as const), conditional: fc.boolean(), mistake: fc.constant("none" as const) }),
  fc.record({ model: fc.constant("gan" as const), conditional: fc.constant(false), mistake: fc.constant("none" as const) }),
);

const real = (range: { readonly min: number; readonly max: number }) => fc.double({ ...range, noNaN: true });

/** Choices that go with every model, whether or not it reads them. */
const options = fc.record({
  headActivation: fc.constantFrom(...HEAD_ACTIVATIONS),
  sigma: real(RANGES.sigma),
  corruption: fc.constantFrom(...CORRUPTIONS),
  corruptionLevel: real(RANGES.corruptionLevel),
  beta: real(RANGES.beta),
  betaSchedule: fc.constantFrom(...BETA_SCHEDULES),
  scheduleSteps: fc.integer(RANGES.scheduleSteps),
  klMode: fc.constantFrom(...KL_MODES),
  freeBits: real(RANGES.freeBits),
  capacity: real(RANGES.capacity),
  ganLoss: fc.constantFrom(...GAN_LOSSES),
  discriminatorSteps: fc.integer(RANGES.discriminatorSteps),
  discriminatorRate: real(RANGES.discriminatorRate),
  labelSmoothing: real(RANGES.labelSmoothing),
  instanceNoise: real(RANGES.instanceNoise),
  optimiser: fc.constantFrom(...OPTIMISERS),
  learningRate: real(RANGES.learningRate),
  momentum: real(RANGES.momentum),
  adamBeta1: real(RANGES.adamBeta1),
  initialiser: fc.constantFrom(...INITIALISERS),
  seed: fc.integer(RANGES.seed),
});

/** Every number in its range, every choice, every depth. */
export const anyConfig: fc.Arbitrary<RunConfig> = fc.constantFrom(...DATASET_IDS).chain((data) => {
  const { image, trainMax } = DATASETS[data];
  const isPoints = isPointCloud(data);
  return fc.integer({ min: RANGES.batchSize.min, max: Math.min(RANGES.batchSize.max, trainMax) }).chain((batchSize) =>
    fc
      .tuple(
        fc.record({
          trainSize: fc.integer({ min: batchSize, max: trainMax }),
          encoder: isPoints ? denseOnes(RANGES.layers.max) : encoder,
          latentDim: fc.integer(RANGES.latentDim),
          decoder: isPoints ? denseOnes(RANGES.layers.max) : decoder(image),
        }),
        loss(data),
        family,
        options,
      )
      .map(([shape, likelihood, kind, chosen]) => ({ data, batchSize, ...shape, ...likelihood, ...kind, ...chosen })),
  );
});
