/** The played path taken home: its film as a GIF, its strip as a PNG, straight from the decoded pixels. */
import { useState } from "react";
import { isPointShape } from "../../../charts/point-tile";
import { framesThatFit } from "../../../charts/film-frames";
import { fileStem } from "../../../exchange/file-names";
import { useText } from "../../../i18n/use-text";
import { fixedText } from "../../../lib/number-text";
import { Button } from "../../../ui/Button";
import { Segmented } from "../../../ui/Segmented";
import { Switch } from "../../../ui/Switch";
import { saveFile } from "../../exchange/exported-files";
import { useRun } from "../../stores";
import { frameOrder, gifFrames, pictureOf } from "./film-pictures";
import styles from "./paths.module.css";
import type { TrailFilm } from "./use-films";

const SCALES = ["1", "4", "8", "12"] as const;
const RATES = ["10", "15", "25"] as const;

/** Frames of a strip on paper, and the room between them, pixels. */
const STRIP_FRAMES = 12;
const STRIP_GAP = 4;

export function PathExport({ film }: { readonly film: TrailFilm }) {
  const { t } = useText("paths");
  const shape = useRun(({ network }) => network.image);
  const config = useRun((state) => state.config);
  const step = useRun(({ snapshot }) => snapshot?.step ?? 0);
  const [scale, setScale] = useState<(typeof SCALES)[number]>("8");
  const [rate, setRate] = useState<(typeof RATES)[number]>("15");
  const [thereAndBack, setThereAndBack] = useState(true);
  const [state, setState] = useState<"idle" | "writing" | "failed">("idle");
  if (isPointShape(shape)) return null; // a point has no pixels of its own to enlarge

  const size = shape.height * shape.width * shape.channels;
  const count = film.frames.length / size;
  const order = frameOrder(count, thereAndBack);
  const name = `${fileStem(config, step)}-${film.kind}`;
  const write = async (make: () => Promise<void>) => {
    setState("writing");
    try {
      await make();
      setState("idle");
    } catch {
      setState("failed");
    }
  };
  const writeGif = async () => {
    const { encodeGif } = await import("../../../exchange/gif");
    const options = { scale: Number(scale), framesPerSecond: Number(rate), thereAndBack };
    const side = { width: shape.width * options.scale, height: shape.height * options.scale };
    saveFile({ name: `${name}.gif`, type: "image/gif", content: await encodeGif(gifFrames(film.frames, shape, options), side) });
  };
  const writePng = async () => {
    const { encodePng } = await import("../../../exchange/png");
    const images = framesThatFit(count, STRIP_FRAMES, 1).map((frame) => film.frames.subarray(frame * size, (frame + 1) * size));
    const strip = pictureOf(images, shape, Number(scale), STRIP_GAP);
    saveFile({ name: `${name}.png`, type: "image/png", content: await encodePng(strip.pixels, strip) });
  };
  return (
    <details className={styles.export}>
      <summary>{t("export.title")}</summary>
      <div className={styles.row}>
        <span>{t("export.scale")}</span>
        <Segmented label={t("export.scale")} options={SCALES.map((id) => ({ id, label: `${id}×` }))} value={scale} onChange={setScale} />
      </div>
      <div className={styles.row}>
        <span>{t("export.rate")}</span>
        <Segmented label={t("export.rate")} options={RATES.map((id) => ({ id, label: id }))} value={rate} onChange={setRate} />
      </div>
      <Switch label={t("export.back")} isOn={thereAndBack} onChange={setThereAndBack} />
      <p className={styles.hint}>
        {t("export.facts", {
          width: shape.width * Number(scale),
          height: shape.height * Number(scale),
          frames: order.length,
          seconds: fixedText(order.length / Number(rate), 1),
        })}
      </p>
      <div className={styles.row}>
        <Button isDisabled={state === "writing"} onPress={() => void write(writeGif)}>
          {t("export.gif")}
        </Button>
        <Button isDisabled={state === "writing"} onPress={() => void write(writePng)}>
          {t("export.png")}
        </Button>
      </div>
      <output className={styles.hint}>{state === "writing" ? t("export.writing") : state === "failed" ? t("export.failed") : ""}</output>
    </details>
  );
}
