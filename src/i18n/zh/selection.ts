/** A selection of points. */
import type { Catalogues, SameKeys } from "../catalogues";

export const selection: SameKeys<Catalogues["selection"]> = {
  title: "选择",
};
