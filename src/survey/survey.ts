/**
 * Answers the page's questions about models. Several may be open at once and share the thread by turns
 * (`turns`); every question but one that was called off is answered or refused, once.
 */
import type { QuestionKind, SurveyCommand, SurveyEvent } from "../protocol/survey";
import { buffersOf } from "./buffers";
import { HANDLERS } from "./handlers";
import { createImageShelf } from "./image-shelf";
import { createModels } from "./models";
import type { Handler, Question, Site } from "./question";
import { createTurns, WORKER_CLOCK, type Clock } from "./turns";

export interface SurveyPorts extends Site {
  readonly post: (event: SurveyEvent, transfer: Transferable[]) => void;
}

export interface SurveySession {
  readonly hear: (command: SurveyCommand) => void;
  /** An error that no question owns up to: refuses all that are open. */
  readonly crash: (error: unknown) => void;
}

export function createSurvey({ post, baseUrl, fetch }: SurveyPorts, clock: Clock = WORKER_CLOCK): SurveySession {
  const site: Site = { baseUrl, fetch };
  const turns = createTurns(clock);
  const models = createModels();
  const images = createImageShelf(site);
  const open = new Map<number, AbortController>();

  /** Takes the question off the list; false when it has been called off, or answered. */
  const close = (id: number, control: AbortController) => open.get(id) === control && open.delete(id);

  const answer = async ({ id, kind, ask, model }: Extract<SurveyCommand, { type: "ask" }>) => {
    const control = new AbortController();
    const { signal } = control;
    open.set(id, control);
    try {
      const handler = HANDLERS[kind] as Handler<QuestionKind> | undefined;
      if (handler === undefined) throw new RangeError(`survey: there are no questions of kind ${kind}`);
      const question: Question<QuestionKind> = {
        model: models.claim(model),
        part: (part) => {
          if (!signal.aborted) post({ type: "part", id, part }, buffersOf(part));
        },
        turn: turns.of(signal),
        images,
        site,
        signal,
      };
      const given = await handler(ask, question);
      if (open.get(id) === control) post({ type: "answer", id, answer: given }, buffersOf(given));
      close(id, control);
    } catch (error) {
      if (close(id, control)) post({ type: "refused", id, message: messageOf(error) }, []);
    }
  };
  const callOff = (id: number) => {
    const control = open.get(id);
    open.delete(id);
    control?.abort(new DOMException("called off", "AbortError"));
  };

  return {
    hear(command) {
      turns.begin();
      if (command.type === "model") models.keep(command.model);
      else if (command.type === "call-off") callOff(command.id);
      else void answer(command);
    },
    crash(error) {
      for (const id of open.keys()) {
        callOff(id);
        post({ type: "refused", id, message: messageOf(error) }, []);
      }
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
