/** Every Chinese catalogue, as one lazy chunk. */
import type { Catalogues, SameKeys } from "../catalogues";
import { data } from "./data";
import { failures } from "./failures";
import { latent } from "./latent";
import { layers } from "./layers";
import { network } from "./network";
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
};
