// @vitest-environment jsdom
/** What opens over the page: by keyboard and pointer, with the focus where it belongs. */
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { Dialog } from "./Dialog";
import MenuPanel from "./MenuPanel";
import { Overlay } from "./Overlay";
import { Popover } from "./Popover";
import { preloadOverlays } from "./preload-overlays";

// jsdom has no CSS.escape, with which react-aria asks the page for its nonce.
vi.stubGlobal("CSS", { escape: (text: string) => text });

beforeAll(preloadOverlays);
afterEach(cleanup);

test("a popover opens, takes the focus, closes by Escape and gives the focus back", async () => {
  render(
    <Popover label="KL" trigger="KL">
      <p>One sentence.</p>
    </Popover>,
  );
  const trigger = screen.getByRole("button", { name: "KL" });
  expect(trigger.getAttribute("aria-expanded")).toBe("false");
  await userEvent.tab();
  await userEvent.keyboard("{Enter}");
  const dialog = await screen.findByRole("dialog", { name: "KL" });
  expect(trigger.getAttribute("aria-expanded")).toBe("true");
  expect(trigger.getAttribute("aria-controls")).toBe(dialog.id);
  await waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true));
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("dialog")).toBeNull();
  await waitFor(() => expect(document.activeElement).toBe(trigger));
});

test("text names its trigger, an icon is named by the label", () => {
  render(
    <>
      <Popover label="Explanation" look="word" trigger={<i>β</i>}>
        x
      </Popover>
      <Popover label="Backend" look="icon" trigger={<svg />}>
        x
      </Popover>
    </>,
  );
  expect(screen.getByRole("button", { name: "β" })).toBeDefined();
  expect(screen.getByRole("button", { name: "Backend" })).toBeDefined();
});

test("a menu opens by arrow, is walked by arrows, does one deed and closes", async () => {
  const onAction = vi.fn<(id: string) => void>();
  const items = [
    { id: "one", label: "One", hint: "the first" },
    { id: "two", label: "Two" },
  ];
  render(
    <Overlay
      label="Presets"
      trigger="Presets"
      look="plain"
      popup="menu"
      renderPanel={(control) => <MenuPanel label="Presets" items={items} onAction={onAction} {...control} />}
    />,
  );
  await userEvent.tab();
  await userEvent.keyboard("{ArrowDown}");
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("menuitem", { name: /One/ })));
  await userEvent.keyboard("{ArrowDown}{Enter}");
  expect(onAction.mock.calls).toEqual([["two"]]);
  expect(screen.queryByRole("menu")).toBeNull();
});

function LiveDialog() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        open
      </button>
      <Dialog title="Help" isOpen={isOpen} onClose={() => setOpen(false)} closeLabel="Close">
        <p>Words</p>
      </Dialog>
    </>
  );
}

test("a dialog has its title for a name, and its cross closes it", async () => {
  render(<LiveDialog />);
  await userEvent.click(screen.getByText("open"));
  expect(await screen.findByRole("dialog", { name: "Help" })).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(screen.queryByRole("dialog")).toBeNull();
});
