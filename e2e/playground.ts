/** What every spec does: open an experiment, read the status line, listen to the console. */
import { expect, type Locator, type Page } from "@playwright/test";

/** The fastest rung on a machine without a GPU; the software adapter is slow. */
export const ON_WASM = "backend=wasm";
/** A network small enough for a few steps a second on two busy cores. */
export const SMALL = "enc=64&dec=64&batch=32";

export type StatusKey = "phase" | "step" | "epoch" | "objective" | "reconstruction" | "kl" | "heldout-objective" | "backend" | "engine";

export function statusLine(page: Page): Locator {
  return page.locator('[role="status"][data-phase]');
}

export async function status(page: Page, key: StatusKey): Promise<string> {
  return (await statusLine(page).getAttribute(`data-${key}`)) ?? "";
}

/** Opens `#/play?query` and waits until the worker has built the run. */
export async function openPlay(page: Page, query: string, ready = true): Promise<void> {
  await page.goto(`./#/play${query === "" ? "" : `?${query}`}`);
  if (ready) await expect(statusLine(page)).toHaveAttribute("data-backend", /webgpu|wasm|cpu/, { timeout: 60_000 });
}

export const button = (page: Page, name: string): Locator => page.getByRole("button", { name, exact: true });

export async function waitForStep(page: Page, step: number, timeout = 90_000): Promise<void> {
  await expect.poll(async () => Number(await status(page, "step")), { timeout, message: `step ${step}` }).toBeGreaterThanOrEqual(step);
}

/** Collects what a developer would see in the console as trouble; call the result at the end of a test. */
export function watchConsole(page: Page): () => void {
  const trouble: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "warning" || message.type() === "error") trouble.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => trouble.push(`uncaught: ${error.message}`));
  return () => expect(trouble).toEqual([]);
}

/** Puts `prelude` before the code of the training worker. */
export async function patchWorker(page: Page, prelude: string): Promise<void> {
  await page.route(/trainer\.worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${prelude};\n${await response.text()}` });
  });
}
