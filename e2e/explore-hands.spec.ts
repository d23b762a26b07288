/** A visitor goes back through a run's past, and walks the map with fingers. */
import { expect, test, type CDPSession, type Page } from "@playwright/test";
import { decoded, drag, mapPlaces, openRecorded, probePlace, probeSlider } from "./explorer";
import { button, ON_WASM, SMALL, status, statusLine, waitForStep, watchConsole } from "./playground";

test("the time slider leads to the first moment: the page says so, the probe stays, the model is another; and back to now", async ({
  page,
}) => {
  const quiet = watchConsole(page);
  await page.goto(`./#/explore?${ON_WASM}&${SMALL}`);
  await expect(page.getByText("Once the run has trained a few steps, its past can be gone through here.")).toBeVisible();
  await button(page, "Train").click();
  await waitForStep(page, 100);
  await button(page, "Pause").click();
  await expect(statusLine(page)).toHaveAttribute("data-phase", "paused");
  const last = Number(await status(page, "step"));
  await page.getByRole("spinbutton", { name: "z₁" }).fill("1.25");

  const bar = page.getByRole("group", { name: "History of the run" });
  const slider = bar.getByRole("slider", { name: /^Moment of the run/ });
  const told = new RegExp(`^step ${last.toLocaleString("en").replaceAll(",", "\\s")}, now$`);
  await expect(slider).toHaveAttribute("aria-valuetext", told);
  await expect(bar.getByText(told)).toBeVisible();
  const now = await decoded(page);
  const box = (await slider.boundingBox())!;
  const along = (part: number) => [box.x + 4 + (box.width - 8) * part, box.y + box.height / 2] as const;
  await drag(page, [along(1), along(0.5), along(0.1), along(0)]);
  await expect(slider).toHaveAttribute("aria-valuetext", /^step 0 of \d/);
  await expect(bar.getByText(/^step 0 of \d/)).toBeVisible();
  await expect(statusLine(page)).toHaveAttribute("data-shown", "moment");
  await expect.poll(() => decoded(page)).not.toBe(now);
  expect((await probePlace(page))[0]).toBe(1.25);
  const first = await decoded(page);

  // By keys on the map: one moment on, and back.
  await probeSlider(page, "z₁").press("]");
  await expect(slider).toHaveAttribute("aria-valuetext", /^step [1-9]\d* of \d/);
  await probeSlider(page, "z₁").press("[");
  await expect(slider).toHaveAttribute("aria-valuetext", /^step 0 of \d/);
  await expect.poll(() => decoded(page)).toBe(first);

  await bar.getByRole("button", { name: "Back to now" }).click();
  await expect(slider).toHaveAttribute("aria-valuetext", told);
  await expect(statusLine(page)).toHaveAttribute("data-shown", "newest");
  await expect.poll(() => decoded(page)).toBe(now);
  expect((await probePlace(page))[0]).toBe(1.25);
  quiet();
});

type Places = readonly (readonly [x: number, y: number])[];

/** Two fingers `apart` pixels from each other. */
const twoAround = ([x, y]: readonly [number, number], apart: number): Places => [
  [x - apart / 2, y],
  [x + apart / 2, y],
];

/** Fingers that go from some places to others, and lift. */
async function swipe(cdp: CDPSession, from: Places, to: Places, moves = 8): Promise<void> {
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", places: Places) =>
    cdp.send("Input.dispatchTouchEvent", { type, touchPoints: places.map(([x, y], id) => ({ x, y, id })) });
  // One finger after the other, as hands do.
  for (let fingers = 1; fingers <= from.length; fingers++) await touch("touchStart", from.slice(0, fingers));
  for (let move = 1; move <= moves; move++) {
    const between = (a: number, b: number) => a + ((b - a) * move) / moves;
    await touch(
      "touchMove",
      from.map(([x, y], finger) => [between(x, to[finger]![0]), between(y, to[finger]![1])]),
    );
  }
  await touch("touchEnd", []);
}

test.describe("by touch, on a tablet", () => {
  test.use({ hasTouch: true, viewport: { width: 820, height: 1100 }, contextOptions: { reducedMotion: "reduce" } });

  test("one finger drags the probe, two zoom and move the map", async ({ page }) => {
    const quiet = watchConsole(page);
    await openRecorded(page, ON_WASM);
    const showAll = button(page, "Show all points");
    await showAll.tap(); // of a view that follows, nobody knows how much air it has left
    const cdp = await page.context().newCDPSession(page);
    const at = await mapPlaces(page);
    const [near, far] = [at(0.3, 0.4), at(0.7, 0.6)];
    const placeOf = async (pixel: readonly [number, number]) => {
      await page.touchscreen.tap(...pixel);
      return await probePlace(page);
    };
    const [a, b] = [await placeOf(near), await placeOf(far)];
    const perPixel = (b[0] - a[0]) / (far[0] - near[0]);
    expect(perPixel).toBeGreaterThan(0);

    // The probe goes where the finger goes; the page stays.
    await swipe(cdp, [far], [near]);
    expectNear(await probePlace(page), a, perPixel);
    expect(await scrolled(page)).toBe(0);

    // From 80 pixels between two fingers to 240: three times as near. What lies between them stays there, and so does the probe.
    const middle = at(0.5, 0.5);
    const still = await placeOf(middle);
    expectNear(still, [0, 0], 2 * perPixel); // the middle of the prior; one pixel for rounding to whole ones, one for an odd height
    await swipe(cdp, twoAround(middle, 80), twoAround(middle, 240));
    expectNear(await probePlace(page), still, perPixel / 100);
    await expect(showAll).toHaveAttribute("aria-pressed", "false");
    expectNear(await placeOf(middle), still, perPixel);
    const [c, d] = [await placeOf(near), await placeOf(far)];
    for (const side of [0, 1] as const) expect((d[side] - c[side]) / (b[side] - a[side])).toBeCloseTo(1 / 3, 2);

    // Two fingers side by side move the map under them.
    const [from, to] = [at(0.4, 0.4), at(0.6, 0.5)];
    const under = await placeOf(from);
    await swipe(cdp, twoAround(from, 80), twoAround(to, 80));
    expectNear(await placeOf(to), under, perPixel);
    expect(await scrolled(page)).toBe(0);
    await showAll.tap();
    expectNear(await placeOf(near), a, perPixel);
    quiet();
  });
});

/** @param unit how far off may be: what a pixel is wide, unless it is told why less */
function expectNear(place: readonly [number, number], wanted: readonly [number, number], unit: number): void {
  for (const side of [0, 1] as const)
    expect(Math.abs(place[side] - wanted[side]), `${String(place)} is not ${String(wanted)}`).toBeLessThan(unit);
}

const scrolled = (page: Page): Promise<number> => page.evaluate(() => window.scrollY);
