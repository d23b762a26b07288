/** The map along two principal components: which, and how much of the codes' spread they show. */
import { ArrowLeftRight } from "lucide-react";
import { useText } from "../../../i18n/use-text";
import { countText } from "../../../lib/number-text";
import type { CssVariables } from "../../../ui/accent";
import { Button } from "../../../ui/Button";
import { IconButton } from "../../../ui/IconButton";
import { Select } from "../../../ui/Select";
import { percentText } from "../../latent/latent-text";
import { Term } from "../../Term";
import { useExplorer, useRun, useStores } from "../../stores";
import styles from "./DimensionsPanel.module.css";
import { varianceShares } from "./principal-signs";
import { usePrincipal } from "./use-principal";

/** More would not be read. */
const MOST_BARS = 12;

export function PrincipalChoice() {
  const { t } = useText("dimensions");
  const { step, isOld, isAsking, hasFailed, renew } = usePrincipal(true);
  const now = useRun((state) => state.snapshot?.step ?? null);
  const hasBasis = useExplorer(({ basis }) => basis !== null);
  return (
    <>
      {hasBasis && <Components />}
      <p className={styles.note}>
        <Term id="pca">{t("pcaName")}</Term> {t("pcaNote")}
      </p>
      <output className={styles.note}>{hasFailed ? t("pcaFailed") : step === null && t("pcaWaiting")}</output>
      {step !== null && (
        <p className={styles.note}>
          {t("pcaStep", { step: countText(step) })} {isOld && now !== null && t("nowAt", { step: countText(now) })}
        </p>
      )}
      {(isOld || hasFailed) && (
        <Button onPress={renew} isDisabled={isAsking}>
          {t("renew")}
        </Button>
      )}
    </>
  );
}

function Components() {
  const { t } = useText("dimensions");
  const { explorer } = useStores();
  const basis = useExplorer((state) => state.basis)!;
  const map = useExplorer((state) => state.map);
  const shares = varianceShares(basis);
  const [across, up] = map.kind === "principal" ? map.components : [0, 1];
  const show = (components: readonly [number, number]) => explorer.getState().set({ map: { kind: "principal", components } });
  const options = shares.map((share, component) => ({
    id: String(component),
    label: t("component", { number: component + 1 }),
    hint: percentText(share),
  }));
  return (
    <>
      <div className={styles.pair}>
        {/* Two equal ones would be a line: the other one gives way. */}
        <Select
          label={t("across")}
          options={options}
          value={String(across)}
          onChange={(id) => show([Number(id), Number(id) === up ? across : up])}
        />
        <IconButton label={t("swap")} onPress={() => show([up, across])}>
          <ArrowLeftRight size={16} aria-hidden />
        </IconButton>
        <Select
          label={t("up")}
          options={options}
          value={String(up)}
          onChange={(id) => show([Number(id) === across ? up : across, Number(id)])}
        />
      </div>
      <ul className={styles.shares} aria-label={t("shares")}>
        {shares.slice(0, MOST_BARS).map((share, component) => (
          // oxlint-disable-next-line react/no-array-index-key -- a component is its number
          <li key={component} data-on={component === across || component === up || undefined} style={{ "--part": share } as CssVariables}>
            <span>{t("component", { number: component + 1 })}</span>
            <span>{percentText(share)}</span>
          </li>
        ))}
      </ul>
      <p className={styles.note}>{t("together", { percent: percentText(shares[across]! + shares[up]!) })}</p>
    </>
  );
}
