/** Writes the benchmark for Node as one module with Dawn beside it: nothing else is needed where it runs. */
import { copyFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { build } from "vite";

export async function writeBundle(folder: string): Promise<void> {
  const outDir = resolve(folder);
  await build({
    configFile: false,
    publicDir: false,
    logLevel: "error",
    ssr: { noExternal: true, external: ["webgpu"] },
    build: {
      ssr: resolve("bench/node-main.ts"),
      outDir,
      emptyOutDir: false,
      target: "node20",
      rolldownOptions: { output: { entryFileNames: "bench-node.mjs", codeSplitting: false } },
    },
  });
  const dawn = join(dirname(createRequire(import.meta.url).resolve("webgpu")), "dist", `${process.platform}-${process.arch}`, "dawn.node");
  copyFileSync(dawn, join(outDir, "dawn.node"));
  console.log(`written to ${outDir}: node ${join(folder, "bench-node.mjs")} --models=dense --out=rows.json`);
}
