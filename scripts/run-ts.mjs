/**
 * Runs a TypeScript script with Vite's own transform, so that scripts can share the
 * source with the app on a Node that cannot read TypeScript:
 *
 *   node scripts/run-ts.mjs scripts/convert-data.ts [arguments]
 *
 * The script exports `main(args)`; a number it returns is the exit status. Vite serves
 * nothing here: it stays open while the script runs, for what is imported later.
 */
import { resolve } from "node:path";
import { createServer } from "vite";

const [script, ...args] = process.argv.slice(2);
if (script === undefined) throw new Error("run-ts: name a script, as in node scripts/run-ts.mjs scripts/convert-data.ts");

// Else the server below would say "development", and whatever a script builds would take that over, React with all its checks.
process.env.NODE_ENV ??= "production";

const server = await createServer({
  configFile: false,
  appType: "custom",
  logLevel: "error",
  optimizeDeps: { noDiscovery: true, include: [] },
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
});
try {
  const module = await server.ssrLoadModule(resolve(script));
  process.exitCode = (await module.main(args)) ?? 0;
} finally {
  await server.close();
}
