/** A survey that answers nothing, for views that are tested without one. */
import type { Survey } from "../protocol/survey";

export const NO_SURVEY: Survey = { ask: () => new Promise(() => {}) };
