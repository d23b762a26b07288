/** Configs without issues at random, convolutions and all, for properties. Imported by tests only. */
import * as fc from "fast-check";
import { DATASETS, DATASET_IDS, type ImageShape } from "../protocol/datasets";
import {
  ACTIVATIONS,
  INITIALISERS,
  KERNEL_SIZES,
  MODELS,
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

const loss = fc.oneof(
  fc.record({ reconstruction: fc.constant("bce" as const), outputActivation: fc.constant("sigmoid" as const) }),
  fc.record({ reconstruction: fc.constant("mse" as const), outputActivation: fc.constantFrom(...OUTPUT_ACTIVATIONS) }),
);

/** Every number in its range, every choice, every depth. */
export const anyConfig: fc.Arbitrary<RunConfig> = fc
  .tuple(fc.constantFrom(...DATASET_IDS), fc.integer(RANGES.batchSize), loss)
  .chain(([data, batchSize, terms]) => {
    const { image, trainMax } = DATASETS[data];
    return fc.record({
      data: fc.constant(data),
      trainSize: fc.integer({ min: batchSize, max: trainMax }),
      model: fc.constantFrom(...MODELS),
      encoder,
      latentDim: fc.integer(RANGES.latentDim),
      decoder: decoder(image),
      outputActivation: fc.constant(terms.outputActivation),
      reconstruction: fc.constant(terms.reconstruction),
      beta: fc.double({ ...RANGES.beta, noNaN: true }),
      optimiser: fc.constantFrom(...OPTIMISERS),
      learningRate: fc.double({ ...RANGES.learningRate, noNaN: true }),
      momentum: fc.double({ ...RANGES.momentum, noNaN: true }),
      batchSize: fc.constant(batchSize),
      initialiser: fc.constantFrom(...INITIALISERS),
      seed: fc.integer(RANGES.seed),
    });
  });
