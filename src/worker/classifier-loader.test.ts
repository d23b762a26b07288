import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createClassifierLoader } from "./classifier-loader";

const BASE = "https://page.example/sub/classifiers/";
const shipped = new Uint8Array(readFileSync("public/classifiers/mnist.safetensors"));

function loader(answer: () => Response | Promise<Response>) {
  const asked: string[] = [];
  const load = createClassifierLoader({
    baseUrl: BASE,
    fetch: async (url) => {
      asked.push(url);
      return answer();
    },
  });
  return { asked, load };
}

test("the shipped one is fetched once and tells classes", async () => {
  const { asked, load } = loader(() => new Response(shipped));
  const classifier = await load("mnist");
  expect(classifier!.accuracy).toBeGreaterThan(0.9);
  expect(classifier!.classify(new Float32Array(2 * 784), 2).length).toBe(2);
  expect(await load("mnist")).toBe(classifier);
  expect(asked).toEqual([`${BASE}mnist.safetensors`]);
});

test("points have none, and nothing is asked for", async () => {
  const { asked, load } = loader(() => new Response(shipped));
  expect(await load("moons")).toBeNull();
  expect(asked).toEqual([]);
});

test.each<[string, () => Response | Promise<Response>]>([
  ["missing", () => new Response(null, { status: 404 })],
  ["cut off", () => new Response(shipped.slice(0, 5_000))],
  ["a page of words", () => new Response("<!doctype html>")],
  ["for other data", () => new Response(new Uint8Array(readFileSync("public/classifiers/shapes.safetensors")))],
  ["out of reach", () => Promise.reject(new TypeError("Failed to fetch"))],
])("one that is %s is done without, and asked for again", async (_, answer) => {
  let isFirst = true;
  const { asked, load } = loader(() => {
    if (!isFirst) return new Response(shipped);
    isFirst = false;
    return answer();
  });
  expect(await load("mnist")).toBeNull();
  expect(await load("mnist")).not.toBeNull();
  expect(asked.length).toBe(2);
});
