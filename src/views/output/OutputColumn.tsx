/** What comes out: the reconstruction of every input, beside it, with its own loss. */
import { useMemo } from "react";
import { ImageTile } from "../../charts/ImageTile";
import { useText } from "../../i18n/use-text";
import { fixedText } from "../../lib/number-text";
import { Popover } from "../../ui/Popover";
import { gridRows, useExamples, type Example } from "../data/use-examples";
import grid from "../data/ExampleGrid.module.css";
import { Column } from "../network/Column";
import { useRun } from "../stores";
import { Term } from "../Term";
import styles from "./OutputColumn.module.css";

export function OutputColumn({ selected }: { readonly selected: number }) {
  const { t } = useText("data");
  return (
    <Column title={t("output")} note={<Term id="nats">{t("outputUnit")}</Term>} color="ink" foot={<MeanCode />}>
      <figure className={styles.figure} aria-label={t("reconstructions")}>
        <Reconstructions selected={selected} />
      </figure>
    </Column>
  );
}

function Reconstructions({ selected }: { readonly selected: number }) {
  const { t } = useText("data");
  const set = useExamples();
  const snapshot = useRun((state) => state.snapshot);
  const pixels = set === null ? 0 : set.image.height * set.image.width * set.image.channels;
  // One view per image and snapshot, so that a tile is redrawn only when its pixels are new.
  const images = useMemo(
    () => snapshot?.exampleIndices.map((_, i) => snapshot.reconstructions.subarray(i * pixels, (i + 1) * pixels)) ?? [],
    [snapshot, pixels],
  );
  if (set === null || snapshot === null) return <p className={styles.waiting}>{t("waiting")}</p>;

  return (
    <div className={grid.frame}>
      <ul className={grid.grid} style={gridRows(set)}>
        {set.examples.map((example, i) => (
          <li key={example.index} className={grid.cell}>
            <div className={grid.tile} data-selected={i === selected || undefined}>
              <ImageTile
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
  readonly image: { readonly height: number; readonly width: number; readonly channels: number };
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
        <ImageTile pixels={example.pixels} scale={255} shape={image} label={t("inputOf", { name: example.name })} />
      </span>
    </div>
  );
}

/** What these images are, and what their numbers leave out. */
function MeanCode() {
  const { t } = useText("data");
  const isVae = useRun((state) => state.config.model === "vae");
  const isBounded = useRun((state) => state.config.outputActivation === "sigmoid");
  return (
    <Popover look="word" label={t("meanCode")} trigger={t("reconstructions")}>
      <div className={styles.caveat}>
        <p>{t(isVae ? "meanCodeText" : "meanCodeTextAe")}</p>
        <p>{t("lossText")}</p>
        {!isBounded && <p>{t("clipped")}</p>}
      </div>
    </Popover>
  );
}
