// @vitest-environment jsdom
import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import Formula from "./Formula";

test("TeX becomes MathML, without a style sheet or a font", () => {
  const { container } = render(<Formula tex={String.raw`\tfrac{1}{2} \sum_j \mu_j^2`} />);
  expect(container.querySelector("math mfrac")).not.toBeNull();
  expect(container.querySelector(".katex-html")).toBeNull();
});
