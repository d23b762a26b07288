#!/usr/bin/env python3
"""The benchmark's three networks in PyTorch, eager and torch.compile, on CUDA where there is one.

    python3 scripts/bench-torch.py --models dense,deep,conv --batches 32,128,512 --seconds 6 --out torch.json

Writes rows shaped as those of `npm run bench` (`engine` is `torch` or `torch-compile`); `npm run bench:node -- --beside=torch.json` puts
them into one table with ours. Needs PyTorch alone: 1.13 knows no torch.compile and then says so in a row.
"""

import argparse
import json
import math
import time

import torch
from torch import nn
from torch.nn import functional as F

TRAIN_IMAGES = 2_000
PIXELS = 784
# Steps issued to an idle device for the issue time, as in bench/station.ts: many more would wait for room in CUDA's queue.
ISSUED_STEPS = 16


class Vae(nn.Module):
    """Encoder, two linear heads, decoder; returns the objective of a batch, nats per image."""

    def __init__(self, encoder, heads_in, latent_dim, decoder):
        super().__init__()
        self.encoder = encoder
        self.mean = nn.Linear(heads_in, latent_dim)
        self.log_var = nn.Linear(heads_in, latent_dim)
        self.decoder = decoder

    def forward(self, x):  # [batch, pixels], in [0, 1]
        h = self.encoder(x)
        mean, log_var = self.mean(h), self.log_var(h)
        z = mean + torch.exp(0.5 * log_var) * torch.randn_like(mean)
        logits = self.decoder(z).reshape(x.shape)
        bce = F.binary_cross_entropy_with_logits(logits, x, reduction="sum")
        kl = 0.5 * torch.sum(mean * mean + torch.exp(log_var) - 1 - log_var)
        return (bce + kl) / x.shape[0]


def stack(widths):
    """Dense layers, each with its relu."""
    layers = []
    for inputs, units in zip(widths, widths[1:]):
        layers += [nn.Linear(inputs, units), nn.ReLU()]
    return layers


class Same(nn.Module):
    """A strided convolution with TensorFlow's "same" padding: the odd row and column at the far side."""

    def __init__(self, inputs, filters):
        super().__init__()
        self.conv = nn.Conv2d(inputs, filters, 3, stride=2)

    def forward(self, x):
        return self.conv(F.pad(x, (0, 1, 0, 1)))


def dense():
    return Vae(nn.Sequential(*stack([784, 400])), 400, 20, nn.Sequential(*stack([20, 400]), nn.Linear(400, 784)))


def deep():
    widths = [784, 128, 64, 32, 16, 8, 4]
    decoder = nn.Sequential(*stack([2, *widths[:0:-1]]), nn.Linear(128, 784))
    return Vae(nn.Sequential(*stack(widths)), 4, 2, decoder)


def conv():
    encoder = nn.Sequential(
        nn.Unflatten(1, (1, 28, 28)), Same(1, 32), nn.ReLU(), Same(32, 64), nn.ReLU(), nn.Flatten(), nn.Linear(3136, 16), nn.ReLU()
    )
    up = {"stride": 2, "padding": 1, "output_padding": 1}
    decoder = nn.Sequential(
        *stack([2, 3136]),
        nn.Unflatten(1, (64, 7, 7)),
        nn.ConvTranspose2d(64, 64, 3, **up),
        nn.ReLU(),
        nn.ConvTranspose2d(64, 32, 3, **up),
        nn.ReLU(),
        nn.ConvTranspose2d(32, 1, 3, stride=1, padding=1),
    )
    return Vae(encoder, 16, 2, decoder)


MODELS = {"dense": dense, "deep": deep, "conv": conv}


def wait(device):
    if device.type == "cuda":
        torch.cuda.synchronize()


def median(values):
    return sorted(values)[(len(values) - 1) // 2]


def measure(engine, model, batch, seconds, device):
    """Times whole optimiser steps, gathering the batch included, the loss left on the device."""
    torch.manual_seed(1)
    network = MODELS[model]().to(device)
    objective_of = network
    if engine == "torch-compile":
        if not hasattr(torch, "compile"):
            raise RuntimeError(f"PyTorch {torch.__version__} has no torch.compile")
        objective_of = torch.compile(network)
    optimiser = torch.optim.Adam(network.parameters(), lr=1e-3)
    images = (torch.rand(TRAIN_IMAGES, PIXELS, device=device) > 0.8).float()

    def step():
        optimiser.zero_grad(set_to_none=True)
        loss = objective_of(images[torch.randint(TRAIN_IMAGES, (batch,), device=device)])
        loss.backward()
        optimiser.step()
        return loss.detach()

    first = step().item()
    for _ in range(4):
        step()
    wait(device)
    started = time.perf_counter()
    for _ in range(3):
        step()
    wait(device)
    per_round = max(1, min(2000, math.floor(seconds / 6 / ((time.perf_counter() - started) / 3))))

    wall, issue, last = [], [], first
    end = time.perf_counter() + seconds
    while len(wall) < 3 or time.perf_counter() < end:
        issued = min(ISSUED_STEPS, per_round)
        started = time.perf_counter()
        for _ in range(issued):
            step()
        issue.append((time.perf_counter() - started) / issued)
        wait(device)
        started = time.perf_counter()
        for _ in range(per_round):
            last = step()
        wait(device)
        wall.append((time.perf_counter() - started) / per_round)
    objective = last.item()
    if not objective < first:
        raise RuntimeError(f"the objective went from {first} to {objective}")
    return {
        "adapter": torch.cuda.get_device_name(device) if device.type == "cuda" else f"CPU, {torch.get_num_threads()} threads",
        "msPerStep": 1000 * median(wall),
        "issueMsPerStep": 1000 * median(issue),
        "dispatches": None,
        "gpuMsPerStep": None,
        "stepsPerSecond": 1 / median(wall),
        "rounds": len(wall),
        "stepsPerRound": per_round,
        "firstObjective": first,
        "objective": objective,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", default=",".join(MODELS))
    parser.add_argument("--batches", default="32,128,512")
    parser.add_argument("--engines", default="torch,torch-compile")
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--out", default="torch.json")
    options = parser.parse_args()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    rows = []
    for model in options.models.split(","):
        for batch in map(int, options.batches.split(",")):
            for engine in options.engines.split(","):
                row = {"engine": engine, "backend": device.type, "model": model, "batch": batch, "width": None}
                try:
                    row.update(measure(engine, model, batch, options.seconds, device))
                    print(f"{engine} {device.type} {model} batch {batch}: {row['stepsPerSecond']:.1f} steps per second", flush=True)
                except Exception as error:  # a row that says why, and on with the next
                    row["error"] = (str(error).splitlines() or [type(error).__name__])[0]
                    print(f"{engine} {device.type} {model} batch {batch}: {row['error']}", flush=True)
                rows.append(row)
    result = {"date": time.strftime("%Y-%m-%d"), "pytorch": torch.__version__, "rows": rows}
    with open(options.out, "w") as file:
        file.write(json.dumps(result, indent=2) + "\n")
    print(f"written to {options.out}")


if __name__ == "__main__":
    main()
