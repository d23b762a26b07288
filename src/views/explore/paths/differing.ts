/**
 * Looks for two places between which the straight line and the geodesic differ most, on the
 * model at hand. Straight lines are ranked by their detour, their length in pixels less the
 * distance of their end pictures: only a line with a detour leaves something to be
 * gained. The first few are then given to the survey.
 *
 * Measured on the recorded runs: of pairs taken as they come a geodesic saves 1 to 5 % in two
 * dimensions, of the first few by detour 5 to 20 %.
 */
import { nextTask } from "../../../lib/next-task";
import { straightPath } from "../../../model/paths";
import type { Floats } from "../../../protocol/messages";
import type { Survey, SurveyModel } from "../../../protocol/survey";
import type { Model } from "../../../store/model-view";
import { decodePath, measureFilm, SLICE_MS } from "./path-film";
import { pointsFor } from "./path-plan";

export interface Candidate {
  readonly z: readonly number[];
  readonly label: number | null;
}

export type Pair = readonly [Candidate, Candidate];

/** Points of a line that is only ranked. */
const COARSE_POINTS = 9;

/** So many of the ranked pairs are measured: a geodesic takes about a second. */
const MOST_MEASURED = 3;

interface Search {
  readonly model: Model;
  /** The same model, as the survey knows it. */
  readonly surveyed: SurveyModel;
  readonly survey: Survey;
  /** That a conditional network is told. */
  readonly label: number;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/** Null where there are no two candidates. @throws what the survey throws, and the signal's reason when it is called off. */
export async function findDiffering(candidates: readonly Candidate[], search: Search): Promise<Pair | null> {
  const { model, surveyed, survey, label, signal, onProgress } = search;
  onProgress(0, MOST_MEASURED + 1);
  const pairs = (await rankPairs(candidates, model, label, signal)).slice(0, MOST_MEASURED);
  let best: { readonly pair: Pair; readonly ratio: number } | null = null;
  for (const [i, pair] of pairs.entries()) {
    onProgress(i + 1, pairs.length + 1);
    const codes = pair.map(({ z }) => z);
    const points = pointsFor(2);
    const { path } = await survey.ask("geodesic", { codes, points, label }, { model: surveyed, signal });
    const lengthOf = async (way: Floats) => {
      return measureFilm(await decodePath(model, way, label, signal), way, model.network.latentDim).length;
    };
    const ratio = (await lengthOf(straightPath(codes, points))) / (await lengthOf(path));
    if (best === null || ratio > best.ratio) best = { pair, ratio };
  }
  return best?.pair ?? null;
}

/** Those with the largest detour first. */
export async function rankPairs(candidates: readonly Candidate[], model: Model, label: number, signal: AbortSignal): Promise<Pair[]> {
  const { latentDim, pixels } = model.network;
  const ranked: { pair: Pair; detour: number }[] = [];
  let sliceStart = performance.now();
  for (const [i, from] of candidates.entries()) {
    for (const to of candidates.slice(i + 1)) {
      if (performance.now() - sliceStart > SLICE_MS) {
        await nextTask(); // a short line ends within its own slice: without this, all of them were one task
        signal.throwIfAborted();
        sliceStart = performance.now();
      }
      const codes = straightPath([from.z, to.z], COARSE_POINTS);
      const frames = await decodePath(model, codes, label, signal);
      const ends = new Float32Array([...frames.subarray(0, pixels), ...frames.subarray(-pixels)]);
      const chord = measureFilm(ends, codes.slice(0, 2 * latentDim), latentDim).length;
      ranked.push({ pair: [from, to], detour: measureFilm(frames, codes, latentDim).length - chord });
    }
  }
  return ranked.toSorted((a, b) => b.detour - a.detour).map(({ pair }) => pair);
}
