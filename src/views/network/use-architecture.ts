/**
 * The drawn network (the draft's) and how to change it; whether what the run has
 * learnt may be drawn into it.
 */
import { useMemo, useState } from "react";
import type { Network } from "../../model/network";
import type { ConfigIssue } from "../../protocol/config-issues";
import type { RunConfig } from "../../protocol/run-config";
import { useDraft, useRun } from "../stores";
import { isMirrored, sameArchitecture } from "./architecture";
import { draftNetwork } from "./draft-network";

export interface ArchitectureControl {
  readonly config: RunConfig;
  /** Of the draft; its sizes may be no numbers while they are typed. */
  readonly network: Network;
  readonly issues: readonly ConfigIssue[];
  /** Whether the run at hand is of this very network, so that its weights are the ones to draw. */
  readonly isLive: boolean;
  /** Whether edits of one side are made on the other too. */
  readonly mirrors: boolean;
  readonly setMirrors: (mirrors: boolean) => void;
  readonly change: (change: Partial<RunConfig>) => void;
}

export function useArchitecture(): ArchitectureControl {
  const config = useDraft((state) => state.config);
  const issues = useDraft((state) => state.issues);
  const change = useDraft((state) => state.edit);
  const isLive = useRun((state) => sameArchitecture(state.config, config));
  const [wantsMirror, setWantsMirror] = useState(true);
  // A preset or an address may bring sides that differ: they are never bent to match unasked.
  const mirrors = wantsMirror && isMirrored(config);

  const { data, model, conditional, encoder, headActivation, latentDim, decoder, outputActivation } = config;
  const network = useMemo(
    () => draftNetwork({ data, model, conditional, encoder, headActivation, latentDim, decoder, outputActivation }),
    [data, model, conditional, encoder, headActivation, latentDim, decoder, outputActivation],
  );

  return {
    config,
    network,
    issues,
    isLive,
    mirrors,
    setMirrors(next) {
      setWantsMirror(next);
      if (next)
        void import("./layer-edits").then(({ mirrored }) => change({ decoder: mirrored(config.encoder, config.decoder, config.data) }));
    },
    change,
  };
}
