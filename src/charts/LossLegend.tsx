/** Names and line styles of the curves, where there is no room to write them at their ends. */
import type { LossChartData } from "./loss-data";
import type { LossText } from "./loss-text";
import styles from "./LossCurves.module.css";

export function LossLegend({ data, text }: { readonly data: LossChartData; readonly text: LossText }) {
  const curves = data.panels.flatMap((panel) => panel.curves);
  return (
    <ul className={styles.legend} aria-hidden="true">
      {curves.map(({ id, color, name }) => (
        <li key={id} data-color={color}>
          <LineSample kind="training" /> {name}
        </li>
      ))}
      <li>
        <LineSample kind="held-out" /> {text.heldOut}
      </li>
    </ul>
  );
}

export function LineSample({ kind }: { readonly kind: "training" | "held-out" }) {
  return (
    <svg className={styles.sample} width="20" height="8" viewBox="0 0 20 8" aria-hidden="true">
      <path className={kind === "training" ? styles.smooth : styles.heldOut} d="M1 4H19" />
    </svg>
  );
}
