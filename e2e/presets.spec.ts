/** A visitor starts from a named experiment: finds it by keyboard, watches a mistake be measured, and every address of one runs. */
import { expect, test, type Page } from "@playwright/test";
import { presets as words } from "../src/i18n/en/presets";
import { formatAddress } from "../src/protocol/address";
import { lossTermsOf } from "../src/protocol/loss-terms";
import { PRESET_FACTS, PRESET_GROUPS, PRESET_IDS, PRESETS, type PresetId } from "../src/protocol/presets";
import { DEFAULT_OPTIONS } from "../src/protocol/run-config";
import { button, ON_WASM, openPlay, SMALL, status, statusLine, waitForStep, watchConsole } from "./playground";

/** Stops of its own would end nothing here: a few steps are made. */
const address = (id: PresetId, epochs: number | null = null) => formatAddress(PRESETS[id], { ...DEFAULT_OPTIONS, backend: "wasm", epochs });

const query = (page: Page) => page.url().split("#/play?")[1];
const notes = (page: Page) => page.getByRole("region", { name: "Notes" });

test("by keyboard: the Keras autoencoder as written, what is measured to be amiss with it, and its corrected version", async ({ page }) => {
  const quiet = watchConsole(page);
  await openPlay(page, `${ON_WASM}&${SMALL}`);
  await button(page, "Presets").focus();
  await page.keyboard.press("Enter");
  const menu = page.getByRole("menu", { name: "Presets" });
  for (const group of PRESET_GROUPS) await expect(menu.getByRole("group", { name: words.menu[group] })).toBeVisible();
  await expect(menu.getByRole("menuitem")).toHaveCount(PRESET_IDS.length);
  // The first item has the focus; what is wanted stands so many places below it.
  const inOrder = PRESET_GROUPS.flatMap((group) => PRESET_IDS.filter((id) => PRESET_FACTS[id].group === group));
  await expect(menu.getByRole("menuitem").first()).toBeFocused();
  for (let press = 0; press < inOrder.indexOf("ae-keras-written"); press++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(menu).toBeHidden();
  await expect.poll(() => query(page)).toBe(address("ae-keras-written"));
  await expect(notes(page).getByRole("heading")).toHaveText(`${words["ae-keras-written"].name}${words.menu.written}`);
  await expect(statusLine(page)).toHaveAttribute("data-backend", "wasm");

  await button(page, "Train").click();
  await waitForStep(page, 20);
  await button(page, "Pause").click();
  await expect(statusLine(page)).toHaveAttribute("data-phase", "paused");
  // After some twenty steps at a thousandth of its rate a pixel still costs about as much as it does to someone who knows nothing.
  await expect(notes(page)).toContainText(/After \d+ steps a pixel (still )?costs \d\.\d+ bits/);
  const told = /a pixel (?:still )?costs (\d\.\d+) bits/.exec((await notes(page).textContent()) ?? "");
  expect(Number(told?.[1])).toBeGreaterThan(0.9);

  await page.getByRole("radio", { name: "As written" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => query(page)).toBe(address("ae-keras"));
  await expect(page.getByRole("radio", { name: "Corrected" })).toBeChecked();
  // The two differ in a rate alone, which reaches the run under way.
  await expect(notes(page).getByRole("heading")).toHaveText(words["ae-keras"].name);
  quiet();
});

test("the notes in full: what the original gets wrong, what to watch, every check", async ({ page }) => {
  await openPlay(page, address("vae-small-written"));
  await button(page, `More about ${words["vae-small-written"].name}`).press("Enter");
  const card = page.getByRole("dialog", { name: `More about ${words["vae-small-written"].name}` });
  for (const name of ["What the original gets wrong", "What to watch", "What is not reproduced", /^Measured at step \d+$/]) {
    await expect(card.getByRole("heading", { name })).toBeVisible();
  }
  await expect(card).toContainText(/least σ is [\d.]+/);
  await page.keyboard.press("Escape");
  await expect(card).toBeHidden();
});

test("every preset opens by its address and takes two steps with finite terms", async ({ page }) => {
  test.setTimeout(600_000);
  const quiet = watchConsole(page);
  const took: [PresetId, number][] = [];
  for (const id of PRESET_IDS) {
    const from = Date.now();
    await test.step(id, () => twoSteps(page, id));
    took.push([id, Date.now() - from]);
  }
  test.info().annotations.push({ type: "ms", description: took.map(([id, ms]) => `${id} ${ms}`).join(", ") });
  quiet();
});

async function twoSteps(page: Page, id: PresetId): Promise<void> {
  const line = statusLine(page);
  await page.goto(`./#/play?${address(id)}`);
  // The run before this one stood at step 2.
  await expect(line).toHaveAttribute("data-step", "0", { timeout: 60_000 });
  await expect(line).toHaveAttribute("data-backend", "wasm", { timeout: 60_000 });
  if (id !== "vae-plane") await expect(notes(page).getByRole("heading")).toContainText(words[id].name);
  for (const step of [1, 2]) {
    await button(page, "Step").click();
    await expect(line).toHaveAttribute("data-step", String(step), { timeout: 60_000 });
  }
  for (const term of lossTermsOf(PRESETS[id])) {
    const key = term.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    await expect(line, `${id}: ${term}`).toHaveAttribute(`data-${key}`, /^-?\d+(\.\d+)?(e[+-]?\d+)?$/);
  }
  expect(await status(page, "phase"), id).not.toBe("failed");
  await expect(page.getByRole("alert"), id).toBeEmpty(); // a live region is always there
  expect(query(page), id).toBe(address(id));
}
