/** What a converter hands to `write-dataset`: a whole data set in memory, in its final order. */
import type { Bilingual } from "../../src/datasets/manifest";
import type { DatasetId, ImageShape } from "../../src/protocol/datasets";

export interface SourceSplit {
  /** `[images, pixels]`, bytes 0 … 255. */
  readonly pixels: Uint8Array;
  /** `[images]` */
  readonly labels: Uint8Array;
}

export interface SourceFactors {
  readonly names: readonly string[];
  readonly ranges: readonly (readonly [number, number])[];
  /** `[train + held-out images, names]` */
  readonly values: Float32Array;
}

export interface SourceDataset {
  readonly id: DatasetId;
  readonly title: Bilingual<string>;
  readonly image: ImageShape;
  readonly classNames: Bilingual<readonly string[]>;
  readonly licence: { readonly name: string; readonly url: string | null; readonly text: string | null };
  readonly attribution: string;
  readonly source: string;
  readonly train: SourceSplit;
  readonly heldOut: SourceSplit;
  readonly factors: SourceFactors | null;
}
