/** The survey worker's entry: a port between the page and `survey`. */
import { createSurvey } from "./survey";
import type { SurveyCommand } from "../protocol/survey";

const survey = createSurvey({
  post: (event, transfer) => self.postMessage(event, { transfer }),
  baseUrl: new URL("../", import.meta.url).href, // the page's folder: workers lie in its `assets`
  fetch: (url) => fetch(url),
});

self.onmessage = ({ data }: MessageEvent<SurveyCommand>) => survey.hear(data);
