/** One message in the corner: what it is about, its words, and what can be done. */
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../ui/Button";
import { IconButton } from "../ui/IconButton";
import type { FailureAction } from "./failure-actions";
import styles from "./FailureNotice.module.css";

interface NoticePanelProps {
  readonly tone: "bad" | "calm";
  readonly title: string;
  readonly children?: ReactNode;
  /** The best way on first. */
  readonly actions?: readonly FailureAction[];
  readonly dismiss?: { readonly label: string; readonly run: () => void };
}

export function NoticePanel({ tone, title, children, actions = [], dismiss }: NoticePanelProps) {
  return (
    <div className={styles.panel} data-tone={tone} data-dismissible={dismiss !== undefined || undefined}>
      <p className={styles.title}>{title}</p>
      {children}
      {actions.length > 0 && (
        <div className={styles.actions}>
          {actions.map((action, i) => (
            <Button key={action.label} variant={i === 0 ? "primary" : "plain"} onPress={action.run}>
              {action.label}
            </Button>
          ))}
        </div>
      )}
      {/* Last, so that the way on is reached before the way out. */}
      {dismiss && (
        <div className={styles.dismiss}>
          <IconButton label={dismiss.label} onPress={dismiss.run}>
            <X size={16} aria-hidden />
          </IconButton>
        </div>
      )}
    </div>
  );
}
