/**
 * The experiment as a Keras 3 script, the twin of `torch-script`: same weights, same data,
 * same evaluation. All chance is NumPy's and comes in as inputs, so that the model runs
 * on each of Keras' backends.
 */
import { isBinarised, isCorrupted } from "../model/corruption";
import { describeNetwork, type Network } from "../model/network";
import { DATASETS } from "../protocol/datasets";
import type { RunConfig } from "../protocol/run-config";
import { fileNames } from "./file-names";
import { kerasActivated, kerasClassName, kerasModel } from "./keras-model";
import {
  architecture,
  checkedConfig,
  DATA_CODE,
  dataSettings,
  familyName,
  indented,
  lines,
  number,
  randomCode,
  SAFETENSORS_CODE,
  sections,
  streamSettings,
  type ScriptOptions,
} from "./python";
import { chargeOf, lossSettings, scheduleCode } from "./script-losses";

/** Why there is no Keras script of a config; null where there is one. */
export function kerasRefusal({ model }: Pick<RunConfig, "model">): "gan" | null {
  return model === "gan" ? "gan" : null;
}

/** @throws RangeError when the config has issues or is one that `kerasRefusal` speaks of */
export function kerasScript(unchecked: RunConfig, options: ScriptOptions): string {
  const config = checkedConfig(unchecked);
  if (kerasRefusal(config) !== null) throw new RangeError("kerasScript: a GAN has no Keras script");
  const network = describeNetwork(config, DATASETS[config.data].image);
  return sections(
    header(config, options),
    imports(config),
    lines(
      dataSettings(config, options),
      streamSettings(config),
      `LATENT_DIM = ${config.latentDim}`,
      `LEARNING_RATE = ${number(config.learningRate)}`,
      lossSettings(config),
    ),
    DATA_CODE,
    pixelsCode(config),
    randomCode(config),
    scheduleCode(config),
    lossCode(config),
    modelCode(config, network),
    evaluateCode(config),
    trainCode(config),
    SAFETENSORS_CODE,
    mainCode(config, network),
  );
}

function header(config: RunConfig, { step }: ScriptOptions): string {
  const { weights, keras } = fileNames(config, step);
  return String.raw`
"""${familyName(config)} of VAE Playground, in Keras: ${architecture(config)} on ${config.data}.

    python3 ${keras} --weights ${weights}
        the loss on held-out images, as the page has it: by the same definitions and with the same draws
    python3 ${keras} --weights ${weights} --epochs 5 --save trained.safetensors
        trains on, from fresh weights where none are given; the page imports what is saved

Needs NumPy and Keras 3 on any backend (KERAS_BACKEND=jax, tensorflow or torch). --data takes the address or the folder of the
page's data files. Losses are in nats per image: sums over pixels and latent dimensions, means over images.
Training draws its batches and its noise from NumPy's generator rather than the page's, and the optimiser starts afresh.
"""`;
}

function imports(config: RunConfig): string {
  return [
    lines(
      "import argparse",
      "import gzip",
      "import json",
      config.reconstruction === "gaussian" && "import math",
      "from pathlib import Path",
      "from urllib.request import urlopen",
    ),
    lines("import keras", "import numpy as np", "from keras import layers, ops"),
  ].join("\n\n");
}

function pixelsCode(config: RunConfig): string {
  return sections(
    String.raw`
def as_pixels(images):
    """Bytes to numbers in [0, 1]."""
    return images.astype(np.float32) / 255
`,
    config.conditional
      ? String.raw`
def one_hot(labels):
    return np.eye(CLASSES, dtype=np.float32)[labels]
`
      : "",
    corruptCode(config),
  );
}

function corruptCode(config: RunConfig): string {
  if (!isCorrupted(config)) return "";
  const answers: Readonly<Record<RunConfig["corruption"], readonly [string, string]>> = {
    none: ["", "x"],
    gaussian: ["standard normals", "x + np.float32(CORRUPTION_LEVEL) * draws"],
    masking: ["uniforms in [0, 1)", "np.where(draws < CORRUPTION_LEVEL, np.float32(0), x)"],
    salt: ["uniforms in [0, 1)", "np.where(draws < CORRUPTION_LEVEL, np.float32(draws >= CORRUPTION_LEVEL / 2), x)"],
  };
  const [draws, answer] = answers[config.corruption];
  return lines("def corrupt(x, draws):", `    """draws: ${draws}."""`, `    return ${answer}`);
}

function lossCode(config: RunConfig): string {
  return sections(reconstructionCode(config), divergenceCode(config), termsCode(config));
}

function reconstructionCode({ reconstruction, outputActivation }: RunConfig): string {
  const head = "def reconstruction_losses(logits, x):";
  const squares = `ops.sum((${kerasActivated(outputActivation, "logits")} - x) ** 2, 1)`;
  switch (reconstruction) {
    case "bce":
    case "bernoulli":
      return lines(
        head,
        `    """Cross-entropy${reconstruction === "bce" ? " with grey pixels" : ""} from logits, summed over pixels, [batch]."""`,
        "    return ops.sum(ops.maximum(logits, 0) - logits * x + ops.log1p(ops.exp(-ops.abs(logits))), 1)",
      );
    case "gaussian":
      return lines(
        head,
        `    """-log N(x; output, SIGMA²), its constant included, [batch]."""`,
        `    squares = ${squares}`,
        "    return squares / (2 * SIGMA**2) + PIXELS * 0.5 * math.log(2 * math.pi * SIGMA**2)",
      );
    case "mse":
      return lines(head, `    """Squared errors, summed over pixels, without a half, [batch]."""`, `    return ${squares}`);
  }
}

function divergenceCode({ model, mistake }: RunConfig): string {
  if (model === "vae") {
    return String.raw`
def kl_divergences(mean, log_var):
    """KL(q(z|x) || N(0, I)) of each latent dimension, [batch, LATENT_DIM]."""
    return 0.5 * (mean**2 + ops.exp(log_var) - log_var - 1)
`;
  }
  switch (mistake) {
    case "none":
      return "";
    case "detached-kl":
      return String.raw`
def kl_divergences(z):
    """A mistake, on purpose: without a gradient, this changes what is reported and not what is learnt."""
    return 0.5 * ops.stop_gradient(z) ** 2
`;
    case "code-mean":
      return String.raw`
def kl_divergences(z):
    """A mistake, on purpose: the mean of the code is no divergence and has no lower bound."""
    return z / LATENT_DIM
`;
  }
}

function termsCode(config: RunConfig): string {
  const { isCharged, mode, hasBeta, hasCapacity } = chargeOf(config);
  if (!isCharged) {
    return String.raw`
def terms(reconstruction):
    """Means over images; an autoencoder has no KL."""
    reconstruction = ops.mean(reconstruction)
    return {"objective": reconstruction, "reconstruction": reconstruction, "kl": 0.0}
`;
  }
  return lines(
    `def terms(reconstruction, kl${hasBeta ? ", beta" : ""}${hasCapacity ? ", capacity" : ""}):`,
    `    """Means over images."""`,
    "    reconstruction = ops.mean(reconstruction)",
    mode === "free-bits" &&
      "    penalty = ops.sum(ops.maximum(ops.mean(kl, 0), FREE_BITS))  # what a dimension has below FREE_BITS is free",
    "    kl = ops.mean(ops.sum(kl, 1))",
    mode === "capacity" && "    penalty = ops.abs(kl - capacity)",
    `    objective = reconstruction + ${hasBeta ? "beta" : "BETA"} * ${mode === "plain" ? "kl" : "penalty"}`,
    `    return {"objective": objective, "reconstruction": reconstruction, "kl": kl${mode === "plain" ? "" : `, "penalty": penalty`}}`,
  );
}

/** What the model's call gives, and the losses that follow from it. */
function judged({ model }: RunConfig): { readonly outputs: string; readonly kl: string } {
  return model === "vae"
    ? { outputs: "logits, mean, log_var", kl: "kl_divergences(mean, log_var)" }
    : { outputs: "logits, z", kl: "kl_divergences(z)" };
}

function modelCode(config: RunConfig, network: Network): string {
  const { outputs, kl } = judged(config);
  const { isCharged, hasBeta, hasCapacity } = chargeOf(config);
  const charges = [...(hasBeta ? [`x["beta"][0, 0]`] : []), ...(hasCapacity ? [`x["capacity"][0, 0]`] : [])];
  const loss = lines(
    "def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):",
    `    """What Keras lowers. x: the inputs, y: the clean images."""`,
    `    ${isCharged ? outputs : "logits, _"} = y_pred`,
    `    return terms(${[`reconstruction_losses(logits, y)`, ...(isCharged ? [kl] : []), ...charges].join(", ")})["objective"]`,
  );
  return `${kerasModel(network, config.initialiser)}\n${indented(loss)}`;
}

function evaluateCode(config: RunConfig): string {
  const { outputs, kl } = judged(config);
  const { isCharged, hasBeta, hasCapacity } = chargeOf(config);
  const isVae = config.model === "vae";
  const draws = config.corruption === "gaussian" ? "normals" : "uniforms";
  const seen = isCorrupted(config) ? `corrupt(x, ${draws}(CORRUPTION, len(x), PIXELS))` : "x";
  const charges = [...(hasBeta ? ["beta_at(step + 1)"] : []), ...(hasCapacity ? ["capacity_at(step + 1)"] : [])];
  return lines(
    `def evaluate(model, images${config.conditional ? ", labels" : ""}${isCharged ? ", step" : ""}):`,
    `    """The terms over held-out images${isVae ? ", one draw of z each" : ""}, with the page's own draws."""`,
    "    x = as_pixels(images)",
    isBinarised(config) && "    x = (uniforms(BINARISATION, len(x), PIXELS) < x).astype(np.float32)",
    `    inputs = {"x": ${seen}}`,
    isVae && `    inputs["epsilon"] = normals(NOISE, len(x), LATENT_DIM)`,
    config.conditional && `    inputs["told"] = one_hot(labels)`,
    isCharged ? "    reconstruction, kl = [], []" : "    reconstruction = []",
    "    for start in range(0, len(x), 500):",
    "        part = slice(start, start + 500)",
    `        ${isCharged ? outputs : "logits, _"} = model({name: values[part] for name, values in inputs.items()})`,
    "        reconstruction.append(reconstruction_losses(logits, x[part]))",
    isCharged && `        kl.append(${kl})`,
    `    return terms(${["ops.concatenate(reconstruction)", ...(isCharged ? ["ops.concatenate(kl)"] : []), ...charges].join(", ")})`,
  );
}

function trainCode(config: RunConfig): string {
  const { hasBeta, hasCapacity } = chargeOf(config);
  const draws = config.corruption === "gaussian" ? "rng.standard_normal(x.shape, np.float32)" : "rng.random(x.shape, np.float32)";
  return lines(
    `def train(model, images${config.conditional ? ", labels" : ""}, step, epochs):`,
    `    """Yields the number of updates done after every epoch."""`,
    `    model.compile(optimizer=${kerasOptimiser(config)})`,
    "    rng = np.random.default_rng(SEED)",
    "    for _ in range(epochs):",
    "        order = rng.permutation(TRAIN_SIZE)",
    "        for start in range(0, TRAIN_SIZE - BATCH_SIZE + 1, BATCH_SIZE):",
    "            batch = order[start : start + BATCH_SIZE]",
    "            x = as_pixels(images[batch])",
    isBinarised(config) && "            x = (rng.random(x.shape, np.float32) < x).astype(np.float32)  # black or white anew every time",
    "            step += 1",
    `            inputs = {"x": ${isCorrupted(config) ? `corrupt(x, ${draws})` : "x"}}`,
    config.model === "vae" && `            inputs["epsilon"] = rng.standard_normal((len(x), LATENT_DIM), np.float32)`,
    config.conditional && `            inputs["told"] = one_hot(labels[batch])`,
    hasBeta && `            inputs["beta"] = np.full((len(x), 1), beta_at(step), np.float32)`,
    hasCapacity && `            inputs["capacity"] = np.full((len(x), 1), capacity_at(step), np.float32)`,
    "            model.train_on_batch(inputs, x)",
    "        yield step",
  );
}

function kerasOptimiser({ optimiser, initialiser, adamBeta1, momentum }: RunConfig): string {
  const isKeras = initialiser === "keras";
  switch (optimiser) {
    case "adam":
      return `keras.optimizers.Adam(LEARNING_RATE, beta_1=${number(adamBeta1)}, epsilon=${isKeras ? "1e-7" : "1e-8"})`;
    case "sgd":
      return `keras.optimizers.SGD(LEARNING_RATE, momentum=${number(momentum)})`;
    case "rmsprop":
      return `keras.optimizers.RMSprop(LEARNING_RATE, rho=${isKeras ? "0.9, epsilon=1e-7" : "0.99, epsilon=1e-8"})`;
    case "adadelta":
      return `keras.optimizers.Adadelta(LEARNING_RATE, rho=${isKeras ? "0.95, epsilon=1e-7" : "0.9, epsilon=1e-6"})`;
  }
}

const WEIGHTS_CODE = String.raw`
def load_weights(model, path):
    """PyTorch keeps [out, in] and [out, in, height, width], Keras the same numbers the other way round."""
    arrays, metadata = read_safetensors(path)
    for name, layer in model.named_layers().items():
        weight, bias = arrays.pop(name + ".weight"), arrays.pop(name + ".bias")
        layer.set_weights([weight.T if weight.ndim == 2 else weight.transpose(2, 3, 1, 0), bias])
    if arrays:
        raise ValueError(f"no layer for {', '.join(arrays)}")
    return metadata


def pytorch_arrays(model):
    arrays = {}
    for name, layer in model.named_layers().items():
        weight, arrays[name + ".bias"] = layer.get_weights()
        arrays[name + ".weight"] = weight.T if weight.ndim == 2 else weight.transpose(3, 2, 0, 1)
    return arrays
`;

function mainCode(config: RunConfig, network: Network): string {
  const isTold = config.conditional;
  const { isCharged } = chargeOf(config);
  const inputs = [
    `"x": np.zeros((1, PIXELS), np.float32)`,
    ...(config.model === "vae" ? [`"epsilon": np.zeros((1, LATENT_DIM), np.float32)`] : []),
    ...(isTold ? [`"told": np.zeros((1, CLASSES), np.float32)`] : []),
  ];
  return sections(
    WEIGHTS_CODE,
    lines(
      "def build_model():",
      `    model = ${kerasClassName(network)}()`,
      `    model({${inputs.join(", ")}})  # gives every layer its weights`,
      "    return model",
    ),
    lines(
      "def main():",
      "    parser = argparse.ArgumentParser()",
      `    parser.add_argument("--weights", help="a .safetensors file of the page, or of this script")`,
      `    parser.add_argument("--data", default=DATA, help="folder or address of the data set's manifest.json")`,
      `    parser.add_argument("--epochs", type=int, default=0, help="so many epochs of training")`,
      `    parser.add_argument("--save", help="where to put the weights in the end")`,
      "    arguments = parser.parse_args()",
      "",
      "    keras.utils.set_random_seed(SEED)",
      "    model = build_model()",
      `    metadata = load_weights(model, arguments.weights) if arguments.weights else {"format": "pt"}`,
      `    step = int(metadata.get("step", 0))`,
      `    held_out = load_split(arguments.data, "heldOut")`,
      "",
      "    def report():",
      `        losses = evaluate(model, ${isTold ? "*held_out" : "held_out[0]"}${isCharged ? ", step" : ""})`,
      `        print(json.dumps({"step": step, **{name: float(value) for name, value in losses.items()}}), flush=True)`,
      "",
      "    report()",
      "    if arguments.epochs > 0:",
      `        images, ${isTold ? "labels" : "_"} = load_split(arguments.data, "train", TRAIN_SIZE)`,
      `        for step in train(model, images${isTold ? ", labels" : ""}, step, arguments.epochs):`,
      "            report()",
      "    if arguments.save:",
      `        write_safetensors(arguments.save, pytorch_arrays(model), {**metadata, "step": str(step)})`,
    ),
    `if __name__ == "__main__":\n${indented("main()")}`,
  );
}
