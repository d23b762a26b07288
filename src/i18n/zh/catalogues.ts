/** Every Chinese catalogue, as one lazy chunk. */
import type { Catalogues, SameKeys } from "../catalogues";
import { adversary } from "./adversary";
import { data } from "./data";
import { exchange } from "./exchange";
import { failures } from "./failures";
import { families } from "./families";
import { latent } from "./latent";
import { layers } from "./layers";
import { merit } from "./merit";
import { network } from "./network";
import { notes } from "./notes";
import { objective } from "./objective";
import { panels } from "./panels";
import { presets } from "./presets";
import { shell } from "./shell";
import { terms } from "./terms";

export const chinese: SameKeys<Catalogues> = {
  shell,
  terms,
  failures,
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
};
