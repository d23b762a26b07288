/** Names, words and number formats of the loss curves, in the visitor's language. */
import { useMemo } from "react";
import type { LossText } from "../../charts/loss-text";
import { useText } from "../../i18n/use-text";
import { briefText, countText, fixedText } from "../../lib/number-text";
import type { CurveNames } from "./loss-chart-data";
import { natsText } from "./nats-text";

/** The same two objects until the language or the kind of model changes. */
export function useLossText(isVae: boolean, stopStep: number | null): { readonly names: CurveNames; readonly text: LossText } {
  const { t } = useText("objective");
  const names = useMemo(
    (): CurveNames => ({
      objective: t("curves.objective"),
      reconstruction: t("curves.reconstruction"),
      kl: t("curves.kl"),
      floor: ({ train, heldOut }) => {
        const said = { train: natsText(train), heldOut: natsText(heldOut) };
        return {
          full: said.train === said.heldOut ? t("curves.floor", said) : t("curves.floorBoth", said),
          short: t("curves.floorShort"),
        };
      },
    }),
    [t],
  );
  const text = useMemo(
    (): LossText => ({
      figure: t("curves.title"),
      unit: t("curves.unit"),
      step: t("curves.step"),
      epoch: t("curves.epoch"),
      steps: t("curves.steps"),
      epochs: t("curves.epochs"),
      training: t("curves.training"),
      heldOut: t("curves.heldOut"),
      empty: t("curves.empty"),
      stopped: t("curves.stopped", { step: countText(stopStep ?? 0) }),
      reader: t("curves.reader"),
      tableCaption: t("curves.tableCaption"),
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
      rates: ({ learningRate, beta }) =>
        isVae
          ? t("curves.rates", { rate: briefText(learningRate), beta: briefText(beta) })
          : t("curves.ratesAe", { rate: briefText(learningRate) }),
    }),
    [t, isVae, stopStep],
  );
  return { names, text };
}
