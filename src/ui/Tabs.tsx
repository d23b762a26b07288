/**
 * Panels of which one is shown, behind a row or a column of tabs. Arrow keys go from tab
 * to tab and show what they come to; Home and End to the ends (WAI-ARIA practices, tabs
 * with automatic activation).
 *
 * Holds no choice: what it shows is what it is given.
 */
import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";
import { accentStyle, type Accent } from "./accent";
import styles from "./Tabs.module.css";

interface TabsProps<Id extends string> {
  readonly label: string;
  readonly options: readonly { readonly id: Id; readonly label: string; readonly icon?: ReactNode }[];
  readonly value: Id;
  readonly onChange: (id: Id) => void;
  readonly color?: Accent;
  readonly className?: string | undefined;
  /** The panel of the chosen tab. */
  readonly children: ReactNode;
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export function Tabs<Id extends string>({ label, options, value, onChange, color = "ink", className, children }: TabsProps<Id>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const at = options.findIndex((option) => option.id === value);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const step = STEPS[event.key];
    const last = options.length - 1;
    const next = step === undefined ? { Home: 0, End: last }[event.key] : (at + step + options.length) % options.length;
    if (next === undefined) return;
    event.preventDefault();
    onChange(options[next]!.id);
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus();
  }

  return (
    <div className={className} style={accentStyle(color)}>
      <div ref={list} role="tablist" aria-label={label} className={styles.tabs}>
        {options.map((option) => (
          <button
            key={option.id}
            type="button"
            role="tab"
            id={`${id}-${option.id}`}
            className={styles.tab}
            aria-selected={option.id === value}
            aria-controls={option.id === value ? `${id}-panel` : undefined}
            tabIndex={option.id === value ? 0 : -1}
            onClick={() => onChange(option.id)}
            onKeyDown={onKeyDown}
          >
            {option.icon}
            {option.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${value}`} className={styles.panel}>
        {children}
      </div>
    </div>
  );
}
