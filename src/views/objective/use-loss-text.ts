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

type Translate = ReturnType<typeof useText<"objective">>["t"];

/** The same two objects until the language, the kind of model or its rates change. */
export function useLossText(
  config: RunConfig,
  marks: readonly RateMark[],
  stopStep: number | null,
): { readonly names: CurveNames; readonly text: LossText } {
  const { t } = useText("objective");
  const names = useMemo(() => namesOf(t, config), [t, config]);
  const text = useMemo(() => textOf(t, config, marks, stopStep), [t, config, marks, stopStep]);
  return { names, text };
}

/** What each term is called in this family. */
export function termNames(t: Translate, config: RunConfig): Readonly<Record<LossTerm, string>> {
  const { kind } = chargeOf(config) ?? {};
  return {
    objective: t("curves.objective"),
    reconstruction: t("curves.reconstruction"),
    kl: kind === "detachedKl" || kind === "codeMean" ? t(`curves.${kind}`) : t("curves.kl"),
    penalty: t(kind === "capacity" ? "curves.capacityPenalty" : "curves.freeBits"),
    discriminator: t("curves.discriminator"),
    generator: t("curves.generator"),
    realScore: t("curves.realScore"),
    fakeScore: t("curves.fakeScore"),
  };
}

function namesOf(t: Translate, config: RunConfig): CurveNames {
  return {
    term: termNames(t, config),
    beta: t(`curves.${weightName(config)}`),
    capacity: t("curves.capacity"),
    equilibrium: {
      discriminator: t("curves.equilibrium", { name: t("curves.discriminator") }),
      generator: t("curves.equilibrium", { name: t("curves.generator") }),
    },
    undecided: t("curves.undecided"),
    floor: ({ train, heldOut }) => {
      const said = { train: natsText(train), heldOut: natsText(heldOut) };
      return {
        full: said.train === said.heldOut ? t("curves.floor", said) : t("curves.floorBoth", said),
        short: t("curves.floorShort"),
      };
    },
    gaussianFloor: (floor) => ({ full: t("curves.gaussianFloor", { floor: natsText(floor) }), short: t("curves.gaussianFloorShort") }),
  };
}

function textOf(t: Translate, config: RunConfig, marks: readonly RateMark[], stopStep: number | null): LossText {
  const isGame = config.model === "gan";
  const hasWeight = chargeOf(config) !== null;
  const name = t(`curves.${weightName(config)}`);
  const rates = ratesOf({ config, marks });
  return {
    figure: t("curves.title"),
    unit: isGame ? t("curves.lossUnit") : t("curves.unit"),
    step: t("curves.step"),
    epoch: t("curves.epoch"),
    steps: t("curves.steps"),
    epochs: t("curves.epochs"),
    training: t("curves.training"),
    heldOut: t("curves.heldOut"),
    empty: t("curves.empty"),
    stopped: t("curves.stopped", { step: countText(stopStep ?? 0) }),
    reader: t("curves.reader"),
    shown: (step) => t("curves.shown", { step: countText(step) }),
    tableCaption: t(isGame ? "curves.tableCaptionGame" : isPointCloud(config.data) ? "curves.tableCaptionPoints" : "curves.tableCaption"),
    nats: natsText,
    count: countText,
    tick: fixedText,
    change: (before, after) =>
      [
        before.learningRate === after.learningRate
          ? ""
          : t("curves.rateChange", { before: briefText(before.learningRate), after: briefText(after.learningRate) }),
        before.beta === after.beta ? "" : t("curves.betaChange", { before: briefText(before.beta), after: briefText(after.beta) }),
      ]
        .filter((part) => part !== "")
        .join(" · "),
    rates: ({ learningRate }, step) => {
      const rate = briefText(learningRate);
      return hasWeight
        ? t("curves.rates", { rate, name, beta: briefText(betaOfStep(config, rates, step)) })
        : t("curves.ratesAe", { rate });
    },
  };
}
