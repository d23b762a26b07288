import { expect, test } from "vitest";
import { BATCHES, groupsOf, growthGroups, PARTS, readBrowserOptions, readNodeOptions } from "./options";

test("measures everything unless told otherwise", () => {
  const options = readBrowserOptions([]);
  expect(options).toMatchObject({
    parts: PARTS,
    models: ["dense", "deep", "conv"],
    batches: BATCHES,
    backends: ["webgpu", "wasm"],
    seconds: 6,
  });
  expect(groupsOf(options)).toHaveLength(9);
});

test("a named model or batch size leaves the other parts out, unless parts are named too", () => {
  expect(readBrowserOptions(["--models=dense", "--batches=128", "--out=x.json"])).toMatchObject({
    parts: ["steps"],
    models: ["dense"],
    batches: [128],
    out: "x.json",
  });
  expect(readBrowserOptions(["--batches=128", "--parts=growth,memory"]).parts).toEqual(["growth", "memory"]);
});

test("says which names there are", () => {
  expect(() => readBrowserOptions(["--engines=torch"])).toThrow("--engines: no torch; there are compiled, tfjs, plain-tfjs, jax-js");
  expect(() => readBrowserOptions(["--parts=step"])).toThrow("--parts: no step");
  expect(() => readBrowserOptions(["--batches=0"])).toThrow("--batches: 0 is not a number above 0");
  expect(() => readBrowserOptions(["--seconds=many"])).toThrow(RangeError);
});

test("one group holds all engines and backends of a size, and the compiled engine on WebGPU alone", () => {
  const [group, ...others] = groupsOf(readBrowserOptions(["--models=conv", "--batches=32"]));
  expect(others).toEqual([]);
  expect(group!.map(({ engine, backend }) => `${engine} ${backend}`)).toEqual([
    "compiled webgpu",
    "tfjs webgpu",
    "plain-tfjs webgpu",
    "jax-js webgpu",
    "tfjs wasm",
    "plain-tfjs wasm",
    "jax-js wasm",
  ]);
});

test("growth grows one size at a time, and has the meeting point once", () => {
  const sizes = growthGroups(readBrowserOptions([])).map((group) => `${group[0]!.width} ${group[0]!.batch}`);
  expect(sizes).toEqual(["100 128", "200 128", "400 128", "800 128", "1600 128", "400 32", "400 64", "400 256", "400 512"]);
  expect(growthGroups(readBrowserOptions([]))[0]!.map(({ engine }) => engine)).toEqual(["compiled", "tfjs", "jax-js"]);
});

test("in Node measures the compiled engine on WebGPU, and reads what is to stand beside it", () => {
  expect(readNodeOptions(["--beside=torch.json,other.json"])).toMatchObject({
    engines: ["compiled"],
    backends: ["webgpu"],
    beside: ["torch.json", "other.json"],
    bundle: null,
  });
  expect(readNodeOptions(["--bundle=out"]).bundle).toBe("out");
});
