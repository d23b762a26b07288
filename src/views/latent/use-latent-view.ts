/**
 * The stores' slices that the latent plot shows, laid out as numbers: the scatter of the
 * last snapshot, and a decoder for the plane it lies in.
 *
 * The probe's own place is not among them: it moves past React.
 */
import { useMemo } from "react";
import { isPointShape, pointTile, POINT_SHAPE } from "../../charts/point-tile";
import { lineCloud, planeCloud, type LatentCloud } from "../../charts/latent-cloud";
import type { FitRule } from "../../charts/latent-fit";
import type { PlotDecoder } from "../../charts/latent-grid-picture";
import type { PlotKind } from "../../charts/latent-view";
import { decode } from "../../model/forward";
import { lift } from "../../model/plane";
import type { ModelKind } from "../../protocol/run-config";
import { currentModel, toldClass } from "../../store/model-view";
import type { ProbeState } from "../../store/probe-store";
import { useProbe, useRun } from "../stores";
import { useCloud } from "./use-cloud";
import type { LatentMap } from "./use-map";

export interface LatentView {
  readonly kind: PlotKind;
  readonly rule: FitRule;
  /** Names run and map. */
  readonly space: string;
  readonly cloud: LatentCloud | null;
  readonly decoder: PlotDecoder | null;
  /** What the map does not show of the probe's code: the code at the map's middle. The same object while it stays. */
  readonly rest: readonly number[];
}

/** The plane of a VAE and of a GAN is the prior's; an autoencoder's codes lie where they like, and may all be tiny at first. */
const RULES: Readonly<Record<ModelKind, FitRule>> = {
  vae: { isCentred: true, leastHalfSpan: 3.5 },
  gan: { isCentred: true, leastHalfSpan: 3.5 },
  ae: { isCentred: false, leastHalfSpan: 1 },
};
/** Of a map that the prior does not centre. */
const FREE: FitRule = { isCentred: false, leastHalfSpan: 0.5 };

export function useLatentView(map: LatentMap): LatentView {
  const runId = useRun((state) => state.runId);
  const model = useRun((state) => state.config.model);
  const codes = useCloud();
  const rest = useProbe(useMemo(() => restSelector(map), [map]));
  const classes = useRun(({ material }) => material?.classNames.en.length) ?? 0;

  const cloud = useMemo(() => {
    if (codes === null) return null;
    const places = { positions: map.positions(codes.codes), spreads: map.spreads(codes.logVar) };
    // Where nobody knows a class, all are of one, on one lane.
    const labels = codes.labels ?? new Uint8Array(places.positions.length / 2);
    return map.latentDim === 1 ? lineCloud(places, labels, codes.labels === null ? 1 : classes) : planeCloud(places, labels);
  }, [codes, classes, map]);

  return {
    kind: map.latentDim === 1 ? "line" : "plane",
    rule: map.kind === "axes" || map.kind === "turned" ? RULES[model] : FREE,
    space: `${runId}:${map.key}`,
    cloud,
    decoder: usePlotDecoder(map, rest),
    rest,
  };
}

/** How many steps of the grid an embedding's tiles reach beyond its points. */
const NEAR_STEPS = 1.2;

/**
 * Decodes places of the map with the model on screen; what the map does not show of a code stands where the probe stands. A
 * conditional decoder is told the chosen class. In an embedding there is something to decode near its points alone.
 */
function usePlotDecoder(map: LatentMap, rest: readonly number[]): PlotDecoder | null {
  const model = useRun(currentModel);
  const label = useProbe((state) => state.label);

  return useMemo(() => {
    if (model === null || rest.length !== model.network.latentDim) return null;
    const { network, weights } = model;
    const labels = [toldClass(network, label) ?? 0];
    const isPoint = isPointShape(network.image);
    const { embedding, latentDim } = map;
    return {
      image: isPoint ? POINT_SHAPE : network.image,
      decode: (h: number, v: number) => {
        const pixels = decode(network, weights, Float32Array.from(map.lift(rest, h, v)), 1, labels);
        return isPoint ? pointTile(pixels) : pixels;
      },
      ...(embedding === null
        ? {}
        : {
            covers: (h: number, v: number, step: number) =>
              embedding.lift(embedding, latentDim, h, v).distance < NEAR_STEPS * Math.min(step, reachOf(embedding.positions)),
          }),
    };
  }, [model, map, rest, label]);
}

/** Codes within so little of each other are the same: moves within a plane leave the rest of a code alone but for rounding. */
const SAME = 1e-5;

/** Selects what the map does not show of the probe's code; the same array while that stays. */
function restSelector(map: LatentMap): (state: ProbeState) => readonly number[] {
  let kept: readonly number[] = [];
  return ({ z }) => {
    const rest = map.plane === null || z.length !== map.latentDim ? z.map(() => 0) : lift(map.plane, z, 0, 0);
    const isSame = rest.length === kept.length && rest.every((value, d) => Math.abs(value - kept[d]!) < SAME);
    if (!isSame) kept = rest;
    return kept;
  };
}

const reaches = new WeakMap<Float32Array, number>();

/** A twentieth of an embedding's extent: a hole of this size is a hole at every zoom. */
function reachOf(positions: Float32Array): number {
  const known = reaches.get(positions);
  if (known !== undefined) return known;
  let [low, high] = [Infinity, -Infinity];
  for (const value of positions) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const reach = (high - low) / 20;
  reaches.set(positions, reach);
  return reach;
}
