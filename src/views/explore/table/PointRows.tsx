/** The table of the shown points: sorted by any column, a page at a time, each row a place to go to. */
import { ArrowDown, ArrowUp, Crosshair, LocateFixed } from "lucide-react";
import { useEffect, useMemo, useState, type ReactNode } from "react";
import { useText } from "../../../i18n/use-text";
import { countText, fixedText } from "../../../lib/number-text";
import type { Floats } from "../../../protocol/messages";
import { IconButton } from "../../../ui/IconButton";
import { Button } from "../../../ui/Button";
import { axisName } from "../../latent/latent-text";
import { classOfPoint, codeOfPoint, useShownPoints, type ShownPoints } from "../../latent/use-cloud";
import { usePreferences, useRun, useStores } from "../../stores";
import { useSurveyModel } from "../survey-model";
import { pageOf, sortPoints, valueOf, type PointColumn, type RowContext, type SortRule } from "./point-rows";
import styles from "./PointRows.module.css";

const PAGE = 25;

export function PointRows({ onDone }: { readonly onDone: () => void }) {
  const { t } = useText("explore");
  const points = useShownPoints();
  const context = useContext();
  const [rule, setRule] = useState<SortRule>({ column: "distance", isDescending: false });
  const [page, setPage] = useState(0);
  const order = useMemo(() => (points === null ? null : sortPoints(points, rule, context)), [points, rule, context]);
  if (points === null || order === null) return null;

  const total = order.shown.length;
  const pages = Math.max(1, Math.ceil(total / PAGE));
  const at = Math.min(page, pages - 1);
  const rows = pageOf(order, at * PAGE, PAGE);
  const sortBy = (column: PointColumn) => {
    setPage(0);
    setRule({ column, isDescending: rule.column === column && !rule.isDescending });
  };
  return (
    <>
      <p className={styles.note}>{t("table.note", { number: countText(total) })}</p>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <Head points={points} context={context} rule={rule} onSort={sortBy} />
          <tbody>
            {rows.map((index) => (
              <Row key={index} index={index} points={points} context={context} onDone={onDone} />
            ))}
          </tbody>
        </table>
      </div>
      <div className={styles.pager}>
        <Button isDisabled={at === 0} onPress={() => setPage(at - 1)}>
          {t("table.previous")}
        </Button>
        <span aria-live="polite">{t("table.page", { page: countText(at + 1), pages: countText(pages) })}</span>
        <Button isDisabled={at >= pages - 1} onPress={() => setPage(at + 1)}>
          {t("table.next")}
        </Button>
      </div>
    </>
  );
}

/** What rows are compared by: where the probe stood when the table was opened, so that rows do not run about under the hand. */
function useContext(): RowContext {
  const { probe } = useStores();
  const hiddenClasses = usePreferences((state) => state.hiddenClasses);
  const losses = useLosses();
  const [{ z, axes }] = useState(() => probe.getState());
  return useMemo(() => ({ z, axes, losses, hiddenClasses }), [z, axes, losses, hiddenClasses]);
}

/** Reconstruction losses of the examples, from the survey; null until they are there and where nothing is reconstructed. */
function useLosses(): Floats | null {
  const { survey } = useStores();
  const model = useSurveyModel();
  const examples = useRun((state) => state.material?.examples) ?? null;
  const [losses, setLosses] = useState<Floats | null>(null);
  useEffect(() => {
    if (model === null || examples === null || model.config.model === "gan") return;
    const callOff = new AbortController();
    survey.ask("losses", examples, { model, signal: callOff.signal }).then(
      (answer) => setLosses(answer.losses),
      () => undefined, // the column stays empty
    );
    return () => callOff.abort();
  }, [survey, model, examples]);
  return losses;
}

interface HeadProps {
  readonly points: ShownPoints;
  readonly context: RowContext;
  readonly rule: SortRule;
  readonly onSort: (column: PointColumn) => void;
}

/** The columns these points have. */
function columnsOf(points: ShownPoints, { axes, losses }: RowContext): readonly PointColumn[] {
  const all: readonly PointColumn[] = ["index", "class", "horizontal", "vertical", "sigma", "loss", "distance"];
  return all.filter((column) => {
    if (column === "class") return classOfPoint(points, 0) !== null;
    if (column === "vertical") return axes[0] !== axes[1];
    if (column === "sigma") return points.examples.logVar !== null;
    return column !== "loss" || losses !== null;
  });
}

function Head({ points, context, rule, onSort }: HeadProps) {
  const { t } = useText("explore");
  const nameOf = (column: PointColumn): string => {
    if (column === "horizontal") return axisName(context.axes[0]);
    return column === "vertical" ? axisName(context.axes[1]) : t(`table.${column}`);
  };
  return (
    <thead>
      <tr>
        {columnsOf(points, context).map((column) => {
          const isSorted = rule.column === column;
          return (
            <th key={column} scope="col" aria-sort={isSorted ? (rule.isDescending ? "descending" : "ascending") : "none"}>
              <button type="button" className={styles.sort} onClick={() => onSort(column)}>
                {nameOf(column)}
                {isSorted && (rule.isDescending ? <ArrowDown size={12} aria-hidden /> : <ArrowUp size={12} aria-hidden />)}
              </button>
            </th>
          );
        })}
        <th scope="col">
          <span className="visually-hidden">{t("table.actions")}</span>
        </th>
      </tr>
    </thead>
  );
}

interface RowProps {
  readonly index: number;
  readonly points: ShownPoints;
  readonly context: RowContext;
  readonly onDone: () => void;
}

function Row({ index, points, context, onDone }: RowProps) {
  const { t, language } = useText("explore");
  const { probe } = useStores();
  const classNames = useRun(({ material }) => material?.classNames[language]);
  const isDraw = useRun(({ config }) => config.model === "gan");
  const isExample = index < points.exampleCount;
  const number = isExample ? index + 1 : index - points.exampleCount + 1;
  const name = t(isDraw ? "table.draw" : isExample ? "table.heldOut" : "table.training", { number });
  const cell = (column: PointColumn): ReactNode => {
    if (column === "index") return name;
    const value = valueOf(points, index, column, context);
    if (column === "class") return classNames?.[value] ?? "";
    return Number.isNaN(value) ? "–" : fixedText(value, column === "loss" ? 1 : 2);
  };
  const goThere = () => {
    probe.getState().setCode([...codeOfPoint(points, index)]);
    onDone();
  };
  const mark = () => {
    probe.getState().hover(index);
    onDone();
  };
  return (
    <tr>
      {columnsOf(points, context).map((column) =>
        column === "index" ? (
          <th key={column} scope="row">
            {cell(column)}
          </th>
        ) : (
          <td key={column}>{cell(column)}</td>
        ),
      )}
      <td className={styles.deeds}>
        <IconButton label={t("table.goThere", { name })} onPress={goThere}>
          <LocateFixed size={16} aria-hidden />
        </IconButton>
        {isExample && (
          <IconButton label={t("table.mark", { name })} onPress={mark}>
            <Crosshair size={16} aria-hidden />
          </IconButton>
        )}
      </td>
    </tr>
  );
}
