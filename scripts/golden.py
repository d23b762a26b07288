"""Golden numbers for the engine's tests, from PyTorch in float64 on the CPU.

Run from the repository root: `python3 scripts/golden.py`. Writes src/testing/golden/*.json: for small odd-shaped
networks of every family with an encoder, forward values, each loss term, every gradient, and the parameters after three
steps of each optimiser. Adversarial ones are golden-gan.py's.

PyTorch's own modules, losses, autograd and optimisers do the work. Keras is not at hand: the updates of its family are
written from its documentation (keras.optimizers, version 3), in the few lines of `keras_update`; and so is the padding of
convolutions, which TensorFlow calls "same" and PyTorch lacks for strides: `F.pad` before a convolution, a crop after a
transposed one.
"""

import json
import math
import sys
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

COMMAND = "python3 scripts/golden.py"
FOLDER = Path(__file__).resolve().parent.parent / "src" / "testing" / "golden"
BATCH = 7
STEPS = 3
IMAGE = {"height": 5, "width": 3, "channels": 1}
RATES = {"adam": 0.01, "sgd": 0.002, "rmsprop": 0.01, "adadelta": 1.0}
MOMENTUM = 0.9

ACTIVATIONS = {
    "linear": nn.Identity,
    "relu": nn.ReLU,
    "lrelu": nn.LeakyReLU,  # slope 0.01
    "elu": nn.ELU,  # alpha 1
    "softplus": nn.Softplus,
    "tanh": nn.Tanh,
    "sigmoid": nn.Sigmoid,
}

CASES = {
    "vae-bce": {
        "model": "vae",
        "encoder": [(6, "relu"), (5, "tanh")],
        "latentDim": 3,
        "decoder": [(4, "elu")],
        "outputActivation": "sigmoid",
        "reconstruction": "bce",
        "beta": 0.7,
    },
    "vae-mse": {
        "model": "vae",
        "encoder": [(6, "softplus")],
        "latentDim": 2,
        "decoder": [(4, "lrelu"), (5, "sigmoid")],
        "outputActivation": "tanh",
        "reconstruction": "mse",
        "beta": 2.0,
    },
    "ae-bce": {
        "model": "ae",
        "encoder": [(6, "lrelu"), (5, "sigmoid")],
        "latentDim": 3,
        "decoder": [(4, "softplus"), (3, "linear")],
        "outputActivation": "sigmoid",
        "reconstruction": "bce",
        "beta": 1.0,
    },
    "ae-mse": {
        "model": "ae",
        "encoder": [],
        "latentDim": 3,
        "decoder": [],
        "outputActivation": "linear",
        "reconstruction": "mse",
        "beta": 1.0,
    },
    # Filters, kernel, stride, activation; odd channels. Chosen among activations so that no gradient is nearly 0, where a
    # first step of RMSprop or Adam, about rate · g / |g|, hangs on the last bits.
    "conv-vae-bce": {
        "image": {"height": 4, "width": 6, "channels": 3},
        "model": "vae",
        "encoder": [(5, 3, 2, "relu"), (3, 3, 1, "tanh")],
        "latentDim": 2,
        "decoder": [(18, "elu"), (5, 3, 2, "relu")],
        "outputActivation": "sigmoid",
        "reconstruction": "bce",
        "beta": 0.7,
    },
    "conv-ae-mse": {
        "image": {"height": 6, "width": 4, "channels": 1},
        "model": "ae",
        "encoder": [(3, 4, 1, "lrelu"), (5, 4, 2, "softplus"), (4, "linear")],
        "latentDim": 3,
        "decoder": [(18, "linear"), (3, 4, 2, "elu"), (3, 4, 1, "tanh")],
        "outputActivation": "linear",
        "reconstruction": "mse",
        "beta": 1.0,
    },
    "denoising-masking": {
        "model": "ae",
        "encoder": [(6, "tanh")],
        "latentDim": 3,
        "decoder": [(5, "elu")],
        "outputActivation": "sigmoid",
        "reconstruction": "bce",
        "beta": 1.0,
        "corruption": "masking",
        "corruptionLevel": 0.4,
    },
    "denoising-gaussian-vae": {
        "model": "vae",
        "encoder": [(6, "elu")],
        "latentDim": 2,
        "decoder": [(5, "tanh")],
        "outputActivation": "sigmoid",
        "reconstruction": "mse",
        "beta": 0.5,
        "betaSchedule": "linear",
        "scheduleSteps": 2,
        "corruption": "gaussian",
        "corruptionLevel": 0.3,
    },
    "bernoulli-salt": {
        "model": "vae",
        "encoder": [(6, "softplus")],
        "latentDim": 2,
        "decoder": [(4, "tanh")],
        "outputActivation": "sigmoid",
        "reconstruction": "bernoulli",
        "beta": 1.0,
        "corruption": "salt",
        "corruptionLevel": 0.3,
        "adamBeta1": 0.5,
    },
    "gaussian-free-bits": {
        "model": "vae",
        "encoder": [(6, "tanh")],
        "latentDim": 3,
        "decoder": [(5, "elu")],
        "outputActivation": "linear",
        "reconstruction": "gaussian",
        "sigma": 0.4,
        "beta": 0.7,
        "klMode": "free-bits",
        "freeBits": 0.08,  # one dimension below it, two above
    },
    "capacity": {
        "model": "vae",
        "encoder": [(6, "elu")],
        "latentDim": 3,
        "decoder": [(5, "tanh")],
        "outputActivation": "sigmoid",
        "reconstruction": "bce",
        "beta": 3.0,
        "klMode": "capacity",
        "capacity": 2.0,
        "scheduleSteps": 2,
    },
    "conditional": {
        "model": "vae",
        "conditional": True,
        "classes": 3,
        "encoder": [(6, "tanh"), (5, "elu")],
        "latentDim": 2,
        "decoder": [(4, "softplus")],
        "outputActivation": "sigmoid",
        "reconstruction": "bce",
        "beta": 0.7,
    },
    # The heads meet the pixels, the code meets them again: there both are told the label.
    "conditional-bare": {
        "model": "vae",
        "conditional": True,
        "classes": 4,
        "encoder": [],
        "latentDim": 3,
        "decoder": [],
        "outputActivation": "tanh",
        "reconstruction": "mse",
        "beta": 1.3,
    },
    "conditional-conv": {
        "image": {"height": 4, "width": 6, "channels": 1},
        "model": "ae",
        "conditional": True,
        "classes": 3,
        "encoder": [(5, 3, 2, "elu")],
        "latentDim": 2,
        "decoder": [(18, "tanh"), (3, 3, 2, "softplus")],
        "outputActivation": "sigmoid",
        "reconstruction": "bce",
        "beta": 1.0,
    },
    "relu-heads": {
        "model": "vae",
        "encoder": [(6, "elu")],
        "headActivation": "relu",
        "latentDim": 4,
        "decoder": [(5, "tanh")],
        "outputActivation": "sigmoid",
        "reconstruction": "bce",
        "beta": 0.7,
    },
    "detached-kl": {
        "model": "ae",
        "encoder": [(6, "tanh")],
        "latentDim": 2,
        "decoder": [(5, "elu")],
        "outputActivation": "sigmoid",
        "reconstruction": "bce",
        "beta": 0.7,
        "mistake": "detached-kl",
    },
    "code-mean": {
        "model": "ae",
        "encoder": [(6, "elu")],
        "latentDim": 3,
        "decoder": [(5, "tanh")],
        "outputActivation": "linear",
        "reconstruction": "mse",
        "beta": 0.7,
        "mistake": "code-mean",
    },
}


def beta_at(case, step):
    """As src/model/schedule.ts; step counts from 1."""
    if case.get("betaSchedule", "constant") == "constant":
        return case["beta"]
    return case["beta"] * min(1, (step - 1) / case["scheduleSteps"])


def capacity_at(case, step):
    return case.get("capacity", 0) * min(1, (step - 1) / case.get("scheduleSteps", 1))


def shown(case, x):
    """What the loss compares with and what the encoder sees, of every step: drawn here and written down."""
    targets, inputs = [], []
    level = case.get("corruptionLevel", 0)
    for _ in range(STEPS):
        target = torch.bernoulli(x) if case["reconstruction"] == "bernoulli" else x
        kind = case.get("corruption", "none")
        u = torch.rand_like(x)
        if kind == "gaussian":
            seen = target + level * torch.randn_like(x)
        elif kind == "masking":
            seen = torch.where(u < level, torch.zeros_like(x), target)
        elif kind == "salt":
            seen = torch.where(u < level / 2, torch.zeros_like(x), torch.where(u < level, torch.ones_like(x), target))
        else:
            seen = target
        targets.append(target.float().double())
        inputs.append(seen.float().double())
    return targets, inputs


def same_padding(large, small, kernel, stride):
    """TensorFlow's: what the small image needs beyond the large one, the odd row or column at the far side."""
    return [pad(large[side], small[side], kernel, stride) for side in ("height", "width")]


def pad(large, small, kernel, stride):
    total = max((small - 1) * stride + kernel - large, 0)
    return total // 2, total - total // 2


class Convolution(nn.Module):
    """Of flat images, channels innermost."""

    def __init__(self, image, filters, kernel, stride):
        super().__init__()
        self.image = image
        self.out = {side: -(-image[side] // stride) for side in ("height", "width")} | {"channels": filters}
        self.pads = same_padding(image, self.out, kernel, stride)
        self.inner = nn.Conv2d(image["channels"], filters, kernel, stride)

    def forward(self, h):
        (top, bottom), (left, right) = self.pads
        return flat_images(self.inner(F.pad(images(h, self.image), (left, right, top, bottom))))


class TransposedConvolution(nn.Module):
    """As `Convolution`."""

    def __init__(self, image, filters, kernel, stride):
        super().__init__()
        self.image = image
        self.out = {side: image[side] * stride for side in ("height", "width")} | {"channels": filters}
        self.pads = same_padding(self.out, image, kernel, stride)
        self.inner = nn.ConvTranspose2d(image["channels"], filters, kernel, stride)

    def forward(self, h):
        (top, _), (left, _) = self.pads
        whole = self.inner(images(h, self.image))
        return flat_images(whole[:, :, top : top + self.out["height"], left : left + self.out["width"]])


def images(h, image):
    """[batch, height * width * channels] to [batch, channels, height, width]"""
    return h.reshape(len(h), image["height"], image["width"], image["channels"]).permute(0, 3, 1, 2)


def flat_images(h):
    return h.permute(0, 2, 3, 1).reshape(len(h), -1)


def pixel_count(image):
    return image["height"] * image["width"] * image["channels"]


class Network(nn.Module):
    """Layers named as in src/model/network.ts; PyTorch keeps weights as [out, in, ...], we as [..., in, out]."""

    def __init__(self, case):
        super().__init__()
        self.case = case
        self.layers = nn.ModuleDict()
        self.activations = {}
        self.classes = case.get("classes", 0)
        self.told = set()
        image = case.get("image", IMAGE)
        width = self.encode_stack(image)
        head = case.get("headActivation", "linear")
        names = ["mean", "logVar"] if case["model"] == "vae" else ["mean"]
        if not self.told:  # no hidden dense layer: the heads are told the label
            width += self.classes
            self.told.update(names)
        for name in names:
            self.add(name, nn.Linear(width, case["latentDim"]), head)
        self.decode_stack(image)
        self.double()

    def add(self, name, layer, activation):
        self.layers[name.replace(".", "_")] = layer
        self.activations[name] = ACTIVATIONS[activation]()

    def encode_stack(self, image):
        width = pixel_count(image)
        for i, (*shape, activation) in enumerate(self.case["encoder"]):
            if len(shape) == 1 and not self.told:
                width += self.classes
                self.told.add(f"encoder.{i}")
            layer = nn.Linear(width, *shape) if len(shape) == 1 else Convolution(image, *shape)
            image = getattr(layer, "out", None)
            width = shape[0] if image is None else pixel_count(image)
            self.add(f"encoder.{i}", layer, activation)
        return width

    def decode_stack(self, image):
        width = self.case["latentDim"] + self.classes
        self.told.add("decoder.0" if self.case["decoder"] else "output")
        scale = math.prod(shape[2] for shape in self.case["decoder"] if len(shape) == 4)
        grid = None
        last = None
        for i, (*shape, activation) in enumerate(self.case["decoder"]):
            if len(shape) == 1:
                layer = nn.Linear(width, *shape)
                width = shape[0]
                sides = {side: image[side] // scale for side in ("height", "width")}
                grid = sides | {"channels": width // (sides["height"] * sides["width"])}
            else:
                layer = TransposedConvolution(grid, *shape)
                grid = layer.out
                last = shape
            self.add(f"decoder.{i}", layer, activation)
        pixels = nn.Linear(width, pixel_count(image)) if last is None else TransposedConvolution(grid, image["channels"], last[1], 1)
        self.add("output", pixels, "linear")

    def apply_layer(self, name, h):
        if name in self.told and self.classes > 0:
            h = torch.cat([h, self.one_hot], 1)
        return self.activations[name](self.layers[name.replace(".", "_")](h))

    def forward(self, x, epsilon, labels=None, target=None, beta=None, capacity=0.0):
        """x: what the encoder sees; target: what the loss compares with, x itself where it is not given."""
        case = self.case
        target = x if target is None else target
        beta = case["beta"] if beta is None else beta
        self.one_hot = None if labels is None else F.one_hot(labels, self.classes).double()
        h = x
        for i in range(len(self.case["encoder"])):
            h = self.apply_layer(f"encoder.{i}", h)
        mean = self.apply_layer("mean", h)
        log_var = None
        z = mean
        kl = torch.zeros(len(x), dtype=torch.float64)
        if self.case["model"] == "vae":
            log_var = torch.clamp(self.apply_layer("logVar", h), -20, 20)
            z = mean + torch.exp(0.5 * log_var) * epsilon
            posterior = torch.distributions.Normal(mean, torch.exp(0.5 * log_var))
            prior = torch.distributions.Normal(torch.zeros_like(mean), torch.ones_like(mean))
            kl = torch.distributions.kl_divergence(posterior, prior).sum(1)
        h = z
        for i in range(len(self.case["decoder"])):
            h = self.apply_layer(f"decoder.{i}", h)
        logits = self.apply_layer("output", h)
        reconstruction = ACTIVATIONS[self.case["outputActivation"]]()(logits)
        likelihood = case["reconstruction"]
        if likelihood in ("bce", "bernoulli"):
            losses = F.binary_cross_entropy_with_logits(logits, target, reduction="none").sum(1)
        elif likelihood == "gaussian":
            losses = -torch.distributions.Normal(reconstruction, case["sigma"]).log_prob(target).sum(1)
        else:
            losses = F.mse_loss(reconstruction, target, reduction="none").sum(1)
        terms = {"reconstruction": losses.mean(), "kl": kl.mean()}
        mistake = case.get("mistake", "none")
        if mistake == "detached-kl":
            terms["kl"] = (0.5 * (mean**2).sum(1)).mean().detach()
        elif mistake == "code-mean":
            terms["kl"] = mean.mean()
        mode = case.get("klMode", "plain")
        charged = terms["kl"]
        if mode == "free-bits":
            by_dimension = torch.distributions.kl_divergence(posterior, prior).mean(0)
            charged = terms["penalty"] = torch.clamp(by_dimension, min=case["freeBits"]).sum()
        elif mode == "capacity":
            charged = terms["penalty"] = (terms["kl"] - capacity).abs()
        objective = terms["reconstruction"] + beta * charged
        terms["objective"] = objective
        return {
            "mean": mean,
            "logVar": log_var,
            "z": z,
            "logits": logits,
            "reconstruction": reconstruction,
            "losses": losses,
            "kl": kl,
            "terms": terms,
            "objective": objective,
        }

    def table(self, of=lambda parameter: parameter):
        """Named flat lists in our layout, in our order."""
        names = {}
        for key, layer in self.layers.items():
            name = key.replace("_", ".")
            inner = getattr(layer, "inner", layer)
            weight = of(inner.weight)
            # [out, in, kernel, kernel], of a transposed convolution [in, out, kernel, kernel]: the first two last, swapped.
            names[f"{name}.weight"] = flat(weight.T if weight.dim() == 2 else weight.permute(2, 3, 1, 0))
            names[f"{name}.bias"] = flat(of(inner.bias))
        return names


def flat(tensor):
    """Ten significant digits: beyond any tolerance that float32 can be held to."""
    return None if tensor is None else [float(f"{v:.10g}") for v in tensor.detach().contiguous().reshape(-1).tolist()]


def start(name, case):
    """The same start for every optimiser; numbers that float32 holds exactly."""
    torch.manual_seed(sum(map(ord, name)))
    network = Network(case)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.copy_((torch.rand_like(parameter) - 0.5).float().double())
    pixels = torch.randint(0, 256, (BATCH, pixel_count(case.get("image", IMAGE))))
    x = (pixels.float() / 255).double()
    epsilon = torch.randn(STEPS, BATCH, case["latentDim"]).double()
    targets, inputs = shown(case, x)
    labels = torch.randint(0, case["classes"], (BATCH,)) if case.get("conditional") else None
    batches = [{"x": inputs[i], "target": targets[i], "epsilon": epsilon[i], "labels": labels} for i in range(STEPS)]
    return network, pixels, batches


def torch_optimiser(kind, parameters, case):
    rate = RATES[kind]
    if kind == "adam":
        return torch.optim.Adam(parameters, lr=rate, betas=(case.get("adamBeta1", 0.9), 0.999))
    if kind == "sgd":
        return torch.optim.SGD(parameters, lr=rate, momentum=MOMENTUM)
    if kind == "rmsprop":
        return torch.optim.RMSprop(parameters, lr=rate)
    return torch.optim.Adadelta(parameters, lr=rate)


def keras_update(kind, w, g, state, step, beta1, rate=None):
    """One update as Keras 3 documents it, with its default constants."""
    rate = RATES[kind] if rate is None else rate
    a = state.setdefault("a", torch.zeros_like(w))
    b = state.setdefault("b", torch.zeros_like(w))
    if kind == "adam":
        alpha = rate * math.sqrt(1 - 0.999**step) / (1 - beta1**step)
        a += (g - a) * (1 - beta1)
        b += (g**2 - b) * (1 - 0.999)
        w -= a * alpha / (b.sqrt() + 1e-7)
    elif kind == "sgd":
        a.copy_(MOMENTUM * a - rate * g)
        w += a
    elif kind == "rmsprop":
        a.copy_(0.9 * a + (1 - 0.9) * g**2)
        w -= rate * g / (a + 1e-7).sqrt()
    else:
        a.copy_(0.95 * a + (1 - 0.95) * g**2)
        delta = -((b + 1e-7).sqrt() * g / (a + 1e-7).sqrt())
        b.copy_(0.95 * b + (1 - 0.95) * delta**2)
        w += rate * delta


def trained(name, case, kind, family):
    network, _, batches = start(name, case)
    optimiser = torch_optimiser(kind, network.parameters(), case) if family == "pytorch" else None
    states = [{} for _ in network.parameters()]
    for step, batch in enumerate(batches, 1):
        network.zero_grad()
        network(**batch, beta=beta_at(case, step), capacity=capacity_at(case, step))["objective"].backward()
        if optimiser is not None:
            optimiser.step()
            continue
        with torch.no_grad():
            for parameter, state in zip(network.parameters(), states):
                keras_update(kind, parameter, parameter.grad, state, step, case.get("adamBeta1", 0.9))
    return network.table()


def hidden_layer(*layer):
    """As in the config."""
    names = ("units", "activation") if len(layer) == 2 else ("filters", "kernel", "stride", "activation")
    return dict(zip(names, layer))


# The step whose rates hold for what is told of the first batch: by then every schedule here has come to its end.
JUDGED_STEP = STEPS

NOT_IN_CONFIG = ("image", "classes")


def golden(name, case):
    network, pixels, batches = start(name, case)
    initial = network.table()
    rates = {"beta": beta_at(case, JUDGED_STEP), "capacity": 1.0 * capacity_at(case, JUDGED_STEP)}
    forward = network(**batches[0], **rates)
    forward["objective"].backward()
    config = {key: value for key, value in case.items() if key not in NOT_IN_CONFIG}
    layers = {key: [hidden_layer(*layer) for layer in case[key]] for key in ("encoder", "decoder")}
    labels = batches[0]["labels"]
    is_binarised = case["reconstruction"] == "bernoulli"
    is_corrupted = case.get("corruption", "none") != "none"
    return {
        "command": COMMAND,
        "torch": torch.__version__,
        "image": case.get("image", IMAGE),
        "config": {**config, **layers},
        "batch": BATCH,
        "images": pixels.reshape(-1).tolist(),
        **({} if labels is None else {"labels": labels.tolist(), "classes": case["classes"]}),
        **({"targets": [flat(batch["target"]) for batch in batches]} if is_binarised else {}),
        **({"inputs": [flat(batch["x"]) for batch in batches]} if is_binarised or is_corrupted else {}),
        "epsilon": [flat(batch["epsilon"]) for batch in batches],
        "weights": initial,
        "rates": rates,
        "forward": {key: flat(value) for key, value in forward.items() if key not in ("objective", "terms")},
        "terms": {key: value.item() for key, value in forward["terms"].items()},
        "objective": forward["objective"].item(),
        "gradients": network.table(lambda parameter: parameter.grad),
        "momentum": MOMENTUM,
        "trained": [
            {"optimiser": kind, "initialiser": family, "learningRate": RATES[kind], "weights": trained(name, case, kind, family)}
            for kind in RATES
            for family in ("pytorch", "keras")
        ],
    }


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, case in CASES.items():
        path = FOLDER / f"{name}.json"
        path.write_text(json.dumps(golden(name, case)) + "\n")
        print(f"{path.relative_to(Path.cwd())}: {path.stat().st_size} bytes", file=sys.stderr)
