/** The options of the family that are in force, in words. */
import { useText } from "../../i18n/use-text";
import { useDraft } from "../stores";
import { familyWords, type FamilyWord } from "./family-words";
import styles from "./ObjectiveCard.module.css";

export function FamilyWords() {
  const say = useSay();
  const config = useDraft((state) => state.config);
  return <p className={styles.words}>{familyWords(config).map(say).join(" · ")}</p>;
}

function useSay(): (word: FamilyWord) => string {
  const { t } = useText("families");
  return (word) => {
    switch (word.id) {
      case "corruption": {
        const level = word.kind === "gaussian" ? t("force.deviation", { level: word.level }) : t("force.share", { percent: word.level });
        return t("force.corruption", { kind: t(word.kind), level });
      }
      default: {
        const { id, ...numbers } = word;
        // One of the ids stands for all: their placeholders are the words' own fields, and what is missing a test would show.
        return t(`force.${id}` as "force.hinge", numbers);
      }
    }
  };
}
