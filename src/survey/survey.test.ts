import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { SurveyLink } from "../bridge/start-survey";
import { KEPT_MODELS, type Ask, type SurveyCommand, type SurveyEvent } from "../protocol/survey";
import { draws } from "../testing/draws";
import { FAIR_CLOCK, NOTHING_THERE, openSurvey, refusalOf, shippedFiles, smallModel } from "../testing/survey-harness";
import { createSurvey } from "./survey";

let survey: SurveyLink;
beforeEach(() => {
  survey = openSurvey(shippedFiles);
});
afterEach(() => survey.close());

const LATTICE = { left: -1, right: 1, bottom: -1, top: 1, columns: 3, rows: 2 };
const PLANE = { center: [0, 0], u: [1, 0], w: [0, 1] };
/** Long enough that it is never done while a test runs. */
const LONG: Ask<"umap"> = { codes: draws(1, 3_000 * 4), latentDim: 4, neighbours: 15, minDist: 0.1, seed: 1 };

test("an unknown model, or none, is refused", async () => {
  const { model } = smallModel();
  expect(await refusalOf(survey.ask("codes", { images: 5 }))).toMatch(/needs a model/);
  const worker = hearSurvey();
  worker.hear({ type: "ask", id: 1, kind: "codes", ask: { images: 5 }, model: model.key });
  await worker.settled(1);
  expect(worker.events).toEqual([{ type: "refused", id: 1, message: `survey: there is no model ${model.key} here` }]);
});

test("the last few models are kept, in the order in which they came", async () => {
  const worker = hearSurvey();
  const models = Array.from({ length: KEPT_MODELS + 1 }, () => smallModel({ data: "moons", reconstruction: "mse" }).model);
  for (const model of models) worker.hear({ type: "model", model });
  models.forEach(({ key }, i) => worker.hear({ type: "ask", id: i, kind: "codes", ask: { images: 1 }, model: key }));
  await Promise.all(models.map((_, i) => worker.settled(i)));
  const kinds = models.map((_, i) => worker.events.findLast((event) => "id" in event && event.id === i)!.type);
  expect(kinds).toEqual(["refused", ...Array.from({ length: KEPT_MODELS }, () => "answer")]);
});

test.each([
  ["weights that do not fit", { "output.bias": new Float32Array(3) }, /output.bias holds 3 numbers/],
  ["weights that are not numbers", { "output.bias": new Float32Array(784).fill(NaN) }, /output.bias holds NaN at 0/],
])("a model with %s is refused", async (_, change, message) => {
  const { model } = smallModel();
  const broken = { ...model, weights: { ...model.weights, ...change } };
  expect(await refusalOf(survey.ask("codes", { images: 5 }, { model: broken }))).toMatch(message);
});

test("a model whose config describes no network is refused, and the worker lives on", async () => {
  const { model } = smallModel();
  const broken = {
    ...model,
    key: "broken",
    config: { ...model.config, decoder: [{ kind: "conv", filters: 2, kernel: 3, stride: 5, activation: "relu" }] },
  };
  await refusalOf(survey.ask("codes", { images: 1 }, { model: broken as unknown as typeof model }));
  expect(await survey.ask("codes", { images: 1 }, { model })).toEqual({ images: 1 });
});

test("a GAN has no codes and no losses", async () => {
  const { model } = smallModel({ model: "gan" });
  expect(await refusalOf(survey.ask("codes", { images: 5 }, { model }))).toMatch(/GAN encodes nothing/);
  const pixels = new Uint8Array(784);
  expect(await refusalOf(survey.ask("losses", { pixels, labels: new Uint8Array(1) }, { model }))).toMatch(/GAN encodes nothing/);
});

test("files that are missing are refused, and asked for again with the next question", async () => {
  let isThere = false;
  survey = openSurvey((url, init) => (isThere ? shippedFiles : NOTHING_THERE)(url, init));
  const ask = { data: "moons", trainSize: 100, indices: [3] } as const;
  expect(await refusalOf(survey.ask("images", ask))).toMatch(/data-missing.*manifest/);
  isThere = true;
  expect((await survey.ask("images", ask)).pixels.length).toBe(2);
});

test("a file that is damaged is refused", async () => {
  survey = openSurvey(async (url, init) => {
    const response = await shippedFiles(url, init);
    return url.endsWith("train-00.bin") ? new Response(Uint8Array.of(1, 2, 3)) : response;
  });
  expect(await refusalOf(survey.ask("images", { data: "moons", trainSize: 10, indices: [3] }))).toMatch(/data-corrupt/);
});

test("a kind of question that nobody knows is refused", async () => {
  expect(await refusalOf(survey.ask("weather" as "codes", { images: 1 }))).toMatch(/no questions of kind weather/);
});

test("questions of different sizes of one data set all end", async () => {
  const sizes = [10, 4_000, 100, 2_500];
  const answers = sizes.map((trainSize) => survey.ask("images", { data: "moons", trainSize, indices: [trainSize - 1] }));
  expect((await Promise.all(answers)).map(({ pixels }) => pixels.length)).toEqual([2, 2, 2, 2]);
});

test("what is sent stays with the page; what is answered moves", async () => {
  const positions = Float32Array.of(0, 0);
  await survey.ask("regions", { points: { positions, spreads: null, labels: Uint8Array.of(4) }, lattice: LATTICE });
  expect(positions.length).toBe(2);
  const worker = hearSurvey();
  worker.hear({ type: "ask", id: 1, kind: "principal", ask: { codes: draws(1, 8), latentDim: 2 }, model: null });
  await worker.settled(1);
  expect(worker.moved[0]!.length).toBe(3);
});

test("a cheap question does not wait for a long one", async () => {
  const control = new AbortController();
  const parts: unknown[] = [];
  const long = refusalOf(survey.ask("umap", LONG, { signal: control.signal, onPart: (part) => parts.push(part) }));
  await vi.waitFor(() => expect(parts.length).toBeGreaterThan(0), 4_000); // it is well under way
  let isLongDone = false;
  void long.then(() => (isLongDone = true));
  const points = { positions: draws(2, 200), spreads: null, labels: new Uint8Array(100) };
  await Promise.all([1, 2, 3].map(() => survey.ask("regions", { points, lattice: LATTICE })));
  expect(isLongDone).toBe(false);
  control.abort(new Error("enough"));
  expect(await long).toBe("enough");
});

test("a question that is called off does no more work and says no more", async () => {
  const worker = hearSurvey();
  worker.hear({ type: "ask", id: 1, kind: "umap", ask: LONG, model: null });
  await vi.waitFor(() => expect(worker.events.length).toBeGreaterThan(0), 4_000);
  worker.hear({ type: "call-off", id: 1 });
  worker.hear({ type: "call-off", id: 77 }); // of nobody
  const told = worker.events.length;
  await new Promise((resolve) => setTimeout(resolve, 50)); // the turn that was waited for
  const turns = worker.turns.length;
  await new Promise((resolve) => setTimeout(resolve, 50)); // several slices
  expect([worker.events.length, worker.turns.length]).toEqual([told, turns]);
});

test("called off while its files are on their way, a question is not answered when they come", async () => {
  const worker = hearSurvey();
  worker.hear({ type: "ask", id: 1, kind: "images", ask: { data: "moons", trainSize: 10, indices: [1] }, model: null });
  worker.hear({ type: "call-off", id: 1 });
  worker.hear({ type: "ask", id: 2, kind: "images", ask: { data: "moons", trainSize: 10, indices: [2] }, model: null });
  await worker.settled(2);
  expect(worker.events.map((event) => "id" in event && event.id)).toEqual([2]);
});

test.each([
  ["umap", { ...LONG, codes: LONG.codes.slice(0, 100 * 4) }],
  ["principal", { codes: LONG.codes, latentDim: 4 }],
  [
    "regions",
    { points: { positions: draws(2, 4_000), spreads: null, labels: new Uint8Array(2_000) }, lattice: { ...LATTICE, columns: 300 } },
  ],
  ["density", { points: { positions: draws(2, 4_000), spreads: null, labels: null }, lattice: LATTICE }],
  ["neighbours", { data: "mnist", trainSize: 9_000, pixels: new Float32Array(784), count: 3 }],
  ["magnification", { plane: PLANE, z: [0, 0], label: 0, lattice: { ...LATTICE, columns: 300 } }],
  ["losses", { pixels: new Uint8Array(784 * 200), labels: new Uint8Array(200) }],
  ["codes", { images: 300 }],
] as const)("%s looks at the clock and lets others in when its slice is over", async (kind, ask) => {
  const { model } = smallModel();
  const worker = hearSurvey(1); // a millisecond goes by at every look
  worker.hear({ type: "model", model });
  worker.hear({ type: "ask", id: 1, kind, ask, model: model.key } as SurveyCommand);
  await worker.settled(1);
  expect(worker.events.at(-1)).toMatchObject({ type: "answer" });
  expect(worker.turns.length).toBeGreaterThan(0);
  expect(Math.max(...worker.turns)).toBeLessThanOrEqual(12);
});

test("a crash refuses all that is open, and what was open says no more", async () => {
  const worker = hearSurvey();
  worker.hear({ type: "ask", id: 1, kind: "umap", ask: LONG, model: null });
  worker.hear({ type: "ask", id: 2, kind: "umap", ask: LONG, model: null });
  worker.crash(new Error("out of the blue"));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(worker.events).toEqual([1, 2].map((id) => ({ type: "refused", id, message: "out of the blue" })));
});

/** A survey heard from inside, with a clock that is watched. @param pace milliseconds that go by at each look; those of the real one unless told */
function hearSurvey(pace?: number) {
  const events: SurveyEvent[] = [];
  const moved: Transferable[][] = [];
  /** How long each slice was. */
  const turns: number[] = [];
  let time = 0;
  let began = 0;
  const clock = {
    now: () => (pace === undefined ? FAIR_CLOCK.now() : (time += pace)),
    nextTask: async () => {
      turns.push(time - began);
      await FAIR_CLOCK.nextTask();
      began = time;
    },
  };
  const post = (event: SurveyEvent, transfer: Transferable[]) => {
    events.push(event);
    moved.push(transfer);
  };
  const session = createSurvey({ post, baseUrl: "http://host/", fetch: shippedFiles }, clock);
  return {
    events,
    moved,
    turns,
    hear: (command: SurveyCommand) => session.hear(command),
    crash: (error: unknown) => session.crash(error),
    settled: (id: number) =>
      vi.waitFor(() => expect(events.some((event) => "id" in event && event.id === id && event.type !== "part")).toBe(true), 4_000),
  };
}
