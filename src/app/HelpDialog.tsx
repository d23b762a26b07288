/** The keys that work anywhere, and the settings that are no part of an experiment; fetched when first asked for. */
import { useText } from "../i18n/use-text";
import { Dialog } from "../ui/Dialog";
import { lazyView } from "../views/lazy-view";

const HelpText = lazyView("panels", async () => (await import("./HelpText")).HelpText);

interface HelpDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function HelpDialog({ isOpen, onClose }: HelpDialogProps) {
  const { t } = useText("shell");
  return (
    <Dialog title={t("helpButton")} isOpen={isOpen} onClose={onClose} closeLabel={t("close")}>
      <HelpText />
    </Dialog>
  );
}
