/** WCAG 2.2 AA by axe in both themes and languages, keyboard alone, no sideways scroll, nothing that jumps. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { button, ON_WASM, openPlay, SMALL, status, statusLine, waitForStep, watchConsole } from "./playground";

for (const theme of ["light", "dark"] as const) {
  for (const locale of ["en-US", "zh-CN"]) {
    test.describe(`${theme}, ${locale}`, () => {
      test.use({ colorScheme: theme, locale });

      test("axe finds nothing, idle and trained", async ({ page }) => {
        await openPlay(page, `${ON_WASM}&${SMALL}`);
        await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
        await expect(page.locator("html")).toHaveAttribute("lang", locale === "en-US" ? "en" : /^zh/);
        const axe = () => new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
        expect((await axe()).violations.map(({ id, nodes }) => [id, nodes.map((node) => node.target.join(" "))])).toEqual([]);
        await page.keyboard.press(".");
        await expect(statusLine(page)).toHaveAttribute("data-step", "1");
        expect((await axe()).violations.map(({ id, nodes }) => [id, nodes.map((node) => node.target.join(" "))])).toEqual([]);
      });
    });
  }
}

test("the figures have their names", async ({ page }) => {
  await openPlay(page, `${ON_WASM}&${SMALL}`);
  for (const name of ["Loss curves", "Latent space", "Reconstructions", "Decoder grid"]) {
    await expect(page.getByRole("figure", { name, exact: true })).toBeVisible();
  }
});

test("shortcuts: Space trains and pauses, dot steps, R resets, ? helps; typing is left alone", async ({ page }) => {
  await openPlay(page, `${ON_WASM}&${SMALL}`);
  await page.keyboard.press("Space");
  await waitForStep(page, 2);
  await page.keyboard.press("Space");
  await expect(statusLine(page)).toHaveAttribute("data-phase", "paused");
  const step = Number(await status(page, "step"));
  await page.keyboard.press(".");
  await expect(statusLine(page)).toHaveAttribute("data-step", String(step + 1));
  await page.keyboard.press("r");
  await expect(statusLine(page)).toHaveAttribute("data-step", "0");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  // Space on a focused button presses that button, once.
  await button(page, "Train").focus();
  await page.keyboard.press("Space");
  await expect(statusLine(page)).toHaveAttribute("data-phase", "training");
});

for (const width of [320, 390, 768, 1024, 1280, 1920]) {
  test(`no sideways scroll at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await openPlay(page, `${ON_WASM}&${SMALL}`);
    await button(page, "Step").click();
    await expect(statusLine(page)).toHaveAttribute("data-step", "1");
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
  });
}

test("the whole story fits one screen at 1440 × 900, and nothing moves while training", async ({ page }) => {
  const quiet = watchConsole(page);
  await page.addInitScript(() => {
    const shifts: { value: number; nodes: string[] }[] = [];
    (window as unknown as { shifts: typeof shifts }).shifts = shifts;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as {
        value: number;
        hadRecentInput: boolean;
        sources: { node: Node | null }[];
      }[]) {
        if (!entry.hadRecentInput)
          shifts.push({
            value: entry.value,
            nodes: entry.sources.map(({ node }) => `${node?.nodeName} ${node?.textContent?.slice(0, 40)}`),
          });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  await openPlay(page, `${ON_WASM}&${SMALL}`);
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(900);
  await button(page, "Train").click();
  await waitForStep(page, 100);
  const shifts = await page.evaluate(() => (window as unknown as { shifts: { value: number; nodes: string[] }[] }).shifts);
  // 0.01 is a tenth of what counts as good: room for a digit more in a number.
  expect(shifts.filter(({ value }) => value > 0.01)).toEqual([]);
  quiet();
});
