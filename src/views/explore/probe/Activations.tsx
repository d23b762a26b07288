/** The decoder at work on the probe's code: what each of its layers answers, from the code to the picture. */
import { useRef, useState } from "react";
import { ActivationCells } from "../../../charts/ActivationCanvas";
import { FeatureMaps } from "../../../charts/FeatureMaps";
import { useSize } from "../../../charts/use-size";
import { useText } from "../../../i18n/use-text";
import { countText } from "../../../lib/number-text";
import type { LayerSpec } from "../../../model/network";
import { useActivationFeed, type ActivationFeed } from "../../network/activation-feed";
import { LAYER_OF, mapsOf, mapsText } from "../../network/layer-text";
import { sideColor } from "../../network/network-sides";
import { useRun } from "../../stores";
import styles from "./ProbePanel.module.css";

/** Layers wider than this get a second row, and so on; a cell is still seen. */
const UNITS_PER_ROW = 64;
const ROW_PX = 12;
const MOST_ROWS = 10;
const MAPS = { count: 10, tilePx: 44, gapPx: 4, columns: 5 } as const;

export function Activations() {
  const { t } = useText("explore");
  const hasLayers = useRun(({ network }) => network.decoder.length > 0);
  const [isOpen, setOpen] = useState(false);
  if (!hasLayers) return null;
  return (
    <details className={styles.fold} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("probe.layers.title")}</summary>
      {isOpen && <Layers />}
    </details>
  );
}

function Layers() {
  const { t } = useText("explore");
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame);
  const network = useRun((state) => state.network);
  const feed = useActivationFeed("decoder", 0);
  return (
    <div ref={frame} className={styles.layers}>
      <p>{t("probe.layers.text")}</p>
      {width > 0 && network.decoder.map((layer, index) => <Layer key={layer.name} {...{ layer, index, feed, width }} />)}
    </div>
  );
}

interface LayerProps {
  readonly layer: LayerSpec;
  readonly index: number;
  readonly feed: ActivationFeed;
  readonly width: number;
}

function Layer({ layer, index, feed, width }: LayerProps) {
  const { t } = useText("network");
  const config = useRun((state) => state.config);
  const network = useRun((state) => state.network);
  const maps = mapsOf(config, network, "decoder", index);
  const ink = sideColor(config, "decoder");
  const name = t(LAYER_OF[config.model === "gan" ? "gan" : "autoencoder"].decoder, { index: index + 1 });
  const rows = Math.min(MOST_ROWS, Math.ceil(layer.units / UNITS_PER_ROW));
  return (
    <div>
      <div className={styles.layerName}>
        {name} · {maps === null ? countText(layer.units) : mapsText(maps)}
      </div>
      {maps === null ? (
        <ActivationCells source={feed.layer(index)} ink={ink} units={layer.units} widthPx={width} heightPx={rows * ROW_PX} />
      ) : (
        <FeatureMaps {...MAPS} source={feed.layer(index)} ink={ink} shape={maps} />
      )}
    </div>
  );
}
