/** Paths between pinned places, and arithmetic with codes. */
import type { Catalogues, SameKeys } from "../catalogues";

export const paths: SameKeys<Catalogues["paths"]> = {
  title: "路径",
};
