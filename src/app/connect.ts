/**
 * Where the layers meet: makes the stores, starts the trainer, lets its events in and
 * the page's commands out, and keeps address, draft, run and probe in step.
 *
 * Knows no React; what it needs of the browser is handed in.
 */
import type { Command, TrainerEvent } from "../protocol/messages";
import type { Survey } from "../protocol/survey";
import { createDraftStore, type DraftStore } from "../store/draft-store";
import { createExplorerStore, type ExplorerStore } from "../store/explorer-store";
import { createPreferencesStore, type PreferencesStore, type PreferenceStorage } from "../store/preferences-store";
import { createProbeStore, type ProbeStore } from "../store/probe-store";
import { packMoments } from "../store/pack-moments";
import { createRunStore, type RunState, type RunStore } from "../store/run-store";
import { createAddressSync, readExperiment, type AddressBar } from "./address-sync";
import { followDraft, prepareAgain } from "./follow-draft";
import { followRecorded } from "./follow-recorded";
import { pauseWhenHidden, type VisibilitySource } from "./pause-when-hidden";

export interface TrainerLink {
  readonly send: (command: Command) => void;
  readonly close: () => void;
}

export interface SurveyLink extends Survey {
  readonly close: () => void;
}

export interface ConnectOptions {
  readonly startTrainer: (onEvent: (event: TrainerEvent) => void) => TrainerLink;
  readonly startSurvey: () => SurveyLink;
  /** Null where the browser refuses it. */
  readonly storage: PreferenceStorage | null;
  readonly location: AddressBar;
  readonly visibility: VisibilitySource;
  /** Calls back once the next frame is painted; not while the page is hidden. */
  readonly afterPaint: (callback: () => void) => void;
  /** The visitor's languages, best first; the browser's when left out. */
  readonly languages?: readonly string[];
}

export interface Connection {
  readonly stores: {
    readonly run: RunStore;
    readonly draft: DraftStore;
    readonly probe: ProbeStore;
    readonly preferences: PreferencesStore;
    readonly explorer: ExplorerStore;
    readonly survey: Survey;
  };
  /** Ends the trainer and every subscription. */
  readonly dispose: () => void;
}

/** Opens the experiment of the address: its run is being prepared when this returns. */
export function connect({ startTrainer, startSurvey, storage, location, visibility, afterPaint, languages }: ConnectOptions): Connection {
  const experiment = readExperiment(location);
  const preferences = createPreferencesStore(storage, languages);
  const draft = createDraftStore(experiment);
  const probe = createProbeStore(experiment.config.latentDim);
  const explorer = createExplorerStore();
  const survey = startSurvey();

  const send = (command: Command) => {
    const startsWork = command.type === "train" || command.type === "step";
    // An edit that is still put off comes first: what is started is what the controls say.
    if (startsWork && follower.flush()) {
      if (command.type === "train") run.getState().train();
      else run.getState().stepOnce();
    } else trainer.send(command);
  };
  const run = createRunStore(send, experiment, () => preferences.getState().cloudSize);
  const trainer = startTrainer((event) => run.getState().receive(event));
  const address = createAddressSync(location, (visited) => follower.begin(visited));
  const follower = followDraft(draft, run, address.write);

  const stops = [
    run.subscribe((state, before) => {
      if (state.runId === before.runId) return;
      probe.getState().resize(state.config.latentDim);
      probe.getState().hover(null);
      if (!isSameSpace(state, before)) explorer.getState().clear();
      if (state.config.data !== before.config.data) preferences.getState().set({ hiddenClasses: [] });
    }),
    preferences.subscribe((state, before) => {
      if (state.cloudSize === before.cloudSize) return;
      const { recorded, shown } = run.getState();
      prepareAgain(run);
      if (recorded !== null && shown.kind === "recorded") run.getState().showRecorded(recorded);
    }),
    run.subscribe(({ newest: snapshot, runId, acknowledge }, before) => {
      if (snapshot === null || snapshot === before.newest) return;
      // Only what has been seen is acknowledged: a slow or hidden page is sent no more than it can paint.
      afterPaint(() => {
        if (run.getState().runId === runId) acknowledge(snapshot.id);
      });
    }),
    packMoments(run, afterPaint),
    pauseWhenHidden(run, preferences, visibility),
    followRecorded(run, survey),
  ];
  follower.begin(experiment);

  return {
    stores: { run, draft, probe, preferences, explorer, survey },
    dispose() {
      for (const stop of stops) stop();
      follower.dispose();
      address.dispose();
      trainer.close();
      survey.close();
    },
  };
}

/** Whether what was laid out in one run's latent space still means something in the other's: the same model of the same data. */
function isSameSpace({ config }: RunState, before: RunState): boolean {
  const { data, model, latentDim } = before.config;
  return config.data === data && config.model === model && config.latentDim === latentDim;
}

/** `localStorage`, or null where even asking for it throws. */
export function openStorage(page: Window): PreferenceStorage | null {
  try {
    return page.localStorage;
  } catch {
    return null;
  }
}
