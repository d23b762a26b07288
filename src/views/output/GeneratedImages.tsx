/** What a generator makes of the first of its fixed draws, each with the discriminator's probability that it is real. */
import { useMemo } from "react";
import { ImageTile } from "../../charts/ImageTile";
import { probabilityOf } from "../../charts/score-histogram";
import { useText } from "../../i18n/use-text";
import { fixedText } from "../../lib/number-text";
import grid from "../data/ExampleGrid.module.css";
import { gridRows } from "../data/use-examples";
import { useRun, useStores } from "../stores";
import styles from "./OutputColumn.module.css";

export function GeneratedImages() {
  const { t } = useText("adversary");
  const { t: data } = useText("data");
  const { run, probe } = useStores();
  const snapshot = useRun((state) => state.snapshot);
  const { image, pixels } = useRun((state) => state.network);
  // One view per image and snapshot, so that a tile is redrawn only when its pixels are new.
  const images = useMemo(
    () => Array.from(snapshot?.exampleLosses ?? [], (_, i) => snapshot!.reconstructions.subarray(i * pixels, (i + 1) * pixels)),
    [snapshot, pixels],
  );
  if (snapshot === null) return <p className={styles.waiting}>{data("waiting")}</p>;

  function goTo(draw: number) {
    const { snapshot: now, network } = run.getState();
    const { z, setZ } = probe.getState();
    if (z.length !== network.latentDim) return;
    now?.adversarial?.draws.subarray(draw * z.length, (draw + 1) * z.length).forEach((value, dimension) => setZ(dimension, value));
  }

  return (
    <div className={grid.frame}>
      <ul className={grid.grid} style={gridRows(images.length)}>
        {images.map((picture, draw) => {
          const probability = fixedText(probabilityOf(snapshot.exampleLosses[draw]!), 2);
          const name = t("drawIs", { number: draw + 1, probability });
          return (
            // The draws never change places.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={draw} className={grid.cell}>
              <button type="button" className={grid.tile} aria-label={name} title={name} onClick={() => goTo(draw)}>
                <ImageTile pixels={picture} scale={1} shape={image} ink="decoder" />
              </button>
              <span className={grid.pair} aria-hidden>
                <span className={grid.loss} data-of="score">
                  {probability}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
