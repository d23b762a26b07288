/** The snippet of elementary functions that other kernels put in front of their own code. */
import { fillTemplate } from "../template";
import source from "./elementary.wgsl?raw";

/** `expm1`, `log1pUnit`, `logistic` and `hyperbolicTangent`, each of a `vec4f`. */
export const ELEMENTARY_WGSL = fillTemplate(source, {});
