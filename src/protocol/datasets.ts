/**
 * What the page must know of a data set before a byte of it is loaded.
 *
 * The shipped manifests hold the same facts with checksums; a test keeps the two
 * equal.
 */
export const DATASET_IDS = ["mnist", "fashion", "shapes", "emoji", "moons", "rings", "spiral", "gaussians", "swissroll", "helix"] as const;
export type DatasetId = (typeof DATASET_IDS)[number];

/** Pixels are in [0, 1], row by row, channels innermost. */
export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export interface DatasetFacts {
  /** `points`: an image is one point, `width` its coordinates, each in [0, 1]; there is nothing to look at but the space they lie in. */
  readonly kind: "images" | "points";
  readonly image: ImageShape;
  /** Training images used unless a config asks for another number. */
  readonly trainDefault: number;
  /** Training images there are. */
  readonly trainMax: number;
  readonly heldOut: number;
  readonly classes: number;
}

export const DATASETS: Readonly<Record<DatasetId, DatasetFacts>> = {
  mnist: {
    kind: "images",
    image: { height: 28, width: 28, channels: 1 },
    trainDefault: 9_000,
    trainMax: 9_000,
    heldOut: 1_000,
    classes: 10,
  },
  fashion: {
    kind: "images",
    image: { height: 28, width: 28, channels: 1 },
    trainDefault: 10_000,
    trainMax: 60_000,
    heldOut: 10_000,
    classes: 10,
  },
  shapes: {
    kind: "images",
    image: { height: 32, width: 32, channels: 1 },
    trainDefault: 8_000,
    trainMax: 8_000,
    heldOut: 2_000,
    classes: 3,
  },
  emoji: {
    kind: "images",
    image: { height: 32, width: 32, channels: 3 },
    trainDefault: 1_300,
    trainMax: 1_300,
    heldOut: 293,
    classes: 8,
  },
  moons: points(2, 2),
  rings: points(2, 3),
  spiral: points(2, 2),
  gaussians: points(2, 9),
  swissroll: points(3, 4),
  helix: points(3, 4),
};

function points(coordinates: 2 | 3, classes: number): DatasetFacts {
  const image = { height: 1, width: coordinates, channels: 1 };
  return { kind: "points", image, trainDefault: 4_000, trainMax: 4_000, heldOut: 1_000, classes };
}

export function isPointCloud(id: DatasetId): boolean {
  return DATASETS[id].kind === "points";
}

export function pixelCount({ height, width, channels }: ImageShape): number {
  return height * width * channels;
}

/** Images in each shipped training file but the last. */
export const CHUNK_IMAGES = 2_000;
