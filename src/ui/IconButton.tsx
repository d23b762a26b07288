/** A button that shows an icon and says its name to those who cannot see it; the name is also its tooltip. */
import type { ReactNode, Ref } from "react";
import styles from "./IconButton.module.css";

interface IconButtonProps {
  readonly label: string;
  readonly onPress: () => void;
  readonly isDisabled?: boolean;
  /** Makes it a toggle that says whether it is on. */
  readonly isPressed?: boolean;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function IconButton({ label, onPress, isDisabled = false, isPressed, children, ref }: IconButtonProps) {
  return (
    <button
      ref={ref}
      type="button"
      className={styles.button}
      aria-label={label}
      title={label}
      aria-pressed={isPressed}
      disabled={isDisabled}
      onClick={onPress}
    >
      {children}
    </button>
  );
}
