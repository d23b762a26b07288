/**
 * The mean of the images of selected points: bytes of held-out images, what a GAN's draws
 * generate, bytes of training images that the survey fetches. In slices, so that no task
 * is long.
 */
import { nextTask } from "../../../lib/next-task";
import { decode } from "../../../model/forward";
import { pixelCount } from "../../../protocol/datasets";
import type { Floats, Material } from "../../../protocol/messages";
import type { RunConfig } from "../../../protocol/run-config";
import type { Survey } from "../../../protocol/survey";
import type { Model } from "../../../store/model-view";
import { codeOfPoint, type ShownPoints } from "../../latent/use-cloud";
import { MeanImage } from "./picks";

const SLICE_MS = 8;
/** Training images asked for at a time: 784 KB of digits. */
const BATCH = 1_000;

export interface MeanNeeds {
  readonly points: ShownPoints;
  readonly selection: readonly number[];
  readonly material: Material;
  readonly config: RunConfig;
  readonly model: Model;
  readonly survey: Survey;
}

/**
 * @returns in [0, 1], `[pixels]`
 * @throws the signal's reason when it is aborted in between; SurveyError when the survey refuses
 */
export async function meanOfImages(
  { points, selection, material, config, model, survey }: MeanNeeds,
  signal: AbortSignal,
): Promise<Floats> {
  const size = pixelCount(material.image);
  const mean = new MeanImage(size);
  const isGan = model.network.kind === "adversarial";
  let sliceStart = performance.now();
  const breathe = async () => {
    if (performance.now() - sliceStart <= SLICE_MS) return;
    await nextTask();
    signal.throwIfAborted();
    sliceStart = performance.now();
  };
  for (const index of selection) {
    if (index >= points.exampleCount) break; // rising: training images come last
    if (isGan) mean.add(decode(model.network, model.weights, codeOfPoint(points, index), 1), 1);
    else mean.add(material.examples.pixels.subarray(index * size, (index + 1) * size), 255);
    await breathe();
  }
  const training = selection.filter((index) => index >= points.exampleCount).map((index) => index - points.exampleCount);
  for (let from = 0; from < training.length; from += BATCH) {
    const indices = training.slice(from, from + BATCH);
    const { pixels } = await survey.ask("images", { data: config.data, trainSize: config.trainSize, indices }, { signal });
    sliceStart = performance.now();
    for (let i = 0; i < indices.length; i++) {
      mean.add(pixels.subarray(i * size, (i + 1) * size), 255);
      await breathe();
    }
  }
  return mean.mean;
}
