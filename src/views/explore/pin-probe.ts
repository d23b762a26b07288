/** Keeps the place where the probe stands. */
import { toldClass } from "../../store/model-view";
import type { Stores } from "../stores";

/** @returns the pin's number, which is its name on the map */
export function pinProbe({ probe, run, explorer }: Pick<Stores, "probe" | "run" | "explorer">): number {
  const { z, label } = probe.getState();
  return explorer.getState().pin({ z, origin: "probe", label: toldClass(run.getState().network, label) });
}
