/** The opened half of `Dialog`: the page behind it is out of reach until it closes. */
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { IconButton } from "./IconButton";
import styles from "./Overlay.module.css";
import { pageLocale } from "./page-locale";

interface DialogPanelProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly closeLabel: string;
  readonly children: ReactNode;
}

export default function DialogPanel({ title, onClose, closeLabel, children }: DialogPanelProps) {
  return (
    <I18nProvider locale={pageLocale()}>
      <ModalOverlay className={styles.veil} isOpen isDismissable onOpenChange={onClose}>
        <Modal className={styles.modal}>
          <Dialog className={styles.dialog}>
            <div className={styles.dialogHead}>
              <Heading slot="title" className={styles.dialogTitle}>
                {title}
              </Heading>
              <IconButton label={closeLabel} onPress={onClose}>
                <X size={18} aria-hidden />
              </IconButton>
            </div>
            {children}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </I18nProvider>
  );
}
