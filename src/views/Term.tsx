/** A word that explains itself: press it for one sentence and the formula. */
import { lazy, type ReactNode } from "react";
import type { TermId } from "../i18n/catalogues";
import { useText } from "../i18n/use-text";
import { Popover } from "../ui/Popover";

// The explanations and the typesetter come with the first word that is pressed.
const TermCard = lazy(() => import("./TermCard"));

interface TermProps {
  readonly id: TermId;
  /** The word as it stands in its place. */
  readonly children: ReactNode;
}

export function Term({ id, children }: TermProps) {
  const { t } = useText("shell");
  return (
    <Popover look="word" label={typeof children === "string" ? children : t("explain")} trigger={children}>
      <TermCard id={id} />
    </Popover>
  );
}
