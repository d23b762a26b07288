/**
 * The experiment as a PyTorch script: the same network, losses, data and evaluation, in
 * the code that somebody would write by hand for this config and no more of it.
 *
 * Runs with Python 3.9, NumPy and PyTorch 1.13 or later. What it cannot have from the page is said in its first lines.
 */
import { describeNetwork, type Network } from "../model/network";
import { isBinarised, isCorrupted } from "../model/corruption";
import { DATASETS } from "../protocol/datasets";
import type { RunConfig } from "../protocol/run-config";
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
import { fileNames } from "./file-names";
import { ganSettings, lossSettings, scheduleCode } from "./script-losses";
import { torchGanCode } from "./torch-gan";
import { activated, className, torchModel } from "./torch-model";
import { torchOptimiser } from "./torch-optimiser";

/** @throws RangeError when the config has issues */
export function pytorchScript(unchecked: RunConfig, options: ScriptOptions): string {
  const config = checkedConfig(unchecked);
  const network = describeNetwork(config, DATASETS[config.data].image);
  const isGan = config.model === "gan";
  return sections(
    header(config, options),
    imports(config, network),
    lines(
      dataSettings(config, options),
      streamSettings(config),
      `LATENT_DIM = ${config.latentDim}`,
      `LEARNING_RATE = ${number(config.learningRate)}`,
      isGan ? ganSettings(config) : lossSettings(config),
    ),
    DATA_CODE,
    pixelsCode(config),
    randomCode(config),
    torchModel(network),
    isGan ? torchGanCode(config) : autoencoderCode(config),
    SAFETENSORS_CODE,
    mainCode(config, network),
  );
}

function header(config: RunConfig, { step }: ScriptOptions): string {
  const { weights, pytorch } = fileNames(config, step);
  return String.raw`
"""${familyName(config)} of VAE Playground, in PyTorch: ${architecture(config)} on ${config.data}.

    python3 ${pytorch} --weights ${weights}
        the loss on held-out images, as the page has it: by the same definitions and with the same draws
    python3 ${pytorch} --weights ${weights} --epochs 5 --save trained.safetensors
        trains on, from fresh weights where none are given; the page imports what is saved

Needs Python 3.9, NumPy and PyTorch 1.13 or later. --data takes the address or the folder of the page's data files.
Losses are in nats per image: sums over pixels and latent dimensions, means over images.
Training draws its batches and its noise from PyTorch's generator rather than the page's, and the optimiser starts afresh.
"""`;
}

function imports(config: RunConfig, network: Network): string {
  const needsF = !(
    config.model === "ae" &&
    !torchModel(network).includes("F.") &&
    !reconstructionCode(config).includes("F.") &&
    !config.conditional
  );
  return sections(
    [
      lines(
        "import argparse",
        "import gzip",
        "import json",
        config.model !== "gan" && config.reconstruction === "gaussian" && "import math",
        "from pathlib import Path",
        "from urllib.request import urlopen",
      ),
      lines("import numpy as np", "import torch", "from torch import nn", needsF && "from torch.nn import functional as F"),
    ].join("\n\n"),
  );
}

function pixelsCode(config: RunConfig): string {
  return sections(
    String.raw`
def as_pixels(images):
    """Bytes to numbers in [0, 1]."""
    return torch.from_numpy(images.astype(np.float32) / 255)
`,
    config.conditional
      ? String.raw`
def one_hot(labels):
    return F.one_hot(torch.from_numpy(labels.astype(np.int64)), CLASSES).float()
`
      : "",
    corruptCode(config),
  );
}

function corruptCode(config: RunConfig): string {
  if (!isCorrupted(config)) return "";
  const head = `def corrupt(x, draws):`;
  const level = "CORRUPTION_LEVEL";
  switch (config.corruption) {
    case "none":
      return "";
    case "gaussian":
      return lines(head, `    """draws: standard normals."""`, `    return x + ${level} * draws`);
    case "masking":
      return lines(head, `    """draws: uniforms in [0, 1)."""`, `    return x.masked_fill(draws < ${level}, 0)`);
    case "salt":
      return lines(
        head,
        `    """draws: uniforms in [0, 1)."""`,
        `    return x.masked_fill(draws < ${level}, 1).masked_fill(draws < ${level} / 2, 0)`,
      );
  }
}

function autoencoderCode(config: RunConfig): string {
  return sections(
    reconstructionCode(config),
    divergenceCode(config),
    scheduleCode(config),
    termsCode(config),
    evaluateCode(config),
    trainCode(config),
  );
}

function reconstructionCode({ reconstruction, outputActivation }: RunConfig): string {
  const head = "def reconstruction_losses(logits, x):";
  const squares = `((${activated(outputActivation, "logits")} - x) ** 2).sum(1)`;
  switch (reconstruction) {
    case "bce":
    case "bernoulli":
      return lines(
        head,
        `    """Cross-entropy${reconstruction === "bce" ? " with grey pixels" : ""}, summed over pixels, [batch]."""`,
        `    return F.binary_cross_entropy_with_logits(logits, x, reduction="none").sum(1)`,
      );
    case "gaussian":
      return lines(
        head,
        `    """-log N(x; output, SIGMA²), its constant included, [batch]."""`,
        `    squares = ${squares}`,
        `    return squares / (2 * SIGMA**2) + PIXELS * 0.5 * math.log(2 * math.pi * SIGMA**2)`,
      );
    case "mse":
      return lines(head, `    """Squared errors, summed over pixels, without a half, [batch]."""`, `    return ${squares}`);
  }
}

/** Whether a KL, or what a taught mistake calls one, is part of the objective. */
function isCharged({ model, mistake }: RunConfig): boolean {
  return model === "vae" || mistake !== "none";
}

function divergenceCode({ model, mistake }: RunConfig): string {
  if (model === "vae") {
    return String.raw`
def kl_divergences(mean, log_var):
    """KL(q(z|x) || N(0, I)) of each latent dimension, [batch, LATENT_DIM]."""
    return 0.5 * (mean**2 + log_var.exp() - log_var - 1)
`;
  }
  switch (mistake) {
    case "none":
      return "";
    case "detached-kl":
      return String.raw`
def kl_divergences(z):
    """A mistake, on purpose: detached from the graph, this changes what is reported and not what is learnt."""
    return 0.5 * z.detach() ** 2
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
  if (!isCharged(config)) {
    return String.raw`
def terms(reconstruction):
    """Means over images; an autoencoder has no KL."""
    reconstruction = reconstruction.mean()
    return {"objective": reconstruction, "reconstruction": reconstruction, "kl": torch.zeros(())}
`;
  }
  const isVae = config.model === "vae";
  const mode = isVae ? config.klMode : "plain";
  return lines(
    "def terms(reconstruction, kl, step):",
    `    """Means over images, with the weights of the update that makes step "step"."""`,
    "    reconstruction = reconstruction.mean()",
    mode === "free-bits" && "    penalty = kl.mean(0).clamp(min=FREE_BITS).sum()  # what a dimension has below FREE_BITS is free",
    "    kl = kl.sum(1).mean()",
    mode === "capacity" && "    penalty = (kl - capacity_at(step)).abs()",
    `    objective = reconstruction + ${config.betaSchedule === "constant" ? "BETA" : "beta_at(step)"} * ${mode === "plain" ? "kl" : "penalty"}`,
    `    return {"objective": objective, "reconstruction": reconstruction, "kl": kl${mode === "plain" ? "" : `, "penalty": penalty`}}`,
  );
}

/** What the model's call gives, and the losses that follow from it. */
function judged(config: RunConfig): { readonly outputs: string; readonly kl: string } {
  return config.model === "vae"
    ? { outputs: "logits, mean, log_var", kl: "kl_divergences(mean, log_var)" }
    : { outputs: "logits, z", kl: "kl_divergences(z)" };
}

function evaluateCode(config: RunConfig): string {
  const { outputs, kl } = judged(config);
  const isVae = config.model === "vae";
  const count = "len(images)";
  const draws = config.corruption === "gaussian" ? "normals" : "uniforms";
  const slices = [
    isCorrupted(config) ? "seen[part]" : "x[part]",
    ...(isVae ? ["epsilon[part]"] : []),
    ...(config.conditional ? ["told[part]"] : []),
  ];
  return lines(
    "@torch.no_grad()",
    `def evaluate(model, images${config.conditional ? ", labels" : ""}${isCharged(config) ? ", step" : ""}):`,
    `    """The terms over held-out images${isVae ? ", one draw of z each" : ""}, with the page's own draws."""`,
    "    x = as_pixels(images)",
    isBinarised(config) && `    x = (torch.from_numpy(uniforms(BINARISATION, ${count}, PIXELS)) < x).float()`,
    isCorrupted(config) && `    seen = corrupt(x, torch.from_numpy(${draws}(CORRUPTION, ${count}, PIXELS)))`,
    isVae && `    epsilon = torch.from_numpy(normals(NOISE, ${count}, LATENT_DIM))`,
    config.conditional && "    told = one_hot(labels)",
    isCharged(config) ? "    reconstruction, kl = [], []" : "    reconstruction = []",
    `    for start in range(0, ${count}, 500):`,
    "        part = slice(start, start + 500)",
    `        ${isCharged(config) ? outputs : "logits, _"} = model(${slices.join(", ")})`,
    "        reconstruction.append(reconstruction_losses(logits, x[part]))",
    isCharged(config) && `        kl.append(${kl})`,
    `    return terms(torch.cat(reconstruction)${isCharged(config) ? ", torch.cat(kl), step + 1" : ""})`,
  );
}

function trainCode(config: RunConfig): string {
  const { outputs, kl } = judged(config);
  const draws = config.corruption === "gaussian" ? "torch.randn_like(x)" : "torch.rand_like(x)";
  const inputs = [
    isCorrupted(config) ? `corrupt(x, ${draws})` : "x",
    ...(config.model === "vae" ? ["torch.randn(len(x), LATENT_DIM)"] : []),
    ...(config.conditional ? ["one_hot(labels[batch])"] : []),
  ];
  return lines(
    `def train(model, images${config.conditional ? ", labels" : ""}, step, epochs):`,
    `    """Yields the number of updates done after every epoch."""`,
    `    optimiser = ${torchOptimiser(config, "model.parameters()")}`,
    "    for _ in range(epochs):",
    "        order = torch.randperm(TRAIN_SIZE).numpy()",
    "        for start in range(0, TRAIN_SIZE - BATCH_SIZE + 1, BATCH_SIZE):",
    "            batch = order[start : start + BATCH_SIZE]",
    "            x = as_pixels(images[batch])",
    isBinarised(config) && "            x = torch.bernoulli(x)  # black or white anew every time",
    "            step += 1",
    `            ${isCharged(config) ? outputs : "logits, _"} = model(${inputs.join(", ")})`,
    `            loss = terms(reconstruction_losses(logits, x)${isCharged(config) ? `, ${kl}, step` : ""})["objective"]`,
    "            optimiser.zero_grad()",
    "            loss.backward()",
    "            optimiser.step()",
    "        yield step",
  );
}

function mainCode(config: RunConfig, network: Network): string {
  const isKeras = config.initialiser === "keras";
  const needsStep = config.model !== "gan" && isCharged(config);
  const labels = config.conditional ? ", labels" : "";
  const heldOut = config.conditional ? "*held_out" : "held_out[0]";
  return sections(
    isKeras
      ? String.raw`
def initialise(model):
    """As Keras does it: Glorot's uniform weights, biases of 0."""
    for name, parameter in model.named_parameters():
        if name.endswith("weight"):
            nn.init.xavier_uniform_(parameter)
        else:
            nn.init.zeros_(parameter)
`
      : "",
    String.raw`
def load_weights(model, path):
    arrays, metadata = read_safetensors(path)
    model.load_state_dict({name: torch.from_numpy(array.copy()) for name, array in arrays.items()})
    return metadata
`,
    lines(
      "def main():",
      "    parser = argparse.ArgumentParser()",
      `    parser.add_argument("--weights", help="a .safetensors file of the page, or of this script")`,
      `    parser.add_argument("--data", default=DATA, help="folder or address of the data set's manifest.json")`,
      `    parser.add_argument("--epochs", type=int, default=0, help="so many epochs of training")`,
      `    parser.add_argument("--save", help="where to put the weights in the end")`,
      "    arguments = parser.parse_args()",
      "",
      "    torch.manual_seed(SEED)",
      `    model = ${className(network)}()`,
      isKeras && "    initialise(model)",
      `    metadata = load_weights(model, arguments.weights) if arguments.weights else {"format": "pt"}`,
      `    step = int(metadata.get("step", 0))`,
      `    held_out = load_split(arguments.data, "heldOut")`,
      "",
      "    def report():",
      `        losses = evaluate(model, ${heldOut}${needsStep ? ", step" : ""})`,
      `        print(json.dumps({"step": step, **{name: float(value) for name, value in losses.items()}}), flush=True)`,
      "",
      "    report()",
      "    if arguments.epochs > 0:",
      `        images${labels === "" ? ", _" : labels} = load_split(arguments.data, "train", TRAIN_SIZE)`,
      `        for step in train(model, images${labels}, step, arguments.epochs):`,
      "            report()",
      "    if arguments.save:",
      "        arrays = {name: tensor.numpy() for name, tensor in model.state_dict().items()}",
      `        write_safetensors(arguments.save, arrays, {**metadata, "step": str(step)})`,
    ),
    `if __name__ == "__main__":\n${indented("main()")}`,
  );
}
