/**
 * The probe for keyboards and screen readers: two sliders, one per shown dimension, out
 * of sight on the plot. Arrow keys move the probe both ways in either of them, as in a
 * colour picker; N steps through the points nearest to it.
 */
import { type KeyboardEvent, type Ref, type RefObject, useRef, useState } from "react";
import type { LatentPlotHandle } from "../../charts/LatentPlot";
import { useText } from "../../i18n/use-text";
import { fixedText } from "../../lib/number-text";
import { clamp } from "../../lib/clamp";
import { nearestExample } from "../../store/model-view";
import { usePreferences, useProbe, useRun, useStores } from "../stores";
import { axisName } from "./latent-text";

/** In units of z; with Shift the larger one. */
const STEP = { small: 0.1, large: 0.5 } as const;
/** How many neighbours N steps through. */
const NEIGHBOURS = 60;
const ZOOM = 1.25;

/** Key → steps along the horizontal and the vertical axis. */
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

interface ProbeKeysProps {
  /** The slider that takes the keys when the plot is pressed. */
  readonly ref: Ref<HTMLInputElement>;
  readonly plot: RefObject<LatentPlotHandle | null>;
}

export function ProbeKeys({ ref, plot }: ProbeKeysProps) {
  const { t } = useText("latent");
  const { probe } = useStores();
  const [across, up] = useProbe((state) => state.axes);
  const { announcement, stepThrough, forgetWalk } = useNeighbours(plot);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (!answerKey(event.key, event.shiftKey)) return;
    event.preventDefault();
  }

  /** Does what a key asks for; false when it asks for nothing. */
  function answerKey(key: string, isShift: boolean): boolean {
    const { z, axes, moveTo, hover } = probe.getState();
    const arrow = ARROWS[key];
    if (arrow !== undefined || key === "Home") {
      const step = isShift ? STEP.large : STEP.small;
      const next = (axis: number, steps: number) => (key === "Home" ? 0 : Math.round(((z[axis] ?? 0) + steps * step) * 100) / 100);
      // On a line up and down move along it too, as in any slider.
      const [dx, dy] = axes[0] === axes[1] && arrow ? [arrow[0] + arrow[1], 0] : (arrow ?? [0, 0]);
      const h = next(axes[0], dx);
      forgetWalk();
      moveTo(h, axes[0] === axes[1] ? h : next(axes[1], dy));
      plot.current?.reveal();
    } else if (key === "n" || key === "N") stepThrough(isShift ? -1 : 1);
    else if (key === "Escape" && probe.getState().hovered !== null) hover(null);
    else if (key === "+" || key === "=") plot.current?.zoom(ZOOM);
    else if (key === "-") plot.current?.zoom(1 / ZOOM);
    else if (key === "0") plot.current?.fit();
    else return false;
    return true;
  }

  const hands = { onKeyDown, onMove: () => plot.current?.reveal() };
  return (
    <fieldset className="visually-hidden" aria-label={t("probe")}>
      <AxisSlider ref={ref} axis={across} {...hands} />
      {up !== across && <AxisSlider axis={up} {...hands} />}
      <span aria-live="polite">{announcement}</span>
    </fieldset>
  );
}

interface AxisSliderProps {
  readonly axis: number;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  /** The slider itself was moved, as screen readers do. */
  readonly onMove: () => void;
  readonly ref?: Ref<HTMLInputElement>;
}

/** One dimension of the probe as a slider that is read out with the class nearest to it. */
function AxisSlider({ axis, onKeyDown, onMove, ref }: AxisSliderProps) {
  const { t } = useText("latent");
  const { probe } = useStores();
  const value = useProbe(({ z }) => z[axis] ?? 0);
  const name = useNearestName();
  const limit = Math.max(4, Math.ceil(Math.abs(value) * 2));
  const facts = { axis: axisName(axis), value: fixedText(value, 2) };
  return (
    <input
      ref={ref}
      type="range"
      min={-limit}
      max={limit}
      step="any"
      value={value}
      aria-label={t("probeAxis", { axis: axisName(axis) })}
      aria-roledescription={t("probeRole")}
      aria-valuetext={name === null ? t("probeAlone", facts) : t("probeAt", { ...facts, name })}
      onChange={(event) => {
        probe.getState().setZ(axis, event.target.valueAsNumber);
        onMove();
      }}
      onKeyDown={onKeyDown}
      onBlur={() => probe.getState().hover(null)}
    />
  );
}

/** The class of the example nearest to the probe, in the visitor's language. */
function useNearestName(): string | null {
  const { language } = useText("latent");
  const z = useProbe((state) => state.z);
  const snapshot = useRun((state) => state.snapshot);
  const ready = useRun((state) => state.ready);
  const hiddenClasses = usePreferences((state) => state.hiddenClasses);
  if (snapshot === null || ready === null) return null;
  const nearest = nearestExample(snapshot, ready.examples.labels, hiddenClasses, z);
  return nearest === null ? null : (ready.classNames[language][ready.examples.labels[nearest.index]!] ?? null);
}

/** Steps through the points nearest to the probe, marks and announces each. */
function useNeighbours(plot: RefObject<LatentPlotHandle | null>) {
  const { t, language } = useText("latent");
  const { probe, run } = useStores();
  const walk = useRef<{ readonly indices: readonly number[]; at: number } | null>(null);
  const [announcement, setAnnouncement] = useState("");

  function stepThrough(by: 1 | -1): void {
    // A walk whose point is no longer marked is over.
    if (walk.current === null || walk.current.indices[walk.current.at] !== probe.getState().hovered) {
      walk.current = { indices: plot.current?.nearestToProbe(NEIGHBOURS) ?? [], at: -1 };
    }
    const { indices } = walk.current;
    walk.current.at = clamp(walk.current.at + by, 0, Math.max(0, indices.length - 1));
    const index = indices[walk.current.at];
    const { ready } = run.getState();
    if (index === undefined || ready === null) return;
    probe.getState().hover(index);
    const name = ready.classNames[language][ready.examples.labels[index]!] ?? "";
    const isDraw = run.getState().config.model === "gan";
    setAnnouncement(isDraw ? t("drawPicture", { index: index + 1 }) : t("examplePicture", { index: index + 1, name }));
  }

  function forgetWalk(): void {
    walk.current = null;
    probe.getState().hover(null);
  }

  return { announcement, stepThrough, forgetWalk };
}
