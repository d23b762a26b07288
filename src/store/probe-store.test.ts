import { expect, test } from "vitest";
import { createProbeStore } from "./probe-store";

test("starts at the prior's mean in the plane of the first two dimensions", () => {
  expect(createProbeStore(3).getState()).toMatchObject({ z: [0, 0, 0], axes: [0, 1], hovered: null });
  expect(createProbeStore(1).getState()).toMatchObject({ z: [0], axes: [0, 0] });
});

test("moves within the shown plane and leaves the other dimensions", () => {
  const probe = createProbeStore(4);
  probe.getState().setZ(0, 9);
  probe.getState().setAxes([3, 1]);
  probe.getState().moveTo(0.5, -2);
  expect(probe.getState().z).toEqual([9, -2, 0, 0.5]);
});

test("with one dimension only the horizontal counts", () => {
  const probe = createProbeStore(1);
  probe.getState().moveTo(1.5, 7);
  expect(probe.getState().z).toEqual([1.5]);
});

test("choosing the other axis' dimension swaps the two", () => {
  const probe = createProbeStore(4);
  probe.getState().setAxes([1, 1]);
  expect(probe.getState().axes).toEqual([1, 0]);
  probe.getState().setAxes([1, 1]);
  expect(probe.getState().axes).toEqual([0, 1]);
});

test("axes outside the latent space are not taken", () => {
  const probe = createProbeStore(3);
  for (const axes of [
    [0, 3],
    [-1, 0],
    [0.5, 1],
  ] as const) {
    probe.getState().setAxes(axes);
    expect(probe.getState().axes).toEqual([0, 1]);
  }
});

test("another latent size keeps what fits", () => {
  const probe = createProbeStore(4);
  probe.getState().moveTo(1, 2);
  probe.getState().setAxes([0, 3]);
  probe.getState().setZ(3, 5);
  probe.getState().hover(12);
  probe.getState().resize(2);
  expect(probe.getState()).toMatchObject({ z: [1, 2], axes: [0, 1], hovered: null });
  probe.getState().resize(5);
  expect(probe.getState()).toMatchObject({ z: [1, 2, 0, 0, 0], axes: [0, 1] });
  probe.getState().setAxes([1, 2]);
  probe.getState().resize(3);
  expect(probe.getState().axes).toEqual([1, 2]);
  probe.getState().resize(1);
  expect(probe.getState()).toMatchObject({ z: [1], axes: [0, 0] });
  probe.getState().resize(2);
  expect(probe.getState().axes).toEqual([0, 1]);
});

test("the same size changes nothing", () => {
  const probe = createProbeStore(2);
  probe.getState().hover(3);
  const before = probe.getState();
  probe.getState().resize(2);
  expect(probe.getState()).toBe(before);
});
