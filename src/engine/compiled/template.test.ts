import { expect, test } from "vitest";
import { fillTemplate } from "./template";

test("leaves out the header and fills values", () => {
  expect(fillTemplate("// what it is\n// more\n\nlet a = {{size}}u; // kept", { size: 3 })).toBe("let a = 3u; // kept");
});

test("repeats lines, one block in another, with sums and products of the counters", () => {
  const template = "//#each r ROWS\nlet a{{r}} = x[{{r * 4 + 1}}];\n//#each c 2\nb{{r}}{{c}} = {{c * WIDTH}};\n//#end\n//#end\ndone";
  expect(fillTemplate(template, { ROWS: 2, WIDTH: 8 }).split("\n")).toEqual([
    "let a0 = x[1];",
    "b00 = 0;",
    "b01 = 8;",
    "let a1 = x[5];",
    "b10 = 0;",
    "b11 = 8;",
    "done",
  ]);
});

test("keeps one side of a condition, and asks no value of what is left out", () => {
  const template =
    "//#if on\nyes {{a}}\n//#else\nno {{b}}\n//#end\n//#if off\nnever {{missing}}\n//#each i missing\n{{i}}\n//#end\n//#end\nend";
  expect(fillTemplate(template, { on: true, off: 0, a: 1 })).toBe("yes 1\nend");
  expect(fillTemplate(template, { on: "", off: false, b: 2 })).toBe("no 2\nend");
});

test("says what is missing", () => {
  expect(() => fillTemplate("{{width}}", {})).toThrow("width has no value");
  expect(() => fillTemplate("//#if a\nx", { a: true })).toThrow("does not end");
  expect(() => fillTemplate("//#each i 2\nx", {})).toThrow("does not end");
  expect(() => fillTemplate("x\n//#end", {})).toThrow("closes nothing");
});
