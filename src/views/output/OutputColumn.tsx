/**
 * What comes out: the reconstruction of every input, beside it, with its own loss; of a
 * GAN what its generator makes; of points the space they lie in.
 */
import { Suspense, useMemo } from "react";
import { useText } from "../../i18n/use-text";
import { fixedText } from "../../lib/number-text";
import { isPointCloud, pixelCount, type ImageShape } from "../../protocol/datasets";
import { Popover } from "../../ui/Popover";
import { gridRows, useExamples, type Example } from "../data/use-examples";
import grid from "../data/ExampleGrid.module.css";
import { SampleTile } from "../data/SampleTile";
import { lazyView } from "../lazy-view";
import { Column } from "../network/Column";
import { useRun } from "../stores";
import { Term } from "../Term";
import styles from "./OutputColumn.module.css";

// The families and data that a first visit does not begin with.
const GeneratedImages = lazyView("adversary", async () => (await import("./GeneratedImages")).GeneratedImages);
const DataSpacePanel = lazyView("adversary", async () => (await import("./DataSpacePanel")).DataSpacePanel);
const OutputNote = lazyView("adversary", async () => (await import("./OutputNote")).OutputNote);

type Look = "reconstructions" | "generated" | "dataSpace";

function useLook(): Look {
  return useRun(({ config: { data, model } }) => (isPointCloud(data) ? "dataSpace" : model === "gan" ? "generated" : "reconstructions"));
}

export function OutputColumn({ selected }: { readonly selected: number }) {
  const { t } = useText("data");
  const look = useLook();
  const unit = look === "generated" ? t("probability") : look === "reconstructions" && <Term id="nats">{t("outputUnit")}</Term>;
  return (
    <Column title={t("output")} note={unit} color="ink" foot={<About look={look} />}>
      {look === "dataSpace" ? (
        <Suspense fallback={null}>
          <DataSpacePanel />
        </Suspense>
      ) : (
        <figure className={styles.figure} aria-label={t(look)}>
          <Suspense fallback={null}>{look === "generated" ? <GeneratedImages /> : <Reconstructions selected={selected} />}</Suspense>
        </figure>
      )}
    </Column>
  );
}

function Reconstructions({ selected }: { readonly selected: number }) {
  const { t } = useText("data");
  const set = useExamples();
  const snapshot = useRun((state) => state.snapshot);
  const pixels = set === null ? 0 : pixelCount(set.image);
  // One view per image and snapshot, so that a tile is redrawn only when its pixels are new.
  const images = useMemo(
    () => snapshot?.exampleIndices.map((_, i) => snapshot.reconstructions.subarray(i * pixels, (i + 1) * pixels)) ?? [],
    [snapshot, pixels],
  );
  if (set === null || snapshot === null) return <p className={styles.waiting}>{t("waiting")}</p>;

  return (
    <div className={grid.frame}>
      <ul className={grid.grid} style={gridRows(set.examples.length)}>
        {set.examples.map((example, i) => (
          <li key={example.index} className={grid.cell}>
            <div className={grid.tile} data-selected={i === selected || undefined}>
              <SampleTile
                pixels={images[i]!}
                scale={1}
                shape={set.image}
                ink="decoder"
                label={t("reconstructionOf", { name: example.name })}
              />
            </div>
            <Judgement example={example} image={set.image} loss={snapshot.exampleLosses[i]!} />
          </li>
        ))}
      </ul>
    </div>
  );
}

interface JudgementProps {
  readonly example: Example;
  readonly image: ImageShape;
  /** Nats, summed over pixels. */
  readonly loss: number;
}

/** The image's own loss and, small, what should have come out. */
function Judgement({ example, image, loss }: JudgementProps) {
  const { t } = useText("data");
  const text = fixedText(loss, Math.abs(loss) < 1000 ? 1 : 0);
  return (
    <div className={grid.pair}>
      <span className={grid.loss}>
        {text}
        <span className="visually-hidden"> {t("outputUnit")}</span>
      </span>
      <span className={grid.small}>
        <SampleTile
          pixels={example.target}
          scale={1}
          shape={image}
          label={t(example.seen === example.target ? "inputOf" : "cleanOf", { name: example.name })}
        />
      </span>
    </div>
  );
}

/** What is shown, and what its numbers leave out. */
function About({ look }: { readonly look: Look }) {
  const { t } = useText("data");
  return (
    <Popover look="word" label={t("aboutOutput")} trigger={t(look)}>
      <OutputNote />
    </Popover>
  );
}
