/** An answer of the survey as a view's state. */
import { useEffect, useMemo, useState } from "react";
import type { Ask, QuestionKind, SurveyModel } from "../../protocol/survey";
import { useStores } from "../stores";
import { createSurveyAsker, UNASKED, type SurveyAnswer } from "./survey-asker";

interface SurveyNeeds {
  /** As `useSurveyModel` gives it: null waits for one. Left out of a question that needs none. */
  readonly model?: SurveyModel | null;
}

/**
 * Asks when the question changes and calls the former one off; asks anew of a newer model, once the last answer is there.
 *
 * @param ask the same object while the question stays (`useMemo`); null asks nothing
 */
export function useSurveyAnswer<Kind extends QuestionKind>(
  kind: Kind,
  ask: Ask<Kind> | null,
  { model }: SurveyNeeds = {},
): SurveyAnswer<Kind> {
  const { survey } = useStores();
  const [known, setKnown] = useState<SurveyAnswer<Kind>>(UNASKED);
  const asker = useMemo(() => createSurveyAsker(survey, kind, setKnown), [survey, kind]);
  useEffect(() => () => asker.end(), [asker]);
  useEffect(() => {
    asker.want(model === null ? null : ask, model ?? undefined);
  }, [asker, ask, model]);
  return known;
}
