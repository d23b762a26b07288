/** The pinned places with their pictures: which of them the paths go through, in which order, and how to add some. */
import { ArrowDown, ArrowUp, X } from "lucide-react";
import { useState } from "react";
import { useText } from "../../../i18n/use-text";
import { typicalExample } from "../../../model/class-means";
import type { Pin } from "../../../store/explorer-store";
import { Button } from "../../../ui/Button";
import { IconButton } from "../../../ui/IconButton";
import { Select } from "../../../ui/Select";
import { useExplorer, useRun, useStores } from "../../stores";
import { CodeTile } from "../CodeTile";
import { pinProbe } from "../pin-probe";
import { movedPin } from "./path-plan";
import styles from "./paths.module.css";
import { codeOf, useClassCodes, type ClassCodes } from "./use-examples";

interface PinListProps {
  /** Pins that no path goes through. */
  readonly leftOut: ReadonlySet<number>;
  readonly onLeaveOut: (id: number, isOut: boolean) => void;
}

export function PinList({ leftOut, onLeaveOut }: PinListProps) {
  const { t } = useText("paths");
  const stores = useStores();
  const pins = useExplorer((state) => state.pins);
  const classCodes = useClassCodes();
  return (
    <section className={styles.part} aria-label={t("pins.title")}>
      {pins.length > 0 && (
        <ol className={styles.pins} aria-label={t("pins.title")}>
          {pins.map((each, i) => (
            <PinRow
              key={each.id}
              pin={each}
              isFirst={i === 0}
              isLast={i === pins.length - 1}
              isOn={!leftOut.has(each.id)}
              onToggle={(isOn) => onLeaveOut(each.id, !isOn)}
            />
          ))}
        </ol>
      )}
      {pins.length < 2 && <p className={styles.hint}>{t("pins.few")}</p>}
      <div className={styles.row}>
        <Button onPress={() => pinProbe(stores)}>{t("pins.addProbe")}</Button>
      </div>
      {classCodes !== null && classCodes.means.length > 1 && <AddClasses classCodes={classCodes} />}
    </section>
  );
}

/** What a pin is of, in words. */
export function usePinName(): (pin: Pick<Pin, "origin" | "label">) => string {
  const { t, language } = useText("paths");
  const names = useRun(({ material }) => material?.classNames[language]);
  return ({ origin, label }) => {
    const name = label === null ? undefined : names?.[label];
    return name === undefined ? t(`pins.origin.${origin}`) : t(`pins.originOf.${origin}`, { name });
  };
}

interface PinRowProps {
  readonly pin: Pin;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly isOn: boolean;
  readonly onToggle: (isOn: boolean) => void;
}

function PinRow({ pin, isFirst, isLast, isOn, onToggle }: PinRowProps) {
  const { t } = useText("paths");
  const { explorer, probe } = useStores();
  const nameOf = usePinName();
  const name = nameOf(pin);
  const move = (by: -1 | 1) => explorer.getState().set({ pins: movedPin(explorer.getState().pins, pin.id, by) });
  return (
    <li className={styles.pin} data-off={!isOn || undefined}>
      <button
        type="button"
        className={styles.place}
        title={t("pins.go", { id: pin.id })}
        aria-label={t("pins.go", { id: pin.id })}
        onClick={() => probe.getState().setCode(pin.z)}
      >
        <CodeTile z={pin.z} className={styles.tile} />
      </button>
      <label className={styles.pinName}>
        <input
          type="checkbox"
          checked={isOn}
          onChange={(event) => onToggle(event.target.checked)}
          aria-label={t("pins.on", { id: pin.id })}
        />
        <span>
          <b>{pin.id}</b> {name}
        </span>
      </label>
      <span className={styles.tools}>
        <IconButton label={t("pins.up", { id: pin.id })} isDisabled={isFirst} onPress={() => move(-1)}>
          <ArrowUp size={16} aria-hidden />
        </IconButton>
        <IconButton label={t("pins.down", { id: pin.id })} isDisabled={isLast} onPress={() => move(1)}>
          <ArrowDown size={16} aria-hidden />
        </IconButton>
        <IconButton label={t("pins.remove", { id: pin.id })} onPress={() => explorer.getState().unpin(pin.id)}>
          <X size={16} aria-hidden />
        </IconButton>
      </span>
    </li>
  );
}

/** A typical image of one class and one of another, as the ends of a path. */
function AddClasses({ classCodes }: { readonly classCodes: ClassCodes }) {
  const { t } = useText("paths");
  const pin = useExplorer((state) => state.pin);
  const latentDim = useRun((state) => state.network.latentDim);
  const { cloud, means, names } = classCodes;
  // A 3 and an 8, where there are such; else the first and the last class.
  const known = (label: number) => means.find((each) => each.label === label)?.label;
  const [chosen, setChosen] = useState<readonly [number, number] | null>(null);
  const [from, to] = chosen ?? [known(3) ?? means[0]!.label, known(8) ?? means.at(-1)!.label];
  const options = means.map(({ label }) => ({ id: String(label), label: names[label]! }));
  const add = () => {
    for (const label of [from, to]) {
      const mean = means.find((each) => each.label === label);
      const index = mean === undefined ? null : typicalExample(cloud.codes, cloud.labels!, mean);
      if (index !== null) pin({ z: codeOf(cloud, latentDim, index), origin: "example", label });
    }
  };
  return (
    <div className={styles.row}>
      <Select label={t("pins.classFrom")} options={options} value={String(from)} onChange={(id) => setChosen([Number(id), to])} />
      <Select label={t("pins.classTo")} options={options} value={String(to)} onChange={(id) => setChosen([from, Number(id)])} />
      <Button onPress={add}>{t("pins.addClasses")}</Button>
    </div>
  );
}
