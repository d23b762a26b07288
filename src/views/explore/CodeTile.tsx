/** What a place in latent space decodes to, as a picture; decoded on the page from the model on screen. */
import { useMemo } from "react";
import { currentModel, decodeCode, toldClass } from "../../store/model-view";
import { SampleTile } from "../data/SampleTile";
import { useProbe, useRun } from "../stores";

interface CodeTileProps {
  /** `latentDim` numbers; hand in the same object while the place stays. */
  readonly z: readonly number[];
  /** Accessible name; without one the picture is decoration. */
  readonly label?: string;
  readonly className?: string | undefined;
}

/** Nothing before there is a model of this width. */
export function CodeTile({ z, label, className }: CodeTileProps) {
  const model = useRun(currentModel);
  const told = useProbe((state) => state.label);
  const pixels = useMemo(() => (model === null ? null : decodeCode(model, z, toldClass(model.network, told) ?? 0)), [model, z, told]);
  if (model === null || pixels === null) return null;
  return (
    <SampleTile
      pixels={pixels}
      scale={1}
      shape={model.network.image}
      ink="decoder"
      className={className}
      {...(label === undefined ? {} : { label })}
    />
  );
}
