/**
 * What the optimisers of every engine share: the names of their state, and their
 * constants, the defaults of the framework whose initialiser a run takes, so that a
 * curve can be laid over that framework's.
 *
 * Sources: `torch.optim` documentation (Adam, RMSprop, Adadelta, SGD); Keras 3 API documentation (`keras.optimizers`).
 * Learning rate, momentum and Adam's first decay are the visitor's.
 */
import type { InitialiserKind, OptimiserKind } from "../protocol/run-config";

/** State kept from step to step, each as long as the parameters and 0 at first. */
export const SLOT_NAMES: Readonly<Record<OptimiserKind, readonly string[]>> = {
  adam: ["mean", "meanSquare"],
  sgd: ["velocity"],
  rmsprop: ["meanSquare"],
  adadelta: ["meanSquare", "meanSquareUpdate"],
};

export interface OptimiserConstants {
  readonly adam: { readonly decay2: number; readonly epsilon: number };
  readonly rmsprop: { readonly decay: number; readonly epsilon: number };
  readonly adadelta: { readonly decay: number; readonly epsilon: number };
}

export const OPTIMISER_CONSTANTS: Readonly<Record<InitialiserKind, OptimiserConstants>> = {
  pytorch: {
    adam: { decay2: 0.999, epsilon: 1e-8 },
    rmsprop: { decay: 0.99, epsilon: 1e-8 },
    adadelta: { decay: 0.9, epsilon: 1e-6 },
  },
  keras: {
    adam: { decay2: 0.999, epsilon: 1e-7 },
    rmsprop: { decay: 0.9, epsilon: 1e-7 },
    adadelta: { decay: 0.95, epsilon: 1e-7 },
  },
};
