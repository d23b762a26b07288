/** The explorer: its page, layers and probe. */
import type { Catalogues, SameKeys } from "../catalogues";

export const explore: SameKeys<Catalogues["explore"]> = {
  title: "潜空间探索",
};
