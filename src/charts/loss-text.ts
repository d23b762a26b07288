/** The words and number formats of the loss chart, handed in by the view that knows the language. */
import type { LossRates } from "./loss-data";

export interface LossText {
  /** Accessible name of the figure. */
  readonly figure: string;
  /** Unit of the first panel's y axis, as short as it can be. */
  readonly unit: string;
  /** Before a number: "step 70". */
  readonly step: string;
  readonly epoch: string;
  /** Of an axis or a column. */
  readonly steps: string;
  readonly epochs: string;
  readonly training: string;
  readonly heldOut: string;
  /** Shown in place of curves before the first step. */
  readonly empty: string;
  /** Where training stopped for good. */
  readonly stopped: string;
  /** Accessible name of the reader, with a word on its keys. */
  readonly reader: string;
  /** Caption of the table: what its training values are means of. */
  readonly tableCaption: string;
  /** A loss in nats. */
  readonly nats: (value: number) => string;
  /** A whole number. */
  readonly count: (value: number) => string;
  /** A number on a y axis, with so many digits after the point. */
  readonly tick: (value: number, digits: number) => string;
  /** Which rates changed, and to what; both are named when both changed. */
  readonly change: (before: LossRates, after: LossRates) => string;
  /** That the model of this step is on screen. */
  readonly shown: (step: number) => string;
  /** The rates in force at a step, counted from 1. */
  readonly rates: (rates: LossRates, step: number) => string;
}
