/** The e2e tier: the built app, served from a sub-path, in a real Chromium with software WebGPU. */
import { defineConfig } from "@playwright/test";
import { CHROMIUM_FLAGS, findChromium } from "../scripts/chromium.mjs";

const PORT = 4179;
const executablePath = findChromium()?.path;

export default defineConfig({
  testDir: ".",
  outputDir: "../test-results",
  // Two cores, and software WebGPU takes both.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [["list"], ["json"]],
  use: {
    baseURL: `http://127.0.0.1:${PORT}/any/sub-path/`,
    viewport: { width: 1440, height: 900 },
    locale: "en-US",
    launchOptions: { args: CHROMIUM_FLAGS, ...(executablePath === undefined ? {} : { executablePath }) },
  },
  webServer: {
    command: `npx vite preview --host 127.0.0.1 --port ${PORT} --strictPort --base /any/sub-path/`,
    cwd: "..",
    url: `http://127.0.0.1:${PORT}/any/sub-path/`,
    reuseExistingServer: false,
  },
});
