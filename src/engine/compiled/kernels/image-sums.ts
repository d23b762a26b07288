/** The last dispatch of a pass that judges images one by one: partials to one loss, and one KL, for each. */
import { declareBindings, type Kernel, type KernelBinding } from "../kernel";
import { fillTemplate } from "../template";
import source from "./image-sums.wgsl?raw";

const THREADS = 64;

/**
 * Bindings: `losses`, `imageLosses`, and where there is a KL `kls`, `imageKls`.
 *
 * @param images at most
 * @param lossPartials of each image
 * @param klPartials of each image; 0 in an autoencoder or where only the reconstruction is asked for
 */
export function imageSumsKernel({
  images,
  lossPartials,
  klPartials,
}: {
  readonly images: number;
  readonly lossPartials: number;
  readonly klPartials: number;
}): Kernel {
  const bindings: KernelBinding[] = [
    { name: "losses", access: "read" },
    { name: "imageLosses", access: "read_write" },
  ];
  if (klPartials > 0) bindings.push({ name: "kls", access: "read" }, { name: "imageKls", access: "read_write" });
  const types = Object.fromEntries(bindings.map(({ name }) => [name, "array<f32>"]));
  return {
    label: "sum images",
    code: `${declareBindings(bindings, types)}\n${fillTemplate(source, { images, lossPartials, klPartials })}`,
    bindings,
    grid: { x: 1, rowsPerImage: 1, rowsPerTile: THREADS },
  };
}
