/** The snippet of seeded random numbers that other kernels put in front of their own code. */
import { fillTemplate } from "../template";
import source from "./random.wgsl?raw";

/** `threefry2x32`, `unitFromU32`, `standardNormal` and `permutedIndex`: the twins of `lib/random`. */
export const RANDOM_WGSL = fillTemplate(source, {});
