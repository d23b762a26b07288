// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS, type RunConfig } from "../../protocol/run-config";
import { createDraftStore } from "../../store/draft-store";
import { createPreferencesStore } from "../../store/preferences-store";
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

beforeEach(() => {
  stores = {
    draft: createDraftStore({ config: DEFAULT_CONFIG, options: DEFAULT_OPTIONS }),
    run: createRunStore(() => {}, { config: DEFAULT_CONFIG, options: DEFAULT_OPTIONS }),
    probe: createProbeStore(2),
    preferences: createPreferencesStore(null),
  };
});
afterEach(cleanup);

function Layer({ side }: { readonly side: Side }) {
  const architecture = useArchitecture();
  return (
    <>
      <button onClick={() => architecture.setMirrors(!architecture.mirrors)}>mirror {String(architecture.mirrors)}</button>
      <LayerEditor
        side={side}
        index={0}
        name="Layer"
        architecture={architecture}
        onRemove={() => architecture.edit(side, { type: "remove", index: 0 })}
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
  expect([config().encoder[0]!.units, config().decoder[0]!.units]).toEqual([300, 300]);
  fireEvent.click(screen.getByRole("button", { name: "Wider" }));
  expect(config().encoder[0]!.units).toBe(400);
  fireEvent.click(screen.getByLabelText("64"));
  expect(config().decoder[0]!.units).toBe(64);
});

test("without the mirror a side changes alone, and the mirror brings the decoder back", () => {
  show(<Layer side="encoder" />);
  fireEvent.click(screen.getByText("mirror true"));
  typeUnits("100");
  expect([config().encoder[0]!.units, config().decoder[0]!.units]).toEqual([100, 400]);
  fireEvent.click(screen.getByText("mirror false"));
  expect(config().decoder[0]!.units).toBe(100);
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
