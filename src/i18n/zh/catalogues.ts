/** Every Chinese catalogue, as one lazy chunk. */
import type { Catalogues, SameKeys } from "../catalogues";
import { adversary } from "./adversary";
import { curves } from "./curves";
import { data } from "./data";
import { exchange } from "./exchange";
import { dimensions } from "./dimensions";
import { explore } from "./explore";
import { failures } from "./failures";
import { families } from "./families";
import { hand } from "./hand";
import { history } from "./history";
import { latent } from "./latent";
import { layers } from "./layers";
import { merit } from "./merit";
import { network } from "./network";
import { notes } from "./notes";
import { objective } from "./objective";
import { panels } from "./panels";
import { paths } from "./paths";
import { presets } from "./presets";
import { recorded } from "./recorded";
import { selection } from "./selection";
import { shell } from "./shell";
import { terms } from "./terms";

export const chinese: SameKeys<Catalogues> = {
  shell,
  terms,
  failures,
  curves,
  presets,
  latent,
  objective,
  network,
  data,
  layers,
  panels,
  families,
  adversary,
  notes,
  merit,
  exchange,
  explore,
  paths,
  dimensions,
  hand,
  selection,
  history,
  recorded,
};
