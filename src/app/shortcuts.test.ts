// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { listenForShortcuts } from "./shortcuts";

const deeds = { toggle: vi.fn<() => void>(), step: vi.fn<() => void>(), reset: vi.fn<() => void>(), help: vi.fn<() => void>() };
let stop: () => void;

beforeEach(() => {
  vi.clearAllMocks();
  stop = listenForShortcuts(document, deeds);
});

afterEach(() => {
  stop();
  document.body.replaceChildren();
});

/** Presses a key on an element; says whether the page took it. */
function press(key: string, options: KeyboardEventInit = {}, target: Element = document.body): boolean {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options });
  target.dispatchEvent(event);
  return event.defaultPrevented;
}

function add(markup: string): Element {
  document.body.insertAdjacentHTML("beforeend", markup);
  return document.body.lastElementChild!;
}

const calls = () => Object.values(deeds).reduce((sum, deed) => sum + deed.mock.calls.length, 0);

test("each key does its deed and keeps the page from scrolling", () => {
  expect(press(" ")).toBe(true);
  expect(deeds.toggle).toHaveBeenCalledOnce();
  press(".");
  expect(deeds.step).toHaveBeenCalledOnce();
  press("r");
  expect(deeds.reset).toHaveBeenCalledOnce();
  press("?", { shiftKey: true });
  expect(deeds.help).toHaveBeenCalledOnce();
  expect(press("x")).toBe(false);
});

test("Caps Lock, a Chinese question mark and a layout with . on Shift are no obstacle", () => {
  press("R");
  press("？", { shiftKey: true });
  press(".", { shiftKey: true });
  expect([deeds.reset.mock.calls.length, deeds.help.mock.calls.length, deeds.step.mock.calls.length]).toEqual([1, 1, 1]);
});

test.each([["ctrlKey"], ["metaKey"], ["altKey"], ["isComposing"], ["repeat"]])("silent with %s", (flag) => {
  for (const key of [" ", ".", "r", "?"]) expect(press(key, { [flag]: true })).toBe(false);
  expect(calls()).toBe(0);
});

test("silent with Shift where Shift makes another key of it", () => {
  press(" ", { shiftKey: true });
  press("R", { shiftKey: true });
  expect(calls()).toBe(0);
});

test("silent while an input method has the key, even where isComposing is late", () => {
  press("r", { keyCode: 229 });
  expect(calls()).toBe(0);
});

test.each([
  ["<input />"],
  ['<input type="number" />'],
  ["<textarea></textarea>"],
  ["<select></select>"],
  ["<div contenteditable='true'><b></b></div>"],
])("silent while typing in %s", (markup) => {
  const field = add(markup);
  for (const key of [" ", ".", "r", "?"]) expect(press(key, {}, field.firstElementChild ?? field)).toBe(false);
  expect(calls()).toBe(0);
});

test.each([['<div role="menu"><div></div></div>'], ['<div role="dialog"><p></p></div>']])("silent inside %s", (markup) => {
  const inside = add(markup).firstElementChild!;
  for (const key of [" ", ".", "r", "?"]) press(key, {}, inside);
  expect(calls()).toBe(0);
});

test.each([["<button><span></span></button>"], ["<a href='#'></a>"], ["<input type='radio' />"], ["<div role='switch'></div>"]])(
  "Space presses %s and nothing else; the letters still work there",
  (markup) => {
    const target = add(markup);
    expect(press(" ", {}, target.firstElementChild ?? target)).toBe(false);
    expect(deeds.toggle).not.toHaveBeenCalled();
    press("r", {}, target);
    expect(deeds.reset).toHaveBeenCalledOnce();
  },
);

test("keys that a view has taken are its own, and a stopped listener hears nothing", () => {
  const plot = add("<div tabindex='0'></div>");
  plot.addEventListener("keydown", (event) => event.preventDefault());
  press(" ", {}, plot);
  stop();
  press(" ");
  expect(calls()).toBe(0);
});
