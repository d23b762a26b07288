import { expect, test } from "vitest";
import { appendRows, emptySeries } from "../lib/capped-series";
import { DEFAULT_CONFIG } from "../protocol/run-config";
import { runCsv } from "./run-csv";

const config = { ...DEFAULT_CONFIG, trainSize: 512, batchSize: 128 }; // 4 steps an epoch

test("one row for each that is kept, numbers that read back as themselves", () => {
  const losses = appendRows(emptySeries(["reconstruction", "kl", "objective"], 8), {
    step: [1, 2],
    reconstruction: [543.25, 0.1],
    kl: [1e-7, 2],
    objective: [543.25, 2.1],
  });
  const evaluations = [{ step: 2, images: 1000, reconstruction: 500.125, kl: 3, objective: 503.125, elbo: -503.125 }];
  const text = runCsv({ runId: 7, config, losses, evaluations });
  const lines = text.split("\r\n");
  expect(lines).toHaveLength(5);
  expect(lines.at(-1)).toBe("");
  expect(lines[0]).toBe("run,step,steps,epoch,split,reconstruction,kl,objective,elbo");
  const [first, second, third] = lines.slice(1, 4).map((line) => line.split(","));
  expect(first!.slice(0, 5)).toEqual(["7", "1", "1", "0.25", "train"]);
  expect(first!.slice(5).map(Number)).toEqual([543.25, Math.fround(1e-7), 543.25, -(543.25 + Math.fround(1e-7))]);
  expect(second!.slice(5).map(Number)).toEqual([Math.fround(0.1), 2, Math.fround(2.1), -(Math.fround(0.1) + 2)]);
  expect(third).toEqual(["7", "2", "0", "0.5", "held-out", "500.125", "3", "503.125", "-503.125"]);
});

test("merged rows say how many steps they are the mean of", () => {
  const step = Array.from({ length: 9 }, (_, i) => i + 1);
  const value = step.map(() => 1);
  const losses = appendRows(emptySeries(["reconstruction", "kl", "objective"], 8), {
    step,
    reconstruction: value,
    kl: value,
    objective: value,
  });
  const rows = runCsv({ runId: 1, config, losses, evaluations: [] }).trim().split("\r\n").slice(1);
  expect(rows.map((row) => Number(row.split(",")[2])).reduce((sum, steps) => sum + steps, 0)).toBe(9);
  expect(Number(rows[0]!.split(",")[2])).toBeGreaterThan(1);
});

test("an autoencoder's bound is its reconstruction alone, whatever a mistake calls KL; a GAN has its own columns and none", () => {
  const ae = { ...config, model: "ae", mistake: "code-mean" } as const;
  const losses = appendRows(emptySeries(["reconstruction", "kl", "objective"], 8), {
    step: [1],
    reconstruction: [5],
    kl: [-3],
    objective: [2],
  });
  expect(runCsv({ runId: 1, config: ae, losses, evaluations: [] }).split("\r\n")[1]).toBe("1,1,1,0.25,train,5,-3,2,-5");
  const gan = { ...config, model: "gan" } as const;
  const scores = appendRows(emptySeries(["discriminator", "generator", "realScore", "fakeScore"], 8), {
    step: [1],
    discriminator: [1],
    generator: [NaN],
    realScore: [0.5],
    fakeScore: [0.25],
  });
  const lines = runCsv({ runId: 1, config: gan, losses: scores, evaluations: [] }).split("\r\n");
  expect(lines.slice(0, 2)).toEqual([
    "run,step,steps,epoch,split,discriminator,generator,realScore,fakeScore",
    "1,1,1,0.25,train,1,,0.5,0.25",
  ]);
});
