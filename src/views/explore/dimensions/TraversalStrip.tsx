/**
 * What a walk along one dimension decodes to, from −3 σ to 3 σ through the probe. Drawn
 * when it comes into sight, a few decodes a frame; pressing a picture puts the probe there.
 */
import { useEffect, useMemo, useRef } from "react";
import { useInks } from "../../../charts/ink";
import { paintImage } from "../../../charts/paint-image";
import { isPointShape, POINT_SHAPE, pointTile } from "../../../charts/point-tile";
import { useText } from "../../../i18n/use-text";
import { fixedText } from "../../../lib/number-text";
import { currentModel, decodeCode, toldClass } from "../../../store/model-view";
import type { CssVariables } from "../../../ui/accent";
import { axisName } from "../../latent/latent-text";
import { useProbe, useRun, useStores } from "../../stores";
import styles from "./DimensionsPanel.module.css";
import { frameWork } from "./frame-work";
import { STRIP_TILES, stripPlace, stripValues } from "./traversal";
import { useInSight } from "./use-in-sight";

interface TraversalStripProps {
  readonly dimension: number;
  readonly mean: number;
  readonly deviation: number;
}

/** Between two pictures, in their pixels. */
const GAP = 1;

export function TraversalStrip({ dimension, mean, deviation }: TraversalStripProps) {
  const { t } = useText("dimensions");
  const { probe } = useStores();
  const value = useProbe(({ z }) => z[dimension] ?? 0);
  const shape = useRun(({ network }) => (isPointShape(network.image) ? POINT_SHAPE : network.image));
  const canvas = useStripCanvas({ dimension, mean, deviation });
  const place = stripPlace({ mean, deviation }, value);
  return (
    <div className={styles.strip}>
      <canvas ref={canvas} width={STRIP_TILES * (shape.width + GAP) - GAP} height={shape.height} aria-hidden />
      <div className={styles.stops}>
        {stripValues({ mean, deviation }).map((stop) => (
          // Out of the tab order: the slider above does the same for the keyboard, at every value.
          <button
            key={stop}
            type="button"
            tabIndex={-1}
            aria-label={t("putProbe", { axis: axisName(dimension), value: fixedText(stop, 2) })}
            onClick={() => probe.getState().setZ(dimension, stop)}
          />
        ))}
      </div>
      {place >= 0 && place <= 1 && <span className={styles.mark} style={{ "--at": place } as CssVariables} />}
    </div>
  );
}

function useStripCanvas({ dimension, mean, deviation }: TraversalStripProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const isInSight = useInSight(canvas);
  const model = useRun(currentModel);
  const label = useProbe((state) => state.label);
  const inks = useInks();
  // The probe's own place along the strip changes nothing on it.
  const others = useProbe(({ z }) => z.map((value, i) => (i === dimension ? 0 : value)).join(" "));
  const codes = useMemo(() => {
    const z = others.split(" ").map(Number);
    return stripValues({ mean, deviation }).map((value) => z.with(dimension, value));
  }, [others, mean, deviation, dimension]);

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d") ?? null;
    if (!isInSight || model === null || element === null || context === null) return;
    const told = toldClass(model.network, label) ?? 0;
    const isPoint = isPointShape(model.network.image);
    const shape = isPoint ? POINT_SHAPE : model.network.image;
    function* tiles() {
      for (const [tile, z] of codes.entries()) {
        const pixels = decodeCode(model!, z, told);
        if (pixels === null) return;
        const image = context!.createImageData(shape.width, shape.height);
        paintImage(image, 0, 0, isPoint ? pointTile(pixels) : pixels, 1, shape, inks.card, inks.decoder);
        context!.putImageData(image, tile * (shape.width + GAP), 0);
        yield;
      }
    }
    frameWork.begin(element, tiles());
    return () => frameWork.drop(element);
  }, [isInSight, model, label, codes, inks]);
  return canvas;
}
