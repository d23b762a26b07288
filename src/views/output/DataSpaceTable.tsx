/** The data space as a table: where each class lies, and how far off its reconstructions are. */
import { useText } from "../../i18n/use-text";
import { countText, fixedText } from "../../lib/number-text";
import table from "../latent/ClassTable.module.css";
import { coordinateName } from "../latent/latent-text";
import { useRun } from "../stores";
import { classDistances, type Links } from "./data-space";

export function DataSpaceTable({ links }: { readonly links: Links | null }) {
  const { t, language } = useText("adversary");
  const material = useRun((state) => state.material);
  const { pixels } = useRun((state) => state.network);
  if (material === null) return null;
  const { examples, classNames } = material;
  const rows = classDistances(examples.pixels, pixels, examples.labels, links, classNames[language].length);
  return (
    <>
      {links !== null && <p>{t("space.tableNote", { number: countText(links.to.length / pixels) })}</p>}
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t("space.class")}</th>
              <th scope="col">{t("space.count")}</th>
              {Array.from({ length: pixels }, (_, axis) => (
                <th key={coordinateName(axis)} scope="col">
                  {t("space.mean", { axis: coordinateName(axis) })}
                </th>
              ))}
              {links !== null && <th scope="col">{t("space.distance")}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, points, mean, distance }) => (
              <tr key={label}>
                <th scope="row">{classNames[language][label]}</th>
                <td>{points}</td>
                {mean.map((value, axis) => (
                  <td key={coordinateName(axis)}>{fixedText(value, 2)}</td>
                ))}
                {links !== null && <td>{Number.isNaN(distance) ? "–" : fixedText(distance, 3)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
