/** The tools beside the map: one at a time, behind tabs. */
import { Crosshair, Diff, History, Lasso, PenLine, SlidersHorizontal, Spline } from "lucide-react";
import { Suspense, type ReactNode } from "react";
import { ErrorBoundary, type FallbackProps } from "react-error-boundary";
import { useText } from "../../i18n/use-text";
import { TOOLS, type Tool } from "../../store/explorer-store";
import { Tabs } from "../../ui/Tabs";
import { useExplorer } from "../stores";
import { TOOL_PANELS } from "./tools";
import styles from "./ToolRail.module.css";

const ICONS: Readonly<Record<Tool, ReactNode>> = {
  probe: <Crosshair size={18} aria-hidden />,
  paths: <Spline size={18} aria-hidden />,
  arithmetic: <Diff size={18} aria-hidden />,
  dimensions: <SlidersHorizontal size={18} aria-hidden />,
  hand: <PenLine size={18} aria-hidden />,
  selection: <Lasso size={18} aria-hidden />,
  history: <History size={18} aria-hidden />,
};

export function ToolRail() {
  const { t } = useText("explore");
  const tool = useExplorer((state) => state.tool);
  const set = useExplorer((state) => state.set);
  const Panel = TOOL_PANELS[tool];
  return (
    <Tabs
      label={t("tools")}
      color="latent"
      className={styles.rail}
      options={TOOLS.map((id) => ({ id, label: t(`tool.${id}`), icon: ICONS[id] }))}
      value={tool}
      onChange={(id) => set({ tool: id })}
    >
      <ErrorBoundary key={tool} FallbackComponent={Stumbled}>
        <Suspense fallback={<p className={styles.loading}>{t("loading")}</p>}>
          <Panel />
        </Suspense>
      </ErrorBoundary>
    </Tabs>
  );
}

/** One tool that could not be had or drawn: map and training go on beside it. */
function Stumbled({ resetErrorBoundary }: FallbackProps) {
  const { t } = useText("explore");
  const { t: shell } = useText("shell");
  return (
    <div className={styles.loading} role="alert">
      <p>{t("toolFailed")}</p>
      <button type="button" className={styles.retry} onClick={resetErrorBoundary}>
        {shell("crash.retry")}
      </button>
    </div>
  );
}
