/**
 * A walk through the probe's place in one direction, a latent dimension or the way from one
 * class's mean to another's, with its decodes; on `shapes` also what is measured in each of
 * them, so that one sees which factor the direction moves.
 */
import { useDeferredValue, useMemo, useState } from "react";
import { FilmStrip } from "../../../charts/FilmStrip";
import { SmallCurve } from "../../../charts/SmallCurve";
import { useText } from "../../../i18n/use-text";
import { fixedText } from "../../../lib/number-text";
import { decode } from "../../../model/forward";
import { measureShape } from "../../../model/shape-factors";
import type { Floats } from "../../../protocol/messages";
import { currentModel, toldClass } from "../../../store/model-view";
import { Select } from "../../../ui/Select";
import { codeReach } from "../../latent/latent-statistics";
import { axisName } from "../../latent/latent-text";
import { useProbe, useRun, useStores } from "../../stores";
import paths from "../paths/paths.module.css";
import { useClassCodes } from "../paths/use-examples";
import styles from "./arithmetic.module.css";
import {
  dimensionWalk,
  FACTOR_RANGES,
  factorCurves,
  mostMoved,
  movedTo,
  placesWalk,
  positionOn,
  positionsOf,
  walkCodes,
  type FactorCurve,
  type Walk,
} from "./traversal";

/** Of decodes in a walk: enough for a curve, few enough to follow the probe. */
const STEPS = 13;

/** Standard deviations of the prior. */
const REACH = 3;

type Direction = { readonly dimension: number } | { readonly from: number; readonly to: number };

export function Attributes() {
  const { t } = useText("paths");
  const { probe } = useStores();
  const isShapes = useRun(({ config }) => config.data === "shapes");
  const [direction, setDirection] = useState<Direction>({ dimension: 0 });
  const walk = useWalk(direction);
  const z = useProbe((state) => state.z);
  const steps = useWalkDecodes(walk);
  const image = useRun(({ network }) => network.image);
  if (walk === null || steps === null) return null;
  const shareOf = (position: number) => (position - walk.least) / (walk.most - walk.least);
  const now = positionOn(walk.unit, z);
  const at = Math.min(1, Math.max(0, shareOf(now)));
  return (
    <section className={paths.part} aria-label={t("attributes.title")}>
      <h3>{t("attributes.title")}</h3>
      <p>{t(isShapes ? "attributes.aboutShapes" : "attributes.about")}</p>
      <DirectionChoice direction={direction} onChange={setDirection} />
      <FilmStrip
        label={t("attributes.strip")}
        frames={steps.frames}
        shape={image}
        at={at}
        nameFrame={(frame) => t("attributes.frame", { value: fixedText(steps.positions[frame] ?? 0, 2) })}
        onPick={(place) => {
          const { z: here, setCode } = probe.getState();
          setCode(movedTo(walk.unit, here, walk.least + place * (walk.most - walk.least)));
        }}
      />
      <p className={paths.hint}>
        {t("attributes.ends", { least: fixedText(walk.least, 1), most: fixedText(walk.most, 1) })} ·{" "}
        {t("attributes.probeAt", { value: fixedText(now, 2) })}
      </p>
      {isShapes && <Factors frames={steps.frames} at={at} />}
    </section>
  );
}

/** Null before there is a model, and where the two classes have the same mean. */
function useWalk(direction: Direction): Walk | null {
  const snapshot = useRun((state) => state.snapshot);
  const latentDim = useRun((state) => state.network.latentDim);
  const classCodes = useClassCodes();
  return useMemo(() => {
    if (snapshot === null) return null;
    if ("dimension" in direction) {
      const isUnbounded = snapshot.adversarial === null && snapshot.posteriorLogVar === null; // an autoencoder's codes lie where they like
      const reach = isUnbounded ? Math.max(REACH, Math.ceil(codeReach(snapshot.posteriorMean))) : REACH;
      return dimensionWalk(latentDim, Math.min(direction.dimension, latentDim - 1), reach);
    }
    const meanOf = (label: number) => classCodes?.means.find((each) => each.label === label)?.mean;
    const [from, to] = [meanOf(direction.from), meanOf(direction.to)];
    return from === undefined || to === undefined ? null : (placesWalk(from, to) ?? dimensionWalk(latentDim, 0, REACH));
  }, [snapshot, latentDim, classCodes, direction]);
}

/** Lags a frame behind the probe where decoding takes long, never holds it up. */
function useWalkDecodes(walk: Walk | null): { readonly positions: readonly number[]; readonly frames: Floats } | null {
  const model = useRun(currentModel);
  const z = useDeferredValue(useProbe((state) => state.z));
  const told = useProbe((state) => state.label);
  return useMemo(() => {
    if (model === null || walk === null || z.length !== model.network.latentDim || walk.unit.length !== z.length) return null;
    const positions = positionsOf(walk, STEPS);
    const labels = new Uint8Array(STEPS).fill(toldClass(model.network, told) ?? 0);
    return { positions, frames: decode(model.network, model.weights, walkCodes(walk, z, positions), STEPS, labels) };
  }, [model, walk, z, told]);
}

interface DirectionChoiceProps {
  readonly direction: Direction;
  readonly onChange: (direction: Direction) => void;
}

function DirectionChoice({ direction, onChange }: DirectionChoiceProps) {
  const { t } = useText("paths");
  const latentDim = useRun((state) => state.network.latentDim);
  const classCodes = useClassCodes();
  const means = classCodes?.means ?? [];
  const dimensions = Array.from({ length: latentDim }, (_, d) => ({
    id: String(d),
    label: t("attributes.dimension", { axis: axisName(d) }),
  }));
  const options = means.length > 1 ? [...dimensions, { id: "classes", label: t("attributes.byClass") }] : dimensions;
  const classes = means.map(({ label }) => ({ id: String(label), label: classCodes!.names[label]! }));
  const choose = (id: string) => {
    onChange(id === "classes" ? { from: means[0]!.label, to: means.at(-1)!.label } : { dimension: Number(id) });
  };
  return (
    <div className={paths.row}>
      <Select
        label={t("attributes.direction")}
        options={options}
        value={"dimension" in direction ? String(Math.min(direction.dimension, latentDim - 1)) : "classes"}
        onChange={choose}
      />
      {"from" in direction && (
        <>
          <Select
            label={t("attributes.classFrom")}
            options={classes}
            value={String(direction.from)}
            onChange={(id) => onChange({ from: Number(id), to: direction.to })}
          />
          <Select
            label={t("attributes.classTo")}
            options={classes}
            value={String(direction.to)}
            onChange={(id) => onChange({ from: direction.from, to: Number(id) })}
          />
        </>
      )}
    </div>
  );
}

/** What each decode shows, measured. */
function Factors({ frames, at }: { readonly frames: Floats; readonly at: number }) {
  const { t, language } = useText("paths");
  const image = useRun(({ network }) => network.image);
  const names = useRun(({ material }) => material?.classNames[language]);
  const curves = useMemo(() => {
    const size = image.height * image.width;
    return factorCurves(Array.from({ length: STEPS }, (_, i) => measureShape(frames.subarray(i * size, (i + 1) * size), image)));
  }, [frames, image]);
  const most = mostMoved(curves);
  const isSeen = curves.some(({ values }) => values.some(Number.isFinite));
  if (!isSeen) return <p>{t("attributes.unseen")}</p>;
  const wordsOf = ({ factor, values }: FactorCurve) => {
    const finite = values.filter(Number.isFinite);
    if (finite.length === 0) return t("attributes.notSeen");
    if (factor === "shape") return [...new Set(finite)].map((shape) => names?.[shape] ?? String(shape)).join(" → ");
    const digits = factor === "angle" ? 0 : 1;
    const ends = { least: fixedText(Math.min(...finite), digits), most: fixedText(Math.max(...finite), digits) };
    return t(factor === "angle" ? "attributes.range.degrees" : "attributes.range.px", ends);
  };
  return (
    <>
      <p className={paths.verdict}>
        {most === null
          ? t("attributes.movesNothing")
          : t("attributes.moves", { factor: t(`attributes.factor.${most.factor}`), percent: fixedText(100 * most.share, 0) })}
      </p>
      <ul className={styles.factors}>
        {curves.map((curve) => {
          const name = t(`attributes.factorName.${curve.factor}`);
          const words = wordsOf(curve);
          return (
            <li key={curve.factor} data-most={curve === most || undefined}>
              <b>{name}</b> {words}
              <SmallCurve
                values={curve.values}
                range={rangeOf(curve)}
                isStepped={curve.factor === "shape"}
                at={at}
                label={t("attributes.curveOf", { factor: name, values: words })}
              />
            </li>
          );
        })}
      </ul>
      <p className={paths.hint}>{t("attributes.measured")}</p>
    </>
  );
}

/** The frame of a curve: what the data set covers; of an angle a quarter turn about its middle at least, so that small wobbles look small. */
function rangeOf({ factor, values }: FactorCurve): readonly [number, number] {
  if (factor === "shape") return [0, 2];
  if (factor !== "angle") return FACTOR_RANGES[factor];
  const finite = values.filter(Number.isFinite);
  const middle = finite.length === 0 ? 0 : (Math.min(...finite) + Math.max(...finite)) / 2;
  return [middle - 45, middle + 45];
}
