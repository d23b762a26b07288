/** The stores' slices that the data space shows, worked out once per snapshot. */
import { useDeferredValue, useMemo } from "react";
import type { SpaceContents } from "../../charts/DataSpace";
import type { Coordinates } from "../../charts/data-space-layout";
import { probabilityOf } from "../../charts/score-histogram";
import type { RunState } from "../../store/run-store";
import { toldClass } from "../../store/model-view";
import { useProbe, useRun } from "../stores";
import { codeRange, fieldOf, generatedOf, linksOf, sheetOf } from "./data-space";

/** Null before the first snapshot. */
export function useSpaceContents(): SpaceContents | null {
  const given = useGiven();
  const { material, network } = given;
  const points = useMemo(() => Float32Array.from(material?.examples.pixels ?? [], (byte) => byte / 255), [material]);
  const made = useMemo(() => (isGiven(given) ? madeOf(given) : null), [given]);
  const sheet = useSheet(given);
  const labels = material?.examples.labels ?? null;
  return useMemo(() => {
    if (labels === null || made === null) return null;
    return { coordinates: network.pixels as Coordinates, points, labels, sheet, ...made };
  }, [labels, made, network, points, sheet]);
}

type Slices = Pick<RunState, "material" | "network" | "config" | "snapshot">;

/**
 * Slices of one moment, a little late: what is worked out from a snapshot of a wide network takes half a frame's time and more,
 * and gets a task of its own behind what the page draws at once.
 */
function useGiven(): Slices {
  const material = useRun((state) => state.material);
  const network = useRun((state) => state.network);
  const config = useRun((state) => state.config);
  const snapshot = useRun((state) => state.snapshot);
  return useDeferredValue(useMemo(() => ({ material, network, config, snapshot }), [material, network, config, snapshot]));
}

const isGiven = (slices: Slices): slices is Given => slices.material !== null && slices.snapshot !== null;

type Given = Pick<RunState, "network" | "config"> & {
  readonly [Part in "material" | "snapshot"]: NonNullable<RunState[Part]>;
};

/** What the model makes of points and draws. */
function madeOf({ material, network, config, snapshot }: Given): Pick<SpaceContents, "links" | "generated" | "field"> {
  const { weights, adversarial } = snapshot;
  if (adversarial === null) return { links: linksOf(network, config, snapshot, material.examples), generated: null, field: null };
  const field = fieldOf(network, weights);
  return {
    links: null,
    generated: generatedOf(network, weights, adversarial.draws),
    field: field && { ...field, probabilities: field.scores.map(probabilityOf) },
  };
}

const NO_SHEET: SpaceContents["sheet"] = [];

/** Changes with what the probe holds still, not with its moves within the plane. */
function useSheet({ network, config, snapshot }: Slices): SpaceContents["sheet"] {
  const hasPrior = config.model !== "ae";
  const [across, up] = useProbe((state) => state.axes);
  const label = useProbe((state) => state.label);
  // Text, so that it changes with these numbers only.
  const held = useProbe(({ z }) => z.map((value, dimension) => (dimension === across || dimension === up ? 0 : value)).join(" "));
  return useMemo(() => {
    if (snapshot === null) return NO_SHEET;
    const range = (axis: number) => codeRange(hasPrior ? null : snapshot.posteriorMean, network.latentDim, axis);
    const z = held.split(" ").map(Number);
    const place = { axes: [across, up], z, ranges: [range(across), range(up)], label: toldClass(network, label) ?? 0 } as const;
    return sheetOf(network, snapshot.weights, place);
  }, [network, snapshot, hasPrior, across, up, label, held]);
}
