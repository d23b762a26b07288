/** What the explorer's second worker needs for its longer questions: the survey in Node over a pair of ports, with codes drawn at random. */
import { fillNormal } from "../src/lib/random";
import { initialWeights } from "../src/model/initial-weights";
import { describeNetwork } from "../src/model/network";
import { DATASETS } from "../src/protocol/datasets";
import { DEFAULT_CONFIG } from "../src/protocol/run-config";
import type { Floats } from "../src/protocol/messages";
import type { MapPoints, Survey, SurveyModel } from "../src/protocol/survey";
import { openSurvey, shippedFiles } from "../src/testing/survey-harness";
import { markdownTable } from "./tables";

export interface SurveyRow {
  readonly question: string;
  /** The least of three askings, files already there. */
  readonly ms: number;
}

const LATTICE = { left: -4, right: 4, bottom: -4, top: 4, columns: 96, rows: 96 } as const;
const TRIES = 3;

export async function timeSurvey(): Promise<SurveyRow[]> {
  const survey = openSurvey(shippedFiles);
  try {
    const rows: SurveyRow[] = [];
    for (const [question, ask] of questionsFor(survey)) rows.push({ question, ms: await leastOf(ask) });
    return rows;
  } finally {
    survey.close();
  }
}

function questionsFor(survey: Survey): (readonly [string, () => Promise<unknown>])[] {
  const fashion = { data: "fashion", trainSize: 60_000, pixels: new Float32Array(784).fill(0.5), count: 5 } as const;
  const umap = (count: number) => () =>
    survey.ask("umap", { codes: codesOf(count, 16), latentDim: 16, neighbours: 15, minDist: 0.1, seed: 1 });
  const model: SurveyModel = {
    key: "bench",
    config: DEFAULT_CONFIG,
    weights: initialWeights(describeNetwork(DEFAULT_CONFIG, DATASETS[DEFAULT_CONFIG.data].image), DEFAULT_CONFIG.initialiser, 1),
  };
  const ends = [
    [-2, -1],
    [2, 1],
  ];
  return [
    ["a recorded run, unpacked", () => survey.ask("recorded", { id: "digits-vae" })],
    ["class of the nearest of 2,000 codes, 96 × 96 places", () => survey.ask("regions", { points: pointsOf(2_000), lattice: LATTICE })],
    ["principal components of 60,000 codes, z = 16", () => survey.ask("principal", { codes: codesOf(60_000, 16), latentDim: 16 })],
    ["the 5 nearest of 60,000 images", () => survey.ask("neighbours", fashion)],
    ["codes of 9,000 digits", () => survey.ask("codes", { images: 9_000 }, { model })],
    ["geodesic of 32 points", () => survey.ask("geodesic", { codes: ends, points: 32, label: 0 }, { model })],
    ["UMAP of 500 codes, z = 16", umap(500)],
    ["UMAP of 2,000 codes, z = 16", umap(2_000)],
    ["UMAP of 5,000 codes, z = 16", umap(5_000)],
  ];
}

function pointsOf(count: number): MapPoints {
  return { positions: codesOf(count, 2), spreads: null, labels: Uint8Array.from({ length: count }, (_, i) => i % 10) };
}

function codesOf(count: number, latentDim: number): Floats {
  const codes = new Float32Array(count * latentDim);
  fillNormal({ seed: 1, stream: 0 }, 0, codes);
  return codes;
}

async function leastOf(ask: () => Promise<unknown>): Promise<number> {
  let least = Infinity;
  for (let round = 0; round < TRIES; round++) {
    const startMs = performance.now();
    await ask();
    least = Math.min(least, performance.now() - startMs);
  }
  return least;
}

export function surveyTable(rows: readonly SurveyRow[]): string {
  return markdownTable(
    ["asked of the survey (in Node)", "ms"],
    rows.map(({ question, ms }) => [question, ms.toFixed(0)]),
    1,
  );
}
