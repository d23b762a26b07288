/**
 * Prints the compiled engine's plan for an experiment: `npm run plan -- "<query of an
 * address>"`, as the page's address has it behind the `?`. Without one, the default.
 *
 *   npm run plan -- "z=20&enc=c32,c64,16&dec=3136,c64,c32&batch=32"
 *
 * Sizes and grids are those of untuned kernels on a device that offers no more than every one does.
 */
import { describePlan } from "../src/engine/compiled/describe-plan";
import { makePlan } from "../src/engine/compiled/make-plan";
import { FLOOR_LIMITS } from "../src/engine/compiled/plan-limits";
import { NotCompilable } from "../src/engine/compiled/plan";
import { DEFAULT_TUNING } from "../src/engine/compiled/tuning-choice";
import { describeNetwork } from "../src/model/network";
import { parseAddress } from "../src/protocol/address";
import { DATASETS } from "../src/protocol/datasets";

export function main([query = ""]: string[]): number {
  const { config, repairs } = parseAddress(query);
  for (const { key, given, used } of repairs) console.log(`${key}=${given}: ${used === null ? "unknown" : `taken as ${used}`}`);
  const network = describeNetwork(config, DATASETS[config.data].image);
  try {
    console.log(describePlan(makePlan({ config, network, limits: FLOOR_LIMITS, tuning: DEFAULT_TUNING })));
    return 0;
  } catch (error) {
    if (!(error instanceof NotCompilable)) throw error;
    console.log(`Not compiled: ${error.message}`);
    return 1;
  }
}
