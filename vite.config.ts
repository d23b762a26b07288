/** Vite, and the unit and browser tiers of the tests (e2e has its own configuration in `e2e/`). */
import react from "@vitejs/plugin-react";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { CHROMIUM_FLAGS, findChromium } from "./scripts/chromium.mjs";

const executablePath = findChromium()?.path;

export default defineConfig({
  // Relative, so that the build works from any sub-path of any static host.
  base: "./",
  plugins: [react()],
  worker: { format: "es" },
  resolve: { dedupe: ["@tensorflow/tfjs-core", "react", "react-dom"] },
  // Without these the first cold start finds TensorFlow.js late and reloads the page in mid-training.
  optimizeDeps: {
    include: [
      "@tensorflow/tfjs-core",
      "@tensorflow/tfjs-core/dist/register_all_gradients",
      "@tensorflow/tfjs-backend-webgpu",
      "@tensorflow/tfjs-backend-wasm",
      "@tensorflow/tfjs-backend-cpu",
    ],
  },
  build: { target: "es2023" },
  test: {
    projects: [
      {
        extends: true,
        test: { name: "unit", include: ["{src,bench,scripts}/**/*.test.{ts,tsx}"], exclude: ["**/*.browser.test.*"], environment: "node" },
      },
      {
        extends: true,
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
