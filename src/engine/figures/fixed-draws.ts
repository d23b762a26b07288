/** The draws of z behind everything that is shown and measured of a GAN. */
import { fillNormal } from "../../lib/random";
import { STREAMS } from "../../model/streams";
import type { Floats } from "../../protocol/messages";

/** z ~ N(0, I), `[count, latentDim]`: `count` draws from number `first` on. */
export function fixedDraws(seed: number, latentDim: number, count: number, first = 0): Floats {
  const z = new Float32Array(count * latentDim);
  fillNormal({ seed, stream: STREAMS.fixedDraws }, 0, z, first * latentDim);
  return z;
}
