/** What opens on the network, fetched when it first does. */
import { lazyView } from "../lazy-view";

export const LayerEditor = lazyView("layers", async () => (await import("./LayerEditor")).LayerEditor);
export const LatentSizeEditor = lazyView("layers", async () => (await import("./LatentSizeEditor")).LatentSizeEditor);
export const OutputEditor = lazyView("layers", async () => (await import("./OutputEditor")).OutputEditor);
export const AddLayerItems = lazyView("layers", async () => (await import("./AddLayerItems")).AddLayerItems);
export const SizeTable = lazyView("layers", async () => (await import("./SizeTable")).SizeTable);
export const ReadingText = lazyView("layers", async () => (await import("./ReadingText")).ReadingText);
