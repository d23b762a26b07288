/**
 * The probe for keyboards and screen readers: two sliders, one per direction of the map,
 * out of sight on the plot. Arrow keys move the probe both ways in either of them, as in a
 * colour picker; other keys do what hands can do on the map (`map-keys`).
 */
import { type KeyboardEvent, type Ref, type RefObject, useRef, useState } from "react";
import type { LatentPlotHandle } from "../../charts/LatentPlot";
import { useText } from "../../i18n/use-text";
import { clamp } from "../../lib/clamp";
import { fixedText } from "../../lib/number-text";
import { nearestExample } from "../../store/model-view";
import { usePreferences, useProbe, useRun, useStores } from "../stores";
import { mapDeed, type MapDeed } from "./map-keys";
import { ProbeVoice } from "./ProbeVoice";
import { useMap, type LatentMap } from "./use-map";
import { useMapDeeds } from "./use-map-deeds";

/** In units of the map; with Shift the larger one. An embedding is some twenty units wide, and has no unit of its own. */
const STEPS = { plane: { small: 0.1, large: 0.5 }, embedding: { small: 0.25, large: 1 } } as const;
/** How many neighbours N steps through. */
const NEIGHBOURS = 60;
const ZOOM = 1.25;

export interface ProbeSlidersProps {
  /** The slider that takes the keys when the plot is pressed. */
  readonly ref: Ref<HTMLInputElement>;
  readonly plot: RefObject<LatentPlotHandle | null>;
}

export function ProbeSliders({ ref, plot }: ProbeSlidersProps) {
  const { t } = useText("latent");
  const { probe } = useStores();
  const map = useMap();
  const isLine = useProbe(({ z }) => z.length === 1);
  const { announcement, say, stepThrough, forgetWalk } = useNeighbours(plot);
  const answer = useMapDeeds(say);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const deed = mapDeed(event.key, event.shiftKey);
    if (deed === null || !carryOut(deed)) return;
    event.preventDefault();
  }

  /** False when there is nothing to do, so that others may take the key. */
  function carryOut(deed: MapDeed): boolean {
    switch (deed.kind) {
      case "move": {
        const { small, large } = STEPS[map.plane === null ? "embedding" : "plane"];
        moveProbe(map, deed.by, deed.isFar ? large : small);
        break;
      }
      case "home":
        probe.getState().setCode(map.lift(probe.getState().z, 0, 0));
        break;
      case "neighbour":
        stepThrough(deed.by);
        return true;
      case "zoom":
        plot.current?.zoom(deed.isIn ? ZOOM : 1 / ZOOM);
        return true;
      case "fit":
        plot.current?.fit();
        return true;
      default:
        return answer(deed);
    }
    forgetWalk();
    plot.current?.reveal();
    return true;
  }

  function moveProbe({ place, lift }: LatentMap, [dx, dy]: readonly [number, number], step: number): void {
    const { z, setCode } = probe.getState();
    const [h, v] = place(z);
    const next = (from: number, by: number) => (by === 0 ? from : Math.round((from + by * step) * 100) / 100);
    // On a line up and down move along it too, as in any slider.
    setCode(isLine ? lift(z, next(h, dx + dy), 0) : lift(z, next(h, dx), next(v, dy)));
  }

  const hands = { map, onKeyDown, onMove: () => plot.current?.reveal() };
  return (
    <fieldset className="visually-hidden" aria-label={t("probe")}>
      <MapSlider ref={ref} side={0} {...hands} />
      {!isLine && <MapSlider side={1} {...hands} />}
      <span aria-live="polite">{announcement}</span>
      <ProbeVoice />
    </fieldset>
  );
}

interface MapSliderProps {
  readonly map: LatentMap;
  /** Horizontal or vertical. */
  readonly side: 0 | 1;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  /** The slider itself was moved, as screen readers do. */
  readonly onMove: () => void;
  readonly ref?: Ref<HTMLInputElement>;
}

/** One direction of the map as a slider that is read out with the class nearest to it. */
function MapSlider({ map, side, onKeyDown, onMove, ref }: MapSliderProps) {
  const { t } = useText("latent");
  const { probe } = useStores();
  const value = useProbe(({ z }) => map.place(z)[side]);
  const name = useNearestName();
  const limit = Math.max(4, Math.ceil(Math.abs(value) * 2));
  const axis = map.names[side] || t(side === 0 ? "horizontal" : "vertical");
  const facts = { axis, value: fixedText(value, 2) };
  const onChange = (to: number) => {
    const { z, setCode } = probe.getState();
    const [h, v] = map.place(z);
    setCode(side === 0 ? map.lift(z, to, v) : map.lift(z, h, to));
    onMove();
  };
  return (
    <input
      ref={ref}
      type="range"
      min={-limit}
      max={limit}
      step="any"
      value={value}
      aria-label={t("probeAxis", { axis })}
      aria-roledescription={t("probeRole")}
      aria-valuetext={name === null ? t("probeAlone", facts) : t("probeAt", { ...facts, name })}
      onChange={(event) => onChange(event.target.valueAsNumber)}
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
  const material = useRun((state) => state.material);
  const hiddenClasses = usePreferences((state) => state.hiddenClasses);
  if (snapshot === null || material === null) return null;
  const nearest = nearestExample(snapshot, material.examples.labels, hiddenClasses, z);
  return nearest === null ? null : (material.classNames[language][material.examples.labels[nearest.index]!] ?? null);
}

/** Steps through the points nearest to the probe, marks and announces each. */
function useNeighbours(plot: RefObject<LatentPlotHandle | null>) {
  const { t, language } = useText("latent");
  const { probe, run } = useStores();
  const walk = useRef<{ readonly indices: readonly number[]; at: number } | null>(null);
  const [announcement, say] = useState("");

  function stepThrough(by: 1 | -1): void {
    // A walk whose point is no longer marked is over.
    if (walk.current === null || walk.current.indices[walk.current.at] !== probe.getState().hovered) {
      walk.current = { indices: examplesNear(NEIGHBOURS), at: -1 };
    }
    const { indices } = walk.current;
    walk.current.at = clamp(walk.current.at + by, 0, Math.max(0, indices.length - 1));
    const index = indices[walk.current.at];
    const { material, config } = run.getState();
    if (index === undefined || material === null) return;
    probe.getState().hover(index);
    const name = material.classNames[language][material.examples.labels[index]!] ?? "";
    say(config.model === "gan" ? t("drawPicture", { index: index + 1 }) : t("examplePicture", { index: index + 1, name }));
  }

  /** Of the shown points near the probe the examples, of which there are pictures. */
  function examplesNear(limit: number): readonly number[] {
    const { material, config } = run.getState();
    const examples = config.model === "gan" ? Infinity : (material?.examples.labels.length ?? 0);
    return plot.current?.nearestToProbe(limit).filter((index) => index < examples) ?? [];
  }

  function forgetWalk(): void {
    walk.current = null;
    probe.getState().hover(null);
  }

  return { announcement, say, stepThrough, forgetWalk };
}
