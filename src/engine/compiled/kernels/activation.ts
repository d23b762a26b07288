/** The snippet of one activation function: `fn activate(x: vec4f) -> vec4f` and `fn activationSlope(y: vec4f) -> vec4f`. */
import { LEAKY_SLOPE } from "../../../model/forward";
import { ACTIVATIONS, type Activation } from "../../../protocol/run-config";
import { fillTemplate } from "../template";
import source from "./activation.wgsl?raw";
import { ELEMENTARY_WGSL } from "./elementary";

/** With the elementary functions it needs; a kernel holds one of these. */
export function activationCode(activation: Activation): string {
  const chosen = Object.fromEntries(ACTIVATIONS.map((name) => [name, name === activation]));
  return `${ELEMENTARY_WGSL}\n${fillTemplate(source, { ...chosen, slope: LEAKY_SLOPE })}`;
}
