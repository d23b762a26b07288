/** Changes one side of the network, and the other with it while they mirror each other. */
import type { Side } from "./architecture";
import { editLayers, type LayerEdit } from "./layer-edits";
import type { ArchitectureControl } from "./use-architecture";

export function layerEditor({ config, change, mirrors }: ArchitectureControl, side: Side): (edit: LayerEdit) => void {
  return (edit) => change(editLayers(config, side, edit, mirrors));
}
