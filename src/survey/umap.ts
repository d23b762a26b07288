/**
 * A UMAP of codes, told of as it forms: umap-js, with neighbours that are exact and found slice by slice, a graph of our own
 * (`neighbour-graph`) and the run's random numbers.
 *
 * Source: McInnes, Healy & Melville 2018, arXiv:1802.03426.
 */
import { UMAP } from "umap-js";
import { fillUniform } from "../lib/random";
import { STREAMS } from "../model/streams";
import type { Floats } from "../protocol/messages";
import { countCodes } from "./codes-count";
import { requireFinite } from "./models";
import { nearestCodes, type NearestCodes } from "./nearest-codes";
import { mutualGraph, type NeighbourGraph, type Strengths } from "./neighbour-graph";
import type { Handler } from "./question";

/** All pairs are looked at: four times as many would take a minute. */
const MOST_CODES = 10_000;
/** Fewer have no shape. */
const LEAST_CODES = 4;
/** How often the picture so far is told. */
const PART_MS = 150;
/** What finding neighbours counts for, as a share of the steps that follow. */
const SEARCH_SHARE = 0.2;

export const umap: Handler<"umap"> = async ({ codes, latentDim, neighbours, minDist, seed }, { turn, part }) => {
  const count = countCodes(codes, latentDim);
  if (count < LEAST_CODES || count > MOST_CODES) throw new RangeError(`umap: ${count} codes, it takes ${LEAST_CODES} … ${MOST_CODES}`);
  requireFinite("what is asked of the UMAP", [neighbours, minDist, seed]);
  const nNeighbors = Math.min(Math.max(2, Math.floor(neighbours)), count - 1);
  const tell = createTeller(part);

  const nearest = await nearestCodes(codes, latentDim, nNeighbors, turn, (done) => tell((SEARCH_SHARE * done) / count, null));
  if (turn.isOver()) await turn.pass();
  const fit = new UMAP({ nNeighbors, minDist, random: randomOf(seed) });
  const steps = begin(fit, count, nearest);
  for (let step = 0; step < steps; step++) {
    if (turn.isOver()) {
      tell(SEARCH_SHARE + ((1 - SEARCH_SHARE) * step) / steps, step === 0 ? null : fit);
      await turn.pass();
    }
    fit.step();
  }
  const positions = positionsOf(fit);
  requireFinite("the UMAP", positions);
  return { positions };
};

/** What of umap-js's inside is used and replaced; the package is pinned, and a test holds the graphs equal. */
interface UmapInside {
  smoothKNNDistance(distances: number[][], k: number, localConnectivity: number): { sigmas: number[]; rhos: number[] };
  computeMembershipStrengths(indices: number[][], distances: number[][], sigmas: number[], rhos: number[]): Strengths;
  fuzzySimplicialSet: () => NeighbourGraph;
  makeSearchGraph: () => void;
}

/** @returns steps to be done */
function begin(fit: UMAP, count: number, { indices, distances }: NearestCodes): number {
  const inside = fit as unknown as UmapInside;
  const { sigmas, rhos } = inside.smoothKNNDistance(distances, indices[0]!.length, 1);
  const graph = mutualGraph(count, inside.computeMembershipStrengths(indices, distances, sigmas, rhos));
  inside.fuzzySimplicialSet = () => graph;
  inside.makeSearchGraph = () => {}; // for placing new codes, which nobody asks for
  fit.setPrecomputedKNN(indices, distances);
  return fit.initializeFit(indices); // of the codes themselves only their number is read
}

/** `[codes, 2]`, a copy. */
function positionsOf(fit: UMAP): Floats {
  return Float32Array.from(fit.getEmbedding().flat());
}

/** Tells how far it has come, not more often than a picture can be taken in. Of a thousand. */
function createTeller(part: (part: { done: number; total: number; positions: Floats | null }) => void) {
  let told = performance.now();
  return (share: number, fit: UMAP | null) => {
    if (performance.now() - told < PART_MS) return;
    told = performance.now();
    part({ done: Math.round(1_000 * share), total: 1_000, positions: fit === null ? null : positionsOf(fit) });
  };
}

/** Numbers drawn in a row from the seed's own stream. */
function randomOf(seed: number): () => number {
  const drawn = new Float32Array(4_096);
  let block = 0;
  let next = drawn.length;
  return () => {
    if (next === drawn.length) {
      fillUniform({ seed, stream: STREAMS.embedding }, block++, drawn);
      next = 0;
    }
    return drawn[next++]!;
  };
}
