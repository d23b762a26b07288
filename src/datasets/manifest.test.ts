import { expect, test } from "vitest";
import { tinyDataset } from "../testing/packed-dataset";
import { parseManifest } from "./manifest";

const { manifest } = tinyDataset();

test("reads what the converter writes", () => {
  expect(parseManifest("mnist", JSON.stringify(manifest))).toEqual(manifest);
});

test.each([
  ["a page sent in its place", "<!doctype html>"],
  ["another data set", JSON.stringify({ ...manifest, id: "fashion" })],
  ["another version", JSON.stringify({ ...manifest, version: 2 })],
  ["half a manifest", JSON.stringify({ version: 1, id: "mnist" })],
  ["a count that its files do not add up to", JSON.stringify({ ...manifest, trainImages: 11 })],
  [
    "a file without its checksum",
    JSON.stringify({ ...manifest, heldOut: manifest.heldOut.map((file) => ({ ...file, sha256: undefined })) }),
  ],
  ["nothing", "null"],
])("turns away %s", (_, text) => {
  expect(parseManifest("mnist", text)).toBeNull();
});
