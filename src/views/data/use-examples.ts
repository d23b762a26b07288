/** The examples that go through the network now: what the encoder sees of them, what they are judged against, what they are called. */
import { useMemo } from "react";
import { useText } from "../../i18n/use-text";
import { pixelCount, type ImageShape } from "../../protocol/datasets";
import { seenImage, type SeenImage } from "../../store/seen-image";
import type { CssVariables } from "../../ui/accent";
import { useRun } from "../stores";

/** Its pixels are the same objects while the image stays. */
export interface Example extends SeenImage {
  /** Into the run's examples, and its place in the held-out set. */
  readonly index: number;
  readonly label: number;
  readonly name: string;
}

export interface ExampleSet {
  readonly image: ImageShape;
  readonly examples: readonly Example[];
}

const NONE: readonly number[] = [];

/** Two columns of images: the grid's only measure of how many there are. */
export function gridRows(images: number): CssVariables {
  return { "--rows": Math.ceil(images / 2) };
}

export function useExamples(): ExampleSet | null {
  const { language } = useText("data");
  const material = useRun((state) => state.material);
  const config = useRun((state) => state.config);
  // The same numbers come with every snapshot: as text they only change when the images do.
  const chosen = useRun((state) => (state.snapshot?.exampleIndices ?? NONE).join(" "));
  return useMemo(() => {
    if (material === null || chosen === "") return null;
    const { image, examples, classNames } = material;
    const pixels = pixelCount(image);
    const listed = chosen.split(" ").map((text): Example => {
      const index = Number(text);
      const label = examples.labels[index] ?? 0;
      const bytes = examples.pixels.subarray(index * pixels, (index + 1) * pixels);
      return { index, label, name: classNames[language][label] ?? "?", ...seenImage(config, bytes, index) };
    });
    return { image, examples: listed };
  }, [material, config, chosen, language]);
}
