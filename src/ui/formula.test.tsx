// @vitest-environment jsdom
import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { FORMULAS } from "../i18n/formulas";
import Formula, { mathMarkup } from "./Formula";

test("TeX becomes MathML, without a style sheet or a font", () => {
  const { container } = render(<Formula tex={String.raw`\tfrac{1}{2} \sum_j \mu_j^2`} />);
  expect(container.querySelector("math mfrac")).not.toBeNull();
  expect(container.querySelector(".katex-html")).toBeNull();
});

test("letters of another alphabet are written as characters, which every browser draws", () => {
  expect(mathMarkup(String.raw`\mathbb{E}`)).toContain('<mi mathvariant="normal">𝔼</mi>');
  const left = Object.values(FORMULAS).filter((tex) => tex !== null && /mathvariant="(?!normal)/.test(mathMarkup(tex)));
  expect(left).toEqual([]);
});
