/** A list of deeds or choices to pick one from: arrow keys, typing ahead, Escape. What a menu's button opens. */
import { I18nProvider } from "react-aria-components/I18nProvider";
import { Menu, MenuItem } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import type { OverlayControl } from "./Overlay";
import styles from "./Overlay.module.css";
import { pageLocale } from "./page-locale";

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly isDisabled?: boolean;
}

interface MenuPanelProps extends OverlayControl {
  readonly label: string;
  readonly items: readonly MenuEntry[];
  readonly onAction: (id: string) => void;
}

export default function MenuPanel({ label, items, onAction, triggerRef, id, onClose }: MenuPanelProps) {
  return (
    <I18nProvider locale={pageLocale()}>
      <Popover className={styles.popover} triggerRef={triggerRef} isOpen onOpenChange={onClose} placement="bottom end" containerPadding={8}>
        <Menu
          id={id}
          className={styles.menu}
          aria-label={label}
          // eslint-disable-next-line jsx-a11y/no-autofocus -- a menu that opens takes the focus (ARIA menu button pattern)
          autoFocus="first"
          onClose={onClose}
          onAction={(key) => onAction(String(key))}
        >
          {items.map((item) => (
            <MenuItem key={item.id} id={item.id} className={styles.item} textValue={item.label} isDisabled={item.isDisabled ?? false}>
              <span className={styles.itemLabel}>{item.label}</span>
              {item.hint !== undefined && <span className={styles.hint}>{item.hint}</span>}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </I18nProvider>
  );
}
