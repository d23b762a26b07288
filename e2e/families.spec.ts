/** A visitor tries the families: a GAN, a conditional VAE, a denoising autoencoder, points; and asks how good a model is. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { formatAddress } from "../src/protocol/address";
import { PRESETS, type PresetId } from "../src/protocol/presets";
import { DEFAULT_OPTIONS } from "../src/protocol/run-config";
import { button, ON_WASM, openPlay, SMALL, status, statusLine, waitForStep, watchConsole } from "./playground";

const preset = (id: PresetId) => formatAddress(PRESETS[id], { ...DEFAULT_OPTIONS, backend: "wasm" });
const figure = (page: Page, name: string) => page.getByRole("figure", { name, exact: true });
const FINITE = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/;

/** What a picture shows, as its first canvas' pixels. */
const pixels = (picture: Locator) =>
  picture.evaluate((node) => (node instanceof HTMLCanvasElement ? node : node.querySelector("canvas")!).toDataURL());

async function trainUntil(page: Page, step: number): Promise<void> {
  await button(page, "Train").click();
  await waitForStep(page, step);
  await button(page, "Pause").click();
  await expect(statusLine(page)).toHaveAttribute("data-phase", "paused");
}

async function openFamilyOptions(page: Page): Promise<Locator> {
  await button(page, "Family options").focus();
  await page.keyboard.press("Enter");
  const options = page.getByRole("dialog", { name: "Family options" });
  await expect(options).toBeVisible();
  return options;
}

test("a GAN plays: curves, scores and coverage appear, either side steps alone, and there is no KL", async ({ page }) => {
  const quiet = watchConsole(page);
  await openPlay(page, preset("gan-dense"));
  await trainUntil(page, 20);
  const line = statusLine(page);
  await expect(line).toHaveAttribute("data-discriminator", FINITE);
  await expect(line).toHaveAttribute("data-generator", FINITE);
  await expect(line).toHaveAttribute("data-kl", "");
  await expect(figure(page, "Loss curves")).toBeVisible();
  await expect(figure(page, "Discriminator's scores")).toContainText(/real 0\.\d\d/);
  await expect(figure(page, "Classes among the generated images")).toContainText(/of 10 classes covered/);
  await expect(figure(page, "Generated images")).toBeVisible();
  await expect(page.getByText(/\bKL\b/)).toHaveCount(0);

  const before = Number(await status(page, "step"));
  const menu = page.getByRole("menu", { name: "Step one side of the game" });
  await button(page, "Step one side of the game").focus();
  for (const [nth, name] of ["Step D", "Step G"].entries()) {
    await page.keyboard.press("Enter");
    await expect(menu.getByRole("menuitem").first()).toBeFocused();
    for (let press = 0; press < nth; press++) await page.keyboard.press("ArrowDown");
    await expect(menu.getByRole("menuitem", { name, exact: true })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(line).toHaveAttribute("data-step", String(before + nth + 1));
    await expect(button(page, "Step one side of the game")).toBeFocused();
  }
  await expect(line).toHaveAttribute("data-discriminator", FINITE);
  await expect(line).toHaveAttribute("data-generator", FINITE);
  quiet();
});

test("a conditional VAE decodes the probe as the class that is picked by keyboard", async ({ page }) => {
  const quiet = watchConsole(page);
  await openPlay(page, `cond=1&${ON_WASM}&${SMALL}`);
  await trainUntil(page, 40);
  const picture = page.getByRole("img", { name: "What the probe decodes to" });
  const picker = page.getByRole("radiogroup", { name: "Class that the decoder is told" });
  await expect(picker.getByRole("radio")).toHaveCount(10);
  const asZero = await pixels(picture);
  await picker.getByRole("radio").first().focus();
  await page.keyboard.press("ArrowRight");
  await expect(picker.getByRole("radio").nth(1)).toBeChecked();
  await expect.poll(() => pixels(picture)).not.toBe(asZero);
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => pixels(picture)).toBe(asZero);
  quiet();
});

test("denoising and a condition, set by keyboard, show spoilt inputs and live in the address", async ({ page }) => {
  const quiet = watchConsole(page);
  await openPlay(page, `model=ae&${ON_WASM}&${SMALL}`);
  const inputs = page.getByRole("list", { name: "Inputs" });
  await expect(inputs.getByRole("listitem").first()).toBeVisible();
  await expect(inputs.getByRole("img", { name: /^Clean: / })).toHaveCount(0);

  const options = await openFamilyOptions(page);
  await options.getByRole("combobox", { name: "Spoil what the encoder sees" }).focus();
  for (let press = 0; press < 3; press++) await page.keyboard.press("ArrowDown"); // nothing, Gaussian, masking, salt and pepper
  const level = options.getByRole("spinbutton", { name: "Share of pixels, 0 to 1" });
  await level.focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("0.4");
  await options.getByRole("checkbox", { name: "Tell encoder and decoder the label" }).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Escape");
  await expect(options).toBeHidden();
  for (const part of ["noise=salt", "level=0.4", "cond=1"]) await expect.poll(() => page.url()).toContain(part);

  await page.reload();
  await expect(statusLine(page)).toHaveAttribute("data-backend", "wasm");
  const cell = inputs.getByRole("listitem").first();
  await expect(cell.getByRole("img", { name: /^Clean: / })).toBeVisible();
  expect(await pixels(cell.getByRole("button"))).not.toBe(await pixels(cell.getByRole("img", { name: /^Clean: / })));
  const again = await openFamilyOptions(page);
  await expect(again.getByRole("combobox", { name: "Spoil what the encoder sees" })).toHaveValue("salt");
  await expect(again.getByRole("spinbutton", { name: "Share of pixels, 0 to 1" })).toHaveValue("0.4");
  await expect(again.getByRole("checkbox", { name: "Tell encoder and decoder the label" })).toBeChecked();
  quiet();
});

test("points show the space they lie in, which arrow keys turn and a table tells", async ({ page }) => {
  const quiet = watchConsole(page);
  await openPlay(page, preset("vae-swissroll"));
  const space = figure(page, "Data space");
  await expect(space.locator("canvas").first()).toBeVisible();
  const turn = space.getByRole("slider", { name: "Turn", exact: true });
  const [said, seen] = [await turn.getAttribute("aria-valuetext"), await pixels(space)];
  await turn.focus();
  for (let press = 0; press < 4; press++) await page.keyboard.press("ArrowRight");
  await expect(turn).toHaveAttribute("aria-valuetext", `${Number.parseInt(said!) + 20}°`);
  await expect.poll(() => pixels(space)).not.toBe(seen);
  await button(page, "Table of the data space").focus();
  await page.keyboard.press("Enter");
  const table = page.getByRole("dialog", { name: "The data space in numbers" }).getByRole("table");
  await expect(table).toBeVisible();
  const counts = await table
    .getByRole("row")
    .evaluateAll((rows) => rows.slice(1).map((row) => Number(row.querySelector("td")!.textContent)));
  expect(counts.length).toBeGreaterThan(0);
  expect(Math.min(...counts)).toBeGreaterThan(0);
  await page.keyboard.press("Escape");
  quiet();
});

test("a run that ends is judged by itself; more samples tighten the bound, and judging can be stopped", async ({ page }) => {
  const quiet = watchConsole(page);
  await openPlay(page, `n=1000&epochs=1&rec=bernoulli&${ON_WASM}&${SMALL}`);
  await button(page, "Train").click();
  await expect(statusLine(page)).toHaveAttribute("data-phase", "finished", { timeout: 60_000 });
  await page.getByRole("radio", { name: "Figures", exact: true }).focus();
  await page.keyboard.press("Space");
  await expect(page.getByText("At step 31, on 500 held-out examples.")).toBeVisible({ timeout: 60_000 });

  await page.getByRole("combobox", { name: "Importance samples k" }).selectOption("8");
  await page.getByRole("combobox", { name: "Held-out images judged" }).selectOption("200");
  await button(page, "Judge again").press("Enter");
  await expect(page.getByText("At step 31, on 200 held-out examples.")).toBeVisible({ timeout: 60_000 });
  const one = await bound(page, 1);
  const eight = await bound(page, 8);
  // Both are means over the same images; three standard errors of their difference, taken as if they were independent.
  expect(eight.value).toBeGreaterThanOrEqual(one.value - 3 * Math.hypot(one.error, eight.error));
  expect(eight.value).toBeLessThan(0);

  await page.getByRole("combobox", { name: "Importance samples k" }).selectOption("512");
  await button(page, "Judge again").press("Enter");
  await button(page, "Stop").press("Enter");
  await expect(button(page, "Judge again")).toBeVisible();
  await expect(page.getByRole("row", { name: /k = 512/ })).toHaveCount(0);
  await expect(page.getByText("At step 31, on 200 held-out examples.")).toBeVisible();
  quiet();
});

async function bound(page: Page, samples: number): Promise<{ readonly value: number; readonly error: number }> {
  const text = await page
    .getByRole("row", { name: new RegExp(`k = ${samples}\\b`) })
    .getByRole("cell")
    .first()
    .innerText();
  const numbers = /^([-−]?[\d.]+)\s*±\s*([\d.]+)$/.exec(text.trim());
  expect(numbers, text).not.toBeNull();
  return { value: Number(numbers![1]!.replace("−", "-")), error: Number(numbers![2]) };
}

const WORDS = {
  "en-US": { presets: "Presets", options: "Family options", figures: "Figures", export: "Export", takeHome: "Take this run home" },
  "zh-CN": { presets: "预设", options: "模型选项", figures: "指标", export: "导出", takeHome: "带走这次运行" },
} as const;

async function expectAccessible(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
  expect
    .soft(
      violations.map(({ id, nodes }) => [id, nodes.map((node) => node.target.join(" "))]),
      what,
    )
    .toEqual([]);
}

for (const [theme, locale] of [
  ["light", "en-US"],
  ["dark", "en-US"],
  ["light", "zh-CN"],
] as const) {
  test.describe(`${theme}, ${locale}`, () => {
    test.use({ colorScheme: theme, locale });
    const words = WORDS[locale];

    test("axe finds nothing: a GAN with its steps, presets open, points, options open, figures, export open", async ({ page }) => {
      await openPlay(page, preset("gan-dense"));
      await page.keyboard.press(".");
      await expect(statusLine(page)).toHaveAttribute("data-step", "1");
      await expectAccessible(page, "GAN");
      await button(page, words.presets).click();
      await expect(page.getByRole("menu")).toBeVisible();
      await expectAccessible(page, "presets open");
      if (locale === "zh-CN") return; // the same elements in other words: two pages are enough

      await page.keyboard.press("Escape");
      await openPlay(page, preset("vae-swissroll"));
      await expect(page.getByRole("figure", { name: "Data space" }).locator("canvas").first()).toBeVisible();
      await expectAccessible(page, "points");
      await button(page, words.options).click();
      await expect(page.getByRole("dialog", { name: words.options })).toBeVisible();
      await expectAccessible(page, "family options open");
      await page.keyboard.press("Escape");
      await page.getByRole("radio", { name: words.figures, exact: true }).focus();
      await page.keyboard.press("Space");
      await page.getByRole("combobox", { name: "Held-out points judged" }).selectOption("200");
      await button(page, "Judge on held-out data").click();
      await expect(page.getByText("on 200 held-out examples.")).toBeVisible();
      await expectAccessible(page, "figures");
      await button(page, words.export).click();
      await expect(page.getByRole("heading", { name: words.takeHome })).toBeVisible();
      await expectAccessible(page, "export open");
    });
  });
}
