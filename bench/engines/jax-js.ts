/** The same VAE in jax-js: one jitted function from state and batch to the next state, Adam written out. */
import { blockUntilReady, defaultDevice, init, jit, nn, numpy as np, random, valueAndGrad, type Array as JaxArray } from "@jax-js/jax";
import { adapterName, benchImages, type BenchBackend, type Peer, type PeerSize } from "./peer";

type Parameters = Record<"w1" | "b1" | "wm" | "bm" | "wv" | "bv" | "w3" | "b3" | "w4" | "b4", JaxArray>;
type State = { readonly parameters: Parameters; readonly first: Parameters; readonly second: Parameters; readonly step: JaxArray };

const NAMES = ["w1", "b1", "wm", "bm", "wv", "bv", "w3", "b3", "w4", "b4"] as const;
const RATE = 1e-3;

export async function jaxJs(backend: BenchBackend, { pixels, hidden, latent, batch }: PeerSize): Promise<Peer> {
  if (!(await init(backend)).includes(backend)) throw new Error(`jax-js: ${backend} does not start`);
  defaultDevice(backend);

  const shapes: Record<(typeof NAMES)[number], [number[], number]> = {
    w1: [[pixels, hidden], pixels],
    b1: [[hidden], pixels],
    wm: [[hidden, latent], hidden],
    bm: [[latent], hidden],
    wv: [[hidden, latent], hidden],
    bv: [[latent], hidden],
    w3: [[latent, hidden], latent],
    b3: [[hidden], latent],
    w4: [[hidden, pixels], hidden],
    b4: [[pixels], hidden],
  };
  const table = (make: (name: (typeof NAMES)[number], index: number) => JaxArray) =>
    Object.fromEntries(NAMES.map((name, i) => [name, make(name, i)])) as Parameters;

  const loss = (p: Parameters, x: JaxArray, epsilon: JaxArray): JaxArray => {
    const h = nn.relu(np.matmul(x.ref, p.w1).add(p.b1));
    const mean = np.matmul(h.ref, p.wm).add(p.bm);
    const logVar = np.matmul(h, p.wv).add(p.bv);
    const z = mean.ref.add(np.exp(logVar.ref.mul(0.5)).mul(epsilon));
    const logits = np.matmul(nn.relu(np.matmul(z, p.w3).add(p.b3)), p.w4).add(p.b4);
    const bce = nn.softplus(logits.ref).sub(logits.mul(x));
    const kl = np.square(mean).add(np.exp(logVar.ref)).sub(1).sub(logVar).mul(0.5);
    return np.sum(bce).add(np.sum(kl)).div(batch);
  };

  const update = jit((state: State, x: JaxArray, epsilon: JaxArray): [State, JaxArray] => {
    const [value, gradients] = valueAndGrad(loss)(treeRef(state.parameters), x, epsilon) as [JaxArray, Parameters];
    const step = state.step.add(1);
    const correct1 = np.subtract(1, np.exp(step.ref.mul(Math.log(0.9))));
    const correct2 = np.subtract(1, np.exp(step.ref.mul(Math.log(0.999))));
    const parameters = {} as Parameters;
    const first = {} as Parameters;
    const second = {} as Parameters;
    for (const name of NAMES) {
      first[name] = state.first[name].mul(0.9).add(gradients[name].ref.mul(0.1));
      second[name] = state.second[name].mul(0.999).add(np.square(gradients[name]).mul(0.001));
      const direction = first[name].ref.div(correct1.ref).div(np.sqrt(second[name].ref.div(correct2.ref)).add(1e-8));
      parameters[name] = state.parameters[name].sub(direction.mul(RATE));
    }
    correct1.dispose();
    correct2.dispose();
    return [{ parameters, first, second, step }, value];
  });

  const bytes = benchImages(batch, pixels);
  const images = np.array(Float32Array.from(bytes, (byte) => byte / 255)).reshape([batch, pixels]);
  let keys = 0;
  const nextKey = () => random.key(++keys);
  let state: State = {
    parameters: table((name) =>
      random.uniform(nextKey(), shapes[name][0], { minval: -1 / Math.sqrt(shapes[name][1]), maxval: 1 / Math.sqrt(shapes[name][1]) }),
    ),
    first: table((name) => np.zeros(shapes[name][0])),
    second: table((name) => np.zeros(shapes[name][0])),
    step: np.array(0, { dtype: np.float32 }),
  };
  let last: JaxArray | null = null;
  return {
    step: () => {
      last?.dispose();
      [state, last] = update(state, images.ref, random.normal(nextKey(), [batch, latent]));
    },
    settle: async () => {
      await blockUntilReady(treeRef(state.parameters));
      return (await last!.ref.data())[0]!;
    },
    adapter: await adapterName(backend),
  };
}

/** Every array once more, so that the callee may consume it. */
function treeRef(parameters: Parameters): Parameters {
  return Object.fromEntries(NAMES.map((name) => [name, parameters[name].ref])) as Parameters;
}
