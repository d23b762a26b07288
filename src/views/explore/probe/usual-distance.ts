/**
 * How far training images lie from their nearest neighbours among themselves, measured by
 * the survey once for each data set, on a sample, one question after the other so that
 * whatever else is asked meanwhile comes in between.
 */
import type { DatasetId } from "../../../protocol/datasets";
import type { Survey } from "../../../protocol/survey";
import { evenlySpread, usualDistance, type UsualDistance } from "./memorised";

/** The median of so many is within a few per cent of that of all; two seconds on the largest data set. */
export const SAMPLE = 48;

/** What has been measured of each data set so far: a measurement that was broken off goes on where it stood. */
const measured = new WeakMap<Survey, Map<string, number[]>>();

function distancesOf(survey: Survey, key: string): number[] {
  const known = measured.get(survey) ?? new Map<string, number[]>();
  measured.set(survey, known);
  const distances = known.get(key) ?? [];
  known.set(key, distances);
  return distances;
}

/** @throws (rejects) when the survey refuses or is called off */
export async function measureUsualDistance(
  survey: Survey,
  data: DatasetId,
  trainSize: number,
  signal: AbortSignal,
): Promise<UsualDistance> {
  const distances = distancesOf(survey, `${data} ${trainSize}`);
  const indices = evenlySpread(trainSize, SAMPLE);
  if (distances.length < indices.length) {
    const { pixels } = await survey.ask("images", { data, trainSize, indices }, { signal });
    const size = pixels.length / indices.length;
    for (let k = distances.length; k < indices.length; k++) {
      const picture = Float32Array.from(pixels.subarray(k * size, (k + 1) * size), (byte) => byte / 255);
      // The nearest of all is the image itself.
      const two = await survey.ask("neighbours", { data, trainSize, pixels: picture, count: 2 }, { signal });
      distances[k] = two.find(({ index }) => index !== indices[k])?.distance ?? 0;
    }
  }
  return usualDistance(distances);
}
