/** The page's entry: stores and trainer first, so that data loads while the page is drawn. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { startSurvey } from "../bridge/start-survey";
import { startTrainer } from "../bridge/start-trainer";
import "../ui/fonts.css";
import "../ui/tokens.css";
import "../ui/base.css";
import { preloadOverlays } from "../ui/preload-overlays";
import { browserAddressBar } from "./address-sync";
import { App } from "./App";
import { followAppearance } from "./appearance";
import { connect, openStorage } from "./connect";

const { stores, dispose } = connect({
  startTrainer,
  startSurvey,
  storage: openStorage(window),
  location: browserAddressBar(window),
  visibility: document,
  // The frame's own callbacks have drawn; a task after it finds that frame handed over.
  afterPaint: (callback) => requestAnimationFrame(() => setTimeout(callback)),
});

/** A page that has no model to show by then goes on all the same. */
const SHOWN_MS = 3_000;

/** Once there is a model on screen, which shares line and processor with whatever else is fetched, and the browser has nothing better to do. */
function whenShown(task: () => void): void {
  const begin = () => {
    stop();
    clearTimeout(timer);
    if ("requestIdleCallback" in window) requestIdleCallback(task, { timeout: 5_000 });
    else setTimeout(task, 500); // Safari has no idle callback
  };
  const timer = setTimeout(begin, SHOWN_MS);
  const stop = stores.run.subscribe(({ snapshot }) => {
    if (snapshot !== null) begin();
  });
}

function draw(): void {
  const root = createRoot(document.getElementById("root")!);
  root.render(
    <StrictMode>
      <App stores={stores} />
    </StrictMode>,
  );
  whenShown(() => void preloadOverlays());
}

// The texts of a language that is not bundled are waited for; without them the page is in English rather than blank.
void followAppearance(stores.preferences, window).then(draw, draw);

// A module that is replaced while developing leaves no second trainer behind.
import.meta.hot?.dispose(dispose);
