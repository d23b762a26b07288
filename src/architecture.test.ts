/** Holds the source tree to its import table (`src/README.md`): who may import whom. */
import { expect, test } from "vitest";

const PAGE = ["lib", "protocol", "model", "store", "exchange", "charts", "i18n", "ui", "views"];

/** Folder → the folders it may import from, besides itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  protocol: ["lib"],
  model: ["lib", "protocol"],
  datasets: ["lib", "protocol"],
  engine: ["lib", "protocol", "model"],
  worker: ["lib", "protocol", "model", "datasets", "engine"],
  survey: ["lib", "protocol", "model", "datasets"],
  bridge: ["lib", "protocol", "worker", "survey"], // the workers by URL only
  store: ["lib", "protocol", "model"],
  charts: ["lib"],
  exchange: ["lib", "protocol", "model"],
  ui: ["lib"],
  i18n: ["lib", "protocol"],
  views: ["lib", "protocol", "model", "exchange", "store", "charts", "i18n", "ui"],
  app: [...PAGE, "bridge"],
};

/** npm package prefix → the folders that may name it. */
const PACKAGE_HOME: Readonly<Record<string, readonly string[]>> = {
  "@tensorflow/": ["engine"],
  d3: ["charts"],
  zustand: ["store", "views", "app"],
  react: ["charts", "views", "ui", "i18n", "app"],
  "react-aria": ["ui", "charts"],
  "lucide-react": ["ui", "views", "app"],
  i18next: ["i18n"],
  valibot: ["protocol"],
  idb: ["worker"],
  wouter: ["app"],
  katex: ["ui"],
  "umap-js": ["survey"],
  "ml-pca": ["survey"],
  gifenc: ["exchange"],
};

const sources = import.meta.glob<string>("./*/**/*.{ts,tsx}", { query: "?raw", import: "default", eager: true });

const IMPORT = /(?:\bfrom|\bimport|\bURL\()\s*\(?\s*["']([^"']+)["']/g;

function breachOf(path: string, specifier: string): string | null {
  const folder = path.split("/")[1]!;
  const allowed = MAY_IMPORT[folder];
  if (allowed === undefined) return `${path}: the folder ${folder} is not in the table`;
  if (/^(\.\.?\/)+$/.test(specifier)) return null; // the base of an address, not a module
  if (specifier.startsWith(".")) {
    const target = new URL(specifier, `file:///${path}`).pathname.split("/")[1]!;
    const outside = target.includes("."); // a file beside the folders, such as main.css
    return target === folder || outside || allowed.includes(target) ? null : `${path} → ${specifier}`;
  }
  const named = Object.entries(PACKAGE_HOME)
    .filter(
      ([prefix]) =>
        specifier === prefix || specifier.startsWith(prefix.endsWith("/") ? prefix : `${prefix}/`) || specifier.startsWith(`${prefix}-`),
    )
    .toSorted(([a], [b]) => b.length - a.length)[0];
  return named === undefined || named[1].includes(folder) ? null : `${path} → ${specifier}`;
}

test("no module reaches against the data flow", () => {
  const breaches = Object.entries(sources)
    .filter(([path]) => !path.includes(".test.") && !path.startsWith("./testing/"))
    .flatMap(([path, code]) => [...code.matchAll(IMPORT)].map(([, specifier]) => breachOf(path, specifier!)))
    .filter((breach) => breach !== null);
  expect(breaches).toEqual([]);
});

test("the table sees a breach", () => {
  expect(breachOf("./lib/x.ts", "../store/run-store")).not.toBeNull();
  expect(breachOf("./views/x.tsx", "../bridge/start")).not.toBeNull();
  expect(breachOf("./views/x.tsx", "@tensorflow/tfjs-core")).not.toBeNull();
  expect(breachOf("./strange/x.ts", "../lib/assert")).not.toBeNull();
  expect(breachOf("./engine/x.ts", "../model/network")).toBeNull();
});

test("chance comes from the run's seed", () => {
  const random = Object.entries(sources).filter(([path, code]) => !path.includes(".test.") && /Math\.random\(/.test(code));
  expect(random.map(([path]) => path)).toEqual([]);
});
