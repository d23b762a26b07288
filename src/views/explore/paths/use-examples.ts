/** The codes of real examples with their classes, and what follows from them: class means and typical examples. */
import { useMemo } from "react";
import { useText } from "../../../i18n/use-text";
import { classMeans, type ClassMean } from "../../../model/class-means";
import { useCloud, type CodeCloud } from "../../latent/use-cloud";
import { useRun } from "../../stores";

export interface ClassCodes {
  readonly cloud: CodeCloud;
  readonly means: readonly ClassMean[];
  /** By class number. */
  readonly names: readonly string[];
}

/** Null before the first snapshot, and where nobody knows classes. */
export function useClassCodes(): ClassCodes | null {
  const { language } = useText("paths");
  const cloud = useCloud();
  const names = useRun(({ material }) => material?.classNames[language]);
  const latentDim = useRun((state) => state.network.latentDim);
  return useMemo(() => {
    if (cloud === null || cloud.labels === null || names === undefined) return null;
    const means = classMeans(cloud.codes, latentDim, cloud.labels, names.length);
    return means.length === 0 ? null : { cloud, means, names };
  }, [cloud, names, latentDim]);
}

/** One example's code. */
export function codeOf({ codes }: Pick<CodeCloud, "codes">, latentDim: number, index: number): number[] {
  return Array.from(codes.subarray(index * latentDim, (index + 1) * latentDim));
}
