/** A survey as the page has it, over a pair of ports in place of a worker: messages are copied and buffers move. */
import { createSurvey, type SurveyPorts } from "../survey/survey";
import type { Clock } from "../survey/turns";
import { startSurvey, type SurveyLink, type SurveyWorker } from "../bridge/start-survey";
import type { SurveyCommand } from "../protocol/survey";
import { initialWeights } from "../model/initial-weights";
import { describeNetwork } from "../model/network";
import { DATASETS } from "../protocol/datasets";
import type { WeightTable } from "../protocol/messages";
import { DEFAULT_CONFIG, type RunConfig } from "../protocol/run-config";
import type { SurveyModel } from "../protocol/survey";

/** What ships, read from the tree. */
export const shippedFiles: SurveyPorts["fetch"] = async (url) => {
  const { readFile } = await import("node:fs/promises");
  const file = await readFile(new URL(`../../public${new URL(url).pathname}`, import.meta.url)).catch(() => null);
  return file === null ? new Response(null, { status: 404 }) : new Response(Uint8Array.from(file));
};

export const NOTHING_THERE: SurveyPorts["fetch"] = () => Promise.resolve(new Response(null, { status: 404 }));

/**
 * Fair to every port: Node works off a thousand messages of one port in a row, so that `lib/next-task` would keep the others waiting as it
 * does in no browser.
 */
export const FAIR_CLOCK: Clock = {
  now: () => performance.now(),
  nextTask: () => new Promise((resolve) => setImmediate(resolve)),
};

/** Close it, or the ports keep the test's process alive. */
export function openSurvey(fetch: SurveyPorts["fetch"] = NOTHING_THERE): SurveyLink {
  return startSurvey(() => portWorker(fetch));
}

function portWorker(fetch: SurveyPorts["fetch"]): SurveyWorker {
  const { port1: page, port2: inside } = new MessageChannel();
  const post: SurveyPorts["post"] = (event, transfer) => inside.postMessage(event, transfer);
  const survey = createSurvey({ post, baseUrl: "http://host/", fetch }, FAIR_CLOCK);
  inside.onmessage = ({ data }: MessageEvent<SurveyCommand>) => survey.hear(data);
  const worker: SurveyWorker = {
    onmessage: null,
    onerror: null,
    onmessageerror: null,
    postMessage: (command: unknown) => page.postMessage(command, []),
    terminate: () => page.close(),
  };
  page.onmessage = (event) => worker.onmessage?.call(worker as Worker, event);
  return worker;
}

export interface SmallModel {
  readonly config: RunConfig;
  readonly weights: WeightTable;
  readonly model: SurveyModel;
}

let made = 0;

/** A model of a narrow network with its initial weights. */
export function smallModel(change: Partial<RunConfig> = {}): SmallModel {
  const config: RunConfig = {
    ...DEFAULT_CONFIG,
    encoder: [{ units: 8, activation: "tanh" }],
    decoder: [{ units: 8, activation: "tanh" }],
    ...change,
  };
  const weights = initialWeights(describeNetwork(config, DATASETS[config.data].image), config.initialiser, config.seed);
  return { config, weights, model: { key: `model ${++made}`, config, weights } };
}

/** What a promise was rejected with; fails the test when it was not. */
export async function refusalOf(promise: Promise<unknown>): Promise<string> {
  const reason = await promise.then(
    () => "no refusal at all",
    (error: unknown) => error,
  );
  return reason instanceof Error ? reason.message : String(reason);
}
