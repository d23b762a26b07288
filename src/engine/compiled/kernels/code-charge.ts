/** What an autoencoder that is taught a mistake calls its KL. */
import type { Mistake } from "../../../protocol/run-config";
import { declareBindings, padded, type Kernel } from "../kernel";
import { fillTemplate } from "../template";
import source from "./code-charge.wgsl?raw";
import { maskCode } from "./epilogue";

const THREADS = 64;

/** Bindings: `heads`, `kls` (`[rows][padded(latentDim) / 4]`). @param rows images at most */
export function codeChargeKernel({
  rows,
  latentDim,
  mistake,
}: {
  readonly rows: number;
  readonly latentDim: number;
  readonly mistake: Exclude<Mistake, "none">;
}): Kernel {
  const stride = padded(latentDim);
  const quads = stride / 4;
  const bindings = [
    { name: "heads", access: "read" },
    { name: "kls", access: "read_write" },
  ] as const;
  const main = fillTemplate(source, { quads, quadsOfAll: rows * quads, latentDim, codeMean: mistake === "code-mean" });
  return {
    label: `charge ${mistake}`,
    code: [declareBindings(bindings, { heads: "array<vec4f>", kls: "array<f32>" }), maskCode({ size: latentDim, stride }), main].join("\n"),
    bindings,
    grid: { x: 1, rowsPerImage: quads, rowsPerTile: THREADS },
  };
}
