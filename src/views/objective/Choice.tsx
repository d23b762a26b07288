/** A control under its name; where the name is a term of the field, it explains itself. */
import type { ReactNode } from "react";
import type { TermId } from "../../i18n/catalogues";
import { Term } from "../Term";
import styles from "./RunChoices.module.css";

interface ChoiceProps {
  readonly term?: TermId;
  readonly name: string;
  readonly children: ReactNode;
}

export function Choice({ term, name, children }: ChoiceProps) {
  return (
    <div className={styles.choice}>
      <span className={styles.name}>{term === undefined ? name : <Term id={term}>{name}</Term>}</span>
      {children}
    </div>
  );
}
