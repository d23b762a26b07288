import { expect, test } from "vitest";
import { briefText, countText, fixedText } from "./number-text";

const thin = (text: string) => text.replaceAll(" ", "\u202f");

test("thousands stand apart", () => {
  expect(countText(0)).toBe("0");
  expect(countText(842)).toBe("842");
  expect(countText(1842)).toBe(thin("1 842"));
  expect(countText(1234567)).toBe(thin("1 234 567"));
});

test("a fixed number of digits, a real minus, and no minus before nothing", () => {
  expect(fixedText(-162.44, 1)).toBe("−162.4");
  expect(fixedText(1999.96, 1)).toBe(thin("2 000.0"));
  expect(fixedText(-0.04, 1)).toBe("0.0");
  expect(fixedText(5.318, 2)).toBe("5.32");
});

test("three significant digits at most, none that say nothing", () => {
  expect([1e-5, 0.0003, 0.001, 0.0123456, 0.5, 1, 1.5, 20, 412.4, 99.96].map(briefText)).toEqual([
    "0.00001",
    "0.0003",
    "0.001",
    "0.0123",
    "0.5",
    "1",
    "1.5",
    "20",
    "412",
    "100",
  ]);
  expect(briefText(2140.3)).toBe(thin("2 140"));
  expect(briefText(6.587e19)).toBe("6.59e19");
  expect(briefText(-2.5e-9)).toBe("−2.5e−9");
  expect(briefText(0)).toBe("0");
});

test("what is not finite says so", () => {
  expect([Number.NaN, Infinity, -Infinity].map((value) => fixedText(value, 1))).toEqual(["NaN", "∞", "−∞"]);
  expect(briefText(Number.NaN)).toBe("NaN");
  expect(fixedText(6.6e19, 1)).toBe("6.6e19");
});
