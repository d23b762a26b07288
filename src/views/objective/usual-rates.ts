/**
 * The learning rate each optimiser is usually run at, set when the optimiser is chosen.
 *
 * Adam and RMSProp: the rates of their papers and of PyTorch's and Keras' examples.
 * Adadelta: 1, the rate its paper has in effect. SGD: our loss sums over pixels, so its
 * gradients are some hundred times those of a mean; with momentum 0.9 a rate of 0.001
 * trains the digits and 0.01 diverges within 40 steps (autoencoder 784-400-2, batch 128).
 */
import type { OptimiserKind } from "../../protocol/run-config";

export const USUAL_RATES: Readonly<Record<OptimiserKind, number>> = { adam: 0.001, sgd: 0.001, rmsprop: 0.001, adadelta: 1 };
