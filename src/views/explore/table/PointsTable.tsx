/** The shown points as a table, behind a button. */
import { List } from "lucide-react";
import { useState } from "react";
import { useText } from "../../../i18n/use-text";
import { Dialog } from "../../../ui/Dialog";
import { IconButton } from "../../../ui/IconButton";
import { lazyView } from "../../lazy-view";
import { useRun } from "../../stores";

const PointRows = lazyView("explore", async () => (await import("./PointRows")).PointRows);

export function PointsTable() {
  const { t } = useText("explore");
  const { t: shell } = useText("shell");
  const [isOpen, setIsOpen] = useState(false);
  const hasCloud = useRun(({ snapshot, material }) => snapshot !== null && material !== null);
  return (
    <>
      <IconButton label={t("table.open")} isDisabled={!hasCloud} onPress={() => setIsOpen(true)}>
        <List size={16} aria-hidden />
      </IconButton>
      <Dialog title={t("table.title")} isOpen={isOpen} onClose={() => setIsOpen(false)} closeLabel={shell("close")}>
        <PointRows onDone={() => setIsOpen(false)} />
      </Dialog>
    </>
  );
}
