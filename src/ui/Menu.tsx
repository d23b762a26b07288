/** A button that opens a list of deeds or choices to pick one from. */
import { lazy, type ReactNode } from "react";
import { Overlay, type TriggerLook } from "./Overlay";
import { importMenuPanel } from "./preload-overlays";

const MenuPanel = lazy(importMenuPanel);

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
}

interface MenuProps {
  readonly label: string;
  readonly trigger: ReactNode;
  readonly look?: TriggerLook;
  readonly items: readonly MenuEntry[];
  readonly onAction: (id: string) => void;
}

export function Menu({ label, trigger, look = "plain", items, onAction }: MenuProps) {
  return (
    <Overlay
      label={label}
      trigger={trigger}
      look={look}
      popup="menu"
      renderPanel={(control) => <MenuPanel label={label} items={items} onAction={onAction} {...control} />}
    />
  );
}
