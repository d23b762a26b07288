import { expect, test } from "vitest";
import { pathOfHash } from "./hash-path";

test.each([
  ["", "/play"],
  ["#", "/play"],
  ["#/", "/play"],
  ["#/play", "/play"],
  ["#/play?z=2&data=mnist", "/play"],
  ["#/?z=2", "/play"],
  ["#/nowhere?x=1", "/nowhere"],
])("%s leads to %s", (hash, path) => {
  expect(pathOfHash(hash)).toBe(path);
});
