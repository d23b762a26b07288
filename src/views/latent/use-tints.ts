/**
 * What colours single points: how badly their image is reconstructed, and, while some are
 * selected, that the others are not.
 */
import { useMemo } from "react";
import { hexOf, rgbOf, type Rgb } from "../../charts/ink";
import type { DotTints } from "../../charts/latent-frame";
import { rampSteps, type Ramp } from "../../charts/map-ramp";
import { pixelCount } from "../../protocol/datasets";
import type { SurveyModel } from "../../protocol/survey";
import { useSurveyAnswer } from "../explore/use-survey";
import { useExplorer, usePreferences, useRun } from "../stores";
import type { ShownPoints } from "./use-cloud";

const STEPS = 16;
/** How far a point that is not selected goes from the card's colour towards its own. */
const DIM = 0.22;
/** Part of the losses above the key's end: a few hopeless images must not make all others look alike. */
const STRAY = 0.02;

export interface ErrorRange {
  /** Nats. */
  readonly least: number;
  readonly most: number;
}

export interface PointTints {
  /** Of the plot's own points; null where each has its class's colour. */
  readonly examples: DotTints | null;
  /** Of the others; `shades` null where each has its class's colour. */
  readonly many: { readonly colours: readonly string[]; readonly shades: Uint8Array | null };
  /** Null while error is not shown. */
  readonly error: ErrorRange | null;
}

interface TintNeeds {
  readonly points: ShownPoints | null;
  readonly model: SurveyModel | null;
  /** By class number. */
  readonly colours: readonly string[];
  readonly card: Rgb;
  readonly ramp: Ramp;
}

export function useTints({ points, model, colours, card, ramp }: TintNeeds): PointTints {
  const losses = useLosses(points?.exampleCount ?? 0, model);
  const selection = useExplorer((state) => state.selection);
  // Not `points` itself: every snapshot brings another, and tens of thousands of points would be painted anew for nothing.
  const own = points?.examples.labels ?? null;
  const many = points?.many?.labels ?? null;
  const exampleCount = points?.exampleCount ?? 0;
  const count = points?.count ?? 0;
  return useMemo(() => {
    const error = losses === null ? null : errorRange(losses);
    const ownColours = error === null ? colours : rampSteps(ramp, STEPS);
    const selected = selection === null ? null : new Set(selection);
    const shadeOf = (point: number, length: number, shade: number) =>
      (shade % length) + (selected === null || selected.has(point) ? 0 : length);
    const ownShades = Uint8Array.from({ length: exampleCount }, (_, i) =>
      shadeOf(i, ownColours.length, error === null || losses === null ? (own?.[i] ?? 0) : errorStep(losses[i]!, error)),
    );
    const isPlain = error === null && selected === null;
    const manyShades =
      selected === null
        ? null
        : Uint8Array.from({ length: count - exampleCount }, (_, i) => shadeOf(exampleCount + i, colours.length, many?.[i] ?? 0));
    // Images whose error nobody has asked about are pale beside those that are coloured by it.
    const manyColours = error === null ? colours : colours.map(() => hexOf(blend(card, rgbOf(ramp[0]!), 0.6)));
    return {
      examples: isPlain ? null : { colours: [...ownColours, ...dimmed(ownColours, card)], of: ownShades },
      many: { colours: manyShades === null ? manyColours : [...manyColours, ...dimmed(manyColours, card)], shades: manyShades },
      error,
    };
  }, [own, many, exampleCount, count, losses, selection, colours, card, ramp]);
}

function dimmed(colours: readonly string[], card: Rgb): string[] {
  return colours.map((colour) => hexOf(blend(card, rgbOf(colour), DIM)));
}

function blend(from: Rgb, to: Rgb, part: number): Rgb {
  const mix = (channel: 0 | 1 | 2) => from[channel] + (to[channel] - from[channel]) * part;
  return [mix(0), mix(1), mix(2)];
}

/** Reconstruction loss of each example, nats; null while it is not wanted or not known. */
function useLosses(count: number, model: SurveyModel | null): Float32Array | null {
  const isWanted = usePreferences((state) => state.layers.error && state.layers.points) && model?.config.model !== "gan";
  const material = useRun((state) => state.material);
  const ask = useMemo(() => {
    if (!isWanted || material === null || count === 0) return null;
    const { pixels, labels } = material.examples;
    return { pixels: pixels.slice(0, count * pixelCount(material.image)), labels: labels.slice(0, count) };
  }, [isWanted, material, count]);
  const { answer } = useSurveyAnswer("losses", ask, { model });
  return isWanted && answer?.losses.length === count ? answer.losses : null;
}

/** From the least loss to one that few exceed. */
export function errorRange(losses: Float32Array): ErrorRange | null {
  const known = losses.filter(Number.isFinite).toSorted();
  const [least, most] = [known[0], known[Math.floor((known.length - 1) * (1 - STRAY))]];
  return least === undefined || most === undefined ? null : { least, most };
}

function errorStep(loss: number, { least, most }: ErrorRange): number {
  const part = (loss - least) / (most - least || 1);
  return Math.round(Math.min(1, Math.max(0, part || 0)) * (STEPS - 1));
}
