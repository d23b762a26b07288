/** The histogram's counts, for those who cannot see it. */
import { SCORE_BINS, type ScoreSummary } from "../../charts/score-histogram";
import { useText } from "../../i18n/use-text";
import { fixedText } from "../../lib/number-text";

/** Bins that one row holds: 0.2 of probability. */
const BINS_PER_ROW = 4;

interface ScoreTableProps {
  readonly real: ScoreSummary;
  readonly generated: ScoreSummary;
}

export function ScoreTable({ real, generated }: ScoreTableProps) {
  const { t } = useText("adversary");
  const rows = Array.from({ length: SCORE_BINS / BINS_PER_ROW }, (_, row) => row * BINS_PER_ROW);
  const countFrom = ({ counts }: ScoreSummary, first: number) =>
    counts.slice(first, first + BINS_PER_ROW).reduce((sum, count) => sum + count, 0);
  return (
    <table className="visually-hidden">
      <caption>{t("scoresTable")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("scoreAxis")}</th>
          <th scope="col">{t("real")}</th>
          <th scope="col">{t("generated")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((first) => (
          <tr key={first}>
            <th scope="row">
              {fixedText(first / SCORE_BINS, 1)}–{fixedText((first + BINS_PER_ROW) / SCORE_BINS, 1)}
            </th>
            <td>{countFrom(real, first)}</td>
            <td>{countFrom(generated, first)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
