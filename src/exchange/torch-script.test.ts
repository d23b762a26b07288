/** The generated scripts against the page's own trainers, in one run of Python: the same numbers from the same weights. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBackend, type OpenBackend } from "../engine/backend";
import { buildTrainer } from "../engine/create-trainer";
import type { AnyTrainer } from "../engine/trainer";
import { formatSafetensors } from "../lib/safetensors";
import { activate, decode, encode } from "../model/forward";
import { initialWeights } from "../model/initial-weights";
import { describeNetwork } from "../model/network";
import { DATASETS, pixelCount } from "../protocol/datasets";
import { lossTermsOf } from "../protocol/loss-terms";
import type { Evaluation } from "../protocol/messages";
import { PRESETS } from "../protocol/presets";
import { DEFAULT_CONFIG, POINT_DEFAULTS, type RunConfig } from "../protocol/run-config";
import { expectClose } from "../testing/close";
import { pytorchScript } from "./torch-script";
import { toTorch } from "./weight-layout";

/** Debian's; the tests do not skip where it has no PyTorch. */
const PYTHON = "/usr/bin/python3";
/** So that schedules are under way. */
const STEP = 137;
const OPTIONS = { dataUrl: "https://example.org/vae/data/mnist/", step: STEP };

/** Odd, and more than the fixed draws of one Threefry call. */
const IMAGES = 7;
/** float32 on both sides, sums over 784 pixels in another order. */
const TOLERANCE = 1e-5;

const CONV: Partial<RunConfig> = {
  encoder: [
    { filters: 3, kernel: 3, stride: 2, activation: "relu" },
    { filters: 2, kernel: 4, stride: 1, activation: "lrelu" },
    { units: 6, activation: "elu" },
  ],
  decoder: [
    { units: 14 * 14 * 2, activation: "softplus" },
    { filters: 3, kernel: 4, stride: 2, activation: "sigmoid" },
    { filters: 2, kernel: 3, stride: 1, activation: "tanh" },
  ],
};
const DENSE: Partial<RunConfig> = {
  encoder: [{ units: 9, activation: "relu" }],
  decoder: [{ units: 8, activation: "tanh" }],
  latentDim: 3,
};
const POINTS: Partial<RunConfig> = {
  ...POINT_DEFAULTS,
  encoder: [...POINT_DEFAULTS.encoder],
  decoder: [...POINT_DEFAULTS.decoder],
  trainSize: 4_000,
};

const CASES: Readonly<Record<string, Partial<RunConfig>>> = {
  "the tutorial's VAE": { ...DENSE, beta: 0.7 },
  "an autoencoder without hidden layers": {
    model: "ae",
    encoder: [],
    decoder: [],
    headActivation: "relu",
    reconstruction: "mse",
    outputActivation: "tanh",
  },
  "a conditional convolutional VAE, black and white, annealed": {
    ...CONV,
    conditional: true,
    reconstruction: "bernoulli",
    betaSchedule: "linear",
    scheduleSteps: 200,
  },
  "a convolutional autoencoder whose head meets the image, denoising, told its label": {
    ...CONV,
    encoder: CONV.encoder!.slice(0, 2),
    model: "ae",
    conditional: true,
    corruption: "masking",
    corruptionLevel: 0.4,
  },
  "salt and pepper, relu heads": { ...DENSE, headActivation: "relu", corruption: "salt", corruptionLevel: 0.25, seed: 0xffff_fff0 },
  "Gaussian noise and likelihood, free bits": {
    ...DENSE,
    corruption: "gaussian",
    reconstruction: "gaussian",
    sigma: 0.3,
    klMode: "free-bits",
    freeBits: 0.2,
    betaSchedule: "cyclical",
    scheduleSteps: 90,
  },
  "capacity, on points": { ...POINTS, data: "swissroll", latentDim: 2, klMode: "capacity", capacity: 5, scheduleSteps: 400, beta: 3 },
  "a KL without gradient": { ...DENSE, model: "ae", mistake: "detached-kl" },
  "the mean of the code": { ...DENSE, model: "ae", mistake: "code-mean", betaSchedule: "linear", scheduleSteps: 1_000 },
  "a GAN with smoothed labels": { ...DENSE, model: "gan", labelSmoothing: 0.1, instanceNoise: 0.2 },
  "a convolutional GAN with the hinge loss": { ...CONV, model: "gan", ganLoss: "hinge", outputActivation: "tanh", reconstruction: "mse" },
};

interface Case {
  readonly config: RunConfig;
  readonly evaluation: Evaluation;
  /** Means (or scores) and pixels by `model/forward`. */
  readonly forward: { readonly encoded: number[]; readonly pixels: number[] };
}

/** What Python is told of a case, beside its script and weights. */
function inputsOf(config: RunConfig) {
  const pixels = pixelCount(DATASETS[config.data].image);
  const images = Uint8Array.from({ length: IMAGES * pixels }, (_, i) => ((i * 7919) % 509) % 256);
  const labels = Uint8Array.from({ length: IMAGES }, (_, i) => i % DATASETS[config.data].classes);
  const z = Float32Array.from({ length: IMAGES * config.latentDim }, (_, i) => Math.sin(i + 1));
  return { images, labels, z, pixels };
}

/** Loads every script as a module, runs `evaluate` and the two halves of its model, and trains it for a step. */
const DRIVER = String.raw`
import importlib.util, json, sys
import numpy as np, torch
answers = {}
for i, case in enumerate(json.load(open("cases.json"))):
    spec = importlib.util.spec_from_file_location(f"case{i}", f"case{i}.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    model = getattr(script, "VAE", None) or getattr(script, "Autoencoder", None) or script.GAN
    model = model()
    metadata = script.load_weights(model, f"case{i}.safetensors")
    step = int(metadata["step"])
    images = np.array(case["images"], np.uint8).reshape(len(case["labels"]), -1)
    labels = np.array(case["labels"], np.uint8)
    z = torch.tensor(case["z"]).reshape(len(labels), -1)
    told = [script.one_hot(labels)] if case["conditional"] else []
    arguments = [images] + ([labels] if told else []) + ([step] if case["charged"] else [])
    losses = {name: float(value) for name, value in script.evaluate(model, *arguments).items()}
    with torch.no_grad():
        x = script.as_pixels(images)
        if case["gan"]:
            encoded, pixels = model.score(x), model.generate(z)
        else:
            encoded, pixels = model.encode(x, *told), model.decode(z, *told)
            encoded = encoded[0] if isinstance(encoded, tuple) else encoded
    script.write_safetensors("back.safetensors", {n: t.numpy() for n, t in model.state_dict().items()}, metadata)
    again, _ = script.read_safetensors("back.safetensors")
    kept = all((again[n] == t.numpy()).all() for n, t in model.state_dict().items())
    script.TRAIN_SIZE, script.BATCH_SIZE = len(images), 3
    if hasattr(script, "initialise"):
        script.initialise(model)
    before = {n: t.clone() for n, t in model.state_dict().items()}
    trained = next(script.train(model, images, *([labels] if told else []), step, 1))
    still = [n for n, t in model.state_dict().items() if torch.equal(t, before[n]) or not torch.isfinite(t).all()]
    answers[case["name"]] = {"losses": losses, "encoded": encoded.reshape(-1).tolist(), "pixels": pixels.reshape(-1).tolist(),
        "kept": bool(kept), "still": still, "trained": trained}
json.dump(answers, sys.stdout)
`;

interface Answer {
  readonly losses: Readonly<Record<string, number>>;
  readonly encoded: number[];
  readonly pixels: number[];
  readonly kept: boolean;
  /** Parameters that a step of training left as they were, or made no number. */
  readonly still: readonly string[];
  readonly trained: number;
}

let opened: OpenBackend;
let folder: string;
const cases = new Map<string, Case>();
let answers: Readonly<Record<string, Answer>>;

beforeAll(async () => {
  opened = await openBackend("cpu");
  folder = mkdtempSync(join(tmpdir(), "exchange-"));
  const told = [];
  for (const [name, change] of Object.entries(CASES)) {
    const config: RunConfig = { ...DEFAULT_CONFIG, batchSize: 3, ...change };
    told.push({ name, ...(await prepareCase(name, config, told.length)) });
  }
  writeFileSync(join(folder, "cases.json"), JSON.stringify(told));
  const output = execFileSync(PYTHON, ["-c", DRIVER], { cwd: folder, maxBuffer: 1 << 26, env: { ...process.env, OMP_NUM_THREADS: "1" } });
  answers = JSON.parse(output.toString()) as Record<string, Answer>;
}, 60_000);
afterAll(() => {
  opened?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Writes script and weights, and keeps what the page's own code makes of them. */
async function prepareCase(name: string, config: RunConfig, index: number) {
  const { images, labels, z, pixels } = inputsOf(config);
  const network = describeNetwork(config, DATASETS[config.data].image);
  const weights = initialWeights(network, config.initialiser, 11);
  const training = { pixels: images, labels };
  const { trainer } = (await buildTrainer({ config, network, weights, training }, opened, "tfjs")) as { trainer: AnyTrainer };
  trainer.importCheckpoint({ ...(await trainer.exportCheckpoint()), step: STEP });
  const evaluation = await trainer.evaluate({ pixels: images, count: IMAGES, labels });
  trainer.dispose();
  const x = Float32Array.from(images, (byte) => byte / 255);
  const { mean } = encode(network, weights, x, IMAGES, labels);
  const decoded = decode(network, weights, z, IMAGES, labels);
  cases.set(name, { config, evaluation, forward: { encoded: [...mean], pixels: [...decoded] } });
  writeFileSync(join(folder, `case${index}.py`), pytorchScript(config, OPTIONS));
  writeFileSync(join(folder, `case${index}.safetensors`), formatSafetensors(toTorch(network, weights), { step: String(STEP) }));
  const isCharged = config.model === "vae" || config.mistake !== "none";
  const isGan = config.model === "gan";
  return { images: [...images], labels: [...labels], z: [...z], pixels, conditional: config.conditional, charged: isCharged, gan: isGan };
}

describe.each(Object.keys(CASES))("%s", (name) => {
  test("has the page's held-out losses", () => {
    const { evaluation } = cases.get(name)!;
    expect(evaluation.step).toBe(STEP);
    const { losses } = answers[name]!;
    const terms = lossTermsOf(cases.get(name)!.config);
    expect(Object.keys(losses).toSorted()).toEqual(terms.toSorted());
    for (const term of terms) expectClose([losses[term]!], [evaluation[term]!], TOLERANCE, term);
  });

  test("is the same network, both ways", () => {
    const { config, forward } = cases.get(name)!;
    const { encoded, pixels } = answers[name]!;
    expectClose(encoded, forward.encoded, TOLERANCE, "encoded");
    const drawn = Float32Array.from(pixels);
    if (config.model !== "gan") activate(config.outputActivation, drawn); // a generator does it by itself
    expectClose(drawn, forward.pixels, TOLERANCE, "pixels");
  });

  test("writes weights that read back as they are, and trains every one of them", () => {
    const { kept, still, trained } = answers[name]!;
    expect([kept, trained]).toEqual([true, STEP + 2]);
    // While no score is beyond ±1, the hinge loss pulls the score's bias as hard one way as the other.
    expect(still).toEqual(cases.get(name)!.config.ganLoss === "hinge" ? ["discriminator.score.bias"] : []);
  });
});

test("every preset's script compiles, with the constants of its optimiser", () => {
  const scripts = join(folder, "scripts");
  mkdirSync(scripts);
  for (const [id, config] of Object.entries(PRESETS)) writeFileSync(join(scripts, `${id}.py`), pytorchScript(config, OPTIONS));
  execFileSync(PYTHON, ["-W", "error", "-m", "compileall", "-q", scripts]);
  expect(pytorchScript(PRESETS["ae-keras"], OPTIONS)).toContain(
    "torch.optim.Adadelta(model.parameters(), lr=LEARNING_RATE, rho=0.95, eps=1e-7)",
  );
  expect(pytorchScript({ ...DEFAULT_CONFIG, adamBeta1: 0.5 }, OPTIONS)).toContain("betas=(0.5, 0.999), eps=1e-8");
}, 30_000);

test("nothing but choices and numbers gets into a script", () => {
  const hostile = { ...DEFAULT_CONFIG, data: 'mnist"\nimport os' } as unknown as RunConfig;
  expect(() => pytorchScript(hostile, OPTIONS)).toThrow(RangeError);
  expect(() => pytorchScript({ ...DEFAULT_CONFIG, beta: Number.NaN }, OPTIONS)).toThrow(RangeError);
  for (const dataUrl of ['https://example.org/"\nimport os/', "https://example.org/\\", "javascript:1", "https://example.org/#'''"]) {
    const script = pytorchScript(DEFAULT_CONFIG, { ...OPTIONS, dataUrl });
    expect(script).not.toContain(dataUrl);
    expect(script).toContain('DATA = "."');
  }
  expect(pytorchScript(DEFAULT_CONFIG, OPTIONS)).toContain(`DATA = "${OPTIONS.dataUrl}"`);
});
