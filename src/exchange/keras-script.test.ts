/**
 * What can be judged of the Keras scripts without Keras, which Debian does not have. Their numbers were held to the page's trainers
 * once, with Keras 3.15 on JAX, by the cases and tolerances of `torch-script.test.ts`.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PRESETS } from "../protocol/presets";
import { DEFAULT_CONFIG, type RunConfig } from "../protocol/run-config";
import { kerasRefusal, kerasScript } from "./keras-script";

const OPTIONS = { dataUrl: "https://example.org/vae/data/mnist/", step: 12 };

test("every preset's script compiles", () => {
  const scripts = mkdtempSync(join(tmpdir(), "exchange-"));
  for (const [id, config] of Object.entries(PRESETS)) {
    if (kerasRefusal(config) === null) writeFileSync(join(scripts, `${id}.py`), kerasScript(config, OPTIONS));
  }
  // Ends with an error, and names the file, where one does not.
  expect(execFileSync("/usr/bin/python3", ["-W", "error", "-m", "compileall", "-q", scripts], { encoding: "utf8" })).toBe("");
  rmSync(scripts, { recursive: true });
}, 30_000);

test("it is Keras' own layers, with what this config needs and no more", () => {
  const plain = kerasScript(DEFAULT_CONFIG, OPTIONS);
  expect(plain).toContain(`self.fc1 = layers.Dense(400, activation="relu", **uniform(784))`);
  expect(plain).not.toMatch(/corrupt|one_hot|beta_at|uniforms\(|leaky/);
  const conv = kerasScript(PRESETS["vae-conv"], OPTIONS);
  expect(conv).toContain(`layers.Conv2D(32, 3, strides=2, padding="same", activation="relu")`);
  expect(conv).toContain(`h = ops.reshape(ops.transpose(h, (0, 3, 1, 2)), (-1, 3136))`);
});

test("a GAN is refused with a reason, and nothing but choices and numbers gets in", () => {
  const gan: RunConfig = { ...DEFAULT_CONFIG, model: "gan" };
  expect(kerasRefusal(gan)).toBe("gan");
  expect(() => kerasScript(gan, OPTIONS)).toThrow(RangeError);
  expect(() => kerasScript({ ...DEFAULT_CONFIG, optimiser: "__import__('os')" } as unknown as RunConfig, OPTIONS)).toThrow(RangeError);
});
