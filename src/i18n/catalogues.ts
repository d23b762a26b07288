/**
 * The catalogues by area and the shape they share: English is the truth for
 * keys, any other language has the same ones (a type here, a test for the
 * placeholders).
 *
 * English is bundled, all but the terms: a term's text is only read once its
 * popover opens. Chinese comes in one chunk of its own.
 */
import { data } from "./en/data";
import { failures } from "./en/failures";
import { latent } from "./en/latent";
import { network } from "./en/network";
import { objective } from "./en/objective";
import { presets } from "./en/presets";
import { shell } from "./en/shell";
import type { terms } from "./en/terms";

export const english = { shell, failures, presets, latent, objective, network, data };

export const LANGUAGES = ["en", "zh"] as const;
export type Language = (typeof LANGUAGES)[number];

export interface Catalogues extends Readonly<typeof english> {
  readonly terms: typeof terms;
}
export type Namespace = keyof Catalogues;
export type TermId = keyof Catalogues["terms"];

/** The same keys, any text. */
export type SameKeys<T> = { readonly [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> };

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "shell";
    resources: Catalogues;
  }
}
