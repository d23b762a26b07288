/**
 * Fetches the classifier that ships for a data set, for runs of a GAN alone: code and
 * weights come only then.
 *
 * Without it a run lacks the classes of what it generates, and nothing else: what goes wrong here is no failure.
 */
import type { Classifier } from "../model/classifier";
import type { DatasetId } from "../protocol/datasets";

export type LoadClassifier = (data: DatasetId) => Promise<Classifier | null>;

export interface ClassifierSource {
  /** Folder of the classifiers, absolute, ending in a slash. */
  readonly baseUrl: string;
  readonly fetch?: (url: string) => Promise<Response>;
}

/** Keeps the last one that came; one that did not is asked for again. */
export function createClassifierLoader({ baseUrl, fetch = (url) => globalThis.fetch(url) }: ClassifierSource): LoadClassifier {
  let kept: { readonly data: DatasetId; readonly classifier: Classifier } | null = null;
  return async (data) => {
    if (kept?.data === data) return kept.classifier;
    try {
      const { CLASSIFIED, parseClassifier } = await import("../model/classifier");
      if (!CLASSIFIED.includes(data)) return null;
      const response = await fetch(`${baseUrl}${data}.safetensors`);
      if (!response.ok) return null;
      const classifier = parseClassifier(new Uint8Array(await response.arrayBuffer()), data);
      kept = { data, classifier };
      return classifier;
    } catch {
      return null; // offline, or no such file as it should be
    }
  };
}
