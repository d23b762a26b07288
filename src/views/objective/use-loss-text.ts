/** Names, words and number formats of the loss curves, in the visitor's language. */
import { useMemo } from "react";
import type { LossText } from "../../charts/loss-text";
import { useText } from "../../i18n/use-text";
import { briefText, countText, fixedText } from "../../lib/number-text";
import { isPointCloud } from "../../protocol/datasets";
import type { LossTerm } from "../../protocol/loss-terms";
import type { RunConfig } from "../../protocol/run-config";
import type { RateMark } from "../../store/run-store";
import { chargeOf, weightName } from "./charge";
import type { CurveNames } from "./loss-chart-data";
import { natsText } from "./nats-text";
import { betaOfStep, ratesOf } from "./run-figures";

type Translate = ReturnType<typeof useText<"curves">>["t"];
type CardTranslate = ReturnType<typeof useText<"objective">>["t"];

/** The same two objects until the language, the kind of model or its rates change. */
export function useLossText(
  config: RunConfig,
  marks: readonly RateMark[],
  stopStep: number | null,
): { readonly names: CurveNames; readonly text: LossText } {
  const { t } = useText("curves");
  const { t: card } = useText("objective");
  const names = useMemo(() => namesOf(t, config), [t, config]);
  const text = useMemo(() => textOf(t, card, config, marks, stopStep), [t, card, config, marks, stopStep]);
  return { names, text };
}

/** What each term is called in this family. */
export function termNames(t: Translate, config: RunConfig): Readonly<Record<LossTerm, string>> {
  const { kind } = chargeOf(config) ?? {};
  return {
    objective: t("objective"),
    reconstruction: t("reconstruction"),
    kl: kind === "detachedKl" || kind === "codeMean" ? t(kind) : t("kl"),
    penalty: t(kind === "capacity" ? "capacityPenalty" : "freeBits"),
    discriminator: t("discriminator"),
    generator: t("generator"),
    realScore: t("realScore"),
    fakeScore: t("fakeScore"),
  };
}

function namesOf(t: Translate, config: RunConfig): CurveNames {
  return {
    term: termNames(t, config),
    beta: t(weightName(config)),
    capacity: t("capacity"),
    equilibrium: {
      discriminator: t("equilibrium", { name: t("discriminator") }),
      generator: t("equilibrium", { name: t("generator") }),
    },
    undecided: t("undecided"),
    floor: ({ train, heldOut }) => {
      const said = { train: natsText(train), heldOut: natsText(heldOut) };
      return {
        full: said.train === said.heldOut ? t("floor", said) : t("floorBoth", said),
        short: t("floorShort"),
      };
    },
    gaussianFloor: (floor) => ({ full: t("gaussianFloor", { floor: natsText(floor) }), short: t("gaussianFloorShort") }),
  };
}

function textOf(t: Translate, card: CardTranslate, config: RunConfig, marks: readonly RateMark[], stopStep: number | null): LossText {
  const isGame = config.model === "gan";
  const hasWeight = chargeOf(config) !== null;
  const name = t(weightName(config));
  const rates = ratesOf({ config, marks });
  return {
    figure: card("curves.title"),
    unit: isGame ? t("lossUnit") : card("curves.unit"),
    step: t("step"),
    epoch: t("epoch"),
    steps: t("steps"),
    epochs: t("epochs"),
    training: t("training"),
    heldOut: card("curves.heldOut"),
    empty: t("empty"),
    stopped: t("stopped", { step: countText(stopStep ?? 0) }),
    reader: t("reader"),
    shown: (step) => t("shown", { step: countText(step) }),
    tableCaption: t(isGame ? "tableCaptionGame" : isPointCloud(config.data) ? "tableCaptionPoints" : "tableCaption"),
    nats: natsText,
    count: countText,
    tick: fixedText,
    change: (before, after) =>
      [
        before.learningRate === after.learningRate
          ? ""
          : t("rateChange", { before: briefText(before.learningRate), after: briefText(after.learningRate) }),
        before.beta === after.beta ? "" : t("betaChange", { before: briefText(before.beta), after: briefText(after.beta) }),
      ]
        .filter((part) => part !== "")
        .join(" · "),
    rates: ({ learningRate }, step) => {
      const rate = briefText(learningRate);
      return hasWeight ? t("rates", { rate, name, beta: briefText(betaOfStep(config, rates, step)) }) : t("ratesAe", { rate });
    },
  };
}
