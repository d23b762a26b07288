/** A convolutional VAE from its address: shown as what it is, edited by keyboard, trained, and always one that fits. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { button, openPlay, statusLine, watchConsole } from "./playground";

/** Tiny, and on plain JavaScript: a step of it takes well under a second on a busy machine. */
const CONVS = "enc=c4,c8k4,16&dec=16,392,c8k4,c4&batch=16&backend=cpu";

const encoderLayer = (page: Page, index: number) => page.getByRole("button", { name: new RegExp(`^Encoder layer ${index}: `) });
const decoderLayer = (page: Page, index: number) => page.getByRole("button", { name: new RegExp(`^Decoder layer ${index}: `) });

test("the strip says and shows what each layer is", async ({ page }) => {
  const quiet = watchConsole(page);
  await openPlay(page, CONVS);
  await expect(encoderLayer(page, 1)).toHaveAccessibleName("Encoder layer 1: convolution, 4 filters 3×3, stride 2, images of 14×14, relu");
  await expect(encoderLayer(page, 2)).toHaveAccessibleName(/8 filters 4×4, stride 2, images of 7×7/);
  await expect(decoderLayer(page, 2)).toHaveAccessibleName(/392 units, relu, laid out as 8 images of 7×7/);
  await expect(decoderLayer(page, 4)).toHaveAccessibleName(/transposed convolution, 4 filters 3×3, stride 2, images of 28×28/);
  const maps = encoderLayer(page, 1).locator("canvas");
  await expect(maps).toHaveCount(4);
  await expect(maps.first()).toHaveAttribute("width", "14");
  // Filters that differ answer one digit differently; blank maps would all be the same.
  const drawn = () => maps.evaluateAll((canvases) => new Set(canvases.map((canvas) => (canvas as HTMLCanvasElement).toDataURL())).size);
  await expect.poll(drawn).toBeGreaterThan(1);
  await button(page, "Step").click();
  await expect(statusLine(page)).toHaveAttribute("data-step", "1", { timeout: 60_000 });
  await encoderLayer(page, 1).click();
  await expect(page.getByText(/kernels: the small pattern/)).toBeVisible();
  const axe = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
  expect(axe.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.target.join(" "))])).toEqual([]);
  quiet();
});

test("filters are changed by keyboard, and the decoder follows", async ({ page }) => {
  await openPlay(page, CONVS);
  await encoderLayer(page, 1).focus();
  await page.keyboard.press("Enter");
  const filters = page.getByRole("spinbutton", { name: "Filters" });
  await expect(filters).toBeVisible();
  await filters.focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("6");
  await expect.poll(() => page.url()).toContain("enc=c6,c8k4,16");
  expect(page.url()).toContain("dec=16,392,c8k4,c6");
  await page.keyboard.press("Escape");
  await expect(encoderLayer(page, 1)).toHaveAccessibleName(/6 filters/);
  await expect(encoderLayer(page, 1)).toBeFocused();
  await expect(button(page, "Train")).toBeEnabled();
});

test("a transposed convolution is added where it may stand, says what follows, and can be taken out again", async ({ page }) => {
  await openPlay(page, "enc=none&dec=32&backend=cpu&batch=16");
  await button(page, "Add decoder layer 1").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem")).toHaveCount(1); // only a dense layer may stand before a dense one
  await page.keyboard.press("Escape");
  await button(page, "Add decoder layer 2").focus();
  await page.keyboard.press("Enter");
  const convolution = page.getByRole("menuitem", { name: "Transposed convolution" });
  await expect(convolution).toContainText("Decoder layer 1 becomes the image before it: 16 × 14×14");
  await page.keyboard.press("ArrowDown");
  await expect(convolution).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(decoderLayer(page, 1)).toHaveAccessibleName(/laid out as 16 images of 14×14/);
  await expect(decoderLayer(page, 2)).toHaveAccessibleName(/transposed convolution, 32 filters/);
  await expect(button(page, "Train")).toBeEnabled();
  await decoderLayer(page, 1).click();
  await expect(page.getByText(/goes when they are gone/)).toBeVisible();
  await page.keyboard.press("Escape");
  await decoderLayer(page, 2).click();
  await button(page, "Remove Decoder layer 2").click();
  await expect(decoderLayer(page, 2)).toHaveCount(0);
  await expect(button(page, "Train")).toBeEnabled();
});

test("the engine is said in words and chosen beside the backend", async ({ page }) => {
  await openPlay(page, "enc=16&dec=16&batch=16&backend=cpu");
  await page.getByRole("button", { name: /^Backend: CPU/ }).click();
  await expect(page.getByText("TensorFlow.js.", { exact: true })).toBeVisible();
  await page.getByRole("radiogroup", { name: "Engine" }).getByText("TensorFlow.js").click();
  await expect.poll(() => page.url()).toContain("engine=tfjs");
});
