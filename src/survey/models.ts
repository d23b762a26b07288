/** The models that the page has sent, the last few of them, ready to be looked at. */
import { describeNetwork, type Network } from "../model/network";
import { DATASETS } from "../protocol/datasets";
import type { WeightTable } from "../protocol/messages";
import type { RunConfig } from "../protocol/run-config";
import { KEPT_MODELS, type SurveyModel } from "../protocol/survey";

export interface KeptModel {
  readonly config: RunConfig;
  readonly network: Network;
  readonly weights: WeightTable;
}

export interface Models {
  readonly keep: (model: SurveyModel) => void;
  /**
   * The model of this key as it is now, whatever comes after it.
   *
   * @throws RangeError when looked at, if there is none or its weights do not fit its config.
   */
  readonly claim: (key: string | null) => () => KeptModel;
}

/** Forgets in the order of arrival, as the bridge assumes that it does. */
export function createModels(): Models {
  const kept = new Map<string, { readonly sent: SurveyModel; checked: KeptModel | null }>();
  return {
    keep(sent) {
      kept.delete(sent.key);
      kept.set(sent.key, { sent, checked: null });
      for (const key of [...kept.keys()].slice(0, -KEPT_MODELS)) kept.delete(key);
    },
    claim(key) {
      const entry = key === null ? undefined : kept.get(key);
      return () => {
        if (key === null) throw new RangeError("survey: this question needs a model, none was named");
        if (entry === undefined) throw new RangeError(`survey: there is no model ${key} here`);
        entry.checked ??= check(entry.sent);
        return entry.checked;
      };
    },
  };
}

function check({ config, weights }: SurveyModel): KeptModel {
  const network = describeNetwork(config, DATASETS[config.data].image);
  for (const { name, size } of network.parameters) {
    const values = weights[name];
    if (values?.length !== size) throw new RangeError(`survey: ${name} holds ${values?.length ?? "no"} numbers, the network wants ${size}`);
    requireFinite(name, values);
  }
  return { config, network, weights };
}

/** @throws RangeError naming the first number that is NaN or infinite. */
export function requireFinite(what: string, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) throw new RangeError(`survey: ${what} holds ${values[i]} at ${i}, every number must be finite`);
  }
}

/** The model, where it has an encoder. @throws RangeError of a GAN. */
export function requireEncoder(model: KeptModel): KeptModel {
  if (model.network.kind === "adversarial") throw new RangeError("survey: a GAN encodes nothing");
  return model;
}
