/**
 * `npm run bench:node`: the step benchmark in Node on Dawn, so that any server with a
 * GPU can run it. Prints the adapter's name and Markdown tables, writes JSON
 * (`--out=FILE`, else `bench/results/node.json`) with rows as the browser's.
 *
 *   npm run bench:node -- --models=dense --batches=128 --engines=compiled,jax-js
 *   npm run bench:node -- --beside=torch.json          PyTorch's rows (scripts/bench-torch.py) in the table
 *   npm run bench:node -- --bundle=DIR                 one file and Dawn beside it, for a machine without npm
 */
import { measureInNode } from "./node-measure";
import { STATION_ARGUMENT } from "./node-station";
import { readNodeOptions } from "./options";

export async function main(args: string[]): Promise<number> {
  const bundle = args[0] === STATION_ARGUMENT ? null : readNodeOptions(args).bundle;
  if (bundle === null) return measureInNode(args, [process.argv[1]!, process.argv[2]!]);
  await (await import("./node-bundle")).writeBundle(bundle);
  return 0;
}
