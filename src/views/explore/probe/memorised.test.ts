import { expect, test } from "vitest";
import type { Ask, QuestionKind, Survey } from "../../../protocol/survey";
import { evenlySpread, usualDistance, verdictOf } from "./memorised";
import { measureUsualDistance, SAMPLE } from "./usual-distance";

test("the usual distance is the median, between its quartiles", () => {
  expect(usualDistance([4, 1, 3, 2])).toEqual({ images: 4, median: 2.5, lowerQuartile: 1.75, upperQuartile: 3.25 });
  expect(usualDistance([7])).toEqual({ images: 1, median: 7, lowerQuartile: 7, upperQuartile: 7 });
});

test("a distance is judged by its part of the usual one", () => {
  const usual = { median: 4 };
  expect([0, 1.39, 1.41, 3.39, 3.41, 5, 5.01].map((distance) => verdictOf(distance, usual))).toEqual([
    "copy",
    "copy",
    "near",
    "near",
    "usual",
    "usual",
    "far",
  ]);
  expect(verdictOf(1, { median: 0 })).toBeNull(); // every image has a twin: nothing to compare with
  expect(verdictOf(Number.NaN, usual)).toBeNull();
});

test("a sample is spread evenly over all images", () => {
  expect(evenlySpread(10, 5)).toEqual([1, 3, 5, 7, 9]);
  expect(evenlySpread(3, 5)).toEqual([0, 1, 2]);
});

/** Images of one pixel, image i as white as i / 255. */
function answer(kind: QuestionKind, ask: unknown): unknown {
  if (kind === "images") return { pixels: Uint8Array.from((ask as Ask<"images">).indices) };
  const at = Math.round((ask as Ask<"neighbours">).pixels[0]! * 255);
  return [
    { index: at, distance: 0 },
    { index: at + 1, distance: 1 / 255 },
  ];
}

/** Answers as the survey does, up to `until` questions. */
function lineOfImages(until: number): { readonly survey: Survey; readonly asked: QuestionKind[] } {
  const asked: QuestionKind[] = [];
  const ask = ((kind: QuestionKind, question: unknown) => {
    asked.push(kind);
    return asked.length > until ? Promise.reject(new Error("called off")) : Promise.resolve(answer(kind, question));
  }) as Survey["ask"];
  return { survey: { ask }, asked };
}

test("each sampled image is measured to the nearest that is not itself", async () => {
  const { survey, asked } = lineOfImages(Infinity);
  const usual = await measureUsualDistance(survey, "mnist", 200, new AbortController().signal);
  expect(usual).toEqual({ images: SAMPLE, median: 1 / 255, lowerQuartile: 1 / 255, upperQuartile: 1 / 255 });
  expect(asked).toHaveLength(1 + SAMPLE);
  await measureUsualDistance(survey, "mnist", 200, new AbortController().signal);
  expect(asked).toHaveLength(1 + SAMPLE); // known from then on
});

test("a measurement that was broken off goes on where it stood", async () => {
  const { survey, asked } = lineOfImages(11);
  await expect(measureUsualDistance(survey, "mnist", 200, new AbortController().signal)).rejects.toThrow("called off");
  expect(asked).toHaveLength(12); // the images, ten neighbours, the refusal
  const again: QuestionKind[] = [];
  const { survey: whole } = lineOfImages(Infinity);
  Object.assign(survey, {
    ask: ((kind: QuestionKind, question: never) => {
      again.push(kind);
      return whole.ask(kind, question);
    }) as Survey["ask"],
  });
  await measureUsualDistance(survey, "mnist", 200, new AbortController().signal);
  expect(again).toHaveLength(1 + SAMPLE - 10);
});
