/** Answers the page's questions about a model, one after the other, never for longer than a slice without hearing what came meanwhile. */
import type { SurveyCommand, SurveyEvent } from "../protocol/survey";

export interface SurveyPorts {
  readonly post: (event: SurveyEvent, transfer: Transferable[]) => void;
  /** Ends in a slash; `data/`, `runs/` and `classifiers/` lie in it. */
  readonly baseUrl: string;
  readonly fetch: (url: string) => Promise<Response>;
}

export function createSurvey({ post }: SurveyPorts): { readonly hear: (command: SurveyCommand) => void } {
  return {
    hear(command) {
      // stub
      if (command.type === "ask") post({ type: "refused", id: command.id, message: "not yet" }, []);
    },
  };
}
