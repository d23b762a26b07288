/**
 * The stores' slices that the latent plot shows, laid out as numbers: the scatter of the
 * last snapshot, and a decoder for the plane it lies in.
 *
 * The probe's own place is not among them: it moves past React.
 */
import { useMemo } from "react";
import { isPointShape, pointTile, POINT_SHAPE } from "../../charts/point-tile";
import { layoutCloud, type LatentCloud } from "../../charts/latent-cloud";
import type { FitRule } from "../../charts/latent-fit";
import type { PlotDecoder } from "../../charts/latent-grid-picture";
import type { PlotKind } from "../../charts/latent-view";
import { decode } from "../../model/forward";
import type { ModelKind } from "../../protocol/run-config";
import { currentModel, toldClass } from "../../store/model-view";
import { useProbe, useRun, useStores } from "../stores";
import { useCloud } from "./use-cloud";

export interface LatentView {
  readonly kind: PlotKind;
  readonly rule: FitRule;
  /** Names run and axes. */
  readonly space: string;
  readonly cloud: LatentCloud | null;
  readonly decoder: PlotDecoder | null;
}

/** The plane of a VAE and of a GAN is the prior's; an autoencoder's codes lie where they like, and may all be tiny at first. */
const RULES: Readonly<Record<ModelKind, FitRule>> = {
  vae: { isCentred: true, leastHalfSpan: 3.5 },
  gan: { isCentred: true, leastHalfSpan: 3.5 },
  ae: { isCentred: false, leastHalfSpan: 1 },
};

export function useLatentView(): LatentView {
  const runId = useRun((state) => state.runId);
  const model = useRun((state) => state.config.model);
  const latentDim = useRun((state) => state.network.latentDim);
  const codes = useCloud();
  const classes = useRun(({ ready }) => ready?.classNames.en.length) ?? 0;
  const axes = useProbe((state) => state.axes);
  const [across, up] = axes;

  const cloud = useMemo(() => {
    if (codes === null) return null;
    const posteriors = { mean: codes.codes, logVar: codes.logVar, latentDim };
    // Where nobody knows a class, all are of one, on one lane.
    const labels = codes.labels ?? new Uint8Array(codes.codes.length / latentDim);
    return layoutCloud(posteriors, [across, up], labels, codes.labels === null ? 1 : classes);
  }, [codes, classes, latentDim, across, up]);

  return {
    kind: latentDim === 1 ? "line" : "plane",
    rule: RULES[model],
    space: `${runId}:${across}:${up}`,
    cloud,
    decoder: usePlaneDecoder(),
  };
}

/**
 * Decodes points of the shown plane with the last snapshot's weights; the other dimensions stand where the probe stands. A
 * conditional decoder is told the chosen class.
 */
function usePlaneDecoder(): PlotDecoder | null {
  const { probe } = useStores();
  const model = useRun(currentModel);
  const [across, up] = useProbe((state) => state.axes);
  // Text, so that the decoder changes with these numbers and not with every move within the plane.
  const others = useProbe(({ z }) => z.filter((_, dimension) => dimension !== across && dimension !== up).join());

  const label = useProbe((state) => state.label);

  return useMemo(() => {
    const { z } = probe.getState();
    if (model === null || z.length !== model.network.latentDim) return null;
    const { network, weights } = model;
    const code = Float32Array.from(z);
    const labels = [toldClass(network, label) ?? 0];
    const isPoint = isPointShape(network.image);
    return {
      image: isPoint ? POINT_SHAPE : network.image,
      decode: (h: number, v: number) => {
        code[up] = v;
        code[across] = h; // last: with one dimension only this one counts
        const pixels = decode(network, weights, code, 1, labels);
        return isPoint ? pointTile(pixels) : pixels;
      },
    };
    // eslint-disable-next-line react/exhaustive-deps -- `others` stands for the probe's hidden coordinates
  }, [probe, model, across, up, others, label]);
}
