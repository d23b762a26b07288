/**
 * The catalogues by area and the shape they share: English is the truth for
 * keys, any other language has the same ones (a type here, a test for the
 * placeholders).
 *
 * English is bundled, all but what is only read once something opens. Chinese comes
 * in one chunk of its own.
 */
import { data } from "./en/data";
import { latent } from "./en/latent";
import { network } from "./en/network";
import { objective } from "./en/objective";
import { shell } from "./en/shell";
import type { adversary } from "./en/adversary";
import type { exchange } from "./en/exchange";
import type { curves } from "./en/curves";
import type { dimensions } from "./en/dimensions";
import type { explore } from "./en/explore";
import type { failures } from "./en/failures";
import type { families } from "./en/families";
import type { hand } from "./en/hand";
import type { history } from "./en/history";
import type { layers } from "./en/layers";
import type { merit } from "./en/merit";
import type { notes } from "./en/notes";
import type { panels } from "./en/panels";
import type { paths } from "./en/paths";
import type { presets } from "./en/presets";
import type { recorded } from "./en/recorded";
import type { selection } from "./en/selection";
import type { terms } from "./en/terms";

export const english = { shell, latent, objective, network, data };

/** English areas that are only read once something opens. */
export const LAZY_ENGLISH = {
  failures: async () => (await import("./en/failures")).failures,
  curves: async () => (await import("./en/curves")).curves,
  terms: async () => (await import("./en/terms")).terms,
  presets: async () => (await import("./en/presets")).presets,
  layers: async () => (await import("./en/layers")).layers,
  panels: async () => (await import("./en/panels")).panels,
  families: async () => (await import("./en/families")).families,
  adversary: async () => (await import("./en/adversary")).adversary,
  notes: async () => (await import("./en/notes")).notes,
  merit: async () => (await import("./en/merit")).merit,
  exchange: async () => (await import("./en/exchange")).exchange,
  explore: async () => (await import("./en/explore")).explore,
  paths: async () => (await import("./en/paths")).paths,
  dimensions: async () => (await import("./en/dimensions")).dimensions,
  hand: async () => (await import("./en/hand")).hand,
  selection: async () => (await import("./en/selection")).selection,
  history: async () => (await import("./en/history")).history,
  recorded: async () => (await import("./en/recorded")).recorded,
} as const;
export type LazyNamespace = keyof typeof LAZY_ENGLISH;

export const LANGUAGES = ["en", "zh"] as const;
export type Language = (typeof LANGUAGES)[number];

export interface Catalogues extends Readonly<typeof english> {
  readonly failures: typeof failures;
  readonly curves: typeof curves;
  readonly terms: typeof terms;
  readonly presets: typeof presets;
  readonly layers: typeof layers;
  readonly panels: typeof panels;
  readonly families: typeof families;
  readonly adversary: typeof adversary;
  readonly notes: typeof notes;
  readonly merit: typeof merit;
  readonly exchange: typeof exchange;
  readonly explore: typeof explore;
  readonly paths: typeof paths;
  readonly dimensions: typeof dimensions;
  readonly hand: typeof hand;
  readonly selection: typeof selection;
  readonly history: typeof history;
  readonly recorded: typeof recorded;
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
