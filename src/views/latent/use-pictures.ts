/** Points that turn into their images: the examples' at once, training images as the survey fetches them. */
import { useEffect, useMemo } from "react";
import type { Rgb } from "../../charts/ink";
import { pointsIn } from "../../charts/map-index";
import { mayHavePictures, PictureOverlay, rangeWithMargin, type PicturePoint, type PicturePoints } from "../../charts/map-pictures";
import type { OverlaySpace } from "../../charts/map-overlay";
import { isPointShape, POINT_SHAPE, pointTile } from "../../charts/point-tile";
import { pixelCount, type DatasetId } from "../../protocol/datasets";
import type { Bytes, Material } from "../../protocol/messages";
import type { Survey } from "../../protocol/survey";
import { useExplorer, usePreferences, useRun, useStores } from "../stores";
import { classOfPoint, type ShownPoints } from "./use-cloud";
import type { ManyMap } from "./use-many-overlay";

/** Training images asked for at a time. */
const BATCH = 128;
/** Of training images, 784 bytes each on digits. */
const MOST_KEPT = 4_000;

export interface TrainImages {
  /** Bytes of a training image; null while they are on their way. */
  readonly get: (index: number) => Bytes | null;
  readonly want: (indices: readonly number[]) => void;
  readonly subscribe: (listener: () => void) => () => void;
  readonly end: () => void;
}

/** Bytes of training images, fetched in the order they are wanted, the latest wish first. */
function createTrainImages(survey: Survey, data: DatasetId, trainSize: number): TrainImages {
  const kept = new Map<number, Bytes>();
  const listeners = new Set<() => void>();
  const control = new AbortController();
  let wanted: readonly number[] = [];
  let isFetching = false;

  async function fetchWanted(): Promise<void> {
    const indices = wanted.filter((index) => !kept.has(index)).slice(0, BATCH);
    if (isFetching || indices.length === 0 || control.signal.aborted) return;
    isFetching = true;
    try {
      const pictures = await fetchImages(survey, data, trainSize, indices, control.signal);
      indices.forEach((index, i) => kept.set(index, pictures[i]!));
      for (const oldest of kept.keys()) {
        if (kept.size <= MOST_KEPT) break;
        kept.delete(oldest);
      }
      for (const tell of listeners) tell();
    } catch {
      wanted = []; // called off, or refused: the points stay dots
    }
    isFetching = false;
    void fetchWanted();
  }

  return {
    get: (index) => kept.get(index) ?? null,
    want(indices) {
      wanted = indices;
      void fetchWanted();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    end: () => control.abort(new DOMException("no longer wanted", "AbortError")),
  };
}

async function fetchImages(
  survey: Survey,
  data: DatasetId,
  trainSize: number,
  indices: readonly number[],
  signal: AbortSignal,
): Promise<Bytes[]> {
  const { pixels, image } = await survey.ask("images", { data, trainSize, indices }, { signal });
  const size = pixelCount(image);
  return indices.map((_, i) => pixels.slice(i * size, (i + 1) * size));
}

export function useTrainImages(): TrainImages {
  const { survey } = useStores();
  const data = useRun(({ config }) => config.data);
  const trainSize = useRun(({ config }) => config.trainSize);
  const images = useMemo(() => createTrainImages(survey, data, trainSize), [survey, data, trainSize]);
  useEffect(() => () => images.end(), [images]);
  return images;
}

interface PictureNeeds {
  readonly points: ShownPoints | null;
  readonly many: ManyMap;
  readonly images: TrainImages;
  readonly colours: readonly string[];
  readonly card: Rgb;
  readonly ink: Rgb;
}

/** Null of a GAN's draws, behind which there is no image, and while points are not shown. */
export function usePictures({ points, many, images, colours, card, ink }: PictureNeeds): PictureOverlay | null {
  const material = useRun((state) => state.material);
  const isGan = useRun(({ config }) => config.model === "gan");
  const isShown = usePreferences(({ layers }) => layers.points);
  const selection = useExplorer((state) => state.selection);
  const feed = useMemo(() => new PictureFeed(), []);
  const overlay = useMemo(() => {
    if (material === null || isGan || !isShown) return null;
    return new PictureOverlay(feed.source(material, images, colours, [card, ink]));
  }, [feed, material, isGan, isShown, images, colours, card, ink]);
  useEffect(() => images.subscribe(() => overlay?.repaint()), [images, overlay]);
  useEffect(() => {
    feed.set({ points, many, selected: selection === null ? null : new Set(selection) });
    overlay?.repaint();
  }, [feed, overlay, points, many, selection]);
  return overlay;
}

interface Fed {
  readonly points: ShownPoints | null;
  readonly many: ManyMap | null;
  readonly selected: ReadonlySet<number> | null;
}

/** What changes with every snapshot is read when it is painted: pictures that are there stay. */
class PictureFeed {
  #now: Fed = { points: null, many: null, selected: null };

  set(now: Fed): void {
    this.#now = now;
  }

  get #exampleCount(): number {
    return this.#now.points?.exampleCount ?? 0;
  }

  source(material: Material, images: TrainImages, colours: readonly string[], inks: PicturePoints["inks"]): PicturePoints {
    const isPoint = isPointShape(material.image);
    const size = pixelCount(material.image);
    const bytesOf = (point: number) => {
      const count = this.#exampleCount;
      return point < count ? material.examples.pixels.subarray(point * size, (point + 1) * size) : images.get(point - count);
    };
    return {
      image: isPoint ? POINT_SHAPE : material.image,
      colours,
      inks,
      isDimmed: (point) => this.#now.selected?.has(point) === false,
      pointsIn: (space, marginPx) => visiblePoints(this.#now, space, marginPx),
      bytesOf: (point) => {
        const bytes = bytesOf(point);
        // Coordinates of a point are told as bytes of [0, 1].
        return isPoint && bytes !== null ? pointTile(Float32Array.from(bytes, (byte) => byte / 255)).map((value) => value * 255) : bytes;
      },
      want: (wanted) => images.want(wanted.map((point) => point - this.#exampleCount)),
    };
  }
}

/** Points in view with a margin; null when there are far too many for images. */
function visiblePoints({ points, many }: Fed, space: OverlaySpace, marginPx: number): readonly PicturePoint[] | null {
  if (points === null || space.kind === "line") return null;
  const { positions, scales, frame, hiddenClasses } = space;
  const range = rangeWithMargin(space, marginPx);
  const areaPx = frame.widthPx * frame.heightPx;
  // Whole cells of the index count more points than are in view.
  if (!mayHavePictures((many?.overlay.countInView(space) ?? 0) / 2, areaPx)) return null;
  const found: PicturePoint[] = [];
  const add = (point: number, h: number, v: number) => {
    const label = classOfPoint(points, point) ?? 0;
    if (!hiddenClasses.has(label))
      found.push({ point, xPx: scales.originX + scales.unitX * h, yPx: scales.originY + scales.unitY * v, label });
  };
  for (let i = 0; i * 2 < positions.length; i++) {
    const [h, v] = [positions[i * 2]!, positions[i * 2 + 1]!];
    if (h >= range.left && h <= range.right && v >= range.bottom && v <= range.top) add(i, h, v);
  }
  const index = many?.index ?? null;
  if (index !== null) {
    for (const i of pointsIn(index, range)) add(points.exampleCount + i, index.positions[i * 2]!, index.positions[i * 2 + 1]!);
  }
  return found;
}
