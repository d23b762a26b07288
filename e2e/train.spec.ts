/** A visitor trains, pauses, steps, resets and finds the same run again. */
import { expect, test } from "@playwright/test";
import { button, ON_WASM, openPlay, SMALL, status, statusLine, waitForStep, watchConsole } from "./playground";

test("training lowers the objective, and Pause holds it where it is", async ({ page }) => {
  const quiet = watchConsole(page);
  await openPlay(page, `${ON_WASM}&${SMALL}`);
  await expect(statusLine(page)).toHaveAttribute("data-phase", "idle");
  await expect(statusLine(page)).toHaveAttribute("data-step", "0");
  await button(page, "Train").click();
  await expect(statusLine(page)).toHaveAttribute("data-phase", "training");
  await waitForStep(page, 1);
  const first = Number(await status(page, "objective"));
  await waitForStep(page, 200);
  await button(page, "Pause").click();
  await expect(statusLine(page)).toHaveAttribute("data-phase", "paused");
  const step = await status(page, "step");
  expect(Number(await status(page, "objective"))).toBeLessThan(first);
  // objective = reconstruction + β · KL with β = 1; the attributes carry rounded numbers.
  const [objective, reconstruction, kl] = await Promise.all(
    (["objective", "reconstruction", "kl"] as const).map((key) => status(page, key)),
  );
  expect(Number(reconstruction) + Number(kl)).toBeCloseTo(Number(objective), 1);
  expect(Number(kl)).toBeGreaterThan(0);
  await page.waitForTimeout(1000);
  await expect(statusLine(page)).toHaveAttribute("data-step", step);
  await button(page, "Step").click();
  await expect(statusLine(page)).toHaveAttribute("data-step", String(Number(step) + 1));
  quiet();
});

test("Reset repeats the run, New seed makes another", async ({ page }) => {
  await openPlay(page, `${ON_WASM}&${SMALL}&seed=5`);
  const threeSteps = async () => {
    const losses: string[] = [];
    for (let step = 1; step <= 3; step++) {
      await button(page, "Step").click();
      await expect(statusLine(page)).toHaveAttribute("data-step", String(step));
      await expect(statusLine(page)).not.toHaveAttribute("data-objective", losses.at(-1) ?? "");
      losses.push(await status(page, "objective"));
    }
    return losses;
  };
  const once = await threeSteps();
  await button(page, "Reset").click();
  await expect(statusLine(page)).toHaveAttribute("data-step", "0");
  expect(await threeSteps()).toEqual(once);
  await button(page, "New seed").click();
  await expect(statusLine(page)).toHaveAttribute("data-step", "0");
  expect(page.url()).not.toContain("seed=5");
  await expect(statusLine(page)).toHaveAttribute("data-backend", "wasm");
  expect(await threeSteps()).not.toEqual(once);
});

test("the digits of the README's promise: below 205 nats on held-out digits within two epochs", async ({ page }) => {
  await openPlay(page, "data=mnist&model=vae&enc=400&z=2&dec=400&backend=wasm&seed=1&epochs=2");
  await button(page, "Train").click();
  await expect(statusLine(page)).toHaveAttribute("data-phase", "finished", { timeout: 110_000 });
  expect(Number(await status(page, "heldout-objective"))).toBeLessThan(205);
  await expect(statusLine(page)).toHaveAttribute("data-step", "140");
});

test("an autoencoder has no KL, and no ELBO is claimed for it", async ({ page }) => {
  await openPlay(page, `${ON_WASM}&${SMALL}&model=ae`);
  await button(page, "Step").click();
  await expect(statusLine(page)).toHaveAttribute("data-step", "1");
  await expect(statusLine(page)).toHaveAttribute("data-kl", "0");
  await expect(page.getByText("held-out loss")).toBeVisible();
  // The summary that a screen reader gets is part of the text too.
  await expect(page.getByRole("figure", { name: "Loss curves", exact: true })).toContainText("On held-out examples");
  await expect(page.getByRole("main")).not.toContainText("ELBO");
});

test("a change of rate in mid-run starts nothing over", async ({ page }) => {
  await openPlay(page, `${ON_WASM}&${SMALL}`);
  await button(page, "Step").click();
  await expect(statusLine(page)).toHaveAttribute("data-step", "1");
  await page.getByRole("slider", { name: /^Learning rate/ }).focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => page.url()).toContain("lr=");
  await button(page, "Step").click();
  await expect(statusLine(page)).toHaveAttribute("data-step", "2");
});

test("WebGPU trains too, on the software adapter", async ({ page }) => {
  await openPlay(page, `backend=webgpu&enc=16&dec=16&batch=16`);
  await expect(statusLine(page)).toHaveAttribute("data-backend", "webgpu");
  await button(page, "Train").click();
  await waitForStep(page, 5);
  await button(page, "Pause").click();
  await expect(statusLine(page)).toHaveAttribute("data-phase", "paused");
});
