/**
 * Activations of one side of the network, kept up to date without React: of the
 * selected input in the encoder, of the code under the probe in the decoder.
 *
 * Recomputed at most once per frame; a network too big for that is recomputed less
 * often while it trains, so that the page stays fluid.
 */
import { useEffect, useMemo } from "react";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { ActivationSource } from "../../charts/ActivationCanvas";
import { decoderActivations, encoderActivations } from "../../model/forward";
import type { Floats } from "../../protocol/messages";
import { toldClass } from "../../store/model-view";
import type { ProbeState } from "../../store/probe-store";
import type { RunState } from "../../store/run-store";
import { seenImage } from "../../store/seen-image";
import { useStores, type Stores } from "../stores";
import type { Side } from "./architecture";
import { LIGHT_PASS, multiplications } from "./multiplications";

interface Activations {
  /** One array per hidden layer; null while there is no model that fits. */
  readonly layers: readonly Floats[] | null;
}

export interface ActivationFeed {
  /** The source of one layer's values, the same object at every call. */
  layer(index: number): ActivationSource;
}

/** Between passes of a heavier network while it trains. */
const HEAVY_INTERVAL_MS = 1000;

/** @param selected which of the snapshot's chosen examples stands at the encoder's entrance */
export function useActivationFeed(side: Side, selected: number): ActivationFeed {
  const stores = useStores();
  const store = useMemo(() => createStore<Activations>()(() => ({ layers: null })), []);
  useEffect(() => followModel(stores, side, selected, store), [stores, side, selected, store]);

  return useMemo(() => {
    const sources = new Map<number, ActivationSource>();
    const source = (index: number): ActivationSource => ({
      latest: () => store.getState().layers?.[index] ?? null,
      subscribe: (listener) => store.subscribe(listener),
    });
    return {
      layer(index) {
        const known = sources.get(index) ?? source(index);
        sources.set(index, known);
        return known;
      },
    };
  }, [store]);
}

/** Recomputes after changes of the snapshot or the probe until the returned function is called. */
function followModel(stores: Stores, side: Side, selected: number, store: StoreApi<Activations>): () => void {
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastMs = -Infinity;

  const compute = () => {
    frame = 0;
    timer = undefined;
    lastMs = performance.now();
    const layers = side === "encoder" ? ofInput(stores.run.getState(), selected) : ofCode(stores.run.getState(), stores.probe.getState());
    store.setState({ layers });
  };
  const schedule = () => {
    if (frame !== 0 || timer !== undefined) return;
    const { network, phase } = stores.run.getState();
    const waitMs = phase === "training" && multiplications(network[side]) > LIGHT_PASS ? lastMs + HEAVY_INTERVAL_MS - performance.now() : 0;
    if (waitMs > 0) timer = setTimeout(compute, waitMs);
    else frame = requestAnimationFrame(compute);
  };

  compute();
  const stopRun = stores.run.subscribe((state, before) => {
    if (state.snapshot !== before.snapshot || state.network !== before.network) schedule();
  });
  const stopProbe =
    side === "decoder"
      ? stores.probe.subscribe((state, before) => (state.z !== before.z || state.label !== before.label) && schedule())
      : () => {};
  return () => {
    stopRun();
    stopProbe();
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

function ofInput({ config, network, snapshot, material }: RunState, selected: number): readonly Floats[] | null {
  const index = snapshot?.exampleIndices[selected];
  if (snapshot === null || material === null || index === undefined || network.encoder.length === 0) return null;
  const bytes = material.examples.pixels.subarray(index * network.pixels, (index + 1) * network.pixels);
  if (bytes.length !== network.pixels) return null;
  const { seen } = seenImage(config, bytes, index); // [1, pixels]
  return encoderActivations(network, snapshot.weights, seen, 1, [material.examples.labels[index] ?? 0]);
}

function ofCode({ network, snapshot }: RunState, { z, label }: ProbeState): readonly Floats[] | null {
  if (snapshot === null || z.length !== network.latentDim || network.decoder.length === 0) return null;
  return decoderActivations(network, snapshot.weights, Float32Array.from(z), 1, [toldClass(network, label) ?? 0]);
}
