/** Arithmetic with codes, a − b + c with its pictures; beneath it, walks in one direction and what they change. */
import { useMemo, useState } from "react";
import { useText } from "../../../i18n/use-text";
import { countText, fixedText } from "../../../lib/number-text";
import { addDifference } from "../../../model/class-means";
import { pixelCount } from "../../../protocol/datasets";
import { nearestExample, toldClass } from "../../../store/model-view";
import { Button } from "../../../ui/Button";
import { Select } from "../../../ui/Select";
import { SampleTile } from "../../data/SampleTile";
import { useExplorer, useProbe, useRun, useStores } from "../../stores";
import { CodeTile } from "../CodeTile";
import { useClassCodes } from "../paths/use-examples";
import paths from "../paths/paths.module.css";
import styles from "./arithmetic.module.css";
import { Attributes } from "./Attributes";
import { firstOperands, operandCode, operandsOf, type OperandId, type OperandSources } from "./operands";

const SLOTS = ["a", "b", "c"] as const;

export function ArithmeticPanel() {
  const { t } = useText("paths");
  const sources = useSources();
  return (
    <div className={paths.panel}>
      <p>{t("arithmetic.about")}</p>
      {sources === null ? <p>{t("arithmetic.noModel")}</p> : <Sum sources={sources} />}
      <Attributes />
    </div>
  );
}

/** Null before the first snapshot. */
function useSources(): OperandSources | null {
  const snapshot = useRun((state) => state.snapshot);
  const material = useRun((state) => state.material);
  const latentDim = useRun((state) => state.network.latentDim);
  const classCodes = useClassCodes();
  const pins = useExplorer((state) => state.pins);
  const hand = useExplorer((state) => state.hand);
  const probe = useProbe((state) => state.z);
  return useMemo(() => {
    if (snapshot === null || material === null || probe.length !== latentDim) return null;
    const isGan = snapshot.adversarial !== null;
    const codes = classCodes?.cloud.codes ?? snapshot.posteriorMean;
    const nearest = isGan ? null : nearestExample(snapshot, material.examples.labels, [], probe);
    const means = classCodes?.means ?? [];
    return { latentDim, means, codes, labels: classCodes?.cloud.labels ?? null, pins, probe, hand, nearest: nearest?.index ?? null };
  }, [snapshot, material, latentDim, classCodes, pins, hand, probe]);
}

function Sum({ sources }: { readonly sources: OperandSources }) {
  const { t } = useText("paths");
  const [chosen, setChosen] = useState<readonly OperandId[] | null>(null);
  const ids = chosen ?? firstOperands(sources.means);
  const nameOf = useOperandName();
  const available = operandsOf(sources);
  const optionsOf = (chosenId: OperandId) => {
    const options = available.map((id) => ({ id, label: nameOf(id) }));
    return available.includes(chosenId) ? options : [{ id: chosenId, label: t("arithmetic.unavailable") }, ...options];
  };
  const codes = useSteady(ids.map((id) => operandCode(id, sources)));
  const [a, b, c] = codes;
  const result = useMemo(() => (a && b && c ? addDifference(a, b, c) : null), [a, b, c]);
  const images = sources.means.reduce((sum, mean) => sum + mean.images, 0);
  return (
    <section className={paths.part} aria-label={t("arithmetic.title")}>
      <div className={styles.sum}>
        {SLOTS.map((slot, i) => (
          <div key={slot} className={styles.operand} data-sign={["", "−", "+"][i]}>
            {codes[i] && <CodeTile z={codes[i]} label={t("arithmetic.pictureOf", { slot, name: nameOf(ids[i]!) })} />}
          </div>
        ))}
        <div className={styles.operand} data-sign="=" data-result>
          {result !== null && <CodeTile z={result} label={t("arithmetic.result")} />}
        </div>
      </div>
      <div className={styles.choices}>
        {SLOTS.map((slot, i) => (
          <Select
            key={slot}
            label={slot}
            options={optionsOf(ids[i]!)}
            value={ids[i]!}
            onChange={(next) => setChosen(ids.map((old, k) => (k === i ? next : old)))}
          />
        ))}
      </div>
      {result !== null && <Result z={result} />}
      <ToldNote />
      {images > 0 && <p className={paths.hint}>{t("arithmetic.meansNote", { number: countText(images) })}</p>}
    </section>
  );
}

/** The same code object while its numbers stay, so that its picture is not decoded anew when the probe moves. */
function useSteady(codes: readonly (readonly number[] | null)[]): readonly (readonly number[] | null)[] {
  const [kept, setKept] = useState(codes);
  const merged = codes.map((code, i) => (isSameCode(code, kept[i] ?? null) ? (kept[i] ?? null) : code));
  if (merged.length === kept.length && merged.every((code, i) => code === kept[i])) return kept;
  setKept(merged);
  return merged;
}

function isSameCode(one: readonly number[] | null, other: readonly number[] | null): boolean {
  return one === other || (one !== null && other !== null && one.length === other.length && one.every((value, d) => value === other[d]));
}

function useOperandName(): (id: OperandId) => string {
  const { t, language } = useText("paths");
  const names = useRun(({ material }) => material?.classNames[language]);
  return (id) => {
    const [kind, number] = id.split(":");
    const name = names?.[Number(number)] ?? "";
    if (kind === "mean") return t("arithmetic.mean", { name });
    if (kind === "typical") return t("arithmetic.typical", { name });
    if (kind === "pin") return t("arithmetic.pin", { id: Number(number) });
    return t(id === "hand" ? "arithmetic.hand" : id === "nearest" ? "arithmetic.nearest" : "arithmetic.probe");
  };
}

function Result({ z }: { readonly z: readonly number[] }) {
  const { t } = useText("paths");
  const { probe, explorer } = useStores();
  return (
    <>
      <div className={paths.row}>
        <Button onPress={() => explorer.getState().pin({ z, origin: "result", label: null })}>{t("arithmetic.pinResult")}</Button>
        <Button onPress={() => probe.getState().setCode(z)}>{t("arithmetic.toProbe")}</Button>
      </div>
      <NearestReal z={z} />
    </>
  );
}

/** The held-out image whose code lies nearest to the result. A GAN has no codes of images. */
function NearestReal({ z }: { readonly z: readonly number[] }) {
  const { t, language } = useText("paths");
  const snapshot = useRun((state) => state.snapshot);
  const material = useRun((state) => state.material);
  const nearest = useMemo(() => {
    if (snapshot === null || material === null || snapshot.adversarial !== null) return null;
    return nearestExample(snapshot, material.examples.labels, [], z);
  }, [snapshot, material, z]);
  const index = nearest?.index ?? null;
  const pixels = useMemo(() => {
    if (material === null || index === null) return null;
    const size = pixelCount(material.image);
    return material.examples.pixels.subarray(index * size, (index + 1) * size);
  }, [material, index]);
  if (nearest === null || material === null || pixels === null) return null;
  const name = material.classNames[language][material.examples.labels[nearest.index]!] ?? "";
  return (
    <div className={styles.nearest}>
      <div className={styles.small}>
        <SampleTile
          pixels={pixels}
          scale={255}
          shape={material.image}
          label={t("arithmetic.nearestPicture", { index: nearest.index + 1, name })}
        />
      </div>
      <div>
        {t("arithmetic.nearestExample")}
        <br />
        {t("arithmetic.nearestFacts", { name, distance: fixedText(nearest.distance, 2) })}
      </div>
    </div>
  );
}

function ToldNote() {
  const { t, language } = useText("paths");
  const network = useRun((state) => state.network);
  const told = toldClass(
    network,
    useProbe((state) => state.label),
  );
  const name = useRun(({ material }) => (told === null ? undefined : material?.classNames[language][told]));
  return name === undefined ? null : <p className={paths.hint}>{t("arithmetic.told", { name })}</p>;
}
