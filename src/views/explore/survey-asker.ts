/**
 * Keeps one question to the survey answered while what is asked, and the model it is
 * asked of, change.
 *
 * Another question calls the open one off. A newer model of the same run does not: while training
 * they come faster than answers, and none would ever be heard. It is asked anew after the answer,
 * and after a rest as long as that took, so that looking costs at most half a processor. Knows no React.
 */
import type { Answer, Ask, Part, QuestionKind, Survey, SurveyModel } from "../../protocol/survey";

export interface SurveyAnswer<Kind extends QuestionKind> {
  /** The last answer; that of the question before while `isAsking`. */
  readonly answer: Answer<Kind> | null;
  /** The last part of the question under way; null once it is answered. */
  readonly part: Part<Kind> | null;
  readonly isAsking: boolean;
  /** Why there is no answer; its message is text for a log. */
  readonly error: Error | null;
}

export const UNASKED = { answer: null, part: null, isAsking: false, error: null } as const;

/** `undefined`: the question needs no model. */
export type AskedModel = SurveyModel | undefined;

export interface SurveyAsker<Kind extends QuestionKind> {
  /** What is to be known; the same object while the question stays. Null: nothing. */
  readonly want: (ask: Ask<Kind> | null, model: AskedModel) => void;
  readonly end: () => void;
}

interface Question<Kind extends QuestionKind> {
  readonly ask: Ask<Kind>;
  readonly model: AskedModel;
}

export function createSurveyAsker<Kind extends QuestionKind>(
  survey: Survey,
  kind: Kind,
  onChange: (known: SurveyAnswer<Kind>) => void,
  now: () => number = () => performance.now(),
): SurveyAsker<Kind> {
  let known: SurveyAnswer<Kind> = UNASKED;
  let wanted: Question<Kind> | null = null;
  /** What was asked last, answered or not. */
  let asked: Question<Kind> | null = null;
  let open: AbortController | null = null;
  let rest: ReturnType<typeof setTimeout> | undefined;

  const publish = (change: Partial<SurveyAnswer<Kind>>) => {
    known = { ...known, ...change };
    onChange(known);
  };
  const callOff = () => {
    clearTimeout(rest);
    rest = undefined;
    open?.abort(new DOMException("no longer wanted", "AbortError"));
    open = null;
  };
  const start = (question: Question<Kind>) => {
    callOff();
    const control = new AbortController();
    const began = now();
    open = control;
    asked = question;
    publish({ part: null, isAsking: true, error: null });
    const settled = (change: Partial<SurveyAnswer<Kind>>) => {
      if (open !== control) return; // called off
      open = null;
      publish({ part: null, isAsking: false, ...change });
      rest = setTimeout(() => {
        rest = undefined;
        if (wanted !== null && wanted.model?.key !== asked?.model?.key) start(wanted);
      }, now() - began);
    };
    const onPart = (part: Part<Kind>) => {
      if (open === control) publish({ part });
    };
    const { ask, model } = question;
    survey.ask(kind, ask, { onPart, signal: control.signal, ...(model === undefined ? {} : { model }) }).then(
      (answer) => settled({ answer }),
      (error: unknown) => settled({ error: error instanceof Error ? error : new Error(String(error)) }),
    );
  };

  return {
    want(ask, model) {
      if (ask === null) {
        const wasWanted = wanted !== null;
        wanted = asked = null;
        callOff();
        known = UNASKED;
        if (wasWanted) onChange(known);
        return;
      }
      const before = wanted;
      wanted = { ask, model };
      // What was said of another experiment's model is not shown of this one.
      if (before !== null && before.model?.config !== model?.config) known = { ...known, answer: null };
      else if (asked?.ask === ask && (open !== null || rest !== undefined || asked.model?.key === model?.key)) return;
      start(wanted);
    },
    end() {
      wanted = asked = null;
      callOff();
    },
  };
}
