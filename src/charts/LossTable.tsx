/** The loss curves as a table: a row per evaluation, what was trained since the row above beside what was held out. */
import type { LossChartData } from "./loss-data";
import { tableReadings } from "./loss-read";
import type { LossText } from "./loss-text";
import styles from "./LossTable.module.css";

interface LossTableProps {
  readonly data: LossChartData;
  readonly text: LossText;
}

export function LossTable({ data, text }: LossTableProps) {
  const readings = tableReadings(data);
  if (readings.length === 0) return <p className={styles.empty}>{text.empty}</p>;
  const curves = data.panels.flatMap((panel) => panel.curves);
  return (
    // Focusable, so that it scrolls by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <figure className={styles.scroll} aria-label={text.figure} tabIndex={0}>
      <table className={styles.table}>
        <caption>{text.tableCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{text.steps}</th>
            <th scope="col">{text.epochs}</th>
            {curves.flatMap(({ id, name, color }) => [
              <th key={id} scope="col" data-color={color}>
                {name}
              </th>,
              <th key={`${id} held-out`} scope="col" data-color={color}>
                {name}, {text.heldOut}
              </th>,
            ])}
          </tr>
        </thead>
        <tbody>
          {readings.map((reading) => (
            <tr key={reading.toStep}>
              <th scope="row">
                {reading.fromStep === reading.toStep
                  ? text.count(reading.toStep)
                  : `${text.count(reading.fromStep)}–${text.count(reading.toStep)}`}
              </th>
              <td>{text.count(reading.epoch)}</td>
              {reading.values.flatMap(({ id, training, heldOut }) => [
                <td key={id}>{text.nats(training)}</td>,
                <td key={`${id} held-out`}>{heldOut === null ? "–" : text.nats(heldOut)}</td>,
              ])}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
