/**
 * Runs a TypeScript script with Vite's own transform, so that scripts can share the
 * source with the app on a Node that cannot read TypeScript:
 *
 *   node scripts/run-ts.mjs scripts/convert-data.ts [arguments]
 *
 * The script exports `main(args)`; a number it returns is the exit status.
 */
import { resolve } from "node:path";
import { runnerImport } from "vite";

const [script, ...args] = process.argv.slice(2);
if (script === undefined) throw new Error("run-ts: name a script, as in node scripts/run-ts.mjs scripts/convert-data.ts");

const { module } = await runnerImport(resolve(script), { configFile: false, logLevel: "error" });
process.exitCode = (await module.main(args)) ?? 0;
