// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { ActivationSource } from "../../charts/ActivationCanvas";
import { loadTexts } from "../../i18n/i18n";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS, type ConvLayer, type DenseLayer, type RunConfig } from "../../protocol/run-config";
import { createDraftStore } from "../../store/draft-store";
import { createExplorerStore } from "../../store/explorer-store";
import { createPreferencesStore } from "../../store/preferences-store";
import { NO_SURVEY } from "../../testing/no-survey";
import { createProbeStore } from "../../store/probe-store";
import { createRunStore } from "../../store/run-store";
import { StoresProvider, type Stores } from "../stores";
import { LatentSizeEditor } from "./LatentSizeEditor";
import { LayerEditor } from "./LayerEditor";
import { NetworkSize } from "./NetworkSize";
import { OutputEditor } from "./OutputEditor";
import { useArchitecture } from "./use-architecture";
import type { Side } from "./architecture";

let stores: Stores;
const config = (): RunConfig => stores.draft.getState().config;
const unitsOf = (side: Side) => (config()[side][0] as DenseLayer).units;
const still: ActivationSource = { latest: () => null, subscribe: () => () => {} };

beforeAll(() => loadTexts("layers"));
beforeEach(() => {
  stores = {
    draft: createDraftStore({ config: DEFAULT_CONFIG, options: DEFAULT_OPTIONS }),
    run: createRunStore(() => {}, { config: DEFAULT_CONFIG, options: DEFAULT_OPTIONS }),
    probe: createProbeStore(2),
    preferences: createPreferencesStore(null),
    explorer: createExplorerStore(),
    survey: NO_SURVEY,
  };
});
afterEach(cleanup);

function Layer({ side, index = 0 }: { readonly side: Side; readonly index?: number }) {
  const architecture = useArchitecture();
  return (
    <>
      <button onClick={() => architecture.setMirrors(!architecture.mirrors)}>mirror {String(architecture.mirrors)}</button>
      <LayerEditor
        side={side}
        index={index}
        name="Layer"
        architecture={architecture}
        source={still}
        scale={undefined}
        onRemoved={() => {}}
      />
      <NetworkSize architecture={architecture} side={null} />
    </>
  );
}

function Others() {
  const architecture = useArchitecture();
  return (
    <>
      <LatentSizeEditor architecture={architecture} />
      <OutputEditor architecture={architecture} />
    </>
  );
}

const show = (children: ReactNode) => render(<StoresProvider value={stores}>{children}</StoresProvider>);
const typeUnits = (text: string) => fireEvent.change(screen.getByLabelText("Units"), { target: { value: text } });

test("a width is set by typing, by stepping and by a common one, on both sides while they mirror each other", () => {
  show(<Layer side="encoder" />);
  typeUnits("300");
  expect([unitsOf("encoder"), unitsOf("decoder")]).toEqual([300, 300]);
  fireEvent.click(screen.getByRole("button", { name: "Wider" }));
  expect(unitsOf("encoder")).toBe(400);
  fireEvent.click(screen.getByLabelText("64"));
  expect(unitsOf("decoder")).toBe(64);
});

test("without the mirror a side changes alone, and the mirror brings the decoder back", async () => {
  show(<Layer side="encoder" />);
  fireEvent.click(screen.getByText("mirror true"));
  typeUnits("100");
  expect([unitsOf("encoder"), unitsOf("decoder")]).toEqual([100, 400]);
  fireEvent.click(screen.getByText("mirror false"));
  await waitFor(() => expect(unitsOf("decoder")).toBe(100));
});

test("sides that came different are not bent to match", () => {
  stores.draft.getState().load({ ...DEFAULT_CONFIG, decoder: [{ units: 50, activation: "tanh" }] });
  show(<Layer side="encoder" />);
  typeUnits("100");
  expect(config().decoder).toEqual([{ units: 50, activation: "tanh" }]);
});

test("a width that cannot be is explained at once and counts no parameters", () => {
  show(<Layer side="decoder" />);
  expect(screen.getByText(/631.188 in all/)).toBeTruthy();
  typeUnits("0");
  expect(screen.getByText("A whole number from 1 to 4096.")).toBeTruthy();
  expect(stores.draft.getState().issues.length).toBeGreaterThan(0);
  typeUnits("");
  expect(screen.getByText("not a network yet")).toBeTruthy();
  typeUnits("20");
  expect(screen.queryByText("A whole number from 1 to 4096.")).toBeNull();
});

test("activation and removal", () => {
  show(<Layer side="decoder" />);
  fireEvent.change(screen.getByLabelText("Activation"), { target: { value: "tanh" } });
  expect(config().decoder).toEqual([{ units: 400, activation: "tanh" }]);
  fireEvent.click(screen.getByRole("button", { name: "Remove Layer" }));
  expect(config().decoder).toEqual([]);
});

test("the loss of a run is told before an edit, once there is one to lose", () => {
  const { rerender } = show(<Layer side="encoder" />);
  expect(screen.queryByText(/starts the run over/)).toBeNull();
  stores.run.getState().receive({ type: "phase", runId: stores.run.getState().runId, phase: "paused", step: 12 });
  rerender(
    <StoresProvider value={stores}>
      <Layer side="encoder" />
    </StoresProvider>,
  );
  expect(screen.getByText(/starts the run over/)).toBeTruthy();
});

test("latent size by a common one or typed; out of range says so", () => {
  show(<Others />);
  fireEvent.click(screen.getByLabelText("20"));
  expect(config().latentDim).toBe(20);
  fireEvent.change(screen.getByLabelText("Latent size"), { target: { value: "129" } });
  expect(screen.getByText("A whole number from 1 to 128.")).toBeTruthy();
});

test("an output that BCE cannot judge switches the loss", () => {
  show(<Others />);
  fireEvent.click(screen.getByLabelText("tanh"));
  expect([config().outputActivation, config().reconstruction]).toEqual(["tanh", "mse"]);
});

const conv = (filters: number): ConvLayer => ({ filters, kernel: 3, stride: 2, activation: "relu" });
const CONVS: RunConfig = {
  ...DEFAULT_CONFIG,
  encoder: [conv(32), conv(64)],
  decoder: [{ units: 3136, activation: "relu" }, conv(64), conv(32)],
};

test("a convolution's filters, kernel and stride are set, the decoder follows, and a stride that cannot be is not offered", () => {
  stores.draft.getState().load(CONVS);
  show(<Layer side="encoder" index={1} />);
  fireEvent.change(screen.getByLabelText("Filters"), { target: { value: "16" } });
  expect(config().decoder).toEqual([{ units: 784, activation: "relu" }, conv(16), conv(32)]); // 7 · 7 · 16
  fireEvent.click(screen.getByRole("button", { name: "More" }));
  fireEvent.click(screen.getByLabelText("4×4"));
  fireEvent.click(screen.getByLabelText("1"));
  expect(config().encoder[1]).toEqual({ filters: 24, kernel: 4, stride: 1, activation: "relu" });
  expect(config().decoder[0]).toEqual({ units: 14 * 14 * 16, activation: "relu" }); // 24 channels have no room
  expect(screen.getByText("4 × 4 × 32 × 24 + 24")).toBeTruthy();
  act(() =>
    stores.draft.getState().edit({
      encoder: [conv(8), conv(8), { ...conv(8), stride: 1 }],
      decoder: [{ units: 392, activation: "relu" }, { ...conv(8), stride: 1 }, conv(8), conv(8)],
    }),
  );
  cleanup();
  show(<Layer side="encoder" index={2} />);
  expect(screen.getByLabelText<HTMLInputElement>("2").disabled).toBe(true);
  expect(screen.getByText(/could no longer make images of 28×28/)).toBeTruthy();
});

test("the layer that makes the image has channels to set, says so, and stays while there are transposed convolutions", () => {
  stores.draft.getState().load(CONVS);
  show(<Layer side="decoder" />);
  expect(screen.getByText(/laid out as 64 images of 7×7/)).toBeTruthy();
  fireEvent.change(screen.getByLabelText("Channels"), { target: { value: "10" } });
  expect(config().decoder[0]).toEqual({ units: 490, activation: "relu" });
  expect(screen.queryByRole("button", { name: "Remove Layer" })).toBeNull();
  fireEvent.change(screen.getByLabelText("Channels"), { target: { value: "" } });
  expect(screen.getByText("not a network yet")).toBeTruthy();
  expect(stores.draft.getState().issues.length).toBeGreaterThan(0);
  fireEvent.change(screen.getByLabelText("Channels"), { target: { value: "64" } });
  expect(stores.draft.getState().issues).toEqual([]);
});

test("filters out of range are explained and counted nowhere", () => {
  stores.draft.getState().load(CONVS);
  show(<Layer side="encoder" />);
  fireEvent.change(screen.getByLabelText("Filters"), { target: { value: "300" } });
  expect(screen.getByText("A whole number from 1 to 256.")).toBeTruthy();
  fireEvent.change(screen.getByLabelText("Filters"), { target: { value: "" } });
  expect(screen.getByText("not a network yet")).toBeTruthy();
});
