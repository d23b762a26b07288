"""Trains the small classifiers that tell which classes a generator covers, with PyTorch on the CPU.

Run from the repository root: `python3 scripts/train-classifier.py [data ...]`. Writes public/classifiers/<data>.safetensors for
mnist, fashion and shapes: small networks, trained on the training split that the page ships (public/data), images shifted a little
at random so that few of them are enough. The accuracy written into the file is that of its own numbers, rounded to half
precision, on the whole held-out split; src/model/classifier.test.ts computes it again.

The same command on the same version of PyTorch gives the same bytes. Weights lie as PyTorch has them, [out, in].
"""

import gzip
import json
import sys
from pathlib import Path

import numpy
import torch
from torch import nn
from torch.nn import functional as F

COMMAND = "python3 scripts/train-classifier.py"
ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "public" / "classifiers"
# Hidden layers as in a config.
LAYERS = {
    "mnist": [{"units": 128, "activation": "relu"}],
    "fashion": [{"units": 128, "activation": "relu"}],
    "shapes": [{"units": 96, "activation": "relu"}],
}
# Passes over the training images; of 60,000 fewer are needed than of 9,000.
EPOCHS = {"mnist": 60, "fashion": 15, "shapes": 40}
# Largest shift of an image, pixels each way; sprites stand anywhere by design.
SHIFT = {"mnist": 2, "fashion": 1, "shapes": 0}
BATCH = 64
RATE = 2e-3
WEIGHT_DECAY = 1e-4
SEED = 1


def split(data, manifest, name):
    """Images [count, pixels] in [0, 1] and labels, of every file of a split."""
    pixels = manifest["image"]["height"] * manifest["image"]["width"] * manifest["image"]["channels"]
    images, labels = [], []
    for entry in manifest[name]:
        raw = numpy.frombuffer(gzip.decompress((ROOT / "public" / "data" / data / entry["file"]).read_bytes()), numpy.uint8)
        end = entry["images"] * pixels
        images.append(raw[:end].reshape(-1, pixels))
        labels.append(raw[end:])
    x = torch.from_numpy(numpy.concatenate(images)).float() / 255
    return x, torch.from_numpy(numpy.concatenate(labels)).long()


def shifted(x, manifest, by):
    """Each image moved by up to `by` pixels, zeros where there was nothing."""
    if by == 0:
        return x
    height, width = manifest["image"]["height"], manifest["image"]["width"]
    padded = F.pad(x.reshape(-1, height, width), (by, by, by, by))
    top = torch.randint(0, 2 * by + 1, (len(x), 1, 1))
    left = torch.randint(0, 2 * by + 1, (len(x), 1, 1))
    rows = torch.arange(height).reshape(1, -1, 1) + top
    columns = torch.arange(width).reshape(1, 1, -1) + left
    return padded[torch.arange(len(x)).reshape(-1, 1, 1), rows, columns].reshape(len(x), -1)


def layers(data, manifest):
    """By name, the last one the logits."""
    image = manifest["image"]
    width = image["height"] * image["width"] * image["channels"]
    named = {}
    for i, layer in enumerate(LAYERS[data]):
        named[f"encoder.{i}"] = nn.Linear(width, layer["units"])
        width = layer["units"]
    named["mean"] = nn.Linear(width, len(manifest["classNames"]["en"]))
    return named


def train(data, manifest):
    x, labels = split(data, manifest, "train")
    torch.manual_seed(SEED)
    named = layers(data, manifest)
    network = nn.Sequential(*[part for layer in named.values() for part in (layer, nn.ReLU())][:-1])
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=WEIGHT_DECAY)
    steps = EPOCHS[data] * (len(x) // BATCH)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    for _ in range(EPOCHS[data]):
        order = torch.randperm(len(x))[: len(x) // BATCH * BATCH].reshape(-1, BATCH)
        for batch in order:
            optimiser.zero_grad()
            F.cross_entropy(network(shifted(x[batch], manifest, SHIFT[data])), labels[batch]).backward()
            optimiser.step()
            schedule.step()
    return named, network


def rounded(network):
    """In half precision, as stored, and back."""
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.copy_(parameter.half().float())


def safetensors(tensors, metadata):
    """https://huggingface.co/docs/safetensors: length of the header, header, numbers."""
    header = {"__metadata__": metadata}
    offset = 0
    for name, tensor in tensors.items():
        header[name] = {"dtype": "F16", "shape": list(tensor.shape), "data_offsets": [offset, offset + 2 * tensor.numel()]}
        offset += 2 * tensor.numel()
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text + b"".join(tensor.half().numpy().tobytes() for tensor in tensors.values())


def classifier(data):
    manifest = json.loads((ROOT / "public" / "data" / data / "manifest.json").read_text())
    named, network = train(data, manifest)
    rounded(network)
    x, labels = split(data, manifest, "heldOut")
    with torch.no_grad():
        accuracy = (network(x).argmax(1) == labels).double().mean().item()
    tensors = {
        f"{name}.{kind}": getattr(layer, kind).detach() for name, layer in named.items() for kind in ("weight", "bias")
    }
    metadata = {
        "data": data,
        "layers": json.dumps(LAYERS[data]),
        "accuracy": repr(accuracy),
        "heldOut": str(len(x)),
        "command": COMMAND,
        "torch": torch.__version__,
    }
    return safetensors(tensors, metadata), accuracy


if __name__ == "__main__":
    torch.set_num_threads(1)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for data in sys.argv[1:] or list(LAYERS):
        content, accuracy = classifier(data)
        path = FOLDER / f"{data}.safetensors"
        path.write_bytes(content)
        print(f"{path.relative_to(ROOT)}: {len(content)} bytes, accuracy {accuracy:.4f}", file=sys.stderr)
