/** Snippets as data: what they bind, that it fits beside the kernels that take them in, and what they refuse. */
import { expect, test } from "vitest";
import { DEFAULT_CONFIG, INITIALISERS, OPTIMISERS } from "../../../protocol/run-config";
import { declareBindings, MAX_BINDINGS } from "../kernel";
import { beginKernel } from "./begin";
import { chargeKernel } from "./charge";
import { codeChargeKernel } from "./code-charge";
import { activationEpilogue, inputGradientEpilogue, maskCode } from "./epilogue";
import { judgeEpilogue, lossEpilogue } from "./epilogue-loss";
import { posteriorGradientEpilogue } from "./epilogue-posterior";
import { finishKernel } from "./finish";
import { imageSumsKernel } from "./image-sums";
import { optimiserCode } from "./optimiser";
import { sampleKernel } from "./sample";
import { PIECE_STATE_BYTES, pieceStateBytes, rateBytes, RATES_OFFSET, STATE_BYTES, STATE_WGSL, stateBytes } from "./state";

const columns = { columns: { size: 17, stride: 20 }, paddedColumns: 20 };
const pixels = { ...columns, reconstruction: "mse", sigma: 0.1, outputActivation: "tanh", rowsPerImage: 1, target: "images" } as const;
const names = ({ bindings }: { readonly bindings: readonly { readonly name: string }[] }) => bindings.map(({ name }) => name);

/** Of the products: what they bind before their epilogue or optimiser. */
const FORWARD = ["x", "parameters"];
const GATHERED = ["images", "order", "parameters"];
const INPUT_GRADIENT = ["dy", "parameters"];
const WEIGHT_GRADIENT = ["images", "order", "dy"];

test("an epilogue fits beside its product, and no name is bound twice", () => {
  const kernels = [
    [GATHERED, activationEpilogue({ ...columns, activation: "relu" })],
    [FORWARD, lossEpilogue({ ...pixels, batch: 7 })],
    [FORWARD, judgeEpilogue(pixels)],
    [INPUT_GRADIENT, inputGradientEpilogue({ ...columns, activation: "relu" })],
    [INPUT_GRADIENT, inputGradientEpilogue({ ...columns, activation: "linear" })],
    [INPUT_GRADIENT, inputGradientEpilogue({ ...columns, activation: "relu", klShare: 0.5 })],
    [INPUT_GRADIENT, posteriorGradientEpilogue({ latentDim: 2 })],
    [INPUT_GRADIENT, posteriorGradientEpilogue({ latentDim: 2, activation: "relu", charged: true })],
    ...OPTIMISERS.map(
      (optimiser) => [WEIGHT_GRADIENT, optimiserCode({ optimiser, initialiser: "keras", momentum: 0.9, adamBeta1: 0.9 })] as const,
    ),
  ] as const;
  for (const [product, snippet] of kernels) {
    const all = [...product, ...names(snippet)];
    expect(all.length).toBeLessThanOrEqual(MAX_BINDINGS);
    expect(new Set(all).size).toBe(all.length);
    expect(declareBindings(snippet.bindings, snippet.types).split("\n").length).toBe(snippet.bindings.length);
  }
});

test("nothing is bound that is not read or written", () => {
  const all = [
    ...[activationEpilogue, inputGradientEpilogue].flatMap((epilogue) =>
      (["linear", "relu"] as const).map((activation) => epilogue({ ...columns, activation })),
    ),
    lossEpilogue({ ...pixels, batch: 7 }),
    judgeEpilogue(pixels),
    posteriorGradientEpilogue({ latentDim: 2 }),
    ...OPTIMISERS.map((optimiser) => optimiserCode({ optimiser, initialiser: "pytorch", momentum: 0, adamBeta1: 0.9 })),
    ...OPTIMISERS.flatMap((optimiser) =>
      INITIALISERS.map((initialiser) => beginKernel({ ...DEFAULT_CONFIG, optimiser, initialiser, trainSize: 9, batchSize: 2 })),
    ),
    ...(["linear", "cyclical"] as const).map((betaSchedule) => beginKernel({ ...DEFAULT_CONFIG, betaSchedule })),
    inputGradientEpilogue({ ...columns, activation: "relu", klShare: 0.5 }),
    posteriorGradientEpilogue({ latentDim: 2, activation: "relu", charged: true }),
    ...(["free-bits", "capacity"] as const).map((klMode) => chargeKernel({ ...DEFAULT_CONFIG, klMode })),
    ...(["detached-kl", "code-mean"] as const).map((mistake) => codeChargeKernel({ rows: 2, latentDim: 2, mistake })),
    ...(["training", "evaluation"] as const).map((variant) => sampleKernel({ rows: 2, latentDim: 2, variant, byDimension: true })),
    finishKernel({ batch: 2, lossPartials: 9, klPartials: 0, charged: true }),
    ...(["training", "evaluation", "mean"] as const).map((variant) => sampleKernel({ rows: 2, latentDim: 2, variant })),
    ...[0, 5].flatMap((klPartials) => [
      finishKernel({ batch: 2, lossPartials: 9, klPartials }),
      imageSumsKernel({ images: 2, lossPartials: 9, klPartials }),
    ]),
  ];
  for (const { label, bindings, code } of all) {
    const body = code.replaceAll(/\bvar<storage.*/g, "").replaceAll(/\/\/.*/g, "");
    for (const { name } of bindings) expect(body, `${label} uses ${name}`).toMatch(new RegExp(`\\b${name}(\\[|\\.)`));
  }
});

test("a group that does not start on a vec4f is refused", () => {
  expect(() => maskCode({ size: 3, stride: 3 })).toThrow("multiple of 4");
  expect(() => maskCode({ size: 5, stride: 4 })).toThrow("multiple of 4");
  expect(() => judgeEpilogue({ ...pixels, paddedColumns: 40 })).toThrow("wants 40");
});

/** Offsets of the members of a struct, all of 4 bytes. */
function offsets(struct: string): Record<string, number> {
  const body = new RegExp(`struct ${struct} \\{([^}]*)\\}`).exec(STATE_WGSL)![1]!;
  const members = [...body.matchAll(/^\s*(\w+): [uf]/gm)].map(([, name], i) => [name!, 4 * i] as const);
  return Object.fromEntries([...members, ["end", 4 * members.length]]);
}

test("the CPU writes what the GPU reads", () => {
  const state = new DataView(stateBytes({ step: 5, seed: 0xffff_ffff, learningRate: 0.5, beta: 4 }));
  const { step, seed, learningRate, beta, end } = offsets("State");
  expect(state.byteLength).toBe(STATE_BYTES);
  expect(end).toBe(STATE_BYTES);
  expect([state.getUint32(step!, true), state.getUint32(seed!, true)]).toEqual([5, 0xffff_ffff]);
  expect([state.getFloat32(learningRate!, true), state.getFloat32(beta!, true)]).toEqual([0.5, 4]);
  expect(learningRate).toBe(RATES_OFFSET);
  expect(new Float32Array(rateBytes({ learningRate: 0.25, beta: 2 }))).toEqual(Float32Array.of(0.25, 2));
  const piece = new DataView(pieceStateBytes(3));
  const at = offsets("PieceState");
  expect([piece.byteLength, at.end]).toEqual([PIECE_STATE_BYTES, PIECE_STATE_BYTES]);
  expect(piece.getUint32(at.seed!, true)).toBe(3);
});
