/** A visitor with WebGPU gets the compiled engine without asking, and the same run as on TensorFlow.js. */
import { expect, test, type Page } from "@playwright/test";
import { button, openPlay, SMALL, status, statusLine, waitForStep, watchConsole } from "./playground";

/** Objectives of the first steps, taken one by one. */
async function firstObjectives(page: Page, steps: number): Promise<number[]> {
  const objectives: number[] = [];
  for (let step = 1; step <= steps; step++) {
    const before = await status(page, "objective");
    await button(page, "Step").click();
    await expect(statusLine(page)).toHaveAttribute("data-step", String(step));
    await expect(statusLine(page)).not.toHaveAttribute("data-objective", before);
    objectives.push(Number(await status(page, "objective")));
  }
  return objectives;
}

for (const [name, network] of [
  ["dense layers", SMALL],
  ["convolutions", "enc=c4,c8,16&dec=392,c8,c4&batch=16"],
] as const) {
  test(`${name}: the compiled engine is taken by itself, and its first losses are those of TensorFlow.js`, async ({ page }) => {
    const quiet = watchConsole(page);
    await openPlay(page, `${network}&seed=3`);
    await expect(statusLine(page)).toHaveAttribute("data-backend", "webgpu");
    await expect(statusLine(page)).toHaveAttribute("data-engine", "compiled");
    const compiled = await firstObjectives(page, 4);
    expect(compiled.at(-1)).toBeLessThan(compiled[0]!);

    await openPlay(page, `${network}&seed=3&backend=cpu&engine=tfjs`);
    await expect(statusLine(page)).toHaveAttribute("data-backend", "cpu");
    await expect(statusLine(page)).toHaveAttribute("data-engine", "tfjs");
    const reference = await firstObjectives(page, 4);
    // Rounding alone parts them, a millionth or so by then; the attributes carry more digits than that.
    compiled.forEach((objective, i) => expect(Math.abs(objective / reference[i]! - 1)).toBeLessThan(1e-4));
    quiet();
  });
}

test("many steps a submit: training on the compiled engine reaches hundreds of steps, and Pause holds it at once", async ({ page }) => {
  await openPlay(page, "enc=16&dec=16&batch=8");
  await expect(statusLine(page)).toHaveAttribute("data-engine", "compiled");
  await button(page, "Train").click();
  await waitForStep(page, 1);
  const first = Number(await status(page, "objective"));
  await waitForStep(page, 300);
  await button(page, "Pause").click();
  await expect(statusLine(page)).toHaveAttribute("data-phase", "paused");
  const step = await status(page, "step");
  await page.waitForTimeout(1_000);
  await expect(statusLine(page)).toHaveAttribute("data-step", step);
  expect(Number(await status(page, "objective"))).toBeLessThan(first);
});
