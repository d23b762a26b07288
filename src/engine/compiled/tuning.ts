/**
 * Finds out which kernels a device runs fastest: a first product tells the style, then
 * tile sizes are tried for each product and size, as long as the time lasts.
 *
 * A variant that fails to compile, that the device refuses, or whose results are wrong is left out; every one that is chosen has been
 * proven, for its product and its size.
 * Keeping the outcome from visit to visit is the caller's.
 */
import { DenseTrial, type Trial } from "./tuning-trial";
import {
  DEFAULT_TUNING,
  DENSE_PRODUCTS,
  register,
  SIZE_CLASSES,
  subgroup,
  workgroup,
  type DenseProduct,
  type DenseStyle,
  type DenseVariant,
  type SizeClass,
  type Tuning,
} from "./tuning-choice";

/** Of the kernels and of what is measured; another number makes stored tunings forgotten. */
const KERNELS_VERSION = 2;

/** The likeliest first, styles and tiles: it stays where there is no time to try the others, or the clock can hardly tell. */
type Candidates = Readonly<Partial<Record<DenseStyle, Readonly<Record<SizeClass, readonly DenseVariant[]>>>>>;

/** Tiles for a GPU. Few registers for each invocation, as they are shared among all that are under way. */
const FOR_GPU: Candidates = {
  workgroup: {
    small: [workgroup(4, 4, 4), workgroup(4, 8, 8)],
    medium: [workgroup(4, 8, 8), workgroup(4, 4, 4)],
    large: [workgroup(4, 8, 8), workgroup(4, 16, 16), workgroup(8, 16, 8)],
  },
  registers: {
    small: [register(4, 1, 4, 8), register(4, 1, 8, 8)],
    medium: [register(4, 1, 8, 8), register(8, 1, 8, 4)],
    large: [register(8, 1, 8, 8), register(4, 1, 8, 8)],
  },
};

/**
 * For a processor that stands in for a GPU: large tiles, whose accumulators lie in its first cache. Only the style is raced, as
 * compiling a tile takes it a tenth of a second and more. It is not asked about workgroup memory, as barriers make a product three to
 * ten times slower, and merely compiling one takes it up to a second.
 */
const FOR_SOFTWARE: Candidates = {
  subgroups: { small: [subgroup(16, 1)], medium: [subgroup(32, 1)], large: [subgroup(32, 2)] },
  registers: { small: [register(8, 1, 4, 2)], medium: [register(8, 2, 4, 2)], large: [register(16, 2, 4, 2)] },
};

/** A product of medium size for the first choice; then typical ones of each size, `[rows of the result][columns]` over k. */
const FIRST: Trial = { product: "forward", rows: 64, inputs: 128, units: 256 };
const TRIALS: Readonly<Record<SizeClass, Readonly<Record<DenseProduct, Omit<Trial, "product">>>>> = {
  large: {
    forward: { rows: 128, inputs: 784, units: 400 },
    inputGradient: { rows: 128, inputs: 400, units: 784 },
    weightGradient: { rows: 128, inputs: 784, units: 400 },
  },
  medium: {
    forward: { rows: 128, inputs: 400, units: 128 },
    inputGradient: { rows: 128, inputs: 128, units: 400 },
    weightGradient: { rows: 128, inputs: 400, units: 40 },
  },
  small: {
    forward: { rows: 128, inputs: 400, units: 40 },
    inputGradient: { rows: 128, inputs: 40, units: 400 },
    weightGradient: { rows: 128, inputs: 128, units: 40 },
  },
};

/** Faster by so much as to count: what else a processor does disturbs its clock far more than a GPU's. */
const CLEARLY = { software: 0.75, gpu: 0.95 };

/** No choice is offered after so long; a trial under way, and the proofs that are left, may take a little longer. */
const TIME_MS = 600;

/**
 * @param onProgress trials done, of how many; all at once when time is up
 * @returns `DEFAULT_TUNING` when nothing runs on the device
 */
export async function tune(device: GPUDevice, onProgress: (done: number, total: number) => void = () => {}): Promise<Tuning> {
  const until = performance.now() + TIME_MS;
  const trial = new DenseTrial(device);
  try {
    const candidates = trial.isSoftware ? FOR_SOFTWARE : FOR_GPU;
    const style = await fastestStyle(trial, candidates);
    const tiles = style === null ? undefined : candidates[style];
    if (tiles === undefined) return DEFAULT_TUNING;
    const jobs = SIZE_CLASSES.toReversed().flatMap((size) => DENSE_PRODUCTS.map((product) => ({ size, product })));
    const dense = plainest();
    for (const [i, { size, product }] of jobs.entries()) {
      onProgress(i, jobs.length);
      const shape = { product, ...TRIALS[size][product] };
      // Without time to choose, the likeliest must still prove itself.
      const tried = performance.now() < until ? tiles[size] : tiles[size].slice(0, 1);
      dense[product][size] = (await fastest(trial, shape, tried)) ?? DEFAULT_TUNING.dense[product][size];
    }
    onProgress(jobs.length, jobs.length);
    return { style: style === "workgroup" ? "workgroup" : "registers", dense };
  } finally {
    trial.dispose();
  }
}

/** Null when none ran. */
async function fastestStyle(trial: DenseTrial, candidates: Candidates): Promise<DenseStyle | null> {
  const runnable = Object.entries(candidates).filter(([style]) => style !== "subgroups" || trial.hasSubgroups);
  return (
    (
      await fastest(
        trial,
        FIRST,
        runnable.map(([, { medium }]) => medium[0]!),
      )
    )?.style ?? null
  );
}

/** The first, unless a later one is clearly faster, of those that compute rightly. Null when none does. */
async function fastest(trial: DenseTrial, shape: Trial, variants: readonly DenseVariant[]): Promise<DenseVariant | null> {
  const sound: DenseVariant[] = [];
  for (const variant of variants) if (await trial.isSound(shape, variant)) sound.push(variant);
  if (sound.length < 2) return sound[0] ?? null;
  const clearly = trial.isSoftware ? CLEARLY.software : CLEARLY.gpu;
  const times = await trial.race(shape, sound);
  let best = -1;
  for (const [i, ms] of times.entries()) if (ms !== null && ms < clearly * (times[best] ?? Infinity)) best = i;
  return sound[best] ?? null;
}

/** To be filled in. */
function plainest(): Record<DenseProduct, Record<SizeClass, DenseVariant>> {
  const { forward, inputGradient, weightGradient } = DEFAULT_TUNING.dense;
  return { forward: { ...forward }, inputGradient: { ...inputGradient }, weightGradient: { ...weightGradient } };
}

/** Under which a tuning is stored: the adapter in words, and the version of the kernels. */
export function tuningKey(info: GPUAdapterInfo): string {
  const { vendor, architecture, device, description } = info;
  return [`kernels ${KERNELS_VERSION}`, vendor, architecture, device, description].join("/");
}
