/** What the decoder's first input gradient does with the gradient by z: hands it to both heads, with the KL's. */
import { LOG_VAR_RANGE } from "../../../model/forward";
import { padded } from "../kernel";
import { fillTemplate } from "../template";
import { ELEMENTARY_WGSL } from "./elementary";
import { maskCode, type Epilogue } from "./epilogue";
import source from "./epilogue-posterior.wgsl?raw";
import { STATE_WGSL } from "./state";

/**
 * The gradient by z carried on to mean and log-variance; of an autoencoder, take `inputGradientEpilogue` of a linear layer.
 * Bindings: `heads`, `z`, `state`, `dheads`.
 */
export function posteriorGradientEpilogue({ latentDim }: { readonly latentDim: number }): Epilogue {
  const { min: least, max: most } = LOG_VAR_RANGE;
  const stride = padded(latentDim);
  return {
    label: "through the posterior",
    bindings: [
      { name: "heads", access: "read" },
      { name: "z", access: "read" },
      { name: "state", access: "read" },
      { name: "dheads", access: "read_write" },
    ],
    types: { heads: "array<vec4f>", z: "array<vec4f>", state: "State", dheads: "array<vec4f>" },
    code: [
      ELEMENTARY_WGSL,
      STATE_WGSL,
      maskCode({ size: latentDim, stride }),
      fillTemplate(source, { quads: stride / 4, least, most }),
    ].join("\n"),
  };
}
