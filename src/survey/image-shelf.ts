/**
 * The training images that questions are about, kept as bytes once they are here.
 *
 * Several questions may wait for one data set, wanting more or fewer images of it: a load that
 * a larger one takes the place of is waited for no longer, and those who waited go over to the other.
 */
import { createDatasetLoader, type DatasetLoader, type LoadedDataset } from "../datasets/dataset-loader";
import { DATASETS, type DatasetId } from "../protocol/datasets";
import type { Site } from "./question";

export interface ImageShelf {
  /**
   * A data set of which the first `count` training images are here.
   *
   * @param wanted how many will be asked for in the end: they are all fetched
   * @throws FailureError `data-missing` or `data-corrupt`; RangeError when more is wanted than there is.
   */
  readonly first: (data: DatasetId, count: number, wanted?: number) => Promise<LoadedDataset>;
}

interface Shelf {
  readonly loader: DatasetLoader;
  load: { readonly size: number; readonly data: Promise<LoadedDataset> } | null;
}

/** Two models that are compared may be of different data; the largest set takes 47 MB. */
const KEPT_SETS = 2;

export function createImageShelf({ baseUrl, fetch }: Site): ImageShelf {
  const shelves = new Map<DatasetId, Shelf>();

  const shelfOf = (data: DatasetId): Shelf => {
    const shelf = shelves.get(data) ?? { loader: createDatasetLoader({ baseUrl: `${baseUrl}data/`, fetch }), load: null };
    shelves.delete(data);
    shelves.set(data, shelf); // the last one asked for is the last to go
    for (const id of [...shelves.keys()].slice(0, -KEPT_SETS)) shelves.delete(id);
    return shelf;
  };
  return {
    async first(data, count, wanted = count) {
      const most = DATASETS[data]?.trainMax;
      if (most === undefined) throw new RangeError(`survey: there is no data set ${data}`);
      if (!(count >= 1 && wanted >= count && wanted <= most)) {
        throw new RangeError(`survey: ${count} of ${wanted} images of ${data} are wanted, it has ${most}`);
      }
      const shelf = shelfOf(data);
      for (;;) {
        if (shelf.load === null || shelf.load.size < wanted) {
          // One held-out image is the least that a load takes.
          shelf.load = { size: wanted, data: shelf.loader.load(data, { trainSize: wanted, heldOutSize: 1 }) };
        }
        const { load } = shelf;
        try {
          const loaded = await load.data;
          await loaded.waitFor(count);
          return loaded;
        } catch (error) {
          if (shelf.load === load) {
            shelf.load = null; // the next question tries again; what has come stays with the loader
            throw error;
          }
          // A larger load, or another try, has taken this one's place.
        }
      }
    },
  };
}
