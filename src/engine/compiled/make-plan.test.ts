/** Plans of every kind of config, held to what the executor relies on. The numbers are judged where kernels run. */
import * as fc from "fast-check";
import { expect, test, vi } from "vitest";
import { describeNetwork } from "../../model/network";
import { configIssues } from "../../protocol/config-issues";
import { DATASETS, type ImageShape } from "../../protocol/datasets";
import { DEFAULT_CONFIG, type RunConfig } from "../../protocol/run-config";
import { anyConfig } from "../../testing/any-config";
import { compiledRefusal } from "../capability";
import { planMemory } from "./describe-plan";
import { MAX_BINDINGS, workgroups } from "./kernel";
import { makePlan } from "./make-plan";
import { spread } from "./parameter-places";
import { FLOOR_LIMITS } from "./plan-limits";
import { NotCompilable, type CompiledPlan, type DispatchPlan, type Lifetime, type MatrixPlan, type PassPlan } from "./plan";
import { DEFAULT_TUNING, workgroup, type Tuning } from "./tuning-choice";

/** Dozens of plans in one test, beside other tests on a busy machine. */
vi.setConfig({ testTimeout: 30_000 });

/** A device without limits, so that no config is left out. */
const BOUNDLESS = { maxBufferSize: Infinity, maxStorageBufferBindingSize: Infinity, maxComputeWorkgroupsPerDimension: Infinity };

function planOf(changes: Partial<RunConfig>, limits = FLOOR_LIMITS, image?: ImageShape): CompiledPlan {
  const config = { ...DEFAULT_CONFIG, ...changes };
  const network = describeNetwork(config, image ?? DATASETS[config.data].image);
  return makePlan({ config, network, limits, tuning: DEFAULT_TUNING });
}

const labels = ({ dispatches }: PassPlan) => dispatches.map(({ label }) => label);

const shared = workgroup(8, 8, 8);
const SHARED = { small: shared, medium: shared, large: shared };
const TUNINGS: readonly Tuning[] = [
  DEFAULT_TUNING,
  { style: "workgroup", dense: { forward: SHARED, inputGradient: SHARED, weightGradient: SHARED } },
];

/** With all that each brings of its own; what no plan is made for is left out. */
const compilable = anyConfig.filter((config) => compiledRefusal(config) === null);

/** Any config, its image in grey or in colour, whatever the kernels are tuned to. */
const anyInputs = fc.tuple(compilable, fc.constantFrom(1, 3), fc.constantFrom(...TUNINGS)).map(([config, channels, tuning]) => {
  const image = { ...DATASETS[config.data].image, channels };
  return { config, network: describeNetwork(config, image), limits: BOUNDLESS, tuning };
});

/** The properties below look at the same plans, seventeen layers' WGSL some of them: each is made once, by whoever comes first. */
const made = new Map<string, CompiledPlan>();

function property(judge: (plan: CompiledPlan) => void): void {
  fc.assert(
    fc.property(anyInputs, (inputs) => {
      const key = JSON.stringify([inputs.config, inputs.network.image, inputs.tuning]);
      const plan = made.get(key) ?? makePlan(inputs);
      made.set(key, plan);
      judge(plan);
    }),
    { seed: 1, numRuns: 30 },
  );
}

const bound = ({ kernel, buffers }: DispatchPlan, access: "read" | "read_write") =>
  buffers.filter((_, i) => kernel.bindings[i]!.access === access);
const written = (dispatch: DispatchPlan) => bound(dispatch, "read_write");

const PASSES = ["training", "encode", "decode", "reconstruct", "evaluate", "judge"] as const;
type PassName = (typeof PASSES)[number];

/** What `find` has against each dispatch of a plan, behind the dispatch's name. */
function complaints(plan: CompiledPlan, find: (dispatch: DispatchPlan, pass: PassName) => readonly (string | false)[]): string[] {
  return PASSES.flatMap((pass) =>
    plan[pass].dispatches.flatMap((dispatch) =>
      find(dispatch, pass).flatMap((complaint) => (complaint === false ? [] : `${pass}: ${dispatch.label}: ${complaint}`)),
    ),
  );
}

test("the configs at random have no issues", () => {
  fc.assert(
    fc.property(anyConfig, (config) => {
      expect(configIssues(config)).toEqual([]);
    }),
    { seed: 3 },
  );
});

test("buffers have names of their own and whole vec4fs", () => {
  property(({ buffers }) => {
    expect(new Set(buffers.map(({ name }) => name)).size).toBe(buffers.length);
    expect(buffers.filter(({ bytes }) => bytes <= 0 || bytes % 16 !== 0)).toEqual([]);
  });
});

test("every dispatch binds buffers that there are, as its kernel declares them, none twice where one is written", () => {
  property((plan) => {
    const names = new Set(plan.buffers.map(({ name }) => name));
    const found = complaints(plan, (dispatch) => {
      const { kernel, buffers } = dispatch;
      return [
        (buffers.length !== kernel.bindings.length || buffers.length > MAX_BINDINGS) && `${buffers.length} buffers`,
        ...buffers.map((buffer) => !names.has(buffer) && `no ${buffer}`),
        ...written(dispatch).map((buffer) => buffers.indexOf(buffer) !== buffers.lastIndexOf(buffer) && `${buffer} twice`),
      ];
    });
    expect(found).toEqual([]);
  });
});

test("dispatches have names of their own in their pass and whole grids", () => {
  property((plan) => {
    for (const pass of PASSES) expect(new Set(labels(plan[pass])).size).toBe(plan[pass].dispatches.length);
    const found = complaints(plan, ({ kernel }, pass) => {
      const grid = workgroups(kernel.grid, pass === "training" ? plan.batchSize : plan.pieceSize);
      return [grid.some((count) => count < 1 || !Number.isInteger(count)) && grid.join(" × ")];
    });
    expect(found).toEqual([]);
  });
});

test("every buffer is of use", () => {
  property((plan) => {
    const used = new Set(PASSES.flatMap((pass) => plan[pass].dispatches.flatMap(({ buffers }) => buffers)));
    expect(plan.buffers.map(({ name }) => name).filter((name) => !used.has(name))).toEqual([]);
  });
});

/** What the CPU writes of images. */
const GIVEN = ["piece images", "piece labels", "piece places", "piece state"];

test("a pass reads what it wrote before, and buffers of its own lifetime only", () => {
  const given: Readonly<Record<PassName, readonly string[]>> = {
    training: [],
    encode: GIVEN,
    decode: ["piece z", "piece labels"],
    reconstruct: GIVEN,
    evaluate: GIVEN,
    judge: [...GIVEN, "piece z"],
  };
  property((plan) => {
    const named = (lifetime: Lifetime) => plan.buffers.filter((buffer) => buffer.lifetime === lifetime).map(({ name }) => name);
    const there = Object.fromEntries(PASSES.map((pass) => [pass, new Set([...named("state"), ...given[pass]])]));
    const found = complaints(plan, (dispatch, pass) => {
      const foreign = named(pass === "training" ? "inference" : "step");
      const reads = bound(dispatch, "read").map((buffer) => !there[pass]!.has(buffer) && `reads ${buffer} too early`);
      for (const buffer of written(dispatch)) there[pass]!.add(buffer);
      return [...reads, ...dispatch.buffers.map((buffer) => foreign.includes(buffer) && `binds ${buffer}`)];
    });
    expect(found).toEqual([]);
  });
});

const byName = (a: { readonly name: string }, b: { readonly name: string }) => a.name.localeCompare(b.name);

test("parameters and slots change in training alone, each matrix with its slots once in a step", () => {
  property((plan) => {
    const own = (matrix: string) => ["parameters", ...plan.slots].map((part) => `${matrix} ${part}`);
    const changes = PASSES.flatMap((pass) =>
      plan[pass].dispatches.flatMap((dispatch) =>
        plan.matrices
          .filter(({ name }) => own(name).some((buffer) => written(dispatch).includes(buffer)))
          .map(({ name }) => ({ pass, name, buffers: own(name).filter((buffer) => written(dispatch).includes(buffer)) })),
      ),
    );
    const wanted = plan.matrices.map(({ name }) => ({ pass: "training", name, buffers: own(name) }));
    expect(changes.toSorted(byName)).toEqual(wanted.toSorted(byName));
  });
});

test("nothing reads parameters in a step after they were updated", () => {
  property((plan) => {
    const parameters = new Set(plan.matrices.map(({ name }) => `${name} parameters`));
    const updated = new Set<string>();
    const found = plan.training.dispatches.filter((dispatch) => {
      const isLate = dispatch.buffers.some((buffer) => updated.has(buffer));
      for (const buffer of written(dispatch)) if (parameters.has(buffer)) updated.add(buffer);
      return isLate;
    });
    expect(found.map(({ label }) => label)).toEqual([]);
    expect(updated).toEqual(parameters);
  });
});

/** How many parameters lie at each element of a matrix. */
function occupancy({ rows, columns, places }: MatrixPlan): Uint8Array {
  const counts = new Uint8Array(rows * columns);
  for (const place of places) {
    for (let row = 0; row < place.rows; row++) {
      const at = (place.firstRow + spread(row, place.rowGroup)) * columns + place.firstColumn;
      for (let column = 0; column < place.columns; column++) {
        const element = at + spread(column, place.columnGroup);
        if (element >= counts.length) throw new RangeError(`${place.name} reaches beyond its matrix`);
        counts[element]!++;
      }
    }
  }
  return counts;
}

test("every parameter of the network has one place, inside its matrix, and none overlap", () => {
  const small = anyInputs.filter(({ network }) => network.parameterCount < 1_000_000); // each element is looked at
  fc.assert(
    fc.property(small, (inputs) => {
      const { matrices, buffers } = makePlan(inputs);
      const places = matrices.flatMap((matrix) => matrix.places);
      const found = places.map(({ name, rows, columns }) => ({ name, size: rows * columns }));
      const wanted = inputs.network.parameters.map(({ name, size }) => ({ name, size }));
      expect(found.toSorted(byName)).toEqual(wanted.toSorted(byName));
      for (const matrix of matrices) {
        expect(Math.max(...new Set(occupancy(matrix)))).toBe(1);
        const buffer = buffers.find(({ name }) => name === `${matrix.name} parameters`);
        expect(buffer?.bytes).toBe(matrix.rows * matrix.columns * 4);
      }
    }),
    { seed: 2, numRuns: 15 },
  );
});

test("channels stay padded through a flattening and into the image that a decoder is laid out as", () => {
  const { matrices, pixels } = planOf(
    {
      encoder: [
        { filters: 5, kernel: 3, stride: 2, activation: "relu" },
        { units: 10, activation: "relu" },
      ],
      decoder: [
        { units: 14 * 14 * 6, activation: "relu" },
        { filters: 9, kernel: 3, stride: 2, activation: "relu" },
      ],
    },
    FLOOR_LIMITS,
    { height: 28, width: 28, channels: 3 },
  );
  const matrix = (name: string) => matrices.find((one) => one.name === name)!;
  const place = (name: string, parameter: string) => matrix(name).places.find((one) => one.name === parameter)!;
  expect(matrix("encoder.1")).toMatchObject({ rows: 14 * 14 * 8 + 1, columns: 12 });
  expect(place("encoder.1", "encoder.1.weight").rowGroup).toEqual({ size: 5, stride: 8 });
  expect(matrix("decoder.0")).toMatchObject({ rows: 4 + 1, columns: 14 * 14 * 8 });
  expect(place("decoder.0", "decoder.0.weight").columnGroup).toEqual({ size: 6, stride: 8 });
  expect(place("decoder.0", "decoder.0.bias").columnGroup).toEqual({ size: 6, stride: 8 });
  expect(pixels).toEqual({ columns: 28 * 28 * 4, group: { size: 3, stride: 4 } });
});

test("one hidden layer on either side of a VAE takes 14 dispatches", () => {
  expect(labels(planOf({}).training)).toEqual([
    "begin",
    "encoder.0 forward",
    "heads forward",
    "sample",
    "decoder.0 forward",
    "output forward",
    "output input gradient",
    "output update",
    "decoder.0 input gradient",
    "decoder.0 update",
    "heads input gradient",
    "heads update",
    "encoder.0 update",
    "finish",
  ]);
});

test("an autoencoder draws nothing, and nobody asks for the gradient by the images", () => {
  expect(labels(planOf({ model: "ae", encoder: [], decoder: [] }).training)).toEqual([
    "begin",
    "heads forward",
    "output forward",
    "output input gradient",
    "output update",
    "heads update",
    "finish",
  ]);
});

/** What a family's step has besides that of a plain VAE or autoencoder of its kind. */
const EXTRAS: readonly (readonly [Partial<RunConfig>, readonly string[]])[] = [
  [{ reconstruction: "gaussian", outputActivation: "linear", betaSchedule: "cyclical", adamBeta1: 0.5, headActivation: "relu" }, []],
  [{ corruption: "masking" }, ["draw input"]],
  [{ corruption: "masking", corruptionLevel: 0 }, []],
  [{ reconstruction: "bernoulli" }, ["draw input", "draw targets"]],
  [{ conditional: true }, ["draw input", "encoder.0 tell", "decoder.0 tell"]],
  [{ klMode: "free-bits" }, ["charge"]],
  [{ klMode: "capacity" }, ["charge"]],
  [{ model: "ae", mistake: "code-mean" }, ["charge"]],
  [{ model: "ae", mistake: "detached-kl" }, ["charge"]],
  [{ model: "ae", klMode: "capacity" }, []],
];

test.each(EXTRAS)("what %j takes besides", (changes, extras) => {
  const found = labels(planOf(changes).training);
  const plain = labels(planOf({ model: changes.model ?? "vae" }).training);
  expect(found.filter((label) => !plain.includes(label))).toEqual(extras);
  expect(found.filter((label) => plain.includes(label))).toEqual(plain);
});

test("a convolution's update takes two dispatches, a transposed one's three", () => {
  const conv = { filters: 8, kernel: 3, stride: 2, activation: "relu" } as const;
  const found = labels(planOf({ encoder: [conv], decoder: [{ units: 14 * 14, activation: "relu" }, conv] }).training);
  expect(found.filter((label) => /encoder\.0|output/.test(label))).toEqual([
    "encoder.0 forward",
    "output forward",
    "output input gradient",
    "output gradient",
    "output update",
    "output bias update",
    "encoder.0 gradient",
    "encoder.0 update",
  ]);
});

test("says in words what is too large for the device", () => {
  const wide = { units: 4096, activation: "relu" } as const;
  const conv = { filters: 256, kernel: 3, stride: 1, activation: "relu" } as const;
  expect(() => planOf({ encoder: [conv], batchSize: 1024 })).toThrow(NotCompilable);
  expect(() => planOf({ encoder: [conv], batchSize: 1024 })).toThrow(
    "encoder.0 y, [1024][200704] float32, takes 784 MiB; this GPU binds 128 MiB at most",
  );
  expect(() => planOf({ encoder: [wide, wide], decoder: [wide, wide] })).not.toThrow();
  expect(() => planOf({}, { ...FLOOR_LIMITS, maxComputeWorkgroupsPerDimension: 1 })).toThrow(
    /workgroups in a row; this GPU runs 1 at most/,
  );
});

const pieceBytes = ({ buffers }: CompiledPlan) => planMemory({ buffers: buffers.filter(({ lifetime }) => lifetime === "inference") });

test("pieces shrink with the width of the network, so that the passes outside training stay within 64 MiB", () => {
  expect(planOf({}).pieceSize).toBe(512);
  const layers = Array.from({ length: 8 }, () => ({ units: 4096, activation: "relu" as const }));
  const wide = planOf({ encoder: layers, decoder: layers });
  expect(wide.pieceSize).toBe(128);
  for (const plan of [planOf({}), wide]) expect(pieceBytes(plan)).toBeLessThan(2 ** 26);
});

/** The longest side of a grid in a pass. */
const side = (plan: CompiledPlan, pass: PassName, images: number) =>
  Math.max(...plan[pass].dispatches.flatMap(({ kernel }) => workgroups(kernel.grid, images)));

test("pieces shrink until the device takes their grids", () => {
  const conv = { filters: 4, kernel: 3, stride: 1, activation: "relu" } as const;
  const config = { encoder: [conv], decoder: [], batchSize: 1 };
  const free = planOf(config, BOUNDLESS);
  const most = side(free, "training", 1);
  expect(side(free, "encode", free.pieceSize)).toBeGreaterThan(most);
  const bounded = planOf(config, { ...FLOOR_LIMITS, maxComputeWorkgroupsPerDimension: most });
  expect(bounded.pieceSize).toBeLessThan(free.pieceSize);
  expect(side(bounded, "encode", bounded.pieceSize)).toBeLessThanOrEqual(most);
});
