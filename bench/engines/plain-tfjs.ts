/**
 * The VAE as a TensorFlow.js user writes it: ops and `optimizer.minimize`, nothing tuned. The benchmark's yardstick.
 */
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-backend-webgpu";
import wasmUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import simdUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import threadedUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url";
import { adapterName, benchImages, type BenchBackend, type Peer, type PeerSize } from "./peer";

const apply = (x: tf.Tensor, [weight, bias]: readonly [tf.Variable, tf.Variable]) =>
  tf.add(tf.matMul(x as tf.Tensor2D, weight as tf.Tensor2D), bias);

export async function plainTfjs(backend: BenchBackend, { pixels, hidden, latent, batch }: PeerSize): Promise<Peer> {
  setWasmPaths({
    "tfjs-backend-wasm.wasm": wasmUrl,
    "tfjs-backend-wasm-simd.wasm": simdUrl,
    "tfjs-backend-wasm-threaded-simd.wasm": threadedUrl,
  });
  if (!(await tf.setBackend(backend))) throw new Error(`plain-tfjs: ${backend} does not start`);
  await tf.ready();

  let seed = 1;
  const parameter = (shape: number[], fanIn: number) =>
    tf.variable(tf.randomUniform(shape, -1 / Math.sqrt(fanIn), 1 / Math.sqrt(fanIn), "float32", seed++));
  const dense = (inputs: number, units: number) => [parameter([inputs, units], inputs), parameter([units], inputs)] as const;
  const layers = {
    hidden: dense(pixels, hidden),
    mean: dense(hidden, latent),
    logVar: dense(hidden, latent),
    back: dense(latent, hidden),
    out: dense(hidden, pixels),
  };

  const images = tf.tidy(() => tf.div(tf.tensor2d(Float32Array.from(benchImages(batch, pixels)), [batch, pixels]), 255));
  const optimizer = tf.train.adam(1e-3, 0.9, 0.999, 1e-8);
  let last: tf.Scalar | null = null;

  const loss = (): tf.Scalar => {
    const h = tf.relu(apply(images, layers.hidden));
    const mean = apply(h, layers.mean);
    const logVar = apply(h, layers.logVar);
    const epsilon = tf.randomNormal([batch, latent], 0, 1, "float32", seed++);
    const z = tf.add(mean, tf.mul(tf.exp(tf.mul(logVar, 0.5)), epsilon));
    const logits = apply(tf.relu(apply(z, layers.back)), layers.out);
    const bce = tf.add(tf.sub(tf.maximum(logits, 0), tf.mul(logits, images)), tf.log1p(tf.exp(tf.neg(tf.abs(logits)))));
    const kl = tf.mul(0.5, tf.sub(tf.sub(tf.add(tf.square(mean), tf.exp(logVar)), 1), logVar));
    return tf.div<tf.Scalar>(tf.add(tf.sum(bce), tf.sum(kl)), batch);
  };
  const step = () => {
    last?.dispose();
    last = optimizer.minimize(loss, true);
  };
  return {
    step,
    settle: async () => (await last!.data())[0]!,
    adapter: await adapterName(backend),
  };
}
