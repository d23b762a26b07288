/**
 * The latent panel with real stores, real canvases and a small real network: what is on
 * screen is what the weights say, and hands move what they should.
 */
import { afterEach, beforeEach, expect, test } from "vitest";
import { userEvent } from "vitest/browser";
import { decode } from "../../model/forward";
import type { Snapshot } from "../../protocol/messages";
import {
  countOf,
  frames,
  IMAGES,
  mount,
  open,
  page,
  pixelsOf,
  plot,
  probeAt,
  receive,
  report,
  sliders,
  unmount,
  weightsOf,
} from "../../testing/latent-page";

const gridCanvas = () => page.host.querySelector<HTMLCanvasElement>('figure[aria-label="Decoder grid"] canvas')!;

beforeEach(mount);
afterEach(unmount);

test("before the first snapshot the figures are there and say what is being waited for", async () => {
  await open();
  expect(page.host.querySelector('figure[aria-label="Latent space"]')).not.toBeNull();
  expect(page.host.querySelector('figure[aria-label="Decoder grid"]')).not.toBeNull();
  expect(page.host.textContent).toContain("Starting the engine");
  page.stores.run.getState().receive({ type: "failed", runId: null, failure: { kind: "worker-crashed", message: "" } });
  await frames(2);
  expect(page.host.textContent).toContain("No model to look into");
});

test("the note tells how many points there are, truly", async () => {
  await open();
  await receive(1);
  expect(page.host.textContent).toContain("40 held-out digits");
  page.stores.preferences.getState().toggleClass(3);
  await frames(2);
  expect(page.host.textContent).toContain("36 of 40 shown");
});

test("a press puts the probe there, and the readout shows what the weights decode there", async () => {
  await open();
  const weights = await receive(1);
  await frames(3);
  await userEvent.click(plot(), { position: { x: 120, y: 100 } });
  const { z } = page.stores.probe.getState();
  expect(z[0]).toBeLessThan(-0.5);
  expect(z[1]).toBeGreaterThan(0.5);
  const box = plot().getBoundingClientRect();
  const ring = probeAt();
  expect(ring.x + ring.width / 2 - box.x).toBeCloseTo(120, 0);
  expect(ring.y + ring.height / 2 - box.y).toBeCloseTo(100, 0);

  expect(document.activeElement).toBe(sliders()[0]); // the keys go on from there
  await userEvent.keyboard("{ArrowRight}");
  expect(page.stores.probe.getState().z[0]).toBeGreaterThan(z[0]!);
  page.stores.probe.getState().setCode([...z]);
  await frames(2);

  const decoded = decode(page.stores.run.getState().network, weights, Float32Array.from(z), 1);
  const shown = pixelsOf(page.host.querySelector<HTMLCanvasElement>('canvas[aria-label="What the probe decodes to"]')!);
  const [red, , blue] = [0xc9, 0x65, 0x1c]; // --decoder, on a white card
  for (const pixel of [0, 391, 783]) {
    expect(Math.abs(shown[pixel * 4]! - (255 + decoded[pixel]! * (red - 255)))).toBeLessThanOrEqual(1); // rounding to bytes
    expect(Math.abs(shown[pixel * 4 + 2]! - (255 + decoded[pixel]! * (blue - 255)))).toBeLessThanOrEqual(1);
  }
});

test("every tile of the decoder grid is the decode of its place", async () => {
  await open();
  const weights = await receive(1);
  await frames(60);
  const grid = page.host.querySelector<HTMLCanvasElement>('figure[aria-label="Decoder grid"] canvas')!;
  const data = pixelsOf(grid);
  const box = plot().getBoundingClientRect();
  const place = grid.getBoundingClientRect();
  const [columns, rows] = [grid.width / 28, grid.height / 28];
  const tilePx = place.width / columns;
  // The view of a VAE starts at ±3.5 along the shorter side.
  const unit = Math.min(box.width, box.height) / 7;
  for (const [column, row] of [
    [0, 0],
    [5, 3],
    [columns - 1, rows - 1],
  ] as const) {
    const z = Float32Array.of(
      (place.x + (column + 0.5) * tilePx - (box.x + box.width / 2)) / unit,
      -(place.y + (row + 0.5) * tilePx - (box.y + box.height / 2)) / unit,
    );
    const decoded = decode(page.stores.run.getState().network, weights, z, 1);
    for (const pixel of [0, 406, 783]) {
      const at = ((row * 28 + Math.floor(pixel / 28)) * grid.width + column * 28 + (pixel % 28)) * 4;
      const green = 255 + decoded[pixel]! * 0.3 * (0x48 - 255); // faint --latent on a white card
      expect(Math.abs(data[at + 1]! - green)).toBeLessThanOrEqual(2); // bytes, and places read back from the layout
    }
  }
});

test("the legend hides a class and shows it again", async () => {
  await open();
  await receive(1);
  await frames(3);
  const before = countOf("#70859e"); // class 9, whose last point lies over all others
  expect(before).toBeGreaterThan(0);
  const button = [...page.host.querySelectorAll("button")].find((each) => each.textContent.includes("class 9"))!;
  expect(button.getAttribute("aria-pressed")).toBe("true");
  await userEvent.click(button);
  await frames(2);
  expect(button.getAttribute("aria-pressed")).toBe("false");
  expect(countOf("#70859e")).toBe(0);
  await userEvent.click(button);
  await frames(2);
  expect(countOf("#70859e")).toBe(before);
});

test("arrow keys move the probe, and say where it is and what is near", async () => {
  await open();
  await receive(1);
  sliders()[0]!.focus();
  await userEvent.keyboard("{ArrowRight}{ArrowUp}{Shift>}{ArrowUp}{ArrowLeft}{/Shift}");
  expect(page.stores.probe.getState().z).toEqual([-0.4, 0.6]);
  expect(sliders()[1]!.getAttribute("aria-valuetext")).toMatch(/^z₂ = 0\.60; nearest example: class \d$/);
  await userEvent.keyboard("n");
  const first = page.stores.probe.getState().hovered;
  expect(first).not.toBeNull();
  await userEvent.keyboard("n");
  expect(page.stores.probe.getState().hovered).not.toBe(first);
  await userEvent.keyboard("{Shift>}N{/Shift}");
  expect(page.stores.probe.getState().hovered).toBe(first);
  await userEvent.keyboard("{Escape}");
  expect(page.stores.probe.getState().hovered).toBeNull();
  await userEvent.keyboard("{Home}");
  expect(page.stores.probe.getState().z).toEqual([0, 0]);
});

test("a mouse over a point shows the image behind it", async () => {
  await open();
  await receive(1);
  await frames(3);
  const { posteriorMean } = page.stores.run.getState().snapshot!;
  const box = plot().getBoundingClientRect();
  const unit = Math.min(box.width, box.height) / 7;
  const spot = { x: box.width / 2 + posteriorMean[0]! * unit, y: box.height / 2 - posteriorMean[1]! * unit };
  await userEvent.hover(plot(), { position: spot });
  const index = page.stores.probe.getState().hovered;
  expect(index).not.toBeNull(); // points may lie over each other: it is one of those at this spot
  expect(Math.abs(posteriorMean[index! * 2]! - posteriorMean[0]!) * unit).toBeLessThan(10);
  expect(page.host.textContent).toContain(`class ${index! % 10}`);
});

test("points glide to the next snapshot and arrive", async () => {
  await open();
  await receive(1);
  await frames(3);
  const first = pixelsOf(plot()).slice();
  await receive(2);
  await frames(2);
  const between = pixelsOf(plot()).slice();
  await new Promise((resolve) => setTimeout(resolve, 900));
  await frames(2);
  const last = pixelsOf(plot()).slice();
  await frames(3);
  expect(between).not.toEqual(first);
  expect(between).not.toEqual(last);
  expect(pixelsOf(plot())).toEqual(last);
});

test("more dimensions bring axes to choose and sliders for the others, and their grid follows", async () => {
  await open({ latentDim: 4 });
  await receive(1);
  await frames(60);
  const before = pixelsOf(gridCanvas()).slice();
  const [, , third, fourth] = sliders();
  expect(third!.getAttribute("aria-label")).toMatch(/^Dimension z₃, KL \d/);
  fourth!.focus();
  await userEvent.keyboard("{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}");
  expect(page.stores.probe.getState().z[3]).toBeGreaterThan(0);
  await frames(60);
  expect(pixelsOf(gridCanvas())).not.toEqual(before);
  await userEvent.selectOptions(page.host.querySelector("select")!, "2");
  expect(page.stores.probe.getState().axes).toEqual([2, 1]);
  expect(sliders()[2]!.getAttribute("aria-label")).toMatch(/^Dimension z₁/);
});

test("one dimension is a line of lanes over one strip of decodes", async () => {
  await open({ latentDim: 1 });
  await receive(1);
  await frames(30);
  expect(page.host.querySelector<HTMLCanvasElement>('figure[aria-label="Decoder grid"] canvas')!.height).toBe(28);
  expect(sliders()).toHaveLength(1);
  sliders()[0]!.focus();
  await userEvent.keyboard("{ArrowUp}{ArrowRight}");
  expect(page.stores.probe.getState().z).toEqual([0.2]);
});

test("an autoencoder is offered neither rings nor ellipses, and no density is claimed", async () => {
  await open({ model: "ae" });
  await receive(1);
  const names = [...page.host.querySelectorAll('fieldset[aria-label="Layers"] button')].map((button) => button.textContent);
  expect(names).toEqual(["Grid", "Points"]);
  expect(page.host.textContent).toContain("An autoencoder has no prior.");
});

test("a conditional decoder's grid is that of the class that is picked", async () => {
  await open({ conditional: true });
  const weights = await receive(1);
  await frames(60);
  const before = pixelsOf(gridCanvas()).slice();
  const radios = [...page.host.querySelectorAll<HTMLInputElement>('[role="radiogroup"] input')];
  expect(radios.map((radio) => radio.getAttribute("aria-label"))).toEqual(report().classNames.en);
  await userEvent.click(radios[7]!.parentElement!);
  await frames(60);
  expect(pixelsOf(gridCanvas())).not.toEqual(before);
  expect(page.host.textContent).toContain("as class 7");
  const { network } = page.stores.run.getState();
  const z = Float32Array.from(page.stores.probe.getState().z);
  const decoded = decode(network, weights, z, 1, [7]);
  const shown = pixelsOf(page.host.querySelector<HTMLCanvasElement>('canvas[aria-label="What the probe decodes to"]')!);
  for (const pixel of [0, 391, 783]) {
    expect(Math.abs(shown[pixel * 4]! - (255 + decoded[pixel]! * (0xc9 - 255)))).toBeLessThanOrEqual(1); // rounding to bytes
  }
});

test("a GAN's plane holds its draws, with rings and no ellipses; without a classifier all are violet", async () => {
  await open({ model: "gan" });
  const { config, runId } = page.stores.run.getState();
  const adversarial = {
    draws: Float32Array.from({ length: 24 }, (_, i) => Math.sin(i)),
    drawClasses: null,
    classifierAccuracy: null,
    fakeScores: new Float32Array(12),
    realScores: new Float32Array(IMAGES),
  };
  const snapshot: Snapshot = {
    id: 1,
    step: 1,
    weights: weightsOf(config, 1),
    posteriorMean: new Float32Array(),
    posteriorLogVar: null,
    exampleIndices: [0],
    reconstructions: new Float32Array(784),
    exampleLosses: new Float32Array(1),
    adversarial,
  };
  page.stores.run.getState().receive({ type: "ready", runId, report: report() });
  page.stores.run.getState().receive({ type: "snapshot", runId, snapshot });
  await frames(4);
  expect(page.host.textContent).toContain("12 fixed draws");
  const names = [...page.host.querySelectorAll('fieldset[aria-label="Layers"] button')].map((button) => button.textContent);
  expect(names).toEqual(["Grid", "Points", "Prior"]);
  expect(countOf("#7748b3")).toBeGreaterThan(12); // --latent
});
