/** Selected points as the rows of a table. */
import type { SelectedPoint } from "../../../exchange/selection-csv";
import type { Floats } from "../../../protocol/messages";
import { classOfPoint, codeOfPoint, type ShownPoints } from "../../latent/use-cloud";

export interface PointFacts {
  readonly isGan: boolean;
  /** By class number. */
  readonly names: readonly string[];
  /** Of the held-out images, nats; null where none are known. */
  readonly losses: Floats | null;
}

/** @param selection numbers of points, rising; they are told within their split, from 0 */
export function selectedPoints(points: ShownPoints, selection: readonly number[], { isGan, names, losses }: PointFacts): SelectedPoint[] {
  const { latentDim, exampleCount, examples, many } = points;
  return selection.map((point): SelectedPoint => {
    const isExample = point < exampleCount;
    const index = isExample ? point : point - exampleCount;
    const label = classOfPoint(points, point);
    const logVar = (isExample ? examples.logVar : many?.logVar) ?? null;
    return {
      index,
      split: isExample ? (isGan ? "draw" : "held-out") : "train",
      label,
      className: label === null ? null : (names[label] ?? null),
      code: codeOfPoint(points, point),
      logVar: logVar?.subarray(index * latentDim, (index + 1) * latentDim) ?? null,
      loss: isExample ? (losses?.[index] ?? null) : null,
    };
  });
}
