/** More than two dimensions. */
import type { Catalogues, SameKeys } from "../catalogues";

export const dimensions: SameKeys<Catalogues["dimensions"]> = {
  title: "维度",
};
