/**
 * Starts the survey worker when it is first asked, numbers the questions and sees to it
 * that each ends: with its answer, with a refusal, or called off. A worker that crashes
 * or never speaks refuses what is open; the next question starts a fresh one. Knows no store.
 */
import {
  KEPT_MODELS,
  SurveyError,
  type Answer,
  type Ask,
  type AskOptions,
  type Part,
  type QuestionKind,
  type Survey,
  type SurveyCommand,
  type SurveyEvent,
  type SurveyModel,
} from "../protocol/survey";

/** The part of `Worker` that is used. */
export type SurveyWorker = Pick<Worker, "postMessage" | "terminate" | "onmessage" | "onerror" | "onmessageerror">;

export interface SurveyLink extends Survey {
  readonly close: () => void;
}

interface Open {
  readonly answer: (answer: Answer<QuestionKind>) => void;
  readonly part: (part: Part<QuestionKind>) => void;
  readonly refuse: (error: Error) => void;
}

/** A worker says hello as soon as its code runs: after this long the code is not coming. */
const SILENCE_MS = 20_000;

export function startSurvey(createWorker: () => SurveyWorker = createSurveyWorker): SurveyLink {
  const open = new Map<number, Open>();
  let worker: SurveyWorker | null = null;
  let silence: ReturnType<typeof setTimeout> | undefined;
  /** Keys of the models that the worker has, oldest first. */
  let sent: string[] = [];
  let lastId = 0;

  const stop = (reason: string) => {
    clearTimeout(silence);
    if (worker !== null) {
      worker.onmessage = worker.onerror = worker.onmessageerror = null;
      worker.terminate();
    }
    worker = null;
    sent = [];
    const refused = [...open.values()];
    open.clear();
    for (const question of refused) question.refuse(new SurveyError(reason));
  };
  const hear = ({ data }: MessageEvent<SurveyEvent>) => {
    clearTimeout(silence);
    if (data.type === "hello") return;
    const question = open.get(data.id);
    if (question === undefined) return; // called off
    if (data.type === "part") return question.part(data.part);
    open.delete(data.id);
    if (data.type === "answer") question.answer(data.answer);
    else question.refuse(new SurveyError(data.message));
  };
  const running = (): SurveyWorker => {
    if (worker !== null) return worker;
    const made = createWorker();
    made.onmessage = hear;
    // A worker whose code cannot be loaded sends an event without a message.
    made.onerror = ({ message }) => stop(message || "the survey worker could not be loaded");
    made.onmessageerror = () => stop("the survey worker sent something unreadable");
    silence = setTimeout(() => stop("the survey worker does not speak"), SILENCE_MS);
    worker = made;
    return made;
  };
  const post = (command: SurveyCommand) => running().postMessage(command, []);
  const sendModel = (model: SurveyModel) => {
    if (sent.includes(model.key)) return;
    post({ type: "model", model });
    sent = [...sent, model.key].slice(-KEPT_MODELS);
  };

  function ask<Kind extends QuestionKind>(kind: Kind, question: Ask<Kind>, options: AskOptions<Kind> = {}): Promise<Answer<Kind>> {
    const { model, onPart, signal } = options;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const id = ++lastId;
      const callOff = () => {
        open.delete(id);
        worker?.postMessage({ type: "call-off", id } satisfies SurveyCommand, []);
        reject(signal!.reason as Error);
      };
      signal?.addEventListener("abort", callOff, { once: true });
      const ended = <Value>(then: (value: Value) => void) => {
        return (value: Value) => {
          signal?.removeEventListener("abort", callOff);
          then(value);
        };
      };
      open.set(id, {
        answer: ended((answer) => resolve(answer as Answer<Kind>)),
        part: (part) => onPart?.(part),
        refuse: ended(reject),
      });
      try {
        if (model !== undefined) sendModel(model);
        post({ type: "ask", id, kind, ask: question, model: model?.key ?? null } as SurveyCommand);
      } catch (error) {
        open.delete(id);
        ended(reject)(new SurveyError(error instanceof Error ? error.message : String(error)));
      }
    });
  }

  return { ask, close: () => stop("the page is closing") };
}

function createSurveyWorker(): Worker {
  return new Worker(new URL("../survey/survey.worker.ts", import.meta.url), { type: "module", name: "survey" });
}
