/**
 * The main page: the model from left to right as an hourglass, what it is trained for
 * beneath it.
 *
 * Knows only where things stand. Parts are told apart by keys, so that the order in
 * which they are read and reached by keyboard is the order in which they are seen,
 * at every width.
 */
import { useState, type ReactNode } from "react";
import { isPointCloud } from "../protocol/datasets";
import type { CssVariables } from "../ui/accent";
import { DataColumn } from "./data/DataColumn";
import { LatentPanel } from "./latent/LatentPanel";
import { ProbeReadout } from "./latent/ProbeReadout";
import { NetworkColumn } from "./network/NetworkColumn";
import { useArchitecture } from "./network/use-architecture";
import { useMedia } from "./network/use-media";
import { LossCard } from "./objective/LossCard";
import { ObjectiveCard } from "./objective/ObjectiveCard";
import { RunNotes } from "./notes/RunNotes";
import { OutputColumn } from "./output/OutputColumn";
import styles from "./PlayPage.module.css";
import { useRun } from "./stores";
import { StatusLine } from "./transport/StatusLine";
import { TransportBar } from "./transport/TransportBar";

/** As in the style sheet: columns beside each other, the network in a row of its own, everything stacked. */
const STACKED = "(max-width: 719px)";
const WIDE = "(min-width: 1180px)";
/** A projector: larger type, and so a wider readout. */
const LARGE = "(min-width: 1680px) and (min-height: 960px)";

type Part = "data" | "encoder" | "latent" | "probe" | "decoder" | "output" | "objective" | "loss";

const ORDER: Readonly<Record<"wide" | "middle" | "stacked", readonly Part[]>> = {
  wide: ["data", "encoder", "latent", "probe", "decoder", "output", "objective", "loss"],
  middle: ["data", "latent", "output", "encoder", "probe", "decoder", "objective", "loss"],
  // What moves first, then what it is judged by, then what can be changed.
  stacked: ["latent", "probe", "output", "loss", "objective", "data", "encoder", "decoder"],
};

/** Layers in all from which the network gets a part of its neighbours' room. */
const DEEP = 6;

/** Beside the latent space: a breath, or the picture under the probe. */
const LEAD_PX = 16;
const PROBE_PX = { normal: 136, large: 160 };
/** A point under the probe needs less of a frame. */
const POINT_PROBE_PX = { normal: 112, large: 128 };

export function PlayPage() {
  const architecture = useArchitecture();
  const [selected, setSelected] = useState(0);
  const isStacked = useMedia(STACKED);
  const isWide = useMedia(WIDE);
  const isLarge = useMedia(LARGE);
  const isPoints = useRun(({ config }) => isPointCloud(config.data));
  const probePx = (isPoints ? POINT_PROBE_PX : PROBE_PX)[isLarge ? "large" : "normal"];
  const mode = isStacked ? "stacked" : isWide ? "wide" : "middle";
  const { encoder, decoder } = architecture.config;

  const parts: Readonly<Record<Part, ReactNode>> = {
    data: <DataColumn selected={selected} onSelect={setSelected} />,
    encoder: <NetworkColumn side="encoder" architecture={architecture} selected={selected} leadPx={LEAD_PX} />,
    latent: <LatentPanel />,
    probe: <ProbeReadout />,
    decoder: <NetworkColumn side="decoder" architecture={architecture} selected={selected} leadPx={isStacked ? LEAD_PX : probePx} />,
    output: <OutputColumn selected={selected} />,
    objective: <ObjectiveCard />,
    loss: <LossCard />,
  };
  // A deep side gets the greater part of the room: the encoder has its heads besides, the decoder the probe's picture.
  const depth: CssVariables = {
    "--encoder-layers": encoder.length,
    "--decoder-layers": decoder.length,
    "--encoder-share": `${encoder.length + 1.2}fr`,
    "--decoder-share": `${decoder.length + 2.2}fr`,
  };

  return (
    <div
      className={styles.page}
      style={depth}
      data-deep={encoder.length + decoder.length >= DEEP || undefined}
      data-points={isPoints || undefined}
    >
      <div className={styles.transport}>
        <TransportBar />
        {isStacked && <StatusLine />}
      </div>
      <RunNotes />
      <div className={styles.parts}>
        {ORDER[mode].map((part) => (
          <div key={part} className={styles[part]}>
            {parts[part]}
          </div>
        ))}
      </div>
      {!isStacked && (
        <div className={styles.status}>
          <StatusLine />
        </div>
      )}
    </div>
  );
}
