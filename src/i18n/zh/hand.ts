/** The visitor's own picture. */
import type { Catalogues, SameKeys } from "../catalogues";

export const hand: SameKeys<Catalogues["hand"]> = {
  title: "你的图像",
};
