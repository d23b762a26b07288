/**
 * The VAE as a TensorFlow.js user writes it: ops and `optimizer.minimize`, nothing tuned. The benchmark's yardstick.
 */
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-backend-webgpu";
import wasmUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import simdUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import threadedUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url";
import { layersOf, type LayerSpec, type Network } from "../../src/model/network";
import { adapterName, benchImages, type BenchBackend, type MakePeer } from "./peer";

export const plainTfjs: MakePeer = async (backend, { batchSize: batch }, network) => {
  await start(backend);
  let seed = 1;
  const forward = compose(network, batch, () => seed++);
  const { pixels } = network;
  const images = tf.tidy(() => tf.div<tf.Tensor2D>(tf.tensor2d(Float32Array.from(benchImages(batch, pixels)), [batch, pixels]), 255));
  const optimizer = tf.train.adam(1e-3, 0.9, 0.999, 1e-8);
  let last: tf.Scalar | null = null;

  const loss = (): tf.Scalar => {
    const { mean, logVar, logits } = forward(images);
    const bce = tf.add(tf.sub(tf.maximum(logits, 0), tf.mul(logits, images)), tf.log1p(tf.exp(tf.neg(tf.abs(logits)))));
    const kl = tf.mul(0.5, tf.sub(tf.sub(tf.add(tf.square(mean), tf.exp(logVar)), 1), logVar));
    return tf.div<tf.Scalar>(tf.add(tf.sum(bce), tf.sum(kl)), batch);
  };
  return {
    step: () => {
      last?.dispose();
      last = optimizer.minimize(loss, true);
    },
    settle: async () => (await last!.data())[0]!,
    adapter: await adapterName(backend),
  };
};

async function start(backend: BenchBackend): Promise<void> {
  setWasmPaths({
    "tfjs-backend-wasm.wasm": wasmUrl,
    "tfjs-backend-wasm-simd.wasm": simdUrl,
    "tfjs-backend-wasm-threaded-simd.wasm": threadedUrl,
  });
  if (!(await tf.setBackend(backend))) throw new Error(`plain-tfjs: ${backend} does not start`);
  await tf.ready();
}

/** The network as a function of `[batch, pixels]` images, with variables of its own. */
function compose(network: Network, batch: number, nextSeed: () => number) {
  const layers = new Map(layersOf(network).map((spec) => [spec.name, layer(spec, network, nextSeed)]));
  const apply = (spec: LayerSpec, x: tf.Tensor) => layers.get(spec.name)!(x);
  const stack = (specs: readonly LayerSpec[], x: tf.Tensor) => specs.reduce((y, spec) => tf.relu(apply(spec, y)), x);
  return (images: tf.Tensor2D) => {
    const h = stack(network.encoder, images);
    const mean = apply(network.mean, h);
    const logVar = apply(network.logVar!, h);
    const epsilon = tf.randomNormal([batch, network.latentDim], 0, 1, "float32", nextSeed());
    const z = tf.add(mean, tf.mul(tf.exp(tf.mul(logVar, 0.5)), epsilon));
    const logits = apply(network.output, stack(network.decoder, z));
    return { mean, logVar, logits: tf.reshape(logits, [batch, network.pixels]) };
  };
}

/** One layer without its activation; takes images flat or not, as the layer before left them. */
function layer(spec: LayerSpec, network: Network, nextSeed: () => number): (x: tf.Tensor) => tf.Tensor {
  const [weight, bias] = network.parameters
    .filter(({ name }) => name.startsWith(`${spec.name}.`))
    .map(({ shape, fanIn }) => {
      const bound = 1 / Math.sqrt(fanIn);
      return tf.variable(tf.randomUniform([...shape], -bound, bound, "float32", nextSeed()));
    });
  if (spec.kind === "dense") return (x) => tf.add(tf.matMul(tf.reshape(x, [-1, spec.inputs]), weight as tf.Variable<tf.Rank.R2>), bias!);
  const { kind, from, to, stride } = spec;
  return (x) => {
    const images = tf.reshape<tf.Rank.R4>(x, [-1, from.height, from.width, from.channels]);
    const kernel = weight as tf.Variable<tf.Rank.R4>;
    if (kind === "conv") return tf.add(tf.conv2d(images, kernel, stride, "same"), bias!);
    return tf.add(tf.conv2dTranspose(images, kernel, [images.shape[0], to.height, to.width, to.channels], stride, "same"), bias!);
  };
}
