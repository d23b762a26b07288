/** The survey worker's entry: a port between the page and `survey`. */
// oxlint-disable-next-line import/no-absolute-path -- how Vite names a public file, so that it can say where it lies once built
import manifestUrl from "/data/mnist/manifest.json?url";
import type { SurveyCommand, SurveyEvent } from "../protocol/survey";
import { createSurvey } from "./survey";

const post = (event: SurveyEvent, transfer: Transferable[]) => self.postMessage(event, { transfer });
const survey = createSurvey({
  post,
  // Vite says where a public file lies, whatever folder the site is served from; the page's own folder is two up.
  baseUrl: new URL("../../", new URL(manifestUrl, import.meta.url)).href,
  fetch: (url, init) => fetch(url, init),
});

self.onmessage = ({ data }: MessageEvent<SurveyCommand>) => survey.hear(data);
self.addEventListener("error", (event) => {
  event.preventDefault();
  survey.crash(event.error ?? event.message);
});
self.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  survey.crash(event.reason);
});
post({ type: "hello" }, []);
