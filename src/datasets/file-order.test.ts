import { expect, test } from "vitest";
import { fileOrder, type FileRef } from "./file-order";

const short = (order: readonly FileRef[]) => order.map(({ split, index }) => `${split === "train" ? "t" : "h"}${index}`).join(" ");

test("puts first what training and the first picture need", () => {
  expect(short(fileOrder({ train: 4, heldOut: 3, heldOutFirst: 1, isLastPartial: false }))).toBe("t0 h0 t1 t2 t3 h1 h2");
});

test("fetches a last training file used in part early, for the floor", () => {
  expect(short(fileOrder({ train: 4, heldOut: 1, heldOutFirst: 1, isLastPartial: true }))).toBe("t0 h0 t3 t1 t2");
});

test.each([
  [{ train: 1, heldOut: 1, heldOutFirst: 1, isLastPartial: true }, "t0 h0"],
  [{ train: 2, heldOut: 2, heldOutFirst: 5, isLastPartial: true }, "t0 h0 h1 t1"],
  [{ train: 1, heldOut: 2, heldOutFirst: 0, isLastPartial: false }, "t0 h0 h1"],
])("names every file once: %o", (wanted, order) => {
  expect(short(fileOrder(wanted))).toBe(order);
});
