/**
 * The optimisers again, one number at a time in float64, as their papers and
 * frameworks write them.
 *
 * Sources: Kingma & Ba 2014, arXiv:1412.6980, algorithm 1, and its remark before section 2.1 (Keras' form); Tieleman &
 * Hinton 2012; Zeiler 2012, arXiv:1212.5701; `torch.optim` and `keras.optimizers` documentation for constants and for where ε stands.
 */
import type { RunConfig } from "../protocol/run-config";

/** One parameter and its state; a and b mean what the rule wants. */
export interface ScalarState {
  w: number;
  a: number;
  b: number;
}

type TwinConfig = Pick<RunConfig, "optimiser" | "initialiser" | "momentum" | "adamBeta1" | "learningRate">;

/** One update in place with gradient `g`. @param step counted from 1 */
export function optimiserTwin(config: TwinConfig, state: ScalarState, g: number, step: number): void {
  if (config.initialiser === "pytorch") torchTwin(config, state, g, step);
  else kerasTwin(config, state, g, step);
}

function torchTwin({ optimiser, momentum, adamBeta1, learningRate }: TwinConfig, s: ScalarState, g: number, step: number): void {
  switch (optimiser) {
    case "adam": {
      s.a = adamBeta1 * s.a + (1 - adamBeta1) * g;
      s.b = 0.999 * s.b + 0.001 * g * g;
      const unbiasedMean = s.a / (1 - adamBeta1 ** step);
      const unbiasedSquare = s.b / (1 - 0.999 ** step);
      s.w -= (learningRate * unbiasedMean) / (Math.sqrt(unbiasedSquare) + 1e-8);
      return;
    }
    case "sgd":
      s.a = momentum * s.a + g;
      s.w -= learningRate * s.a;
      return;
    case "rmsprop":
      s.a = 0.99 * s.a + 0.01 * g * g;
      s.w -= (learningRate * g) / (Math.sqrt(s.a) + 1e-8);
      return;
    case "adadelta": {
      s.a = 0.9 * s.a + 0.1 * g * g;
      const change = (Math.sqrt(s.b + 1e-6) / Math.sqrt(s.a + 1e-6)) * g;
      s.b = 0.9 * s.b + 0.1 * change * change;
      s.w -= learningRate * change;
    }
  }
}

function kerasTwin({ optimiser, momentum, adamBeta1, learningRate }: TwinConfig, s: ScalarState, g: number, step: number): void {
  switch (optimiser) {
    case "adam": {
      s.a += (g - s.a) * (1 - adamBeta1);
      s.b += (g * g - s.b) * 0.001;
      const rate = (learningRate * Math.sqrt(1 - 0.999 ** step)) / (1 - adamBeta1 ** step);
      s.w -= (rate * s.a) / (Math.sqrt(s.b) + 1e-7);
      return;
    }
    case "sgd":
      s.a = momentum * s.a - learningRate * g;
      s.w += s.a;
      return;
    case "rmsprop":
      s.a = 0.9 * s.a + 0.1 * g * g;
      s.w -= (learningRate * g) / Math.sqrt(s.a + 1e-7);
      return;
    case "adadelta": {
      s.a = 0.95 * s.a + 0.05 * g * g;
      const change = (Math.sqrt(s.b + 1e-7) * g) / Math.sqrt(s.a + 1e-7);
      s.b = 0.95 * s.b + 0.05 * change * change;
      s.w -= learningRate * change;
    }
  }
}
