/** The explorer's tools: each a chunk of its own that comes when its tab is first opened. */
import type { ComponentType } from "react";
import type { Tool } from "../../store/explorer-store";
import { lazyView } from "../lazy-view";

export const TOOL_PANELS: Readonly<Record<Tool, ComponentType>> = {
  probe: lazyView("explore", async () => (await import("./probe/ProbePanel")).ProbePanel),
  paths: lazyView("paths", async () => (await import("./paths/PathsPanel")).PathsPanel),
  arithmetic: lazyView("paths", async () => (await import("./arithmetic/ArithmeticPanel")).ArithmeticPanel),
  dimensions: lazyView("dimensions", async () => (await import("./dimensions/DimensionsPanel")).DimensionsPanel),
  hand: lazyView("hand", async () => (await import("./hand/HandPanel")).HandPanel),
  selection: lazyView("selection", async () => (await import("./selection/SelectionPanel")).SelectionPanel),
  history: lazyView("history", async () => (await import("./history/HistoryPanel")).HistoryPanel),
};
