/** A diagnosis in words: the measured numbers and how many examples they come from, or that there are none yet. */
import type { useText } from "../../i18n/use-text";
import { briefText, countText, fixedText } from "../../lib/number-text";
import type { Diagnosis } from "../../model/diagnosis";

type Translate = ReturnType<typeof useText<"notes">>["t"];

/** @param classNames in the visitor's language */
export function diagnosisText(t: Translate, diagnosis: Diagnosis, classNames: readonly string[]): string {
  if (diagnosis.measure === null) return t("unmeasured");
  const facts = factsOf(t, diagnosis, classNames);
  // Which facts a sentence wants depends on the check; that none is missing is a test's concern.
  const say = t as unknown as (key: string, facts: Readonly<Record<string, string>>) => string;
  if (diagnosis.verdict !== "pending") return say(`check.${diagnosis.check}.${diagnosis.verdict}`, facts);
  return t("early", { said: say(`check.${diagnosis.check}.clear`, facts) });
}

const percent = (share: number) => fixedText(100 * share, share > 0 && share < 0.1 ? 1 : 0);

/** Every number of the measure as text, under the names that the catalogues use. */
function factsOf(t: Translate, { check, measure }: Diagnosis, classNames: readonly string[]): Record<string, string> {
  switch (check) {
    case "kl-gradient":
      return told(measure!);
    case "lower-bound":
      return { ...told(measure!), steps: countText(measure!.steps) };
    case "heads": {
      const { negativeMeans, sigmasBelow1 } = measure!;
      return { ...told(measure!), negative: percent(negativeMeans), sharp: percent(sigmasBelow1) };
    }
    case "progress": {
      const { step, bitsPerPixel, shareOfWay } = measure!;
      return { step: countText(step), bits: fixedText(bitsPerPixel, 3), share: fixedText(100 * shareOfWay, 1) };
    }
    case "code-spread":
    case "collapse":
      return told(measure!);
    case "dead-units": {
      const { images, worst } = measure!;
      return { ...told({ images, dead: worst.dead, units: worst.units, number: worst.number }), side: t(`side.${worst.side}`) };
    }
    case "output-range": {
      const { below0, above1 } = measure!;
      return { ...told(measure!), below: percent(below0), above: percent(above1) };
    }
    case "saturation": {
      const { images, surelyFake, surelyReal } = measure!;
      return { images: countText(images), fake: percent(surelyFake), real: percent(surelyReal) };
    }
    case "coverage": {
      const { commonest, commonestShare } = measure!;
      return { ...told(measure!), name: classNames[commonest] ?? String(commonest), share: percent(commonestShare) };
    }
  }
}

function told(measure: object): Record<string, string> {
  const numbers = Object.entries(measure).filter((entry): entry is [string, number] => typeof entry[1] === "number");
  return Object.fromEntries(numbers.map(([name, value]) => [name, Number.isInteger(value) ? countText(value) : briefText(value)]));
}
