// @vitest-environment jsdom
import { act, cleanup, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { decoderActivations, encoderActivations } from "../../model/forward";
import { initialWeights } from "../../model/initial-weights";
import type { ReadyReport, Snapshot } from "../../protocol/messages";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS, type RunConfig } from "../../protocol/run-config";
import { createDraftStore } from "../../store/draft-store";
import { createExplorerStore } from "../../store/explorer-store";
import { createPreferencesStore } from "../../store/preferences-store";
import { NO_SURVEY } from "../../testing/no-survey";
import { createProbeStore } from "../../store/probe-store";
import { createRunStore } from "../../store/run-store";
import { StoresProvider, type Stores } from "../stores";
import { useActivationFeed } from "./activation-feed";

const layer = (units: number) => ({ units, activation: "tanh" as const });
const config: RunConfig = { ...DEFAULT_CONFIG, encoder: [layer(6), layer(3)], decoder: [layer(4)] };
const PIXELS = 784;
const examples = {
  pixels: Uint8Array.from({ length: 2 * PIXELS }, (_, i) => (i * 37) % 256),
  labels: Uint8Array.of(0, 1),
};
let stores: Stores;

beforeEach(() => {
  stores = {
    draft: createDraftStore({ config, options: DEFAULT_OPTIONS }),
    run: createRunStore(() => {}, { config, options: DEFAULT_OPTIONS }),
    probe: createProbeStore(2),
    preferences: createPreferencesStore(null),
    explorer: createExplorerStore(),
    survey: NO_SURVEY,
  };
  const { runId, receive } = stores.run.getState();
  receive({ type: "ready", runId, report: { examples, image: { height: 28, width: 28, channels: 1 } } as unknown as ReadyReport });
});
afterEach(cleanup);

function show(seed: number): Snapshot["weights"] {
  const { runId, network, receive } = stores.run.getState();
  const weights = initialWeights(network, "pytorch", seed);
  const none = new Float32Array(0);
  const posterior = { posteriorMean: none, posteriorLogVar: none };
  const snapshot = { id: seed, step: 0, weights, ...posterior, exampleIndices: [1, 0], adversarial: null } as unknown as Snapshot;
  receive({ type: "snapshot", runId, snapshot });
  return weights;
}

const frame = () => act(() => new Promise((resolve) => requestAnimationFrame(resolve)));
const wrapper = ({ children }: { readonly children: ReactNode }) => <StoresProvider value={stores}>{children}</StoresProvider>;

test("the encoder's are of the selected input, layer by layer, from the newest weights", async () => {
  const { result, rerender } = renderHook(({ selected }) => useActivationFeed("encoder", selected), {
    wrapper,
    initialProps: { selected: 0 },
  });
  const source = result.current.layer(1);
  expect(source.latest()).toBeNull();
  let calls = 0;
  const stop = source.subscribe(() => calls++);

  const weights = show(3);
  await frame();
  const expected = (index: number) => {
    const x = Float32Array.from(examples.pixels.subarray(index * PIXELS, (index + 1) * PIXELS), (byte) => byte / 255);
    return encoderActivations(stores.run.getState().network, weights, x, 1)[1];
  };
  expect(source.latest()).toEqual(expected(1)); // position 0 shows image 1
  expect(calls).toBe(1);
  rerender({ selected: 1 });
  expect(result.current.layer(1)).toBe(source);
  expect(source.latest()).toEqual(expected(0));
  stop();
});

test("the decoder's follow the probe, once per frame however often it moves", async () => {
  const weights = show(5);
  const { result } = renderHook(() => useActivationFeed("decoder", 0), { wrapper });
  const source = result.current.layer(0);
  let calls = 0;
  source.subscribe(() => calls++);
  for (const x of [0.1, 0.2, 0.3]) stores.probe.getState().moveTo(x, -1);
  await frame();
  expect(calls).toBe(1);
  expect(source.latest()).toEqual(decoderActivations(stores.run.getState().network, weights, Float32Array.of(0.3, -1), 1)[0]);
});

test("a code of another width is no activation, and nothing is computed after the end", async () => {
  show(5);
  const { result, unmount } = renderHook(() => useActivationFeed("decoder", 0), { wrapper });
  const source = result.current.layer(0);
  stores.probe.getState().resize(3);
  await frame();
  expect(source.latest()).toBeNull();
  stores.probe.getState().resize(2); // asks for a frame that must not come
  unmount();
  stores.probe.getState().moveTo(1, 1);
  await frame();
  expect(source.latest()).toBeNull();
});
