/**
 * A UMAP of the codes on screen, drawn by the survey worker while the visitor does
 * something else: its picture goes to the explorer's `embedding` as it forms.
 *
 * One for each explorer, beyond the panel's life.
 */
import { liftFromEmbedding, placeInEmbedding } from "../../../model/embedding-place";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Floats } from "../../../protocol/messages";
import type { Part, Survey } from "../../../protocol/survey";
import type { ExplorerStore } from "../../../store/explorer-store";
import type { RunStore } from "../../../store/run-store";
import { tellStep } from "./model-step";

export interface UmapWishes {
  readonly neighbours: number;
  readonly minDist: number;
  readonly seed: number;
}

/** McInnes et al. 2018, arXiv:1802.03426: the defaults of the authors' own program. */
export const UMAP_DEFAULTS: UmapWishes = { neighbours: 15, minDist: 0.1, seed: 1 };

export interface UmapState extends UmapWishes {
  readonly stage: "none" | "running" | "stopped" | "finished" | "failed";
  /** Rounds of the optimiser. */
  readonly done: number;
  readonly total: number;
  readonly wish: (change: Partial<UmapWishes>) => void;
  /** Ends the one before it. */
  readonly start: (codes: Floats, latentDim: number, step: number) => void;
  /** What has formed stays. */
  readonly stop: () => void;
}

export type UmapStore = StoreApi<UmapState>;

/** What the job needs of the stores. */
interface Surroundings {
  readonly explorer: ExplorerStore;
  readonly run: RunStore;
  readonly survey: Survey;
}

const jobs = new WeakMap<ExplorerStore, UmapStore>();

export function umapJobOf(stores: Surroundings): UmapStore {
  const known = jobs.get(stores.explorer);
  if (known !== undefined) return known;
  const made = createUmapJob(stores);
  jobs.set(stores.explorer, made);
  return made;
}

function createUmapJob({ explorer, run, survey }: Surroundings): UmapStore {
  let open: AbortController | null = null;
  const end = () => {
    open?.abort();
    open = null;
  };
  return createStore<UmapState>()((set, get) => ({
    ...UMAP_DEFAULTS,
    stage: "none",
    done: 0,
    total: 0,
    wish: (change) => set(change),
    stop() {
      end();
      if (get().stage === "running") set({ stage: "stopped" });
    },
    start(codes, latentDim, step) {
      end();
      const { signal } = (open = new AbortController());
      const { data, model } = run.getState().config;
      const { neighbours, minDist, seed } = get();
      let isFirst = true;
      const draw = (positions: Floats) => {
        const { config } = run.getState();
        if (config.data !== data || config.model !== model || config.latentDim !== latentDim) return get().stop(); // another space
        // The first picture becomes the map; a visitor who has gone to another one since is left there.
        explorer.getState().set({
          embedding: { codes, positions, place: placeInEmbedding, lift: liftFromEmbedding },
          ...(isFirst ? { map: { kind: "umap" } } : {}),
        });
        isFirst = false;
      };
      const onPart = ({ done, total, positions }: Part<"umap">) => {
        if (signal.aborted) return;
        set({ done, total });
        if (positions !== null) draw(positions);
      };
      tellStep(codes, step);
      set({ stage: "running", done: 0, total: 0 });
      survey.ask("umap", { codes, latentDim, neighbours, minDist, seed }, { signal, onPart }).then(
        ({ positions }) => {
          if (signal.aborted) return;
          set(({ total }) => ({ stage: "finished", done: total }));
          draw(positions);
        },
        () => {
          if (!signal.aborted) set({ stage: "failed" });
        },
      );
    },
  }));
}
