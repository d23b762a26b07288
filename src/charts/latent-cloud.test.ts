/** Points of a plane stay where they are; points of a line keep to their class's lane. */
import { expect, test } from "vitest";
import { laneCentre, lineCloud, planeCloud } from "./latent-cloud";

test("a plane shows its points where they are", () => {
  const positions = Float32Array.of(3, 1, 6, 4);
  const cloud = planeCloud({ positions, spreads: null }, [1, 0]);
  expect(cloud.kind).toBe("plane");
  expect(cloud.positions).toBe(positions);
  expect(cloud.spreads).toBeNull();
});

test("on a line every point stays in its class's lane, and no two of a class in the same spot", () => {
  const many = Array.from({ length: 400 }, (_, i) => i % 4);
  const spreads = new Float32Array(1200);
  const cloud = lineCloud({ positions: new Float32Array(800).fill(0.25), spreads }, many, 4);
  expect(cloud.kind).toBe("line");
  many.forEach((label, i) => expect(Math.abs(cloud.positions[i * 2 + 1]! - laneCentre(label, 4))).toBeLessThan(0.125));
  expect(new Set(cloud.positions.filter((_, i) => i % 2 === 1)).size).toBe(400);
  expect(cloud.positions[400]).toBe(0.25);
  expect(cloud.spreads).toBe(spreads);
});
