/** The opened half of `Menu`: arrow keys, typing ahead, Escape. */
import { I18nProvider } from "react-aria-components/I18nProvider";
import { Menu, MenuItem } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import type { MenuEntry } from "./Menu";
import type { OverlayControl } from "./Overlay";
import styles from "./Overlay.module.css";
import { pageLocale } from "./page-locale";

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
            <MenuItem key={item.id} id={item.id} className={styles.item} textValue={item.label}>
              <span className={styles.itemLabel}>{item.label}</span>
              {item.hint !== undefined && <span className={styles.hint}>{item.hint}</span>}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </I18nProvider>
  );
}
