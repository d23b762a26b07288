/** Header, the route's page, messages, and the keys that work everywhere. */
import { Suspense, useEffect, useState } from "react";
import { ErrorBoundary } from "react-error-boundary";
import { Route, Router, Switch } from "wouter";
import { useText } from "../i18n/use-text";
import { lazyView } from "../views/lazy-view";
import { PlayPage } from "../views/PlayPage";
import { useRun, useStores } from "../views/stores";
import { CrashNotice } from "./CrashNotice";
import { EXPLORE_PATH, PLAY_PATH, useHashPath } from "./hash-path";
import { Header } from "./Header";
import { HelpDialog } from "./HelpDialog";
import { NotFound } from "./NotFound";
import styles from "./Shell.module.css";
import { listenForShortcuts } from "./shortcuts";

/** Drawn right after the first paint, so that its live regions are there before there is anything to say. */
const FailureNotice = lazyView("failures", async () => (await import("../views/FailureNotice")).FailureNotice);
const ExplorePage = lazyView("explore", async () => (await import("../views/explore/ExplorePage")).ExplorePage);

export function Shell() {
  const { t } = useText("shell");
  const { run } = useStores();
  const [path] = useHashPath();
  const failure = useRun((state) => state.failure);
  const [isHelpOpen, setHelpOpen] = useState(false);

  useEffect(
    () =>
      listenForShortcuts(document, {
        toggle: () => run.getState().toggle(),
        step: () => run.getState().stepOnce(),
        reset: () => run.getState().reset(),
        help: () => setHelpOpen(true),
      }),
    [run],
  );

  return (
    // eslint-disable-next-line react/hooks -- wouter takes its location hook as a value
    <Router hook={useHashPath}>
      <SkipLink label={t("skip")} />
      <Header onHelp={() => setHelpOpen(true)} />
      <main id={MAIN_ID} className={styles.main} tabIndex={-1}>
        <ErrorBoundary FallbackComponent={CrashNotice} resetKeys={[path]}>
          <Switch>
            <Route path={PLAY_PATH}>
              <PlayPage />
            </Route>
            <Route path={EXPLORE_PATH}>
              <Suspense fallback={null}>
                <ExplorePage />
              </Suspense>
            </Route>
            <Route>
              <NotFound path={path} />
            </Route>
          </Switch>
        </ErrorBoundary>
      </main>
      <ErrorBoundary fallback={null} resetKeys={[failure]}>
        <Suspense fallback={null}>
          <FailureNotice />
        </Suspense>
      </ErrorBoundary>
      <HelpDialog isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
    </Router>
  );
}

const MAIN_ID = "main";

/** A button rather than a link: the hash is the route's. */
function SkipLink({ label }: { readonly label: string }) {
  return (
    <button type="button" className={styles.skip} onClick={() => document.getElementById(MAIN_ID)?.focus()}>
      {label}
    </button>
  );
}
