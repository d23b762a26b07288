/** A number of the config under its name, with what is wrong with it. */
import type { TermId } from "../../i18n/catalogues";
import { RANGES, type RangeName, type RunConfig } from "../../protocol/run-config";
import { NumberField } from "../../ui/NumberField";
import { useDraft, useStores } from "../stores";
import { Choice } from "./Choice";
import { useIssue } from "./use-issue";

interface OptionNumberProps {
  readonly field: RangeName & keyof RunConfig & NumericField;
  readonly name: string;
  readonly term?: TermId;
}

/** Fields of the config that are one number. */
type NumericField = { [Name in keyof RunConfig]: RunConfig[Name] extends number ? Name : never }[keyof RunConfig];

export function OptionNumber({ field, name, term }: OptionNumberProps) {
  const { draft } = useStores();
  const value = useDraft((state) => state.config[field]);
  const issue = useIssue(field);
  return (
    <Choice name={name} {...(term === undefined ? {} : { term })}>
      <NumberField
        label={name}
        isLabelHidden
        value={value}
        {...RANGES[field]}
        issue={issue}
        onChange={(given) => draft.getState().edit({ [field]: given })}
      />
    </Choice>
  );
}
