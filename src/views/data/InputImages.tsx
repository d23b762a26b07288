/** The chosen held-out images with their class names; pressing one sends the probe to its code. */
import { ImageTile } from "../../charts/ImageTile";
import { useText } from "../../i18n/use-text";
import { useStores } from "../stores";
import grid from "./ExampleGrid.module.css";
import { gridRows, useExamples } from "./use-examples";

interface InputImagesProps {
  readonly selected: number;
  readonly onSelect: (position: number) => void;
}

export function InputImages({ selected, onSelect }: InputImagesProps) {
  const { t } = useText("data");
  const { run, probe } = useStores();
  const set = useExamples();
  if (set === null) return null;

  function follow(position: number, index: number) {
    onSelect(position);
    const { snapshot, network } = run.getState();
    const { z, setZ } = probe.getState();
    if (snapshot === null || z.length !== network.latentDim) return;
    for (let d = 0; d < z.length; d++) setZ(d, snapshot.posteriorMean[index * z.length + d]!);
  }

  return (
    <div className={grid.frame}>
      <ul className={grid.grid} style={gridRows(set)} aria-label={t("inputs")}>
        {set.examples.map(({ index, pixels, name }, position) => (
          <li key={index} className={grid.cell}>
            <button
              type="button"
              className={grid.tile}
              data-selected={position === selected || undefined}
              aria-pressed={position === selected}
              aria-label={t("toProbe", { name })}
              title={t("toProbe", { name })}
              onClick={() => follow(position, index)}
            >
              <ImageTile pixels={pixels} scale={255} shape={set.image} />
            </button>
            <span className={grid.name}>{name}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
