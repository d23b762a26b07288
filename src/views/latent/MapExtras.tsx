/**
 * What comes to the map after the first picture: fields, training images as points, images
 * in their place, marks, keys. Turns stores into overlays and hands them to the stage;
 * what lies on the plot as elements it shows itself.
 */
import { Rotate3d } from "lucide-react";
import { type KeyboardEvent, useEffect, useMemo, useState } from "react";
import { CLASS_COLOURS, themeOfCard } from "../../charts/class-colours";
import { hexOf, useInks } from "../../charts/ink";
import type { PlotView } from "../../charts/LatentPlot";
import { RAMPS } from "../../charts/map-ramp";
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import { IconButton } from "../../ui/IconButton";
import { SampleTile } from "../data/SampleTile";
import { useSurveyModel } from "../explore/survey-model";
import { useRun } from "../stores";
import cardStyles from "./ExampleCard.module.css";
import styles from "./MapExtras.module.css";
import { MapLegend } from "./MapLegend";
import { NO_EXTRAS, type StageExtras } from "./stage-extras";
import { classOfPoint, useHasClasses, useShownPoints } from "./use-cloud";
import { useFields } from "./use-fields";
import type { LatentView } from "./use-latent-view";
import { useManyCodes } from "./use-many-codes";
import { useManyOverlay } from "./use-many-overlay";
import type { LatentMap } from "./use-map";
import { useMarks, useOutline, useSpreadOf } from "./use-marks";
import { usePictures, useTrainImages, type TrainImages } from "./use-pictures";
import { useTints } from "./use-tints";

interface MapExtrasProps {
  readonly map: LatentMap;
  readonly view: LatentView;
  /** What is in view once it has come to rest; null before. */
  readonly shown: PlotView | null;
  readonly isTurning: boolean;
  readonly onTurning: (isTurning: boolean) => void;
  readonly onTurn: (dxPx: number, dyPx: number) => void;
  readonly onExtras: (extras: StageExtras) => void;
}

export function MapExtras({ map, view, shown, isTurning, onTurning, onTurn, onExtras }: MapExtrasProps) {
  const inks = useInks();
  const theme = themeOfCard(inks.card);
  const hasClasses = useHasClasses();
  const colours = useMemo(() => (hasClasses ? CLASS_COLOURS[theme] : [hexOf(inks.latent)]), [hasClasses, theme, inks]);
  const model = useSurveyModel();
  const points = useShownPoints();
  const images = useTrainImages();
  useManyCodes(model);
  const tints = useTints({ points, model, colours, card: inks.card, ramp: RAMPS.decoder[theme] });
  const many = useManyOverlay({ map, points, model, tints: tints.many, card: inks.card });
  const fields = useFields({ map, view, shown, model, ramp: RAMPS.latent[theme] });
  const pictures = usePictures({ points, many, images, colours, card: inks.card, ink: inks.ink });
  const [index, setIndex] = useState<number | null>(null);

  const place = useMemo(() => {
    const at = index === null || points === null ? -1 : index - points.exampleCount;
    if (many.index === null || at < 0 || at * 2 >= many.index.positions.length) return null;
    return { h: many.index.positions[at * 2]!, v: many.index.positions[at * 2 + 1]! };
  }, [index, points, many]);
  const label = index === null || points === null ? 0 : (classOfPoint(points, index) ?? 0);
  const ring = useMemo(() => place && { ...place, colour: colours[label % colours.length]! }, [place, colours, label]);
  const marks = useMarks(map, ring);
  const onOutline = useOutline({ view, points, many, marks });
  const spreadOf = useSpreadOf(points?.exampleCount ?? 0);
  const [priorH, priorV] = useMemo(() => (map.plane === null ? [0, 0] : map.place(view.rest.map(() => 0))), [map, view.rest]);

  useEffect(() => {
    const overlays = [...fields.overlays, many.overlay, ...(pictures === null ? [] : [pictures]), marks];
    const trainIndex = (index ?? 0) - (points?.exampleCount ?? 0);
    onExtras({
      scene: { overlays, tints: tints.examples, spreadOf, prior: [priorH, priorV] },
      marked:
        index === null || place === null ? null : { index, place, card: <TrainCard index={trainIndex} label={label} images={images} /> },
      onMark: setIndex,
      onOutline,
    });
  }, [
    onExtras,
    fields,
    many,
    pictures,
    marks,
    tints,
    spreadOf,
    priorH,
    priorV,
    index,
    place,
    label,
    images,
    points?.exampleCount,
    onOutline,
  ]);
  useEffect(() => () => onExtras(NO_EXTRAS), [onExtras]);

  return (
    <>
      {map.kind === "turned" && <TurnButton isTurning={isTurning} onTurning={onTurning} onTurn={onTurn} />}
      <MapLegend fields={fields} error={tints.error} theme={theme} isLine={view.kind === "line"} />
    </>
  );
}

/** Pixels of a hand that one press of an arrow key stands for. */
const KEY_PX = 12;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Makes a drag turn the map, for a finger and for those without a right button; arrow keys on it turn it, too. */
function TurnButton({ isTurning, onTurning, onTurn }: Pick<MapExtrasProps, "isTurning" | "onTurning" | "onTurn">) {
  const { t } = useText("explore");
  const turnByKey = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    if (arrow === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onTurn(arrow[0] * KEY_PX, arrow[1] * KEY_PX);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the button within has the focus
    <div className={styles.turn} onKeyDown={turnByKey}>
      <IconButton label={t("map.turn")} isPressed={isTurning} onPress={() => onTurning(!isTurning)}>
        <Rotate3d size={16} aria-hidden />
      </IconButton>
    </div>
  );
}

/** The training image behind a point. */
function TrainCard({ index, label, images }: { readonly index: number; readonly label: number; readonly images: TrainImages }) {
  const { t, language } = useText("explore");
  const material = useRun((state) => state.material);
  const [pixels, setPixels] = useState(images.get(index));
  useEffect(() => {
    const look = () => setPixels(images.get(index));
    look();
    if (images.get(index) === null) images.want([index]);
    return images.subscribe(look);
  }, [images, index]);
  if (material === null) return null;
  return (
    <div className={cardStyles.card}>
      {pixels !== null && <SampleTile pixels={pixels} scale={255} shape={material.image} className={cardStyles.image} />}
      <div>
        <div className={cardStyles.name}>{material.classNames[language][label]}</div>
        <div>{t("map.trainImage", { number: countText(index + 1) })}</div>
      </div>
    </div>
  );
}
