/**
 * The latent panel with real stores, real canvases and a small real network, for tests in a
 * browser: opens it, tells it of models, reads its canvases.
 */
import { createRoot, type Root } from "react-dom/client";
import "../ui/base.css";
import "../ui/tokens.css";
import { encode } from "../model/forward";
import { initialWeights } from "../model/initial-weights";
import { describeNetwork } from "../model/network";
import type { ReadyReport, Snapshot, WeightTable } from "../protocol/messages";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS, type RunConfig } from "../protocol/run-config";
import type { Survey } from "../protocol/survey";
import { createDraftStore } from "../store/draft-store";
import { createExplorerStore } from "../store/explorer-store";
import { createPreferencesStore } from "../store/preferences-store";
import { createProbeStore } from "../store/probe-store";
import { createRunStore } from "../store/run-store";
import { preloadPanels } from "../ui/lazy-panel";
import { LatentPanel } from "../views/latent/LatentPanel";
import { ProbeReadout } from "../views/latent/ProbeReadout";
import { StoresProvider, type Stores } from "../views/stores";
import { NO_SURVEY } from "./no-survey";

export const IMAGES = 40;
export const image = { height: 28, width: 28, channels: 1 };

/** What is open. */
export const page = {} as { root: Root; host: HTMLElement; stores: Stores };

/** An empty place for the panel, light. */
/** With all code there, so that what is drawn at once in a warm page is drawn at once here. */
export async function mount(): Promise<void> {
  await preloadPanels();
  document.documentElement.dataset["theme"] = "light";
  page.host = document.createElement("div");
  document.body.append(page.host);
  page.root = createRoot(page.host);
}

export function unmount(): void {
  page.root.unmount();
  page.host.remove();
}

/** Stores with a prepared run of which nothing has arrived yet, and the panel on them. */
export async function open(change: Partial<RunConfig> = {}, survey: Survey = NO_SURVEY): Promise<void> {
  const config: RunConfig = {
    ...DEFAULT_CONFIG,
    encoder: [{ units: 8, activation: "tanh" }],
    decoder: [{ units: 8, activation: "tanh" }],
    ...change,
  };
  const run = createRunStore(() => {}, { config, options: DEFAULT_OPTIONS });
  const draft = createDraftStore({ config, options: DEFAULT_OPTIONS, repairs: [] });
  page.stores = {
    run,
    draft,
    probe: createProbeStore(config.latentDim),
    preferences: createPreferencesStore(null, ["en"]),
    explorer: createExplorerStore(),
    survey,
  };
  run.getState().prepare(config, DEFAULT_OPTIONS);
  page.root.render(
    <StoresProvider value={page.stores}>
      <div style={{ width: 480, height: 480 }}>
        <LatentPanel />
      </div>
      <ProbeReadout />
    </StoresProvider>,
  );
  await frames(2);
}

/** Examples: image i is grey level i; classes in turn. */
export function report(): ReadyReport {
  const pixels = new Uint8Array(IMAGES * 784);
  for (let i = 0; i < IMAGES; i++) pixels.fill(6 * i, i * 784, (i + 1) * 784);
  const names = Array.from({ length: 10 }, (_, label) => `class ${label}`);
  return {
    backend: { backend: "cpu", engine: "tfjs", adapter: "", skipped: [] },
    image,
    classNames: { en: names, zh: names },
    examples: { pixels, labels: Uint8Array.from({ length: IMAGES }, (_, i) => i % 10) },
    stepsPerEpoch: 70,
    heldOut: IMAGES,
    floor: null,
    step: 0,
    checkpoint: null,
  };
}

/** Weights of a seed, strong enough that decodes differ from place to place. */
export function weightsOf(config: RunConfig, seed: number): WeightTable {
  const table = initialWeights(describeNetwork(config, image), "pytorch", seed);
  return Object.fromEntries(Object.entries(table).map(([name, values]) => [name, values.map((value) => value * 4)]));
}

/** Tells the page of a model; what it says of the examples is what its own encoder says. */
export async function receive(seed: number): Promise<WeightTable> {
  const { config, network, runId, ready } = page.stores.run.getState();
  const weights = weightsOf(config, seed);
  const told = ready ?? report();
  const x = Float32Array.from(told.examples.pixels, (byte) => byte / 255);
  const { mean, logVar } = encode(network, weights, x, IMAGES);
  const snapshot: Snapshot = {
    id: seed,
    step: seed,
    weights,
    posteriorMean: mean,
    posteriorLogVar: logVar,
    exampleIndices: [0],
    reconstructions: new Float32Array(784),
    exampleLosses: new Float32Array(1),
    adversarial: null,
  };
  if (ready === null) page.stores.run.getState().receive({ type: "ready", runId, report: told });
  page.stores.run.getState().receive({ type: "snapshot", runId, snapshot });
  await frames(2);
  return weights;
}

export const frames = async (count: number) => {
  for (let i = 0; i < count; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
};
export const plot = () => page.host.querySelector<HTMLCanvasElement>("canvas[aria-hidden]")!;
export const sliders = () => [...page.host.querySelectorAll<HTMLInputElement>('figure input[type="range"]')];
export const probeAt = () => page.host.querySelector<HTMLElement>("[aria-hidden] svg circle")!.getBoundingClientRect();
export const pixelsOf = (canvas: HTMLCanvasElement) => canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height).data;

/** Pixels of the plot that are exactly a class's colour. */
export function countOf(hex: string): number {
  const data = pixelsOf(plot());
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  let count = 0;
  for (let i = 0; i < data.length; i += 4) if (data[i] === red && data[i + 1] === green && data[i + 2] === blue) count++;
  return count;
}
