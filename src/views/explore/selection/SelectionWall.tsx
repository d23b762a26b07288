/** The selected images as a small wall, a page at a time; each leads the probe to its code. */
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useEffect, useState } from "react";
import { useText } from "../../../i18n/use-text";
import { countText } from "../../../lib/number-text";
import { pixelCount } from "../../../protocol/datasets";
import { IconButton } from "../../../ui/IconButton";
import { SampleTile } from "../../data/SampleTile";
import { classOfPoint, codeOfPoint } from "../../latent/use-cloud";
import { useTrainImages } from "../../latent/use-pictures";
import { useRun, useStores } from "../../stores";
import { CodeTile } from "../CodeTile";
import type { SelectionProps } from "./ClassMix";
import styles from "./selection.module.css";

const PAGE = 24;

export function SelectionWall({ points, selection }: SelectionProps) {
  const { t } = useText("selection");
  const [page, setPage] = useState(0);
  const pages = Math.max(1, Math.ceil(selection.length / PAGE));
  const at = Math.min(page, pages - 1);
  const shown = selection.slice(at * PAGE, (at + 1) * PAGE);
  const training = useTrainingPixels(shown.filter((index) => index >= points.exampleCount).map((index) => index - points.exampleCount));
  return (
    <section className={styles.part} aria-label={t("wall")}>
      <div className={styles.row}>
        <h3>{t("wall")}</h3>
        {pages > 1 && (
          <span className={styles.pager}>
            <IconButton label={t("previous")} isDisabled={at === 0} onPress={() => setPage(at - 1)}>
              <ChevronLeft size={16} aria-hidden />
            </IconButton>
            <span aria-live="polite">{t("page", { page: countText(at + 1), pages: countText(pages) })}</span>
            <IconButton label={t("next")} isDisabled={at === pages - 1} onPress={() => setPage(at + 1)}>
              <ChevronRight size={16} aria-hidden />
            </IconButton>
          </span>
        )}
      </div>
      <ul className={styles.wall}>
        {shown.map((index) => (
          <li key={index}>
            <WallTile index={index} points={points} trainingPixels={training(index - points.exampleCount)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Bytes of training images as they come. */
function useTrainingPixels(indices: readonly number[]): (index: number) => Uint8Array | null {
  const images = useTrainImages();
  const [, setArrivals] = useState(0);
  const wanted = indices.join(" ");
  useEffect(() => images.subscribe(() => setArrivals((count) => count + 1)), [images]);
  useEffect(() => {
    if (wanted !== "") images.want(wanted.split(" ").map(Number));
  }, [images, wanted]);
  return (index) => (index < 0 ? null : images.get(index));
}

interface WallTileProps {
  readonly index: number;
  readonly points: SelectionProps["points"];
  readonly trainingPixels: Uint8Array | null;
}

function WallTile({ index, points, trainingPixels }: WallTileProps) {
  const { t, language } = useText("selection");
  const { probe } = useStores();
  const material = useRun((state) => state.material);
  const isGan = useRun(({ config }) => config.model === "gan");
  if (material === null) return null;
  const label = classOfPoint(points, index);
  const name = (label === null ? undefined : material.classNames[language][label]) ?? t("unknown");
  const isExample = index < points.exampleCount;
  const number = (isExample ? index : index - points.exampleCount) + 1;
  const words = isGan ? t("draw", { number }) : t(isExample ? "heldOut" : "training", { class: name, number });
  const size = pixelCount(material.image);
  const pixels = isExample ? material.examples.pixels.subarray(index * size, (index + 1) * size) : trainingPixels;
  return (
    <button
      type="button"
      className={styles.tile}
      aria-label={words}
      title={words}
      onClick={() => probe.getState().setCode([...codeOfPoint(points, index)])}
    >
      {isGan ? (
        <CodeTile z={[...codeOfPoint(points, index)]} />
      ) : (
        pixels !== null && <SampleTile pixels={pixels} scale={255} shape={material.image} />
      )}
    </button>
  );
}
