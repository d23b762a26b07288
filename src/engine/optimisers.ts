/**
 * The optimisers as TensorFlow.js ops over one vector of parameters, with named
 * slots that a checkpoint can carry.
 *
 * Where PyTorch and Keras write a rule differently, the initialiser's family decides: ε of Adam (PyTorch adds it after
 * the bias correction of √v, Keras before), ε of RMSprop (outside the root, inside it), and momentum (PyTorch multiplies
 * the velocity by the learning rate of today, Keras stores it in the velocity).
 *
 * Sources: Adam, Kingma & Ba 2014, arXiv:1412.6980, algorithm 1 and the note before section 2.1; RMSprop, Tieleman &
 * Hinton 2012, lecture 6.5; Adadelta, Zeiler 2012, arXiv:1212.5701, algorithm 1; momentum, Sutskever et al. 2013.
 */
import type { InitialiserKind, RunConfig } from "../protocol/run-config";
import { constant } from "./constants";
import { OPTIMISER_CONSTANTS } from "./optimiser-constants";
import * as tf from "./tf";

export interface Updated {
  readonly parameters: tf.Tensor1D;
  /** In the order of `SLOT_NAMES`. */
  readonly slots: readonly tf.Tensor1D[];
}

type Rule = (parameters: tf.Tensor1D, gradient: tf.Tensor1D, slots: readonly tf.Tensor1D[], rate: number, step: number) => Updated;

/** The rule of a config: new parameters and slots after update `step`, counted from 1; the old ones stay. */
export function optimiserRule({
  optimiser,
  initialiser,
  momentum,
  adamBeta1,
}: Pick<RunConfig, "optimiser" | "initialiser" | "momentum" | "adamBeta1">): Rule {
  switch (optimiser) {
    case "adam":
      return adam(initialiser, adamBeta1);
    case "sgd":
      return momentumDescent(initialiser, momentum);
    case "rmsprop":
      return rmsprop(initialiser);
    case "adadelta":
      return adadelta(initialiser);
  }
}

/** `decay · mean + (1 − decay) · value` */
function runningMean(mean: tf.Tensor1D, decay: number, value: tf.Tensor1D): tf.Tensor1D {
  return tf.add(tf.mul(mean, constant(decay)), tf.mul(value, constant(1 - decay)));
}

function adam(family: InitialiserKind, decay1: number): Rule {
  const { decay2, epsilon } = OPTIMISER_CONSTANTS[family].adam;
  return (parameters, gradient, [oldMean, oldMeanSquare], rate, step) => {
    const mean = runningMean(oldMean!, decay1, gradient);
    const meanSquare = runningMean(oldMeanSquare!, decay2, tf.square(gradient));
    // Both bias corrections as one factor of the rate: m̂ / (√v̂ + ε) = (c₂/c₁) · m / (√v + c₂ ε), with c₂ = √(1 − β₂ᵗ).
    const correction2 = Math.sqrt(1 - decay2 ** step);
    const factor = tf.scalar((rate * correction2) / (1 - decay1 ** step));
    const added = family === "pytorch" ? tf.scalar(epsilon * correction2) : constant(epsilon);
    const update = tf.div<tf.Tensor1D>(tf.mul(mean, factor), tf.add(tf.sqrt(meanSquare), added));
    return { parameters: tf.sub(parameters, update), slots: [mean, meanSquare] };
  };
}

function momentumDescent(family: InitialiserKind, momentum: number): Rule {
  return (parameters, gradient, [oldVelocity], rate) => {
    const carried = tf.mul(oldVelocity!, constant(momentum));
    if (family === "pytorch") {
      const velocity = tf.add<tf.Tensor1D>(carried, gradient);
      return { parameters: tf.sub(parameters, tf.mul(velocity, tf.scalar(rate))), slots: [velocity] };
    }
    const velocity = tf.sub<tf.Tensor1D>(carried, tf.mul(gradient, tf.scalar(rate)));
    return { parameters: tf.add(parameters, velocity), slots: [velocity] };
  };
}

function rmsprop(family: InitialiserKind): Rule {
  const { decay, epsilon } = OPTIMISER_CONSTANTS[family].rmsprop;
  return (parameters, gradient, [oldMeanSquare], rate) => {
    const meanSquare = runningMean(oldMeanSquare!, decay, tf.square(gradient));
    const root = family === "pytorch" ? tf.add(tf.sqrt(meanSquare), constant(epsilon)) : tf.sqrt(tf.add(meanSquare, constant(epsilon)));
    return { parameters: tf.sub(parameters, tf.div(tf.mul(gradient, tf.scalar(rate)), root)), slots: [meanSquare] };
  };
}

function adadelta(family: InitialiserKind): Rule {
  const { decay, epsilon } = OPTIMISER_CONSTANTS[family].adadelta;
  const root = (meanSquare: tf.Tensor1D) => tf.sqrt(tf.add(meanSquare, constant(epsilon)));
  return (parameters, gradient, [oldMeanSquare, oldMeanSquareUpdate], rate) => {
    const meanSquare = runningMean(oldMeanSquare!, decay, tf.square(gradient));
    const update = tf.div<tf.Tensor1D>(tf.mul(root(oldMeanSquareUpdate!), gradient), root(meanSquare));
    const meanSquareUpdate = runningMean(oldMeanSquareUpdate!, decay, tf.square(update));
    return { parameters: tf.sub(parameters, tf.mul(update, tf.scalar(rate))), slots: [meanSquare, meanSquareUpdate] };
  };
}
