/**
 * The same VAE in jax-js: one jitted function from state and batch to the next state, Adam written out.
 *
 * Images are `[batch, channels, height, width]` here, the only order its convolution knows. A transposed convolution is its
 * convolution over an input with zeros between the pixels, as JAX has it; the kernel is not flipped, which random weights do not notice.
 */
import {
  blockUntilReady,
  defaultDevice,
  init,
  jit,
  lax,
  nn,
  numpy as np,
  random,
  tree,
  valueAndGrad,
  type Array as JaxArray,
} from "@jax-js/jax";
import type { ConvSpec, LayerSpec, Network, ParameterSpec } from "../../src/model/network";
import { adapterName, benchImages, type MakePeer } from "./peer";

/** By name, as in the network's table. */
type Parameters = Record<string, JaxArray>;
type State = { readonly parameters: Parameters; readonly first: Parameters; readonly second: Parameters; readonly step: JaxArray };

const RATE = 1e-3;

export const jaxJs: MakePeer = async (backend, { batchSize: batch }, network) => {
  if (!(await init(backend)).includes(backend)) throw new Error(`jax-js: ${backend} does not start`);
  defaultDevice(backend);

  const update = updateOf(network, batch);
  const { pixels, latentDim } = network;
  const images = np.array(Float32Array.from(benchImages(batch, pixels), (byte) => byte / 255)).reshape([batch, pixels]);
  let keys = 0;
  const nextKey = () => random.key(++keys);
  const uniform = ({ shape, fanIn }: ParameterSpec) => {
    const bound = 1 / Math.sqrt(fanIn);
    return random.uniform(nextKey(), [...shape], { minval: -bound, maxval: bound });
  };
  const table = (make: (spec: ParameterSpec) => JaxArray) =>
    Object.fromEntries(network.parameters.map((spec) => [spec.name, make(inJaxOrder(spec, network))]));
  let state: State = {
    parameters: table(uniform),
    first: table(({ shape }) => np.zeros([...shape])),
    second: table(({ shape }) => np.zeros([...shape])),
    step: np.array(0, { dtype: np.float32 }),
  };
  let last: JaxArray | null = null;
  return {
    step: () => {
      last?.dispose();
      [state, last] = update(state, images.ref, random.normal(nextKey(), [batch, latentDim]));
    },
    settle: async () => {
      await blockUntilReady(tree.ref(state.parameters));
      return (await last!.ref.data())[0]!;
    },
    adapter: await adapterName(backend),
  };
};

/** One Adam step as one jitted function. */
function updateOf(network: Network, batch: number) {
  const loss = lossOf(network, batch);
  return jit((state: State, x: JaxArray, epsilon: JaxArray): [State, JaxArray] => {
    const [value, gradients] = valueAndGrad(loss)(tree.ref(state.parameters), x, epsilon) as [JaxArray, Parameters];
    const step = state.step.add(1);
    const correct1 = np.subtract(1, np.exp(step.ref.mul(Math.log(0.9))));
    const correct2 = np.subtract(1, np.exp(step.ref.mul(Math.log(0.999))));
    const parameters: Parameters = {};
    const first: Parameters = {};
    const second: Parameters = {};
    for (const { name } of network.parameters) {
      first[name] = state.first[name]!.mul(0.9).add(gradients[name]!.ref.mul(0.1));
      second[name] = state.second[name]!.mul(0.999).add(np.square(gradients[name]!).mul(0.001));
      const direction = first[name].ref.div(correct1.ref).div(np.sqrt(second[name].ref.div(correct2.ref)).add(1e-8));
      parameters[name] = state.parameters[name]!.sub(direction.mul(RATE));
    }
    correct1.dispose();
    correct2.dispose();
    return [{ parameters, first, second, step }, value];
  });
}

/** The objective, a mean over the batch. */
function lossOf(network: Network, batch: number) {
  return (p: Parameters, x: JaxArray, epsilon: JaxArray): JaxArray => {
    const apply = (spec: LayerSpec, y: JaxArray) => layer(spec, y, p[`${spec.name}.weight`]!, p[`${spec.name}.bias`]!);
    const stack = (specs: readonly LayerSpec[], y: JaxArray) => specs.reduce((h, spec) => nn.relu(apply(spec, h)), y);
    const h = stack(network.encoder, x.ref);
    const mean = apply(network.mean, h.ref);
    const logVar = apply(network.logVar!, h);
    const z = mean.ref.add(np.exp(logVar.ref.mul(0.5)).mul(epsilon));
    const logits = apply(network.output, stack(network.decoder, z)).reshape([batch, network.pixels]);
    const bce = nn.softplus(logits.ref).sub(logits.mul(x));
    const kl = np.square(mean).add(np.exp(logVar.ref)).sub(1).sub(logVar).mul(0.5);
    return np.sum(bce).add(np.sum(kl)).div(batch);
  };
}

/** One layer without its activation; takes images flat or not, as the layer before left them. */
function layer(spec: LayerSpec, x: JaxArray, weight: JaxArray, bias: JaxArray): JaxArray {
  if (spec.kind === "dense") return np.matmul(x.reshape([-1, spec.inputs]), weight).add(bias);
  const { from, to } = spec;
  const images = x.reshape([-1, from.channels, from.height, from.width]);
  return convolve(spec, images, weight).add(bias.reshape([1, to.channels, 1, 1]));
}

function convolve({ kind, kernel, stride, padTop, padLeft, from, to }: ConvSpec, x: JaxArray, weight: JaxArray): JaxArray {
  if (kind === "conv") {
    const after = (before: number, near: number, far: number) => (far - 1) * stride + kernel - near - before;
    const rows: [number, number] = [padTop, after(padTop, from.height, to.height)];
    const columns: [number, number] = [padLeft, after(padLeft, from.width, to.width)];
    return lax.convGeneralDilated(x, weight, [stride, stride], [rows, columns]);
  }
  const sides = (pad: number, near: number, far: number): [number, number] => {
    const before = kernel - 1 - pad;
    return [before, far - ((near - 1) * stride + 1) - before + kernel - 1];
  };
  const pads = [sides(padTop, from.height, to.height), sides(padLeft, from.width, to.width)];
  return lax.convGeneralDilated(x, weight, [1, 1], pads, { lhsDilation: [stride, stride] });
}

/** A convolution's kernel as `[channels out, channels in, kernel, kernel]`. */
function inJaxOrder(spec: ParameterSpec, network: Network): ParameterSpec {
  const [height, width, near, far] = spec.shape;
  if (height === undefined || width === undefined || near === undefined || far === undefined) return spec;
  const isTransposed = [...network.decoder, network.output].some(
    ({ name, kind }) => kind === "transposed" && spec.name === `${name}.weight`,
  );
  return { ...spec, shape: isTransposed ? [near, far, height, width] : [far, near, height, width] };
}
