/** The scatter as a table, behind a button. */
import { Table2 } from "lucide-react";
import { useState } from "react";
import { useText } from "../../i18n/use-text";
import { Dialog } from "../../ui/Dialog";
import { IconButton } from "../../ui/IconButton";
import { lazyPanel } from "../../ui/lazy-panel";
import { useRun } from "../stores";

const ClassPlaces = lazyPanel(async () => (await import("./ClassPlaces")).ClassPlaces);

export function ClassTable() {
  const { t } = useText("latent");
  const { t: shell } = useText("shell");
  const [isOpen, setIsOpen] = useState(false);
  const hasCloud = useRun(({ snapshot, material }) => snapshot !== null && material !== null);
  return (
    <>
      <IconButton label={t("table")} isDisabled={!hasCloud} onPress={() => setIsOpen(true)}>
        <Table2 size={16} aria-hidden />
      </IconButton>
      <Dialog title={t("tableTitle")} isOpen={isOpen} onClose={() => setIsOpen(false)} closeLabel={shell("close")}>
        <p>{t("tableNote")}</p>
        <ClassPlaces />
      </Dialog>
    </>
  );
}
