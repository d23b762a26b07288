/**
 * Which flat picture of the latent space is the map, and the way between codes and places
 * on it. Everything that draws on the map or points at it goes through here.
 *
 * A choice that has nothing to stand on (components before they are known, a turned view
 * of other than three dimensions) is the plane of the probe's axes.
 */
import { useMemo } from "react";
import { axesPlane, lift, placeOn, principalPlane, project, projectSpreads, turnedPlane, type Plane } from "../../model/plane";
import type { Floats } from "../../protocol/messages";
import type { PrincipalBasis } from "../../protocol/survey";
import type { Embedding, MapChoice } from "../../store/explorer-store";
import { useExplorer, useProbe, useRun } from "../stores";
import { axisName } from "./latent-text";

export interface LatentMap {
  readonly kind: MapChoice["kind"];
  /** Names this map: places of another key are places on another map. */
  readonly key: string;
  /** Names of the axes, horizontal and vertical. */
  readonly names: readonly [string, string];
  readonly latentDim: number;
  /** Null of an embedding, which is no plane. */
  readonly plane: Plane | null;
  readonly embedding: Embedding | null;
  readonly place: (z: ArrayLike<number>) => readonly [h: number, v: number];
  /** The code `z` moved to a place of the map; what the map does not show of it stays. */
  readonly lift: (z: ArrayLike<number>, h: number, v: number) => number[];
  /**
   * Places of shown points, `[codes, 2]`. An embedding knows only its own: NaN for the others.
   *
   * @param from number of the first of them among the shown points
   */
  readonly positions: (codes: Floats, from?: number) => Floats;
  /** One standard deviation of posteriors as ellipses, `[codes, 3]` (`model/plane`); null where the map has none. */
  readonly spreads: (logVar: Floats | null) => Floats | null;
}

interface MapNeeds {
  readonly choice: MapChoice;
  readonly basis: PrincipalBasis | null;
  readonly embedding: Embedding | null;
  readonly latentDim: number;
  readonly axes: readonly [number, number];
}

export function useMap(): LatentMap {
  const choice = useExplorer((state) => state.map);
  const basis = useExplorer((state) => state.basis);
  const embedding = useExplorer((state) => state.embedding);
  const latentDim = useRun(({ network }) => network.latentDim);
  const axes = useProbe((state) => state.axes);
  return useMemo(() => mapOf({ choice, basis, embedding, latentDim, axes }), [choice, basis, embedding, latentDim, axes]);
}

export function mapOf({ choice, basis, embedding, latentDim, axes }: MapNeeds): LatentMap {
  if (choice.kind === "principal" && basis !== null && basis.mean.length === latentDim && latentDim > 1) {
    const { components } = choice;
    const names = [`PC${components[0] + 1}`, `PC${components[1] + 1}`] as const;
    return flatMap("principal", `principal:${components.join()}`, names, principalPlane(basis, components));
  }
  if (choice.kind === "turned" && latentDim === 3) {
    return flatMap("turned", "turned", ["", ""], turnedPlane(choice.yaw, choice.pitch));
  }
  if (choice.kind === "umap" && embedding !== null && embedding.codes.length / latentDim === embedding.positions.length / 2) {
    return embeddedMap(embedding, latentDim);
  }
  const [across, up] = axes.map((axis) => Math.min(axis, latentDim - 1)) as [number, number];
  return flatMap("axes", `${across}:${up}`, [axisName(across), axisName(up)], axesPlane(latentDim, [across, up]));
}

function flatMap(kind: MapChoice["kind"], key: string, names: readonly [string, string], plane: Plane): LatentMap {
  return {
    kind,
    key,
    names,
    latentDim: plane.center.length,
    plane,
    embedding: null,
    place: (z) => placeOn(plane, z),
    lift: (z, h, v) => lift(plane, z, h, v),
    positions: (codes) => project(plane, codes),
    spreads: (logVar) => (logVar === null ? null : projectSpreads(plane, logVar)),
  };
}

function embeddedMap(embedding: Embedding, latentDim: number): LatentMap {
  return {
    kind: "umap",
    key: "umap",
    names: ["UMAP 1", "UMAP 2"],
    latentDim,
    plane: null,
    embedding,
    place: (z) => embedding.place(embedding, latentDim, z),
    lift: (_, h, v) => embedding.lift(embedding, latentDim, h, v).z,
    positions: (codes, from = 0) => {
      const places = new Float32Array((codes.length / latentDim) * 2).fill(Number.NaN);
      places.set(embedding.positions.subarray(from * 2, from * 2 + places.length));
      return places;
    },
    spreads: () => null,
  };
}
