/** The losses, the evaluation and the training of a GAN in PyTorch, as `engine/gan-losses` defines them. */
import type { RunConfig } from "../protocol/run-config";
import { lines, sections } from "./python";
import { torchOptimiser } from "./torch-optimiser";

export function torchGanCode(config: RunConfig): string {
  return sections(lossesCode(config), evaluateCode(), noiseCode(config), trainCode(config));
}

function lossesCode({ ganLoss, labelSmoothing }: RunConfig): string {
  if (ganLoss === "hinge") {
    return String.raw`
def discriminator_loss(real, fake):
    """real, fake: scores. Those beyond 1 and -1 are let be (Lim and Ye 2017)."""
    return F.relu(1 - real).mean() + F.relu(1 + fake).mean()


def generator_loss(fake):
    return -fake.mean()
`;
  }
  const isSmooth = labelSmoothing > 0;
  return sections(
    lines(
      "def discriminator_loss(real, fake):",
      `    """real, fake: scores. Cross-entropies with the labels real and fake${isSmooth ? ", the former smoothed" : ""}."""`,
      isSmooth
        ? "    of_real = (1 - LABEL_SMOOTHING) * F.softplus(-real) + LABEL_SMOOTHING * F.softplus(real)"
        : "    of_real = F.softplus(-real)  # -log sigmoid(real)",
      "    return of_real.mean() + F.softplus(fake).mean()",
    ),
    String.raw`
def generator_loss(fake):
    """Non-saturating: -log D rather than log(1 - D) (Goodfellow et al. 2014)."""
    return F.softplus(-fake).mean()
`,
  );
}

function evaluateCode(): string {
  return String.raw`
@torch.no_grad()
def evaluate(model, images):
    """On held-out images and as many generated ones, from the page's own draws."""
    z = torch.from_numpy(normals(DRAWS, len(images), LATENT_DIM))
    real, fake = [], []
    for start in range(0, len(images), 500):
        real.append(model.score(as_pixels(images[start : start + 500])))
        fake.append(model.score(model.generate(z[start : start + 500])))
    real, fake = torch.cat(real), torch.cat(fake)
    return {
        "discriminator": discriminator_loss(real, fake),
        "generator": generator_loss(fake),
        "realScore": torch.sigmoid(real).mean(),
        "fakeScore": torch.sigmoid(fake).mean(),
    }
`;
}

function noiseCode({ instanceNoise }: RunConfig): string {
  if (instanceNoise === 0) return "";
  return String.raw`
def noisy(images):
    return images + INSTANCE_NOISE * torch.randn_like(images)
`;
}

function trainCode(config: RunConfig): string {
  const seen = (images: string) => (config.instanceNoise > 0 ? `noisy(${images})` : images);
  return lines(
    "def shuffled_batches():",
    `    """Indices of images, one shuffle after the other, without end."""`,
    "    while True:",
    "        order = torch.randperm(TRAIN_SIZE).numpy()",
    "        for start in range(0, TRAIN_SIZE - BATCH_SIZE + 1, BATCH_SIZE):",
    "            yield order[start : start + BATCH_SIZE]",
    "",
    "",
    "def train(model, images, step, epochs):",
    `    """Yields the number of steps done after every epoch. Each side has an optimiser and a list of parameters of its own."""`,
    "    discriminator, generator = model.discriminator.parameters(), model.generator.parameters()",
    `    of_discriminator = ${torchOptimiser(config, "discriminator", "LEARNING_RATE * DISCRIMINATOR_RATE")}`,
    `    of_generator = ${torchOptimiser(config, "generator")}`,
    "    batches = shuffled_batches()",
    "    for _ in range(epochs):",
    "        for _ in range(TRAIN_SIZE // BATCH_SIZE):",
    "            for _ in range(DISCRIMINATOR_STEPS):",
    "                real = as_pixels(images[next(batches)])",
    "                with torch.no_grad():",
    "                    fake = model.generate(torch.randn(BATCH_SIZE, LATENT_DIM))",
    `                loss = discriminator_loss(model.score(${seen("real")}), model.score(${seen("fake")}))`,
    "                of_discriminator.zero_grad()",
    "                loss.backward()",
    "                of_discriminator.step()",
    "            fake = model.generate(torch.randn(BATCH_SIZE, LATENT_DIM))",
    `            loss = generator_loss(model.score(${seen("fake")}))`,
    "            of_generator.zero_grad()",
    "            loss.backward()",
    "            of_generator.step()",
    "            step += 1",
    "        yield step",
  );
}
