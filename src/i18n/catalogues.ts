/**
 * The catalogues by area and the shape they share: English is the truth for
 * keys, any other language has the same ones (a type here, a test for the
 * placeholders).
 *
 * English is bundled, all but what is only read once something opens. Chinese comes
 * in one chunk of its own.
 */
import { data } from "./en/data";
import { failures } from "./en/failures";
import { latent } from "./en/latent";
import { network } from "./en/network";
import { objective } from "./en/objective";
import { shell } from "./en/shell";
import type { layers } from "./en/layers";
import type { panels } from "./en/panels";
import type { presets } from "./en/presets";
import type { terms } from "./en/terms";

export const english = { shell, failures, latent, objective, network, data };

/** English areas that are only read once something opens. */
export const LAZY_ENGLISH = {
  terms: async () => (await import("./en/terms")).terms,
  presets: async () => (await import("./en/presets")).presets,
  layers: async () => (await import("./en/layers")).layers,
  panels: async () => (await import("./en/panels")).panels,
} as const;
export type LazyNamespace = keyof typeof LAZY_ENGLISH;

export const LANGUAGES = ["en", "zh"] as const;
export type Language = (typeof LANGUAGES)[number];

export interface Catalogues extends Readonly<typeof english> {
  readonly terms: typeof terms;
  readonly presets: typeof presets;
  readonly layers: typeof layers;
  readonly panels: typeof panels;
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
