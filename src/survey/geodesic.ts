/** The geodesic between codes under the decoder's metric, told of as it shortens. */
import { GEODESIC_TRIALS, startGeodesic } from "../model/geodesic";
import { requireFinite } from "./models";
import type { Handler } from "./question";

/** One try decodes each point twice: with more it would be seconds. */
const MOST_POINTS = 512;
/** How often the path so far is told. */
const PART_MS = 100;

export const geodesic: Handler<"geodesic"> = async ({ codes, points, label }, { model, turn, part }) => {
  const { network, weights } = model();
  const { latentDim } = network;
  if (codes.length < 2) throw new RangeError(`geodesic: ${codes.length} codes have nothing between them`);
  for (const code of codes) {
    if (code.length !== latentDim) throw new RangeError(`geodesic: a code has ${code.length} numbers, the model's have ${latentDim}`);
    requireFinite("a code", code);
  }
  if (!Number.isInteger(points) || points > MOST_POINTS)
    throw new RangeError(`geodesic: ${points} points, it takes ${MOST_POINTS} at most`);
  const found = startGeodesic(network, weights, codes, points, label);
  let told = performance.now();
  for (let trial = 1; !found.isDone; trial++) {
    if (turn.isOver()) await turn.pass();
    found.advance();
    if (performance.now() - told < PART_MS) continue;
    told = performance.now();
    part({ done: Math.min(trial, GEODESIC_TRIALS), total: GEODESIC_TRIALS, path: found.path.slice() });
  }
  const { path, energy, straightEnergy } = found;
  requireFinite("the geodesic", path);
  return { path: path.slice(), energy, straightEnergy };
};
