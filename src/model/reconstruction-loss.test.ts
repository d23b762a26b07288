import { expect, test } from "vitest";
import { expectClose } from "../testing/close";
import { draws, uniforms } from "../testing/draws";
import { floats, GOLDEN, goldenConfig, goldenTargets } from "../testing/golden";
import { activationTwin, lossTwin } from "../testing/model-twin";
import { rowsOf } from "../testing/training-twin";
import { OUTPUT_ACTIVATIONS, RECONSTRUCTIONS } from "../protocol/run-config";
import { reconstructionLosses } from "./reconstruction-loss";

/** float32 logits and results, 6e-8 each; sums are of float64. */
const TOLERANCE = 3e-7;

for (const [name, golden] of Object.entries(GOLDEN)) {
  test(`${name}: the losses are PyTorch's`, () => {
    const { forward, batch } = golden;
    const losses = reconstructionLosses(goldenConfig(golden), floats(forward.logits), goldenTargets(golden, 0), batch);
    expectClose(losses, forward.losses, TOLERANCE, "losses");
  });
}

for (const reconstruction of RECONSTRUCTIONS) {
  for (const outputActivation of OUTPUT_ACTIVATIONS) {
    test(`${reconstruction} of ${outputActivation} outputs is the twin's`, () => {
      const [count, pixels] = [3, 50];
      const logits = draws(1, count * pixels, 3);
      const target = uniforms(2, count * pixels);
      for (const sigma of [0.1, 1.7]) {
        const twins = rowsOf(logits, pixels).map((row, image) => {
          const output = row.map((logit) => activationTwin(outputActivation, logit));
          return lossTwin({ reconstruction, sigma }, row, output, rowsOf(target, pixels)[image]!);
        });
        expectClose(reconstructionLosses({ reconstruction, sigma, outputActivation }, logits, target, count), twins, TOLERANCE, "losses");
      }
    });
  }
}

test("a cross-entropy stays finite where the sigmoid is 0 or 1 in float32", () => {
  const losses = reconstructionLosses(
    { reconstruction: "bce", sigma: 1, outputActivation: "sigmoid" },
    floats([200, -200, 200, -200]),
    floats([0, 1, 1, 0]),
    4,
  );
  expect([...losses]).toEqual([200, 200, 0, 0]);
});

test("images of two sizes are refused", () => {
  const config = { reconstruction: "mse", sigma: 1, outputActivation: "linear" } as const;
  expect(() => reconstructionLosses(config, floats([1, 2]), floats([1]), 1)).toThrow("2 logits and 1 targets are not 1 images");
  expect(() => reconstructionLosses(config, floats([1, 2, 3]), floats([1, 2, 3]), 2)).toThrow("are not 2 images of one size");
});
