/**
 * Every failure reaches the visitor in their language, with a next step, and what
 * was learnt is not lost.
 */
import { expect, test } from "@playwright/test";
import { button, ON_WASM, openPlay, patchWorker, SMALL, status, statusLine, waitForStep } from "./playground";

for (const language of ["en", "zh"] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ locale: language === "en" ? "en-US" : "zh-CN" });
    const say = (english: RegExp, chinese: RegExp) => (language === "en" ? english : chinese);
    const train = language === "en" ? "Train" : "训练";

    test("no WebGPU: trains on WebAssembly and says why", async ({ page }) => {
      await patchWorker(page, "Object.defineProperty(WorkerNavigator.prototype, 'gpu', { value: undefined })");
      await openPlay(page, SMALL);
      await expect(statusLine(page)).toHaveAttribute("data-backend", "wasm");
      await page
        .getByRole("button", { name: /WebAssembly/ })
        .first()
        .click();
      await expect(page.getByText(say(/not in this browser/i, /此浏览器不支持/)).first()).toBeVisible();
    });

    test("WebGPU asked for by name, and no adapter", async ({ page }) => {
      await patchWorker(page, "GPU.prototype.requestAdapter = async () => null");
      await openPlay(page, `${SMALL}&backend=webgpu`, false);
      await expect(statusLine(page)).toHaveAttribute("data-phase", "failed");
      await expect(page.getByRole("alert")).toContainText(say(/adapter/i, /适配器/));
    });

    test("the adapter refuses a device", async ({ page }) => {
      await patchWorker(page, "GPUAdapter.prototype.requestDevice = async () => { throw new Error('refused for the test') }");
      await openPlay(page, `${SMALL}&backend=webgpu`, false);
      await expect(statusLine(page)).toHaveAttribute("data-phase", "failed");
      await expect(page.getByRole("alert")).toContainText("refused for the test");
    });

    test("a lost device: training resumes from the last checkpoint", async ({ page }) => {
      await patchWorker(
        page,
        `{ const open = GPUAdapter.prototype.requestDevice; self.openedDevices = [];
           GPUAdapter.prototype.requestDevice = async function (...wish) { const device = await open.apply(this, wish); self.openedDevices.push(device); return device; }; }`,
      );
      await openPlay(page, "backend=webgpu&enc=16&dec=16&batch=16");
      await button(page, train).click();
      await waitForStep(page, 3);
      const trainer = page.workers().find((worker) => worker.url().includes("trainer.worker"))!;
      await trainer.evaluate(() => (self as unknown as { openedDevices: GPUDevice[] }).openedDevices.at(-1)!.destroy());
      await expect(page.getByText(say(/went away|was lost|GPU.*lost/i, /GPU.*(丢失|断开|离开|失去)/)).first()).toBeVisible();
      const resumedFrom = Number(await status(page, "step"));
      await waitForStep(page, resumedFrom + 3);
      await expect(statusLine(page)).toHaveAttribute("data-phase", "training");
      expect(await trainer.evaluate(() => (self as unknown as { openedDevices: GPUDevice[] }).openedDevices.length)).toBeGreaterThan(1);
    });

    test("a learning rate of 100: a named stop with a way back", async ({ page }) => {
      await openPlay(page, `${ON_WASM}&${SMALL}&lr=100`);
      await button(page, train).click();
      await expect(statusLine(page)).toHaveAttribute("data-phase", "failed");
      const alert = page.getByRole("alert");
      await expect(alert).toContainText(say(/learning rate/i, /学习率/));
      await alert.getByRole("button").first().click();
      await expect(statusLine(page)).toHaveAttribute("data-phase", "paused");
      await expect(page).not.toHaveURL(/lr=100(&|$)/);
      await button(page, train).click();
      await waitForStep(page, 1);
    });

    test("the worker crashes: said, and a fresh one takes over", async ({ page }) => {
      await openPlay(page, `${ON_WASM}&${SMALL}`);
      const trainer = page.workers().find((worker) => worker.url().includes("trainer.worker"))!;
      await trainer.evaluate(() => {
        setTimeout(() => {
          throw new Error("crashed for the test");
        });
      });
      await expect(statusLine(page)).toHaveAttribute("data-phase", "failed");
      await expect(page.getByRole("alert")).toContainText("crashed for the test");
      await page.getByRole("alert").getByRole("button").first().click();
      await expect(statusLine(page)).toHaveAttribute("data-phase", "idle");
      await button(page, train).click();
      await waitForStep(page, 2);
    });

    test("a missing data file: named, and a retry gets it", async ({ page }) => {
      let missing = true;
      await page.route("**/data/mnist/train-00.bin", (route) => (missing ? route.fulfill({ status: 404, body: "" }) : route.continue()));
      await openPlay(page, `${ON_WASM}&${SMALL}`, false);
      await expect(statusLine(page)).toHaveAttribute("data-phase", "failed");
      await expect(page.getByRole("alert")).toContainText("train-00.bin");
      await expect(page.getByRole("alert")).toContainText("404");
      missing = false;
      await page.getByRole("alert").getByRole("button").first().click();
      await expect(statusLine(page)).toHaveAttribute("data-phase", "idle");
      await button(page, train).click();
      await waitForStep(page, 2);
    });

    test("a damaged data file: the checksum sees it", async ({ page }) => {
      let damaged = true;
      await page.route("**/data/mnist/train-00.bin", async (route) => {
        if (!damaged) return route.continue();
        const response = await route.fetch();
        const body = await response.body();
        body[body.length >> 1]! ^= 1;
        return route.fulfill({ response, body });
      });
      await openPlay(page, `${ON_WASM}&${SMALL}`, false);
      await expect(statusLine(page)).toHaveAttribute("data-phase", "failed");
      await expect(page.getByRole("alert")).toContainText(say(/damaged|corrupt|checksum/i, /损坏|校验/));
      damaged = false;
      await page.getByRole("alert").getByRole("button").first().click();
      await expect(statusLine(page)).toHaveAttribute("data-phase", "idle");
    });
  });
}
