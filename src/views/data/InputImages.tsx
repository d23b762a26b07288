/**
 * The chosen held-out images as the encoder sees them, with their class names; pressing one sends the probe to its code.
 * Where they are spoilt the clean one stands small beside each.
 */
import { isPointShape } from "../../charts/point-tile";
import { useText } from "../../i18n/use-text";
import { fixedText } from "../../lib/number-text";
import { posteriorOfExample } from "../../store/model-view";
import { useRun, useStores } from "../stores";
import grid from "./ExampleGrid.module.css";
import { SampleTile } from "./SampleTile";
import { gridRows, useExamples, type Example } from "./use-examples";

interface InputImagesProps {
  readonly selected: number;
  readonly onSelect: (position: number) => void;
}

export function InputImages({ selected, onSelect }: InputImagesProps) {
  const { t } = useText("data");
  const { run, probe } = useStores();
  const set = useExamples();
  const isGan = useRun(({ config }) => config.model === "gan");
  if (set === null) return null;
  const isPoint = isPointShape(set.image);

  function follow(position: number, example: Example) {
    onSelect(position);
    const { snapshot, network } = run.getState();
    const { z, setZ, setLabel } = probe.getState();
    // A discriminator's images have no code.
    if (snapshot === null || z.length !== network.latentDim || network.kind === "adversarial") return;
    const { mean } = posteriorOfExample(network, snapshot, example);
    mean.forEach((value, dimension) => setZ(dimension, value));
    setLabel(example.label);
  }

  return (
    <div className={grid.frame}>
      <ul className={grid.grid} style={gridRows(set.examples.length)} data-points={isPoint || undefined} aria-label={t("inputs")}>
        {set.examples.map((example, position) => (
          <li key={example.index} className={grid.cell}>
            <button
              type="button"
              className={grid.tile}
              data-selected={position === selected || undefined}
              aria-pressed={position === selected}
              aria-label={t(isGan ? "toDiscriminator" : "toProbe", { name: example.name })}
              title={t(isGan ? "toDiscriminator" : "toProbe", { name: example.name })}
              onClick={() => follow(position, example)}
            >
              <SampleTile pixels={example.seen} scale={1} shape={set.image} />
            </button>
            <span className={grid.pair} data-alone={example.seen === example.target || undefined}>
              <span className={grid.name}>{example.name}</span>
              {isPoint && <span className={grid.place}>{placeText(example.seen)}</span>}
              {example.seen !== example.target && (
                <span className={grid.small}>
                  <SampleTile pixels={example.target} scale={1} shape={set.image} label={t("cleanOf", { name: example.name })} />
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function placeText(point: Float32Array): string {
  return Array.from(point, (value) => fixedText(value, 2)).join(" ");
}
