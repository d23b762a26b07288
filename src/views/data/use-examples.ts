/** The examples that go through the network now: their pixels and what they are called. */
import { useMemo } from "react";
import { useText } from "../../i18n/use-text";
import type { ImageShape } from "../../protocol/datasets";
import type { CssVariables } from "../../ui/accent";
import { useRun } from "../stores";

export interface Example {
  /** Into the run's examples. */
  readonly index: number;
  /** `[pixels]`, bytes; the same object while the image stays. */
  readonly pixels: Uint8Array;
  readonly name: string;
}

export interface ExampleSet {
  readonly image: ImageShape;
  readonly examples: readonly Example[];
}

const NONE: readonly number[] = [];

/** Two columns of images: the grid's only measure of how many there are. */
export function gridRows({ examples }: ExampleSet): CssVariables {
  return { "--rows": Math.ceil(examples.length / 2) };
}

export function useExamples(): ExampleSet | null {
  const { language } = useText("data");
  const ready = useRun((state) => state.ready);
  // The same numbers come with every snapshot: as text they only change when the images do.
  const chosen = useRun((state) => (state.snapshot?.exampleIndices ?? NONE).join(" "));
  return useMemo(() => {
    if (ready === null || chosen === "") return null;
    const { image, examples, classNames } = ready;
    const pixels = image.height * image.width * image.channels;
    const listed = chosen.split(" ").map((text): Example => {
      const index = Number(text);
      return {
        index,
        pixels: examples.pixels.subarray(index * pixels, (index + 1) * pixels),
        name: classNames[language][examples.labels[index] ?? -1] ?? "?",
      };
    });
    return { image, examples: listed };
  }, [ready, chosen, language]);
}
