"""Keras' convolutional VAE (fchollet, 2020) in PyTorch, on the digits the page ships: what `verify:reference` holds ours to.

Run from the repository root: `python3 scripts/reference/conv-vae.py`. Trains three seeds on the 9,000 training digits for ten
epochs and prints the held-out loss after 2, 5 and 10: BCE summed over pixels + KL, nats per image, one draw of z. Weights start
as Keras starts them (Glorot uniform, biases 0), Adam with Keras' epsilon, batch 128, the last partial batch dropped. Published figures
are of training and test images together, 70,000 of them, so that ten of our epochs are one and a third of theirs.
"""

import gzip
import json
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

DATA = Path("public/data/mnist")
EPOCHS = (2, 5, 10)
BATCH = 128


def split(name):
    manifest = json.loads((DATA / "manifest.json").read_text())
    images = []
    for entry in manifest[name]:
        inside = gzip.decompress((DATA / entry["file"]).read_bytes())
        images.append(np.frombuffer(inside, np.uint8, entry["images"] * 784).reshape(-1, 1, 28, 28))
    return torch.from_numpy(np.concatenate(images)).float() / 255


class Vae(nn.Module):
    """28×28×1 → 14×14×32 → 7×7×64 → 16 → 2, and back; TensorFlow's "same" padding, an odd row or column at the far side."""

    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 32, 3, 2), nn.Conv2d(32, 64, 3, 2)
        self.hidden, self.mean, self.log_var = nn.Linear(3136, 16), nn.Linear(16, 2), nn.Linear(16, 2)
        self.grid = nn.Linear(2, 3136)
        self.up1, self.up2 = nn.ConvTranspose2d(64, 64, 3, 2), nn.ConvTranspose2d(64, 32, 3, 2)
        self.pixels = nn.ConvTranspose2d(32, 1, 3, 1, padding=1)
        for parameter in self.parameters():
            nn.init.xavier_uniform_(parameter) if parameter.dim() > 1 else nn.init.zeros_(parameter)

    def loss(self, x):
        far = (0, 1, 0, 1)
        h = F.relu(self.conv2(F.pad(F.relu(self.conv1(F.pad(x, far))), far)))
        h = F.relu(self.hidden(h.flatten(1)))
        mean, log_var = self.mean(h), self.log_var(h)
        z = mean + torch.exp(0.5 * log_var) * torch.randn_like(mean)
        h = F.relu(self.grid(z)).view(-1, 64, 7, 7)
        h = F.relu(self.up1(h)[:, :, :14, :14])
        h = F.relu(self.up2(h)[:, :, :28, :28])
        reconstruction = F.binary_cross_entropy_with_logits(self.pixels(h), x, reduction="sum") / len(x)
        kl = 0.5 * (mean**2 + log_var.exp() - 1 - log_var).sum() / len(x)
        return reconstruction + kl


def main():
    torch.set_num_threads(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    train, held_out = split("train"), split("heldOut")
    for seed in range(3):
        torch.manual_seed(seed)
        model = Vae()
        optimiser = torch.optim.Adam(model.parameters(), lr=1e-3, eps=1e-7)
        figures = []
        for epoch in range(1, max(EPOCHS) + 1):
            for batch in torch.randperm(len(train))[: len(train) // BATCH * BATCH].view(-1, BATCH):
                optimiser.zero_grad()
                model.loss(train[batch]).backward()
                optimiser.step()
            if epoch in EPOCHS:
                with torch.no_grad():
                    figures.append(round(model.loss(held_out).item(), 2))
        print(seed, figures, flush=True)


if __name__ == "__main__":
    main()
