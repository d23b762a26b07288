// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Command, ReadyReport, Snapshot } from "../../protocol/messages";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS } from "../../protocol/run-config";
import { createDraftStore } from "../../store/draft-store";
import { createExplorerStore } from "../../store/explorer-store";
import { createPreferencesStore } from "../../store/preferences-store";
import { NO_SURVEY } from "../../testing/no-survey";
import { createProbeStore } from "../../store/probe-store";
import { createRunStore } from "../../store/run-store";
import { OutputColumn } from "../output/OutputColumn";
import { StoresProvider, type Stores } from "../stores";
import { DataColumn } from "./DataColumn";

const IMAGES = 30;
const PIXELS = 784;
let stores: Stores;
let sent: Command[];

const report: ReadyReport = {
  backend: { backend: "cpu", engine: "tfjs", adapter: "", skipped: [] },
  image: { height: 28, width: 28, channels: 1 },
  classNames: { en: ["zero", "one", "two"], zh: ["零", "一", "二"] },
  examples: { pixels: new Uint8Array(IMAGES * PIXELS), labels: Uint8Array.from({ length: IMAGES }, (_, i) => i % 3) },
  stepsPerEpoch: 70,
  heldOut: IMAGES,
  floor: null,
  step: 0,
  checkpoint: null,
};

const snapshot = (exampleIndices: number[]): Snapshot => ({
  id: 1,
  step: 0,
  weights: {},
  posteriorMean: Float32Array.from({ length: IMAGES * 2 }, (_, i) => i / 8),
  posteriorLogVar: null,
  exampleIndices,
  reconstructions: new Float32Array(exampleIndices.length * PIXELS),
  exampleLosses: Float32Array.from(exampleIndices, (index) => 100 + index / 2),
  adversarial: null,
});

function Columns() {
  const [selected, select] = useState(0);
  return (
    <StoresProvider value={stores}>
      <DataColumn selected={selected} onSelect={select} />
      <OutputColumn selected={selected} />
    </StoresProvider>
  );
}

beforeEach(() => {
  sent = [];
  stores = {
    draft: createDraftStore({ config: DEFAULT_CONFIG, options: DEFAULT_OPTIONS }),
    run: createRunStore((command) => sent.push(command), { config: DEFAULT_CONFIG, options: DEFAULT_OPTIONS }),
    probe: createProbeStore(2),
    preferences: createPreferencesStore(null),
    explorer: createExplorerStore(),
    survey: NO_SURVEY,
  };
  const { runId, receive } = stores.run.getState();
  receive({ type: "ready", runId, report });
  receive({ type: "snapshot", runId, snapshot: snapshot([4, 7, 9]) });
});
afterEach(cleanup);

test("every reconstruction stands with its own input and its own loss, in the order of the inputs", () => {
  render(<Columns />);
  const figure = screen.getByRole("figure", { name: "Reconstructions" });
  const rows = within(figure).getAllByRole("listitem");
  expect(
    rows.map((row) =>
      within(row)
        .getAllByRole("img")
        .map((image) => image.getAttribute("aria-label")),
    ),
  ).toEqual([
    ["Reconstruction of one", "Input: one"],
    ["Reconstruction of one", "Input: one"],
    ["Reconstruction of zero", "Input: zero"],
  ]);
  expect(rows.map((row) => row.textContent)).toEqual(["102.0 nats", "103.5 nats", "104.5 nats"]);
});

test("pressing an input puts the probe at its posterior mean", () => {
  render(<Columns />);
  fireEvent.click(screen.getByRole("button", { name: "zero: put the probe at its code" }));
  expect(stores.probe.getState().z).toEqual([18 / 8, 19 / 8]); // image 9
  expect(screen.getByRole("button", { name: /^zero/ }).getAttribute("aria-pressed")).toBe("true");
});

const pressOthers = () => fireEvent.click(screen.getByRole("button", { name: "Other examples" }));

function asked(): number[] | null {
  const last = sent.at(-1);
  return last?.type === "choose-examples" ? [...last.indices] : null;
}

test("other examples: the first of each class, then the next ones", () => {
  render(<Columns />);
  pressOthers();
  expect(asked()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  const { runId, receive } = stores.run.getState();
  receive({ type: "snapshot", runId, snapshot: snapshot(asked()!) });
  pressOthers();
  expect(asked()).toEqual([8, 9, 10, 11, 12, 13, 14, 15]);
});

test("before there are images it says what is awaited, with the bytes", () => {
  stores.run.getState().prepare(DEFAULT_CONFIG, DEFAULT_OPTIONS);
  const { runId, receive } = stores.run.getState();
  receive({ type: "progress", runId, stage: "data", done: 1_200_000, total: 1_680_000 });
  render(<Columns />);
  expect(screen.getByText("Loading images: 1.2 of 1.7 MB")).toBeTruthy();
  expect(screen.getByRole("progressbar").getAttribute("value")).toBe(String(1_200_000 / 1_680_000));
});
