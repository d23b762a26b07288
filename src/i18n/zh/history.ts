/** A run's past as a film. */
import type { Catalogues, SameKeys } from "../catalogues";

export const history: SameKeys<Catalogues["history"]> = {
  title: "历史",
};
