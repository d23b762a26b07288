import { describe, expect, test } from "vitest";
import { fillNormal } from "../lib/random";
import { expectClose } from "../testing/close";
import { draws } from "../testing/draws";
import { rowsOf } from "../testing/training-twin";
import { axesPlane, lift, placeOn, principalPlane, project, projectSpreads, turnedPlane, type Plane } from "./plane";

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, d) => sum + value * b[d]!, 0);

/** Two rows by Gram and Schmidt, and a middle away from 0. */
function skewPlane(latentDim: number): Plane {
  const [first, second, center] = rowsOf(draws(91, 3 * latentDim), latentDim) as [number[], number[], number[]];
  const u = first.map((value) => value / Math.hypot(...first));
  const rest = second.map((value, d) => value - dot(second, u) * u[d]!);
  return { center, u, w: rest.map((value) => value / Math.hypot(...rest)) };
}

const basis = (latentDim: number) => {
  const { center, u, w } = skewPlane(latentDim);
  return { mean: Float32Array.from(center), directions: Float32Array.from([...u, ...w]), variances: Float32Array.of(2, 1) };
};

const PLANES: Readonly<Record<string, Plane>> = {
  "two axes": axesPlane(5, [3, 1]),
  "both of two": axesPlane(2, [0, 1]),
  "two principal components": principalPlane(basis(4), [0, 1]),
  "principal components the other way round": principalPlane(basis(4), [1, 0]),
  "a turned view": turnedPlane(0.7, -0.4),
  "a skew plane": skewPlane(7),
};

describe.each(Object.entries(PLANES))("%s", (_name, plane) => {
  const latentDim = plane.center.length;
  const codes = draws(92, 6 * latentDim, 2);
  const rows = rowsOf(codes, latentDim);

  test("its directions are of length 1 and square to each other", () => {
    // A basis from a message is of float32.
    expect(dot(plane.u, plane.u)).toBeCloseTo(1, 6);
    expect(dot(plane.w, plane.w)).toBeCloseTo(1, 6);
    expect(dot(plane.u, plane.w)).toBeCloseTo(0, 6);
  });

  test("a place that a code is lifted to is where it then stands; what the plane does not show has not moved", () => {
    for (const z of rows) {
      const moved = lift(plane, z, 1.25, -0.5);
      expectClose(placeOn(plane, moved), [1.25, -0.5], 1e-6, "place");
      const change = moved.map((value, d) => value - z[d]!);
      const along = plane.u.map((value, d) => value * dot(change, plane.u) + plane.w[d]! * dot(change, plane.w));
      expectClose(change, along, 1e-6, "change within the plane");
      expectClose(lift(plane, z, ...placeOn(plane, z)), z, 1e-6, "a code lifted to its own place");
    }
  });

  test("many codes stand where each one does, by Pythagoras no further from the middle than they are", () => {
    const places = rowsOf(project(plane, codes), 2);
    places.forEach((place, i) => {
      expectClose(place, placeOn(plane, rows[i]!), 1e-6, "place"); // stored as float32
      const offset = rows[i]!.map((value, d) => value - plane.center[d]!);
      const hidden = offset.map((value, d) => value - place[0]! * plane.u[d]! - place[1]! * plane.w[d]!);
      expect(Math.hypot(...place) ** 2 + Math.hypot(...hidden) ** 2).toBeCloseTo(Math.hypot(...offset) ** 2, 4);
    });
  });

  test("an ellipse has the covariance that draws of the posterior have on the map", () => {
    const logVar = draws(93, latentDim);
    const [a, b, angle] = projectSpreads(plane, logVar) as unknown as [number, number, number];
    expect(a).toBeGreaterThanOrEqual(b);
    expect(b).toBeGreaterThanOrEqual(0);
    const count = 40_000;
    const epsilon = new Float32Array(count * latentDim);
    fillNormal({ seed: 5, stream: 98 }, 0, epsilon);
    const drawn = epsilon.map((value, i) => value * Math.exp(logVar[i % latentDim]! / 2) + plane.center[i % latentDim]!);
    const places = rowsOf(project(plane, drawn), 2);
    const sampled = (p: number, q: number) => places.reduce((sum, place) => sum + place[p]! * place[q]!, 0) / count;
    // Of the ellipse: R diag(a², b²) Rᵀ.
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    const covariance = [a * a * c * c + b * b * s * s, (a * a - b * b) * c * s, a * a * s * s + b * b * c * c];
    // A variance of 40,000 draws is known to √(2 / 40,000) = 0.7 %; four of these.
    expectClose([sampled(0, 0), sampled(0, 1), sampled(1, 1)], covariance, 0.03, "covariance");
  });
});

test("an ellipse along the axes has the posterior's own σ, the longer half axis first", () => {
  const logVar = Float32Array.of(Math.log(0.25), Math.log(9), Math.log(4), Math.log(1));
  const spreads = rowsOf(projectSpreads(axesPlane(2, [0, 1]), logVar), 3);
  expectClose(spreads[0]!, [3, 0.5, Math.PI / 2], 1e-6, "upright");
  expectClose(spreads[1]!, [2, 1, 0], 1e-6, "lying");
  const round = projectSpreads(axesPlane(3, [2, 0]), Float32Array.of(Math.log(4), 0, Math.log(4)));
  expectClose(round.subarray(0, 2), [2, 2], 1e-6, "round");
});

test("one dimension lies on a line: everything has height 0, and an ellipse no width across", () => {
  const plane = axesPlane(1, [0, 0]);
  expect([...project(plane, Float32Array.of(-2, 3))]).toEqual([-2, 0, 3, 0]);
  expect(lift(plane, [1], 2.5, 7)).toEqual([2.5]);
  expectClose(projectSpreads(plane, Float32Array.of(Math.log(4))), [2, 0, 0], 1e-6, "ellipse");
});

describe("a turned view", () => {
  test("unturned shows z₁ to the right and z₂ upwards", () => {
    expect(placeOn(turnedPlane(0, 0), [3, 4, 5])).toEqual([3, 4]);
  });

  test("a quarter turn about the vertical brings z₃ to the left, one about the horizontal brings it upwards", () => {
    expectClose(placeOn(turnedPlane(Math.PI / 2, 0), [1, 2, 3]), [-3, 2], 1e-12, "yaw");
    expectClose(placeOn(turnedPlane(0, Math.PI / 2), [1, 2, 3]), [1, 3], 1e-12, "pitch");
  });

  test("is a rotation, not a mirror: u, w and the direction of sight are right-handed, and continuous from the unturned view", () => {
    for (const [yaw, pitch] of [
      [0, 0],
      [0.3, 0.9],
      [-2, 1.2],
      [3, -1.5],
    ] as const) {
      const { u, w } = turnedPlane(yaw, pitch) as unknown as Record<"u" | "w", [number, number, number]>;
      const sight = [u[1] * w[2] - u[2] * w[1], u[2] * w[0] - u[0] * w[2], u[0] * w[1] - u[1] * w[0]];
      // Towards the viewer, at yaw 0 and pitch 0 along z₃: turned first about z₂, then about the screen's horizontal.
      const known = [Math.sin(yaw) * Math.cos(pitch), -Math.sin(pitch), Math.cos(yaw) * Math.cos(pitch)];
      expectClose(sight, known, 1e-12, `sight at ${yaw}, ${pitch}`);
    }
  });
});
