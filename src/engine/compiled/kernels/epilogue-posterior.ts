/** What the decoder's first input gradient does with the gradient by z: hands it to both heads, with the KL's. */
import { LOG_VAR_RANGE } from "../../../model/forward";
import type { HeadActivation } from "../../../protocol/run-config";
import { padded } from "../kernel";
import { fillTemplate } from "../template";
import { activationCode } from "./activation";
import { ELEMENTARY_WGSL } from "./elementary";
import { maskCode, type Epilogue } from "./epilogue";
import source from "./epilogue-posterior.wgsl?raw";
import { STATE_WGSL } from "./state";

/**
 * The gradient by z carried on to mean and log-variance; of an autoencoder, take `inputGradientEpilogue` of a linear layer.
 * Bindings: `heads`, `z`, `state` or where the KL is not what is charged `charge`, `dheads`.
 *
 * @param activation of both heads
 */
export function posteriorGradientEpilogue({
  latentDim,
  activation = "linear",
  charged = false,
}: {
  readonly latentDim: number;
  readonly activation?: HeadActivation;
  readonly charged?: boolean;
}): Epilogue {
  const isLinear = activation === "linear";
  const { min: least, max: most } = LOG_VAR_RANGE;
  const stride = padded(latentDim);
  return {
    label: "through the posterior",
    bindings: [
      { name: "heads", access: "read" },
      { name: "z", access: "read" },
      { name: charged ? "charge" : "state", access: "read" },
      { name: "dheads", access: "read_write" },
    ],
    types: { heads: "array<vec4f>", z: "array<vec4f>", state: "State", charge: "array<vec4f>", dheads: "array<vec4f>" },
    code: [
      // An activation brings the elementary functions with it.
      isLinear ? ELEMENTARY_WGSL : activationCode(activation),
      ...(charged ? [] : [STATE_WGSL]),
      maskCode({ size: latentDim, stride }),
      fillTemplate(source, { quads: stride / 4, least, most, charged, linear: isLinear }),
    ].join("\n"),
  };
}
