/** A visitor walks through latent space, edits the network and finds an interrupted run again. */
import { expect, test, type Page } from "@playwright/test";
import { button, ON_WASM, openPlay, SMALL, statusLine, waitForStep, watchConsole } from "./playground";

/** What the probe decodes to, as the picture's pixels. */
const decoded = (page: Page) =>
  page
    .getByRole("img", { name: "What the probe decodes to" })
    .evaluate((node) => (node instanceof HTMLCanvasElement ? node : node.querySelector("canvas")!).toDataURL());

async function plane(page: Page) {
  const box = await page.getByRole("figure", { name: "Decoder grid", exact: true }).boundingBox();
  return (across: number, up: number) => [box!.x + box!.width * across, box!.y + box!.height * up] as const;
}

test("the probe follows mouse and arrows and decodes at once, while training runs", async ({ page }) => {
  const quiet = watchConsole(page);
  await openPlay(page, `${ON_WASM}&${SMALL}`);
  await button(page, "Train").click();
  await waitForStep(page, 100);
  const at = await plane(page);
  await page.mouse.move(...at(0.5, 0.5));
  await page.mouse.down();
  await page.mouse.move(...at(0.3, 0.3));
  const left = await decoded(page);
  await page.mouse.move(...at(0.75, 0.7));
  const right = await decoded(page);
  await page.mouse.up();
  expect(right).not.toBe(left);
  const across = page.getByRole("slider", { name: "Probe, z₁" });
  const before = Number(await across.inputValue());
  expect(before).toBeGreaterThan(0);
  await across.focus();
  await page.keyboard.press("ArrowLeft");
  // A tenth of a unit, with Shift half a unit. Keys land on round values: hence within 0.05 of where the mouse left it.
  await expect.poll(async () => Math.abs(Number(await across.inputValue()) - (before - 0.1))).toBeLessThan(0.05);
  await page.keyboard.press("Shift+ArrowLeft");
  await expect.poll(async () => Math.abs(Number(await across.inputValue()) - (before - 0.6))).toBeLessThan(0.05);
  await expect(statusLine(page)).toHaveAttribute("data-phase", "training");
  quiet();
});

test("the legend hides a class, hovering shows the image behind a point", async ({ page }) => {
  await openPlay(page, `${ON_WASM}&${SMALL}`);
  await button(page, "Train").click();
  await waitForStep(page, 200);
  await button(page, "Pause").click();
  await expect(statusLine(page)).toHaveAttribute("data-phase", "paused");
  const seven = page.getByRole("group", { name: /^Classes/ }).getByRole("button", { name: "7", exact: true });
  await seven.click();
  await expect(seven).toHaveAttribute("aria-pressed", "false");
  const at = await plane(page);
  // From the middle outwards, until the pointer is on a point of the cloud.
  const card = page.getByText(/^σ \d/);
  for (let turn = 0; turn < 60 && !(await card.isVisible()); turn++) {
    await page.mouse.move(...at(0.5 + 0.006 * turn * Math.cos(turn), 0.5 + 0.006 * turn * Math.sin(turn)));
  }
  await expect(card).toBeVisible();
});

test("with more than two dimensions the plane is chosen, and the rest held", async ({ page }) => {
  await openPlay(page, `${ON_WASM}&${SMALL}&z=4`);
  await expect(page.getByRole("slider", { name: "Probe, z₁" })).toBeAttached();
  const before = await decoded(page);
  const third = page.getByRole("slider", { name: /z₃/ });
  await third.focus();
  for (let press = 0; press < 10; press++) await page.keyboard.press("ArrowRight");
  await expect.poll(() => decoded(page)).not.toBe(before);
});

test("a layer is resized, an impossible width is explained and not run", async ({ page }) => {
  await openPlay(page, `${ON_WASM}&${SMALL}`);
  await page.getByRole("button", { name: /^Encoder layer 1: 64/ }).click();
  const width = page.getByRole("spinbutton", { name: "Units" });
  await width.fill("0");
  await width.press("Enter");
  await expect(page.getByText(/from 1 to 4.?096/).first()).toBeVisible();
  await expect(button(page, "Train")).toBeDisabled();
  await width.fill("48");
  await width.press("Enter");
  await expect.poll(() => page.url()).toContain("enc=48");
  await page.keyboard.press("Escape");
  await expect(button(page, "Train")).toBeEnabled();
});

test("a run that was interrupted is offered after a reload, and goes on where it stood", async ({ page }) => {
  await openPlay(page, `${ON_WASM}&${SMALL}`);
  await button(page, "Train").click();
  await waitForStep(page, 60);
  await button(page, "Pause").click();
  await expect(statusLine(page)).toHaveAttribute("data-phase", "paused");
  const step = await statusLine(page).getAttribute("data-step");
  await page.waitForTimeout(500); // the checkpoint is written in the background
  await page.reload();
  await expect(statusLine(page)).toHaveAttribute("data-step", "0");
  await page.getByRole("button", { name: /^Continue/ }).click();
  await expect(statusLine(page)).toHaveAttribute("data-step", step!);
});

test("language and theme change at once and are kept", async ({ page }) => {
  await openPlay(page, `${ON_WASM}&${SMALL}`);
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", /^zh/);
  await expect(button(page, "训练")).toBeVisible();
  await page.reload();
  await expect(button(page, "训练")).toBeVisible();
});
