/**
 * What a device computes fastest with, as plain data: which variant carries out which
 * dense product of which size, and the style of all other kernels. Measured by `tuning.ts`, read by the kernels' makers.
 */

/** `registers` and `workgroup` run anywhere; `subgroups` wants the feature of that name. */
const DENSE_STYLES = ["registers", "subgroups", "workgroup"] as const;
export type DenseStyle = (typeof DENSE_STYLES)[number];

/** How a dense product is cut up. A workgroup makes `threadsY · rows` rows and `threadsX · columns` vec4f of columns. */
export interface DenseVariant {
  readonly style: DenseStyle;
  /** Invocations side by side along the columns. */
  readonly threadsX: number;
  readonly threadsY: number;
  /** Of one invocation. A multiple of 4, of 16 for a weight gradient with subgroups. */
  readonly rows: number;
  /** vec4f of one invocation; 1 with workgroup memory. */
  readonly columns: number;
}

export const DENSE_PRODUCTS = ["forward", "inputGradient", "weightGradient"] as const;
export type DenseProduct = (typeof DENSE_PRODUCTS)[number];

/** By results, mostly: few of them want small tiles, so that there are workgroups enough; many want large ones, which load less for each. */
export const SIZE_CLASSES = ["small", "medium", "large"] as const;
export type SizeClass = (typeof SIZE_CLASSES)[number];

export interface Tuning {
  /** Of the kernels that know only these two. */
  readonly style: "registers" | "workgroup";
  readonly dense: Readonly<Record<DenseProduct, Readonly<Record<SizeClass, DenseVariant>>>>;
}

const SMALL_RESULTS = 8 * 1024;
const MEDIUM_RESULTS = 32 * 1024;
/** Terms of a sum below which a large tile takes longer to compile than it ever saves. */
const SHALLOW = 64;

/** A weight gradient's grid is one row of tiles: of more results, tiles of 16 × 16 would be more than the 65,535 that a device runs in a row. */
const MOST_IN_SMALL_TILES = 2 ** 23;

/** Of a product: its result's rows and padded columns, and the terms of each sum. */
export interface ProductShape {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
}

function sizeClassOf({ rows, columns, depth }: ProductShape): SizeClass {
  const results = rows * columns;
  if (results <= SMALL_RESULTS) return "small";
  return results <= MEDIUM_RESULTS || depth < SHALLOW ? "medium" : "large";
}

export function variantFor(tuning: Tuning, product: DenseProduct, shape: ProductShape): DenseVariant {
  const isVast = product === "weightGradient" && shape.rows * shape.columns > MOST_IN_SMALL_TILES;
  return tuning.dense[product][isVast ? "large" : sizeClassOf(shape)];
}

export const register = (rows: number, columns: number, threadsX = 4, threadsY = 4): DenseVariant => {
  return { style: "registers", threadsX, threadsY, rows, columns };
};
export const subgroup = (rows: number, columns: number, threadsX = 4, threadsY = 1): DenseVariant => {
  return { style: "subgroups", threadsX, threadsY, rows, columns };
};
export const workgroup = (rows: number, threadsX: number, threadsY: number): DenseVariant => {
  return { style: "workgroup", threadsX, threadsY, rows, columns: 1 };
};

const PLAIN = { small: register(8, 1, 4, 2), medium: register(8, 2, 4, 2), large: register(16, 2, 4, 2) };

/** Runs on every device. */
export const DEFAULT_TUNING: Tuning = { style: "registers", dense: { forward: PLAIN, inputGradient: PLAIN, weightGradient: PLAIN } };

/** Of a stored value: whether it is a tuning that this version's kernels can be made from. */
export function isTuning(value: unknown): value is Tuning {
  if (!isRecord(value) || (value.style !== "registers" && value.style !== "workgroup") || !isRecord(value.dense)) return false;
  const { dense } = value;
  return DENSE_PRODUCTS.every((product) => {
    const bySize = dense[product];
    return isRecord(bySize) && SIZE_CLASSES.every((size) => isVariant(bySize[size], product));
  });
}

function isVariant(value: unknown, product: DenseProduct): boolean {
  if (!isRecord(value) || !(DENSE_STYLES as readonly unknown[]).includes(value.style)) return false;
  const { style, threadsX, threadsY, rows, columns } = value;
  const sizes = [threadsX, threadsY, rows, columns];
  if (!sizes.every((size) => typeof size === "number" && Number.isInteger(size) && size > 0 && size <= 64)) return false;
  const [x, y, r, c] = sizes as number[];
  const step = style === "subgroups" ? (product === "weightGradient" ? 16 : 4) : 4;
  return (
    x! * y! <= 256 && r! % step === 0 && r! * c! <= 128 && (style !== "subgroups" || x! % 4 === 0) && (style !== "workgroup" || c === 1)
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
