/** What the reader has found: a line at the step, a dot on every curve, and a small table beside it. Seen only; the reader says it. */
import type { LossRates } from "./loss-data";
import type { LossLayout } from "./loss-layout";
import type { Reading } from "./loss-read";
import type { LossText } from "./loss-text";
import styles from "./LossCurves.module.css";

interface LossReadoutProps {
  readonly reading: Reading;
  readonly rates: LossRates;
  readonly layout: LossLayout;
  readonly text: LossText;
}

export function LossReadout({ reading, rates, layout, text }: LossReadoutProps) {
  const { left, right, top, bottom, panels } = layout;
  const x = layout.x(reading.toStep);
  const isLate = x > (left + right) / 2;
  const steps =
    reading.fromStep === reading.toStep ? text.count(reading.toStep) : `${text.count(reading.fromStep)}–${text.count(reading.toStep)}`;
  const curves = panels.flatMap((panel) => panel.curves.map(({ id }) => ({ id, panel })));
  return (
    <>
      <svg className={styles.svg} width="100%" height="100%" aria-hidden="true">
        <path className={styles.hair} d={`M${x} ${top}V${bottom}`} />
        {reading.values.map(({ id, color, training }) => {
          const panel = curves.find((curve) => curve.id === id)?.panel;
          const y = panel?.y?.(training);
          if (panel === undefined || y === undefined || !(y >= panel.top && y <= panel.bottom)) return null;
          return <circle key={id} className={styles.read} data-color={color} cx={x} cy={y} r={4} />;
        })}
      </svg>
      <div
        className={styles.readout}
        style={isLate ? { right: `calc(100% - ${x - 12}px)`, top } : { left: x + 12, top }}
        aria-hidden="true"
      >
        <table>
          <thead>
            <tr>
              <th>
                {text.step} {steps}
                <small>
                  {text.epoch} {text.count(reading.epoch)} · {text.rates(rates, reading.toStep)}
                </small>
              </th>
              <th>{text.training}</th>
              {reading.heldOutStep !== null && (
                <th>
                  {text.heldOut}
                  <small>
                    {text.step} {text.count(reading.heldOutStep)}
                  </small>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {reading.values.map(({ id, name, color, training, heldOut }) => (
              <tr key={id} data-color={color}>
                <th>{name}</th>
                <td>{text.nats(training)}</td>
                {heldOut !== null && <td>{text.nats(heldOut)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
