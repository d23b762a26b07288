/** A visitor opens the explorer, walks the map by hand and by keys, looks at a place closely, and comes back to where they were. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { button, ON_WASM, openPlay, SMALL, status, statusLine, waitForStep, watchConsole } from "./playground";

const QUERY = `${ON_WASM}&${SMALL}`;

async function openExplorer(page: Page, query = QUERY): Promise<void> {
  await page.goto(`./#/explore?${query}`);
  await expect(statusLine(page)).toHaveAttribute("data-backend", /webgpu|wasm|cpu/, { timeout: 60_000 });
  await expect(page.getByRole("figure", { name: /^(Latent space|潜空间)$/ })).toBeVisible();
}

const pages = (page: Page) => page.getByRole("navigation", { name: "Pages" });

test("run, probe and experiment go along from page to page, and back", async ({ page }) => {
  const quiet = watchConsole(page);
  await openPlay(page, QUERY);
  await button(page, "Train").click();
  await waitForStep(page, 20);
  await page.getByRole("link", { name: "Open the explorer, full screen" }).click();
  await expect.poll(() => page.url()).toContain("#/explore?enc=64&dec=64&batch=32&backend=wasm");
  await expect(statusLine(page)).toHaveAttribute("data-phase", "training");
  const step = Number(await status(page, "step"));
  expect(step).toBeGreaterThanOrEqual(20);
  await page.getByRole("spinbutton", { name: "z₁" }).fill("1.25");
  await pages(page).getByRole("link", { name: "Play" }).click();
  await expect.poll(() => page.url()).toContain("#/play?enc=64");
  await expect.poll(async () => Number(await page.getByRole("slider", { name: "Probe, z₁" }).inputValue())).toBeCloseTo(1.25, 3);
  await page.goBack();
  await expect(pages(page).getByRole("link", { name: "Explore" })).toHaveAttribute("aria-current", "page");
  await waitForStep(page, step);
  await expect(statusLine(page)).toHaveAttribute("data-phase", "training");
  quiet();
});

test("a link to the explorer opens its experiment there", async ({ page }) => {
  await openExplorer(page, `${QUERY}&z=3`);
  await expect(page.getByRole("spinbutton", { name: "z₃" })).toBeVisible();
  expect(page.url()).toContain("#/explore?");
});

test("the map by keys: move, pin, layers; where the probe rests is said", async ({ page }) => {
  await openExplorer(page);
  const slider = page.getByRole("slider", { name: "Probe, z₁" });
  await slider.focus();
  for (let press = 0; press < 3; press++) await page.keyboard.press("Shift+ArrowRight");
  await expect.poll(async () => Number(await slider.inputValue())).toBeCloseTo(1.5, 3);
  await expect(page.getByText(/^Nearest: .*distance \d/)).toBeAttached();
  await page.keyboard.press("p");
  await expect(page.getByText("Pinned as 1").first()).toBeAttached();
  await page.keyboard.press("1");
  await expect(page.getByRole("group", { name: "Layers" }).getByRole("button", { name: "Grid" })).toHaveAttribute("aria-pressed", "false");
});

test("a place is told new from memorised, and its neighbours can be gone to", async ({ page }) => {
  await openExplorer(page);
  await expect(page.getByText(/from its nearest training image; training images are/)).toBeVisible({ timeout: 30_000 });
  const before = await page.getByRole("spinbutton", { name: "z₁" }).inputValue();
  await page
    .getByRole("button", { name: /^Held-out image .*Put the probe there$/ })
    .nth(2)
    .click();
  await expect(page.getByRole("spinbutton", { name: "z₁" })).not.toHaveValue(before);
});

test("every tool opens, by click and by arrow keys", async ({ page }) => {
  const quiet = watchConsole(page);
  await openExplorer(page);
  const tabs = page.getByRole("tab");
  for (let tab = 0; tab < (await tabs.count()); tab++) {
    await expect(tabs.nth(tab)).toHaveAttribute("aria-selected", "true");
    await expect(page.getByRole("tabpanel")).not.toHaveText("Loading …");
    await expect(page.getByRole("tabpanel")).not.toBeEmpty();
    await tabs.nth(tab).press("ArrowRight");
  }
  quiet();
});

const running = () => document.getAnimations().filter(({ playState }) => playState === "running").length;

for (const theme of ["light", "dark"] as const) {
  for (const locale of ["en-US", "zh-CN"]) {
    test.describe(`${theme}, ${locale}`, () => {
      test.use({ colorScheme: theme, locale });

      test("axe finds nothing on the explorer, its layers and its table", async ({ page }) => {
        await openExplorer(page);
        // What fades in while the model is waited for is pale for a moment, and gone while axe looks at it.
        await expect(page.getByRole("tabpanel").getByRole("listitem").first()).toBeVisible({ timeout: 30_000 });
        const found = async () => {
          await expect.poll(() => page.evaluate(running)).toBe(0);
          const { violations } = await new AxeBuilder({ page })
            .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
            .analyze();
          return violations.map(({ id, nodes }) => [id, nodes.map((node) => node.target.join(" "))]);
        };
        expect(await found()).toEqual([]);
        await page.getByRole("button", { name: locale === "en-US" ? "All layers" : "全部图层" }).click();
        await expect(page.getByRole("dialog")).toBeVisible();
        expect(await found()).toEqual([]);
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: locale === "en-US" ? "Table of points" : "散点表格" }).click();
        await expect(page.getByRole("table")).toBeVisible();
        expect(await found()).toEqual([]);
      });
    });
  }
}

for (const width of [320, 390, 768, 1024, 1280, 1920]) {
  test(`no sideways scroll on the explorer at ${width} px; from 1024 px on none at all`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await openExplorer(page);
    const overflow = () =>
      page.evaluate(() => {
        const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
        return { across: scrollWidth - clientWidth, down: scrollHeight - clientHeight };
      });
    expect((await overflow()).across).toBeLessThanOrEqual(0);
    if (width >= 1024) expect((await overflow()).down).toBeLessThanOrEqual(0);
  });
}
