/** The page without a page: what `connect` connects, with hands to tell it what worker, address bar and tab do. */
import { vi } from "vitest";
import type { AddressBar } from "../app/address-sync";
import { connect } from "../app/connect";
import type { Command, ReadyReport, TrainerEvent } from "../protocol/messages";
import { NO_SURVEY } from "./no-survey";

const REPORT: ReadyReport = {
  backend: { backend: "cpu", engine: "tfjs", adapter: "", skipped: [] },
  image: { height: 28, width: 28, channels: 1 },
  classNames: { en: [], zh: [] },
  examples: { pixels: new Uint8Array(0), labels: new Uint8Array(0) },
  stepsPerEpoch: 70,
  heldOut: 1_000,
  floor: null,
  step: 0,
  checkpoint: null,
};

/** Stores, address and a worker that only listens, put together as the page puts them. */
export function openPage(hash = "#/play") {
  const sent: Command[] = [];
  const hears: { trainer?: (event: TrainerEvent) => void; address?: () => void } = {};
  const bar = {
    hash,
    replace(next: string) {
      this.hash = next;
    },
    onChange(listener: () => void) {
      hears.address = listener;
      return () => delete hears.address;
    },
  };
  const visibility = Object.assign(new EventTarget(), { hidden: false });
  const close = vi.fn<() => void>();
  const frames: (() => void)[] = [];
  const connection = connect({
    startTrainer(onEvent) {
      hears.trainer = onEvent;
      return { send: (command) => void sent.push(command), close };
    },
    startSurvey: () => ({ ...NO_SURVEY, close: vi.fn<() => void>() }),
    storage: null,
    location: bar satisfies AddressBar,
    visibility,
    afterPaint: (callback) => frames.push(callback),
    languages: ["en"],
  });
  const { run, draft } = connection.stores;
  const tell = (event: TrainerEvent) => hears.trainer?.(event);
  return {
    ...connection.stores,
    connection,
    bar,
    sent,
    close,
    paint() {
      for (const callback of frames.splice(0)) callback();
    },
    tell,
    edit: draft.getState().edit,
    types: () => sent.map(({ type }) => type),
    ready: (step = 0) => tell({ type: "ready", runId: run.getState().runId, report: { ...REPORT, step } }),
    /** The worker says that the run trains and stands at `step`. */
    trainTo(step: number) {
      run.getState().train();
      tell({ type: "phase", runId: run.getState().runId, phase: "training", step });
    },
    /** The worker takes the rates it was last sent. */
    confirm(step: number) {
      const tune = sent.findLast((command) => command.type === "tune")!;
      const { learningRate = 0, beta = 0 } = tune;
      tell({ type: "tuned", runId: tune.runId, step, learningRate, beta });
    },
    goTo(next: string) {
      bar.hash = next;
      hears.address?.();
    },
    setHidden(hidden: boolean) {
      visibility.hidden = hidden;
      visibility.dispatchEvent(new Event("visibilitychange"));
    },
  };
}
