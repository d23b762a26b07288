// @vitest-environment jsdom
/** The plain controls by keyboard and pointer, as their users meet them. */
import { cleanup, createEvent, fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { NumberField } from "./NumberField";
import { Segmented } from "./Segmented";
import { Select } from "./Select";
import { Slider } from "./Slider";
import { Toggles } from "./Toggles";

afterEach(cleanup);

const onChange = vi.fn<(value: number) => void>();
const onChangeEnd = vi.fn<(value: number) => void>();

function LiveSlider({ start, isDisabled = false }: { readonly start: number; readonly isDisabled?: boolean }) {
  const [value, setValue] = useState(start);
  return (
    <Slider
      label="β"
      ariaLabel="KL weight"
      value={value}
      min={0.01}
      max={1000}
      scale="zero-log"
      format={(v) => `${v} nats`}
      onChange={(v) => {
        onChange(v);
        setValue(v);
      }}
      onChangeEnd={onChangeEnd}
      isDisabled={isDisabled}
    />
  );
}

const slider = () => screen.getByRole("slider", { name: "KL weight" });
const press = (key: string, options = {}) => fireEvent.keyDown(slider(), { key, ...options });

test("a slider says its value in its own words and steps by round numbers", () => {
  render(<LiveSlider start={1} />);
  expect(slider().getAttribute("aria-valuetext")).toBe("1 nats");
  press("ArrowRight");
  expect(slider().getAttribute("aria-valuetext")).toBe("1.1 nats");
  press("ArrowDown");
  press("PageUp");
  expect(slider().getAttribute("aria-valuetext")).toBe("1.75 nats");
  expect(onChangeEnd.mock.lastCall).toEqual([1.75]);
});

test("a slider leaves keys with a modifier, and others, to the browser", () => {
  render(<LiveSlider start={1} />);
  for (const event of [createEvent.keyDown(slider(), { key: "ArrowRight", altKey: true }), createEvent.keyDown(slider(), { key: "Tab" })]) {
    fireEvent(slider(), event);
    expect(event.defaultPrevented).toBe(false);
  }
  expect(slider().getAttribute("aria-valuetext")).toBe("1 nats");
});

test("a dragged slider reports stops while it moves, and once when it is let go", () => {
  onChange.mockClear();
  onChangeEnd.mockClear();
  render(<LiveSlider start={1} />);
  fireEvent.input(slider(), { target: { value: "0.3" } });
  expect(onChange.mock.lastCall).toEqual([0]);
  expect(onChangeEnd).not.toHaveBeenCalled();
  slider().dispatchEvent(new Event("change", { bubbles: true }));
  expect(onChangeEnd.mock.calls).toEqual([[0]]);
});

function LiveNumber({ limit = 100 }: { readonly limit?: number }) {
  const [value, setValue] = useState(5);
  return (
    <>
      <NumberField
        label="Width"
        value={value}
        min={1}
        max={limit}
        onChange={setValue}
        issue={value >= 1 && value <= limit ? null : `1 to ${limit}`}
      />
      <output>{String(value)}</output>
      <button type="button" onClick={() => setValue(7)}>
        seven
      </button>
    </>
  );
}

test("a number field hands on what is typed, NaN while empty, and says what is wrong", async () => {
  render(<LiveNumber />);
  const field = screen.getByRole<HTMLInputElement>("spinbutton", { name: "Width" });
  await userEvent.clear(field);
  expect(screen.getByRole("status").textContent).toBe("NaN");
  expect(field.getAttribute("aria-invalid")).toBe("true");
  expect(document.getElementById(field.getAttribute("aria-describedby")!)!.textContent).toBe("1 to 100");
  await userEvent.type(field, "400");
  expect(screen.getByRole("status").textContent).toBe("400");
  expect(field.value).toBe("400");
});

test("a number field shows a value that is changed from elsewhere", async () => {
  render(<LiveNumber />);
  const field = screen.getByRole<HTMLInputElement>("spinbutton");
  await userEvent.clear(field);
  await userEvent.click(screen.getByText("seven"));
  expect(field.value).toBe("7");
  expect(field.getAttribute("aria-invalid")).toBe("false");
});

const OPTIONS = [
  { id: "a", label: "A" },
  { id: "b", label: "B" },
  { id: "c", label: "C" },
] as const;
type Id = (typeof OPTIONS)[number]["id"];

test("segments are radio buttons; toggles keep the order of their options", async () => {
  const choose = vi.fn<(id: Id) => void>();
  const flip = vi.fn<(ids: Id[]) => void>();
  render(
    <>
      <Segmented label="One" options={OPTIONS} value="a" onChange={choose} />
      <Toggles label="Some" options={OPTIONS} values={["c"]} onChange={flip} />
    </>,
  );
  expect(screen.getByRole<HTMLInputElement>("radio", { name: "A" }).checked).toBe(true);
  await userEvent.click(screen.getByRole("radio", { name: "B" }));
  expect(choose.mock.lastCall).toEqual(["b"]);
  await userEvent.click(screen.getByRole("button", { name: "A" }));
  expect(flip.mock.lastCall).toEqual([["a", "c"]]);
  await userEvent.click(screen.getByRole("button", { name: "C", pressed: true }));
  expect(flip.mock.lastCall).toEqual([[]]);
});

test("a select shows hints and hands on the id", async () => {
  const choose = vi.fn<(id: string) => void>();
  render(<Select label="Optimiser" options={[...OPTIONS, { id: "d", label: "D", hint: "slow" }]} value="a" onChange={choose} />);
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Optimiser" }), "D · slow");
  expect(choose.mock.lastCall).toEqual(["d"]);
});
