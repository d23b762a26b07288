/** Runs that were trained beforehand. */
import type { Catalogues, SameKeys } from "../catalogues";

export const recorded: SameKeys<Catalogues["recorded"]> = {
  title: "预先训练的模型",
};
