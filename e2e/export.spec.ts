/**
 * A visitor takes a run home: weights and script from the page, the same held-out loss
 * from PyTorch on the CPU, and the weights back into the page.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Page, type TestInfo } from "@playwright/test";
import { parseSafetensors } from "../src/lib/safetensors";
import { button, ON_WASM, openPlay, SMALL, status, statusLine, waitForStep, watchConsole } from "./playground";

/** Debian's `python3-torch`; without it these tests fail, they do not skip. */
const PYTHON = "/usr/bin/python3";
const DATA = join(import.meta.dirname, "..", "public", "data", "mnist");

async function openPanel(page: Page): Promise<void> {
  await button(page, "Export").click();
  await expect(page.getByRole("heading", { name: "Take this run home" })).toBeVisible();
}

async function download(page: Page, name: RegExp, info: TestInfo): Promise<string> {
  const arrival = page.waitForEvent("download");
  await page.getByRole("button", { name }).click();
  const file = await arrival;
  const path = info.outputPath(file.suggestedFilename());
  await file.saveAs(path);
  return path;
}

/** @returns the step it was paused at */
async function trainALittle(page: Page, steps: number): Promise<number> {
  await button(page, "Train").click();
  await waitForStep(page, steps);
  await button(page, "Pause").click();
  await expect(statusLine(page)).toHaveAttribute("data-phase", "paused");
  return Number(await status(page, "step"));
}

/** Of every line that the script prints. */
function runScript(script: string, ...more: string[]): { step: number; objective: number; reconstruction: number; kl: number }[] {
  const output = execFileSync(PYTHON, [script, "--data", DATA, ...more], { encoding: "utf8" });
  return output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { step: number; objective: number; reconstruction: number; kl: number });
}

/** To 1e-3, relative: float32 sums over 784 pixels in another order; the page rounds nothing in its attribute. */
function expectSame(actual: number, expected: number): void {
  expect(Math.abs(actual - expected) / Math.abs(expected), `${actual} is not ${expected}`).toBeLessThan(1e-3);
}

for (const [name, query] of [
  ["a VAE", `${ON_WASM}&${SMALL}&z=3`],
  [
    "a conditional, denoising one on black and white digits",
    `${ON_WASM}&${SMALL}&z=4&cond=yes&noise=masking&level=0.3&rec=bernoulli&beta=0.5`,
  ],
] as const) {
  test(`${name}: PyTorch has the page's held-out loss, and the page has it again from the file`, async ({ page }, info) => {
    const quiet = watchConsole(page);
    await openPlay(page, `${query}&epochs=1`);
    await expect(statusLine(page)).toHaveAttribute("data-heldout-objective", /\d/);
    const untrained = Number(await status(page, "heldout-objective"));
    await button(page, "Train").click();
    await expect(statusLine(page)).toHaveAttribute("data-phase", "finished", { timeout: 90_000 });
    const step = Number(await status(page, "step"));
    await expect.poll(async () => Number(await status(page, "heldout-objective"))).toBeLessThan(untrained); // it is judged once it rests
    const heldOut = Number(await status(page, "heldout-objective"));

    await openPanel(page);
    const weights = await download(page, /^Weights/, info);
    const script = await download(page, /^PyTorch script/, info);
    const curves = readFileSync(await download(page, /^Curves/, info), "utf8")
      .trim()
      .split("\r\n");
    expect(curves.at(-1)).toMatch(new RegExp(`,${step},0,1,held-out,.*,${heldOut},`));
    const { metadata, tensors } = parseSafetensors(readFileSync(weights));
    expect(metadata.step).toBe(String(step));
    expect([...tensors.keys()][0]).toMatch(/^(fc1|encoder\.0)\.weight$/);

    const [judged, trained] = runScript(script, "--weights", weights, "--epochs", "1", "--save", info.outputPath("trained.safetensors"));
    expect(judged!.step).toBe(step);
    expectSame(judged!.objective, heldOut);
    expect(trained!.objective).toBeLessThan(judged!.objective);

    // Back into the page: the same model, judged at step 0 of a new run.
    await page.locator('input[type="file"]').setInputFiles(weights);
    await expect(page.getByText("The weights are in.")).toBeVisible();
    await expect(statusLine(page)).toHaveAttribute("data-step", "0");
    await expect.poll(() => status(page, "heldout-objective"), { timeout: 60_000 }).not.toBe("");
    expectSame(Number(await status(page, "heldout-objective")), heldOut);
    // And what PyTorch has trained on.
    await page.locator('input[type="file"]').setInputFiles(info.outputPath("trained.safetensors"));
    await expect
      .poll(async () => Math.round(Number(await status(page, "heldout-objective"))), { timeout: 60_000 })
      .toBe(Math.round(trained!.objective));
    quiet();
  });
}

test("a damaged file, and one of another network, are refused in words and change nothing", async ({ page }, info) => {
  await openPlay(page, `${ON_WASM}&${SMALL}&z=2`);
  const step = await trainALittle(page, 5);
  await openPanel(page);
  const file = readFileSync(await download(page, /^Weights/, info));
  const input = page.locator('input[type="file"]');
  const choose = (name: string, buffer: Buffer) => input.setInputFiles({ name, mimeType: "application/octet-stream", buffer });

  await choose("cut.safetensors", file.subarray(0, file.length - 100));
  await expect(page.getByText("The file ends too early")).toBeVisible();
  await choose("picture.png", Buffer.from("\u0089PNG nothing of the kind"));
  await expect(page.getByText("The file does not begin as a safetensors file does.")).toBeVisible();
  await expect(page.getByText("Your run is as it was.")).toBeVisible();
  await expect(statusLine(page)).toHaveAttribute("data-step", String(step));
  await expect(statusLine(page)).toHaveAttribute("data-phase", "paused");

  await page.keyboard.press("Escape");
  // The same file for a network of another shape: named, with what was expected; the experiment it is from is one press away.
  await openPlay(page, `${ON_WASM}&enc=48&dec=64&batch=32&z=2`);
  await expect(statusLine(page)).toHaveAttribute("data-step", "0");
  await openPanel(page);
  await choose("weights.safetensors", file);
  await expect(page.getByText("fc1.weight is [64, 784]; expected [48, 784].")).toBeVisible();
  await button(page, "Open that experiment with them").click();
  await expect(page.getByText("The weights are in.")).toBeVisible();
  await expect.poll(() => page.url()).toContain("enc=64");
  await page.waitForTimeout(600); // longer than an edit is put off: no second run follows
  await expect(page.getByText("The weights are in.")).toBeVisible();
});

test("curves are a table, and the panel works by keyboard, in both languages", async ({ page }, info) => {
  await openPlay(page, `${ON_WASM}&${SMALL}&z=2`);
  const step = await trainALittle(page, 5);
  await button(page, "Export").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Take this run home" })).toBeVisible();
  await page.keyboard.press("Tab");
  const curves = page.getByRole("button", { name: /^Curves/ });
  for (let presses = 0; presses < 4 && !(await curves.evaluate((node) => node === document.activeElement)); presses++)
    await page.keyboard.press("Tab");
  const arrival = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  const path = info.outputPath("curves.csv");
  await (await arrival).saveAs(path);
  const [header, ...rows] = readFileSync(path, "utf8").trim().split("\r\n");
  expect(header).toBe("run,step,steps,epoch,split,reconstruction,kl,objective,elbo");
  expect(rows.filter((row) => row.includes(",train,"))).toHaveLength(step);

  const axe = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
  expect(axe.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.target.join(" "))])).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(button(page, "Export")).toBeFocused();
  await page.getByRole("button", { name: "切换到中文" }).click();
  await button(page, "导出").click();
  await expect(page.getByRole("button", { name: /^PyTorch 脚本/ })).toBeVisible();
  await page.keyboard.press("Escape");
});
