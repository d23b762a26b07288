/** What keeps a file from being this network's weights, the first few of it in words. Names from the file are text, cut short. */
import type { WeightFileProblem } from "../../exchange/weight-file";
import { useText } from "../../i18n/use-text";
import styles from "./ExchangePanel.module.css";

/** More would not help anybody to see what is wrong. */
const SHOWN = 4;
const NAME_LENGTH = 40;

export function ImportProblems({ problems }: { readonly problems: readonly WeightFileProblem[] }) {
  const { t } = useText("exchange");
  const text = useProblemText();
  const more = problems.length - SHOWN;
  return (
    <>
      <p className={styles.problem}>{t("import.refused")}</p>
      <ul className={styles.problems}>
        {problems.slice(0, SHOWN).map((problem, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- a list that is replaced whole
          <li key={i}>{text(problem)}</li>
        ))}
        {more > 0 && <li>{t("import.more", { number: more })}</li>}
      </ul>
    </>
  );
}

const short = (name: string): string => (name.length > NAME_LENGTH ? `${name.slice(0, NAME_LENGTH)}…` : name);
const shapeText = (shape: readonly number[]): string => `[${shape.slice(0, 8).join(", ")}]`;

function useProblemText(): (problem: WeightFileProblem) => string {
  const { t } = useText("exchange");
  return (problem) => {
    switch (problem.kind) {
      case "missing":
        return t("problem.missing", { name: problem.name, expected: shapeText(problem.expected) });
      case "extra":
        return t("problem.extra", { name: short(problem.name), given: shapeText(problem.given) });
      case "shape":
        return t("problem.shape", { name: problem.name, expected: shapeText(problem.expected), given: shapeText(problem.given) });
      case "not-finite":
        return t("problem.not-finite", { name: problem.name });
      case "malformed":
        return problem.tensor === ""
          ? t(`malformed.${problem.code}`)
          : `${t(`malformed.${problem.code}`)} ${t("malformed.at", { name: short(problem.tensor) })}`;
      case "too-large":
      case "unreadable":
        return t(`problem.${problem.kind}`);
    }
  };
}
