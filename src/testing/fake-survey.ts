/** A survey whose answers are given by hand: what was asked, in order, and the way to answer it. */
import type { Ask, Answer, AskOptions, QuestionKind, Survey } from "../protocol/survey";

export interface Asked {
  readonly kind: QuestionKind;
  readonly ask: Ask<QuestionKind>;
  readonly options: AskOptions<QuestionKind>;
  readonly answer: (answer: unknown) => void;
  readonly refuse: () => void;
}

export interface FakeSurvey extends Survey {
  readonly asked: Asked[];
  /** The last question of a kind that has not been called off. */
  readonly last: (kind: QuestionKind) => Asked | undefined;
}

export function fakeSurvey(): FakeSurvey {
  const asked: Asked[] = [];
  return {
    asked,
    last: (kind) => asked.findLast((question) => question.kind === kind && question.options.signal?.aborted !== true),
    ask: <Kind extends QuestionKind>(kind: Kind, ask: Ask<Kind>, options: AskOptions<Kind> = {}) =>
      new Promise<Answer<Kind>>((resolve, reject) => {
        const callOff = () => reject(options.signal!.reason as Error);
        const ended = () => options.signal?.removeEventListener("abort", callOff);
        options.signal?.addEventListener("abort", callOff);
        asked.push({
          kind,
          ask,
          options: options as AskOptions<QuestionKind>,
          answer(answer) {
            ended();
            resolve(answer as Answer<Kind>);
          },
          refuse() {
            ended();
            reject(new Error("refused for the test"));
          },
        });
      }),
  };
}
