/** Who answers what. What few ask comes with code of its own, when it is asked. */
import type { QuestionKind } from "../protocol/survey";
import { codes } from "./codes";
import { density } from "./density";
import { imageBytes } from "./image-bytes";
import { losses } from "./losses";
import { neighbours } from "./neighbours";
import type { Handler } from "./question";
import { recorded } from "./recorded";
import { regions } from "./regions";

export const HANDLERS: { readonly [Kind in QuestionKind]: Handler<Kind> } = {
  recorded,
  codes,
  images: imageBytes,
  neighbours,
  losses,
  regions,
  density,
  magnification: async (...asked) => (await import("./magnification")).magnification(...asked),
  geodesic: async (...asked) => (await import("./geodesic")).geodesic(...asked),
  principal: async (...asked) => (await import("./principal")).principal(...asked),
  umap: async (...asked) => (await import("./umap")).umap(...asked),
};
