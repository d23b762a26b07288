/** The README's table of families says what the engine's capability function says. */
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { familiesBlock, familiesTable } from "./families-table";

test("README.md has the table as the code makes it: npm run families -- --write", async () => {
  expect(familiesBlock(await readFile("README.md", "utf8"))).toBe(familiesTable());
});

test("a missing marker is told", () => {
  expect(() => familiesBlock("no table here")).toThrow("<!-- families -->");
});
