import { expect, test } from "vitest";
import { nextTask } from "../../../lib/next-task";
import { initialWeights } from "../../../model/initial-weights";
import { describeNetwork } from "../../../model/network";
import { DATASETS } from "../../../protocol/datasets";
import { DEFAULT_CONFIG, type RunConfig } from "../../../protocol/run-config";
import { rankPairs } from "./differing";

const place = (...z: number[]) => ({ z, label: null });

test("lines come by their detour: length in pixels less the distance of their ends", async () => {
  // One hidden unit, tanh(z₁), on which every logit hangs: pictures lie on a curve, and lines along z₂ change nothing.
  const config: RunConfig = { ...DEFAULT_CONFIG, decoder: [{ units: 1, activation: "tanh" }] };
  const network = describeNetwork(config, DATASETS.mnist.image);
  const weights = { ...initialWeights(network, "keras", 1) };
  weights["decoder.0.weight"] = Float32Array.of(1, 0);
  // Half of the pixels open early, half late: the path through the middle bends.
  weights["output.weight"] = new Float32Array(784).fill(8);
  weights["output.bias"] = Float32Array.from({ length: 784 }, (_, i) => (i % 2 === 0 ? 5 : -5));
  expect(network.parameters.map(({ name }) => name)).toEqual(expect.arrayContaining(["decoder.0.weight", "output.weight", "output.bias"]));
  const [low, middle, high, aside] = [place(-2, 0), place(0, 0), place(2, 0), place(-2, 3)];
  const pairs = await rankPairs([low, middle, high, aside], { network, weights }, 0, new AbortController().signal);
  expect(pairs).toHaveLength(6);
  // All the way across bends round one corner; half the way hardly bends; along z₂ there is no way to go.
  expect(new Set(pairs.slice(0, 2))).toEqual(
    new Set([
      [low, high],
      [high, aside],
    ]),
  );
  expect(pairs.at(-1)).toEqual([low, aside]);
});

test("ranking many lines lets other tasks in, and can be called off", async () => {
  // Each of 1,770 lines is done within its own slice; all of them together are not.
  const network = describeNetwork({ ...DEFAULT_CONFIG, decoder: [{ units: 1, activation: "tanh" }] }, DATASETS.mnist.image);
  const weights = initialWeights(network, "pytorch", 1);
  const candidates = Array.from({ length: 60 }, (_, i) => place(Math.sin(i), Math.cos(3 * i)));
  const off = new AbortController();
  void nextTask().then(() => off.abort(new Error("no longer wanted")));
  await expect(rankPairs(candidates, { network, weights }, 0, off.signal)).rejects.toThrow("no longer wanted");
});
