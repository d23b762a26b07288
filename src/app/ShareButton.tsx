/** Copies the link that holds the whole experiment; where the browser refuses, shows it for copying by hand. */
import { Check, Link } from "lucide-react";
import { useEffect, useId, useState } from "react";
import { useText } from "../i18n/use-text";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { useStores, type Stores } from "../views/stores";
import { experimentHash } from "./address-sync";
import { pathOfHash } from "./hash-path";
import styles from "./ShareButton.module.css";

/** How long the button says that it has copied. */
const CONFIRMATION_MS = 2_500;

/** The draft, or the run at hand while the draft cannot run. */
function shareLink({ draft, run }: Stores): string {
  const { config, options, issues } = draft.getState();
  const { config: runConfig, options: runOptions } = run.getState();
  const path = pathOfHash(window.location.hash);
  const hash = issues.length === 0 ? experimentHash(config, options, path) : experimentHash(runConfig, runOptions, path);
  return new URL(hash, window.location.href).href;
}

export function ShareButton() {
  const { t } = useText("shell");
  const stores = useStores();
  const [isCopied, setCopied] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);

  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), CONFIRMATION_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);

  async function share() {
    const link = shareLink(stores);
    try {
      await navigator.clipboard.writeText(link); // not there at all on a page without TLS
      setCopied(true);
    } catch {
      setRefused(link);
    }
  }

  return (
    <>
      <Button label={t("share")} onPress={() => void share()}>
        {isCopied ? <Check size={16} aria-hidden /> : <Link size={16} aria-hidden />}
        <span className={styles.word}>{t("share")}</span>
      </Button>
      <span className={isCopied ? styles.confirmation : "visually-hidden"} aria-live="polite">
        {isCopied && t("shared")}
      </span>
      <Dialog title={t("shareByHand.title")} isOpen={refused !== null} onClose={() => setRefused(null)} closeLabel={t("close")}>
        <ShareByHand link={refused ?? ""} />
      </Dialog>
    </>
  );
}

function ShareByHand({ link }: { readonly link: string }) {
  const { t } = useText("shell");
  const id = useId();
  return (
    <div className={styles.byHand}>
      <label htmlFor={id}>{t("shareByHand.text")}</label>
      <input
        id={id}
        className={styles.link}
        readOnly
        value={link}
        aria-label={t("shareByHand.field")}
        onFocus={(event) => event.target.select()}
      />
    </div>
  );
}
