/** What a batch of posteriors is charged, against the float64 twin: values, and gradients in mean and log σ². */
import { test } from "vitest";
import { chargeOf, headGradients, type ChargeConfig } from "../engine/charge";
import { penaltyOf } from "../engine/penalty";
import { posteriorOf, sampleLatent } from "../engine/posterior";
import * as tf from "../engine/tf";
import type { RunConfig } from "../protocol/run-config";
import { centralDifferences } from "./central-differences";
import { expectClose } from "./close";
import { draws, valuesOf, weighted } from "./draws";
import type { SuiteBackend } from "./engine-suite";
import { chargeTwin } from "./model-twin";
import { rowsOf } from "./training-twin";

const BATCH = 7;
const LATENT_DIM = 3;
const SIZE = BATCH * LATENT_DIM;
const SHAPE: [number, number] = [BATCH, LATENT_DIM];
const BETA = 0.6;

const PLAIN: ChargeConfig = { model: "vae", klMode: "plain", freeBits: 0, mistake: "none" };

/** What of a posterior at random is charged, with C where one is asked for. */
const VAE_CASES: readonly (readonly [string, Pick<RunConfig, "klMode" | "freeBits">, number])[] = [
  ["all of the KL", { klMode: "plain", freeBits: 0 }, 0],
  ["free bits that some dimensions exceed", { klMode: "free-bits", freeBits: middleKl() }, 0],
  ["free bits that none exceeds", { klMode: "free-bits", freeBits: 10 }, 0],
  ["no free bits at all", { klMode: "free-bits", freeBits: 0 }, 0],
  ["a KL above the capacity", { klMode: "capacity", freeBits: 0 }, 0.5],
  ["a KL below the capacity", { klMode: "capacity", freeBits: 0 }, 25],
];

function posteriorRows(mean: ArrayLike<number>, logVar: ArrayLike<number> | null) {
  const logVars = logVar && rowsOf(logVar, LATENT_DIM);
  return rowsOf(mean, LATENT_DIM).map((row, i) => ({ mean: row, logVar: logVars && logVars[i]! }));
}

/** Between the least and the second of the dimensions' mean KLs of the draws below, so that the mode does something of both kinds. */
function middleKl(): number {
  const [mean, logVar] = [draws(5, SIZE), draws(6, SIZE)];
  const column = (values: ArrayLike<number>, d: number) => Array.from({ length: BATCH }, (_, i) => values[i * LATENT_DIM + d]!);
  const kls = Array.from({ length: LATENT_DIM }, (_, d) => {
    const logVars = column(logVar, d);
    const images = column(mean, d).map((mu, i) => ({ mean: [mu], logVar: [logVars[i]!] }));
    return chargeTwin({ ...PLAIN }, images, 0).kl;
  });
  const [least, second] = kls.toSorted((a, b) => a - b);
  return (least! + second!) / 2;
}

export function chargeTests({ tolerance }: SuiteBackend): void {
  for (const [name, changes, capacity] of VAE_CASES) {
    test(`${name}: charge and gradients in mean and logVar`, async () => {
      const config = { ...PLAIN, ...changes };
      const [mean, logVar, epsilon, dz] = [draws(5, SIZE), draws(6, SIZE), draws(7, SIZE), draws(8, SIZE)];
      const exact = { mean: Float64Array.from(mean), logVar: Float64Array.from(logVar) };
      const draw = () => Array.from(exact.mean, (mu, i) => mu + Math.exp(exact.logVar[i]! / 2) * epsilon[i]!);
      const expected = () => chargeTwin(config, posteriorRows(exact.mean, exact.logVar), capacity);
      const objective = () => weighted(draw(), dz) + BETA * expected().penalty;

      const posterior = posteriorOf(tf.tensor2d(mean, SHAPE), tf.tensor2d(logVar, SHAPE));
      const z = sampleLatent(posterior, tf.tensor2d(epsilon, SHAPE));
      const charge = chargeOf(config, posterior, capacity);
      expectClose(await valuesOf(charge.kl), [expected().kl], tolerance, "kl");
      expectClose(await valuesOf(charge.penalty ?? charge.kl), [expected().penalty], tolerance, "penalty");
      const gradients = headGradients(config, posterior, charge, z, tf.tensor2d(dz, SHAPE), BETA);
      expectClose(await valuesOf(gradients.mean), centralDifferences(exact.mean, objective), tolerance, "mean");
      expectClose(await valuesOf(gradients.logVar!), centralDifferences(exact.logVar, objective), tolerance, "logVar");
    });
  }

  test("at the capacity itself, and at the free bits, no KL is lowered", async () => {
    const zero = tf.zeros<tf.Rank.R2>(SHAPE);
    const dz = draws(8, SIZE);
    const posterior = posteriorOf(zero, tf.tensor2d(draws(6, SIZE), SHAPE));
    const kl = await valuesOf(chargeOf(PLAIN, posterior, 0).kl);
    const config = { ...PLAIN, klMode: "capacity" } as const;
    const { mean } = headGradients(config, posterior, chargeOf(config, posterior, kl[0]!), zero, tf.tensor2d(dz, SHAPE), BETA);
    expectClose(await valuesOf(mean), dz, tolerance, "capacity");

    // Posteriors at the prior cost nothing: at 0 free bits they are at the bound.
    const atPrior = posteriorOf(zero, zero);
    const free = { ...PLAIN, klMode: "free-bits" } as const;
    const charge = chargeOf(free, atPrior, 0);
    expectClose(await valuesOf(charge.slope!), [0, 0, 0], tolerance, "slope");
  });

  for (const mistake of ["detached-kl", "code-mean"] as const) {
    test(`${mistake}: what it calls a KL, and its gradient by the code`, async () => {
      const config = { ...PLAIN, model: "ae", mistake } as const;
      const [mean, dz] = [draws(5, SIZE), draws(8, SIZE)];
      const exact = Float64Array.from(mean);
      const { kl } = chargeTwin(config, posteriorRows(mean, null), 0);
      // A detached KL is reported; what is lowered knows nothing of it.
      const charged = () => (mistake === "detached-kl" ? 0 : chargeTwin(config, posteriorRows(exact, null), 0).kl);
      const lowered = () => weighted([...exact], dz) + BETA * charged();

      const posterior = posteriorOf(tf.tensor2d(mean, SHAPE), null);
      const charge = chargeOf(config, posterior, 0);
      expectClose(await valuesOf(charge.kl), [kl], tolerance, "kl");
      const gradients = headGradients(config, posterior, charge, posterior.mean, tf.tensor2d(dz, SHAPE), BETA);
      expectClose(await valuesOf(gradients.mean), centralDifferences(exact, lowered), tolerance, "mean");
    });
  }

  test("whole-set penalties are the twin's too", () => {
    for (const [name, changes, capacity] of VAE_CASES) {
      const rows = posteriorRows(draws(5, SIZE), draws(6, SIZE));
      const byDimension = Float64Array.from({ length: LATENT_DIM }, (_, d) => {
        const images = rows.map(({ mean, logVar }) => ({ mean: [mean[d]!], logVar: [logVar![d]!] }));
        return chargeTwin(PLAIN, images, 0).kl;
      });
      const { penalty } = chargeTwin({ ...PLAIN, ...changes }, rows, capacity);
      expectClose([penaltyOf({ ...PLAIN, ...changes }, byDimension, capacity)], [penalty], 1e-12, name);
    }
  });
}
