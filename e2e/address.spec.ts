/** The whole experiment is in the address, and what an address holds can do no harm. */
import { expect, test } from "@playwright/test";
import { button, openPlay, status, statusLine } from "./playground";

const QUERY = "model=ae&enc=32,16:tanh&z=3&dec=24&rec=mse&opt=sgd&lr=0.0001&batch=64&seed=7&backend=wasm";

test("a reload finds the same settings and the same first loss", async ({ page }) => {
  await openPlay(page, QUERY);
  await button(page, "Step").click();
  await expect(statusLine(page)).toHaveAttribute("data-step", "1");
  await expect.poll(() => status(page, "objective")).not.toBe("");
  const first = await status(page, "objective");
  const address = page.url();
  await page.reload();
  await expect(statusLine(page)).toHaveAttribute("data-backend", "wasm");
  expect(new URL(page.url()).hash).toBe(new URL(address).hash);
  await expect(statusLine(page)).toHaveAttribute("data-step", "0");
  await button(page, "Step").click();
  await expect.poll(() => status(page, "objective")).toBe(first);
});

test("bad values are mended with a notice and shown as text", async ({ page }) => {
  let dialogs = 0;
  page.on("dialog", (dialog) => {
    dialogs++;
    void dialog.dismiss();
  });
  await openPlay(page, `z=9999&batch=soup&opt=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&colour=red&backend=wasm&enc=16&dec=16`);
  const notice = page.getByText("9999").first();
  await expect(notice).toBeVisible();
  await expect(page.getByText("soup").first()).toBeVisible();
  await expect(page.getByText("<img src=x onerror=alert(1)>").first()).toBeVisible();
  await expect(page.locator("img[src=x]")).toHaveCount(0);
  expect(dialogs).toBe(0);
});

test("a link pasted over the address opens that experiment", async ({ page }) => {
  await openPlay(page, "backend=wasm&enc=16&dec=16");
  await page.evaluate(() => (location.hash = "#/play?backend=wasm&enc=16&dec=16&z=3&model=ae"));
  await button(page, "Step").click();
  await expect(statusLine(page)).toHaveAttribute("data-kl", "0");
});
