/**
 * A button that says what it does in words.
 *
 * The kit's plain controls are the browser's own elements: they bring keyboard,
 * touch and screen readers with them, where react-aria's cost 20 KiB of the
 * budget before first paint. Overlays, which need it, load it when first opened.
 */
import type { ReactNode, Ref } from "react";
import styles from "./Button.module.css";

interface ButtonProps {
  /** `primary`: the one deed of a place; `quiet`: no frame. */
  readonly variant?: "primary" | "plain" | "quiet";
  readonly onPress: () => void;
  readonly isDisabled?: boolean;
  /** Accessible name, where the children alone do not say it. */
  readonly label?: string;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({ variant = "plain", onPress, isDisabled = false, label, children, ref }: ButtonProps) {
  return (
    <button
      ref={ref}
      type="button"
      className={styles.button}
      data-variant={variant}
      aria-label={label}
      disabled={isDisabled}
      onClick={onPress}
    >
      {children}
    </button>
  );
}
