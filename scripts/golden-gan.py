"""Golden numbers of GANs for the engine's tests, from PyTorch in float64 on the CPU.

Run from the repository root: `python3 scripts/golden-gan.py`. Writes src/testing/golden-gan/*.json: for small odd-shaped
pairs of networks, images, scores, each loss term, every gradient of both sides, and the parameters after three steps of each
optimiser, one for either side.

As in golden.py, from which layers and updates come, PyTorch's own modules, losses, autograd and optimisers do the work. A step is
`discriminatorSteps` updates of the discriminator, k = 1 …, then one of the generator, k = 0; each has its own draws.
"""

import json
import sys
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

from golden import ACTIVATIONS, BATCH, IMAGE, MOMENTUM, RATES, STEPS, Network
from golden import flat, hidden_layer, keras_update, pixel_count, torch_optimiser

COMMAND = "python3 scripts/golden-gan.py"
FOLDER = Path(__file__).resolve().parent.parent / "src" / "testing" / "golden-gan"

COMMON = {
    "model": "gan",
    "ganLoss": "nonsaturating",
    "discriminatorSteps": 1,
    "discriminatorRate": 1.0,
    "labelSmoothing": 0.0,
    "instanceNoise": 0.0,
    "adamBeta1": 0.5,
}

NOT_IN_CONFIG = ("image", "scale")

CASES = {
    "smoothing": {
        **COMMON,
        "encoder": [(6, "lrelu"), (5, "tanh")],
        "latentDim": 3,
        "decoder": [(4, "elu")],
        "outputActivation": "sigmoid",
        "labelSmoothing": 0.1,
        "discriminatorRate": 2.0,
    },
    # Larger numbers, so that some scores lie beyond the hinge: were all within it, the gradient by the score's bias would be
    # the difference of two equal numbers, and a first step of Adam, about rate · g / |g|, hang on their last bits.
    "hinge": {
        **COMMON,
        "encoder": [(6, "elu")],
        "latentDim": 2,
        "decoder": [(5, "tanh"), (4, "softplus")],
        "outputActivation": "tanh",
        "ganLoss": "hinge",
        "scale": 4.0,
    },
    "instance-noise": {
        **COMMON,
        "encoder": [(6, "softplus")],
        "latentDim": 3,
        "decoder": [(5, "lrelu")],
        "outputActivation": "linear",
        "instanceNoise": 0.3,
    },
    "two-steps": {
        **COMMON,
        "encoder": [(6, "tanh")],
        "latentDim": 2,
        "decoder": [(5, "elu")],
        "outputActivation": "sigmoid",
        "discriminatorSteps": 2,
        "discriminatorRate": 0.5,
        "instanceNoise": 0.1,
        "adamBeta1": 0.9,
    },
    # No hidden layer on either side: the score meets the pixels, the code the logits.
    "bare": {
        **COMMON,
        "encoder": [],
        "latentDim": 3,
        "decoder": [],
        "outputActivation": "sigmoid",
    },
    "conv": {
        **COMMON,
        "image": {"height": 4, "width": 6, "channels": 1},
        "encoder": [(3, 4, 2, "lrelu"), (5, 3, 1, "elu")],
        "latentDim": 2,
        "decoder": [(18, "tanh"), (5, 4, 2, "elu")],
        "outputActivation": "sigmoid",
    },
}


class Gan(Network):
    """`encoder` and `score` are the discriminator, `decoder` and `output` the generator."""

    def __init__(self, case):
        nn.Module.__init__(self)
        self.case = case
        self.layers = nn.ModuleDict()
        self.activations = {}
        self.classes = 0
        self.told = set()
        image = case.get("image", IMAGE)
        self.add("score", nn.Linear(self.encode_stack(image), 1), "linear")
        self.decode_stack(image)
        self.double()

    def score(self, x):
        for i in range(len(self.case["encoder"])):
            x = self.apply_layer(f"encoder.{i}", x)
        return self.apply_layer("score", x)

    def generate(self, z):
        for i in range(len(self.case["decoder"])):
            z = self.apply_layer(f"decoder.{i}", z)
        return ACTIVATIONS[self.case["outputActivation"]]()(self.apply_layer("output", z))

    def side(self, is_discriminator):
        """In our order."""
        own = [layer for key, layer in self.layers.items() if key.startswith(("encoder", "score")) == is_discriminator]
        return [parameter for layer in own for parameter in layer.parameters()]

    def seen(self, x, noise):
        return x + self.case["instanceNoise"] * noise

    def discriminator_loss(self, draws, k):
        """Of update k: its loss, and the scores of both kinds."""
        real = self.score(self.seen(draws["real"][k - 1], draws["realNoise"][k - 1]))
        fake = self.score(self.seen(self.generate(draws["codes"][k]).detach(), draws["fakeNoise"][k]))
        if self.case["ganLoss"] == "hinge":
            loss = F.relu(1 - real).mean() + F.relu(1 + fake).mean()
        else:
            label = torch.full_like(real, 1 - self.case["labelSmoothing"])
            loss = F.binary_cross_entropy_with_logits(real, label) + F.binary_cross_entropy_with_logits(fake, torch.zeros_like(fake))
        return loss, real, fake

    def generator_loss(self, draws):
        images = self.generate(draws["codes"][0])
        score = self.score(self.seen(images, draws["fakeNoise"][0]))
        loss = -score.mean() if self.case["ganLoss"] == "hinge" else F.binary_cross_entropy_with_logits(score, torch.ones_like(score))
        return loss, score, images


def start(name, case):
    """The same start for every optimiser; numbers that float32 holds exactly."""
    torch.manual_seed(sum(map(ord, name)))
    network = Gan(case)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.copy_(case.get("scale", 1.0) * (torch.rand_like(parameter) - 0.5).float().double())
    pixels = pixel_count(case.get("image", IMAGE))
    updates = case["discriminatorSteps"]

    def normal(*shape):
        return torch.randn(*shape).double()

    def draws():
        images = torch.randint(0, 256, (updates, BATCH, pixels))
        return {
            "images": images,
            "real": (images.float() / 255).double(),
            "codes": normal(updates + 1, BATCH, case["latentDim"]),
            "realNoise": normal(updates, BATCH, pixels),
            "fakeNoise": normal(updates + 1, BATCH, pixels),
        }

    return network, [draws() for _ in range(STEPS)]


class Optimiser:
    """Of one side alone."""

    def __init__(self, kind, family, parameters, case, rate):
        self.kind, self.parameters, self.rate, self.beta1 = kind, parameters, rate, case["adamBeta1"]
        self.torch = torch_optimiser(kind, parameters, case) if family == "pytorch" else None
        if self.torch is not None:
            self.torch.param_groups[0]["lr"] = rate
        self.states = [{} for _ in parameters]
        self.updates = 0

    def update(self, loss):
        for parameter, gradient in zip(self.parameters, torch.autograd.grad(loss, self.parameters)):
            parameter.grad = gradient
        self.updates += 1
        if self.torch is not None:
            self.torch.step()
            return
        with torch.no_grad():
            for parameter, state in zip(self.parameters, self.states):
                keras_update(self.kind, parameter, parameter.grad, state, self.updates, self.beta1, self.rate)


def trained(name, case, kind, family):
    network, steps = start(name, case)
    rate = RATES[kind]
    discriminator = Optimiser(kind, family, network.side(True), case, rate * case["discriminatorRate"])
    generator = Optimiser(kind, family, network.side(False), case, rate)
    for draws in steps:
        for k in range(1, case["discriminatorSteps"] + 1):
            discriminator.update(network.discriminator_loss(draws, k)[0])
        generator.update(network.generator_loss(draws)[0])
    return network.table()


def golden(name, case):
    network, steps = start(name, case)
    initial = network.table()
    first = steps[0]
    discriminator, real, fake = network.discriminator_loss(first, 1)
    generator, score, images = network.generator_loss(first)
    for loss, side in ((discriminator, network.side(True)), (generator, network.side(False))):
        for parameter, gradient in zip(side, torch.autograd.grad(loss, side)):
            parameter.grad = gradient
    config = {key: value for key, value in case.items() if key not in NOT_IN_CONFIG}
    layers = {key: [hidden_layer(*layer) for layer in case[key]] for key in ("encoder", "decoder")}
    noise = {key: [[flat(k) for k in draws[key]] for draws in steps] for key in ("realNoise", "fakeNoise")}
    return {
        "command": COMMAND,
        "torch": torch.__version__,
        "image": case.get("image", IMAGE),
        "config": {**config, **layers},
        "batch": BATCH,
        "images": [[k.reshape(-1).tolist() for k in draws["images"]] for draws in steps],
        "codes": [[flat(k) for k in draws["codes"]] for draws in steps],
        **(noise if case["instanceNoise"] > 0 else {}),
        "weights": initial,
        "forward": {"generated": flat(images), "generatorScores": flat(score), "realScores": flat(real), "fakeScores": flat(fake)},
        "terms": {
            "discriminator": discriminator.item(),
            "generator": generator.item(),
            "realScore": torch.sigmoid(real).mean().item(),
            "fakeScore": torch.sigmoid(fake).mean().item(),
        },
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
