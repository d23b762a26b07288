/** Vite, and the unit and browser tiers of the tests (e2e has its own configuration in `e2e/`). */
import optimizeLocales from "@react-aria/optimize-locales-plugin";
import react from "@vitejs/plugin-react";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import type { Plugin } from "vite";
import { CHROMIUM_FLAGS, findChromium } from "./scripts/chromium.mjs";
import { thirdPartyNotices } from "./scripts/notices.mjs";

const executablePath = findChromium()?.path;

/** Licence comments would add most of a megabyte to the worker; the notices go in a file of their own instead. */
const output = { comments: { legal: false } } as const;

function notices(): Plugin {
  return {
    name: "third-party-notices",
    apply: "build",
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "third-party-notices.txt", source: thirdPartyNotices() });
    },
  };
}

export default defineConfig({
  // Relative, so that the build works from any sub-path of any static host.
  base: "./",
  plugins: [
    react(),
    notices(),
    // react-aria's own words (a hidden "Dismiss" and its like) in the page's two languages rather than in thirty.
    { ...optimizeLocales.vite({ locales: ["en-US", "zh-CN"] }), enforce: "pre" },
  ],
  worker: { format: "es", rolldownOptions: { output, checks: { pluginTimings: false } } },
  resolve: { dedupe: ["@tensorflow/tfjs-core", "react", "react-dom"] },
  // Without these the first cold start finds TensorFlow.js late and reloads the page in mid-training.
  optimizeDeps: {
    include: [
      "@tensorflow/tfjs-core",
      "@tensorflow/tfjs-core/dist/register_all_gradients",
      "@tensorflow/tfjs-backend-webgpu",
      "@tensorflow/tfjs-backend-wasm",
      "@tensorflow/tfjs-backend-cpu",
      "idb", // named in the worker only, as TensorFlow.js is
      "ml-pca", // in the survey's, as the next
      "umap-js",
    ],
  },
  // What is loaded is weighed gzipped, against budgets, by `scripts/size.mjs`.
  build: { target: "es2023", chunkSizeWarningLimit: 600, rolldownOptions: { output, checks: { pluginTimings: false } } },
  test: {
    projects: [
      {
        extends: true,
        test: { name: "unit", include: ["{src,bench,scripts}/**/*.test.{ts,tsx}"], exclude: ["**/*.browser.test.*"], environment: "node" },
      },
      {
        extends: true,
        // The page's packages, for tests that show a view: found late, they would reload the test that needs them.
        optimizeDeps: {
          include: [
            "d3",
            "i18next",
            "lucide-react",
            "react",
            "react/jsx-dev-runtime",
            "react-dom",
            "react-dom/client",
            "react-error-boundary",
            "react-i18next",
            "valibot",
            "zustand",
            "zustand/vanilla",
          ],
        },
        test: {
          name: "browser",
          include: ["src/**/*.browser.test.{ts,tsx}"],
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { args: CHROMIUM_FLAGS, ...(executablePath === undefined ? {} : { executablePath }) } }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
    ],
  },
});
