// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { loadTexts } from "../../../i18n/i18n";
import { initialWeights } from "../../../model/initial-weights";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS } from "../../../protocol/run-config";
import { createDraftStore } from "../../../store/draft-store";
import { createExplorerStore, FILM_MS } from "../../../store/explorer-store";
import { createPreferencesStore } from "../../../store/preferences-store";
import { createProbeStore } from "../../../store/probe-store";
import { createRunStore } from "../../../store/run-store";
import { NO_SURVEY } from "../../../testing/no-survey";
import { StoresProvider, type Stores } from "../../stores";
import { HistoryPanel } from "./HistoryPanel";

let stores: Stores;
let saved: Blob[];

beforeAll(() => loadTexts("history"));
beforeEach(() => {
  saved = [];
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: (blob: Blob) => (saved.push(blob), "blob:"), revokeObjectURL: () => {} }));
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => {});
  const experiment = {
    config: {
      ...DEFAULT_CONFIG,
      encoder: [{ units: 2, activation: "relu" as const }],
      decoder: [{ units: 2, activation: "relu" as const }],
    },
    options: DEFAULT_OPTIONS,
  };
  stores = {
    draft: createDraftStore(experiment),
    run: createRunStore(() => {}, experiment),
    probe: createProbeStore(2),
    preferences: createPreferencesStore(null, ["en"]),
    explorer: createExplorerStore(),
    survey: NO_SURVEY,
  };
  const { network } = stores.run.getState();
  stores.run.setState({
    material: {
      image: network.image,
      classNames: { en: ["0", "1"], zh: ["0", "1"] },
      examples: { pixels: new Uint8Array(2 * network.pixels), labels: Uint8Array.of(0, 1) },
    },
  });
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

function tell(...steps: number[]) {
  const { network, receive, runId } = stores.run.getState();
  act(() => {
    for (const step of steps) {
      const none = new Float32Array(0);
      receive({
        type: "snapshot",
        runId,
        snapshot: {
          id: step + 1,
          step,
          weights: initialWeights(network, "pytorch", step),
          posteriorMean: Float32Array.of(0, 0, step, 1),
          posteriorLogVar: null,
          exampleIndices: [],
          reconstructions: none,
          exampleLosses: none,
          adversarial: null,
        },
      });
    }
  });
}

const show = () =>
  render(
    <StoresProvider value={stores}>
      <HistoryPanel />
    </StoresProvider>,
  );

test("the panel says what is kept, and offers no film of a run that has no past", () => {
  show();
  expect(screen.getByText(/Only the model as it stands/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Make the GIF" })).toBeNull();
  tell(0, 1, 2);
  expect(screen.getByText(/^3 moments are kept/)).toBeTruthy();
});

test("the film's speed is that of the bar", () => {
  show();
  fireEvent.click(screen.getByLabelText("Slow"));
  expect(stores.explorer.getState().filmMs).toBe(FILM_MS.slow);
});

test("the film is saved as a GIF of as many frames as there are moments", async () => {
  show();
  tell(0, 1, 2);
  fireEvent.click(screen.getByLabelText("240 px"));
  fireEvent.click(screen.getByRole("button", { name: "Make the GIF" }));
  expect(await screen.findByText(/Saved: 3 frames/, {}, { timeout: 20_000 })).toBeTruthy();
  const bytes = new Uint8Array(await saved[0]!.arrayBuffer());
  expect(new TextDecoder().decode(bytes.subarray(0, 6))).toBe("GIF89a");
  expect([bytes[6]! + 256 * bytes[7]!, bytes[8]! + 256 * bytes[9]!]).toEqual([240, 240]);
  // A graphic control extension before every frame.
  const controls = bytes.filter((byte, at) => byte === 0x21 && bytes[at + 1] === 0xf9 && bytes[at + 2] === 4 && bytes[at + 7] === 0);
  expect(controls).toHaveLength(3);
}, 30_000);

test("a film that is called off is not saved", async () => {
  show();
  tell(0, 1, 2, 3);
  fireEvent.click(screen.getByRole("button", { name: "Make the GIF" }));
  fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
  expect(await screen.findByRole("button", { name: "Make the GIF" }, { timeout: 20_000 })).toBeTruthy();
  expect(saved).toEqual([]);
}, 30_000);
