/** The sheet that is drawn on, and the pen. Shows what our own code has drawn, which is what is framed. */
import { Eraser, Undo2 } from "lucide-react";
import { useEffect, useLayoutEffect, useRef } from "react";
import { useStore } from "zustand";
import { useInks } from "../../../charts/ink";
import { paintImage } from "../../../charts/paint-image";
import { useText } from "../../../i18n/use-text";
import { fixedText } from "../../../lib/number-text";
import type { CssVariables } from "../../../ui/accent";
import { IconButton } from "../../../ui/IconButton";
import { Slider } from "../../../ui/Slider";
import { useRun, useStores } from "../../stores";
import styles from "./HandPanel.module.css";
import { handStoreOf } from "./hand-store";
import { listenForPen } from "./pen-events";

const RADII = { min: 0.01, max: 0.12 } as const;

/** Pens of a colour data set: those that the emoji are mostly made of. */
const COLOURS = {
  black: [0.13, 0.13, 0.13],
  white: [1, 1, 1],
  yellow: [1, 0.8, 0.2],
  red: [0.95, 0.19, 0.3],
  brown: [0.55, 0.33, 0.22],
  green: [0.25, 0.65, 0.25],
  blue: [0.15, 0.55, 0.95],
  purple: [0.6, 0.35, 0.8],
} as const;
const COLOUR_NAMES = Object.keys(COLOURS) as (keyof typeof COLOURS)[];

export function DrawingSheet() {
  const { t } = useText("hand");
  const hand = handStoreOf(useStores());
  const { input, source, strokes, radius, undo, clear, setPen } = useStore(hand);
  const canvas = useRef<HTMLCanvasElement>(null);
  const inks = useInks();
  const isColour = useRun(({ network }) => network.image.channels === 3);
  const hasSomething = source.kind !== "drawing" || strokes.length > 0;

  useEffect(
    () =>
      listenForPen(canvas.current!, {
        radius: () => hand.getState().radius,
        press: (point) => hand.getState().press(point),
        extend: (points) => hand.getState().extend(points),
      }),
    [hand],
  );
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d") ?? null;
    if (context === null) return;
    const image = context.createImageData(input.width, input.height);
    paintImage(image, 0, 0, input.pixels, 1, input, inks.card, inks.ink);
    context.putImageData(image, 0, 0);
  }, [input, inks]);

  const name = { role: "img", "aria-label": t("sheet") } as const;
  return (
    <div className={styles.drawing}>
      <canvas ref={canvas} className={styles.sheet} width={input.width} height={input.height} {...name} />
      <div className={styles.tools}>
        <IconButton label={t("undo")} isDisabled={!hasSomething} onPress={undo}>
          <Undo2 size={18} aria-hidden />
        </IconButton>
        <IconButton label={t("clear")} isDisabled={!hasSomething} onPress={clear}>
          <Eraser size={18} aria-hidden />
        </IconButton>
        <Slider
          label={t("pen")}
          ariaLabel={t("penLong")}
          value={radius}
          min={RADII.min}
          max={RADII.max}
          step={0.005}
          format={(value) => `${fixedText(value * 200, 0)} %`}
          onChange={(value) => setPen({ radius: value })}
        />
      </div>
      {isColour && <Colours />}
    </div>
  );
}

function Colours() {
  const { t } = useText("hand");
  const hand = handStoreOf(useStores());
  const colour = useStore(hand, (state) => state.colour);
  return (
    <fieldset className={styles.colours} aria-label={t("colours")}>
      {COLOUR_NAMES.map((name) => (
        <button
          key={name}
          type="button"
          aria-label={t(`colour.${name}`)}
          title={t(`colour.${name}`)}
          aria-pressed={COLOURS[name].every((value, c) => value === colour[c])}
          style={{ "--pen": `rgb(${COLOURS[name].map((value) => value * 255).join(" ")})` } as CssVariables}
          onClick={() => hand.getState().setPen({ colour: COLOURS[name] })}
        />
      ))}
    </fieldset>
  );
}
