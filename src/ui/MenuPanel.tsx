/** A list of deeds or choices to pick one from: arrow keys, typing ahead, Escape. What a menu's button opens. */
import { I18nProvider } from "react-aria-components/I18nProvider";
import { Header, Menu, MenuItem, MenuSection } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import type { OverlayControl } from "./Overlay";
import styles from "./Overlay.module.css";
import { pageLocale } from "./page-locale";

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  /** A word that sets it apart, framed after its label. */
  readonly mark?: string;
  readonly isDisabled?: boolean;
}

export interface MenuGroup {
  readonly label: string;
  readonly items: readonly MenuEntry[];
}

interface MenuPanelProps extends OverlayControl {
  readonly label: string;
  /** Either these or `sections`. */
  readonly items?: readonly MenuEntry[];
  /** Under headings; in two columns where there is room, read and walked through down the first, then the second. */
  readonly sections?: readonly MenuGroup[];
  readonly onAction: (id: string) => void;
}

export default function MenuPanel({ label, items = [], sections, onAction, triggerRef, id, onClose }: MenuPanelProps) {
  return (
    <I18nProvider locale={pageLocale()}>
      <Popover
        className={styles.popover}
        data-wide={sections !== undefined || undefined}
        triggerRef={triggerRef}
        isOpen
        onOpenChange={onClose}
        placement="bottom end"
        containerPadding={8}
      >
        <Menu
          id={id}
          className={styles.menu}
          aria-label={label}
          // eslint-disable-next-line jsx-a11y/no-autofocus -- a menu that opens takes the focus (ARIA menu button pattern)
          autoFocus="first"
          onClose={onClose}
          onAction={(key) => onAction(String(key))}
        >
          {items.map(entry)}
          {sections?.map((section) => (
            <MenuSection key={section.label} className={styles.section}>
              <Header className={styles.sectionLabel}>{section.label}</Header>
              {section.items.map(entry)}
            </MenuSection>
          ))}
        </Menu>
      </Popover>
    </I18nProvider>
  );
}

function entry({ id, label, hint, mark, isDisabled = false }: MenuEntry) {
  return (
    <MenuItem key={id} id={id} className={styles.item} textValue={label} isDisabled={isDisabled}>
      <span className={styles.itemLabel}>
        {label} {mark !== undefined && <span className={styles.mark}>{mark}</span>}
      </span>
      {hint !== undefined && <span className={styles.hint}>{hint}</span>}
    </MenuItem>
  );
}
