/** What is seen along each path: its film strip, the speed of the picture, and its length and energy as numbers. */
import { SpeedCurve, type LineLook } from "../../../charts/SpeedCurve";
import { FilmStrip } from "../../../charts/FilmStrip";
import { useText } from "../../../i18n/use-text";
import { fixedText, briefText } from "../../../lib/number-text";
import type { PathKind } from "../../../store/explorer-store";
import { useExplorer, useRun } from "../../stores";
import { compareLengths } from "./path-words";
import styles from "./paths.module.css";
import type { TrailFilm } from "./use-films";

/** As on the map: a straight line in ink, what follows the prior in the latent colour, what follows the decoder in the decoder's. */
export const LOOKS: Readonly<Record<PathKind, LineLook>> = { straight: "ink", spherical: "latent", geodesic: "decoder" };

interface PathFilmsProps {
  readonly films: readonly TrailFilm[];
  readonly onPick: (at: number) => void;
}

export function PathFilms({ films, onPick }: PathFilmsProps) {
  const { t } = useText("paths");
  const image = useRun(({ network }) => network.image);
  if (films.length === 0) return null;
  return (
    <>
      <section className={styles.part} aria-label={t("films.title")}>
        {films.map(({ kind, frames }) => (
          <div key={kind} className={styles.film} data-look={LOOKS[kind]}>
            <h4>{t(`kind.${kind}`)}</h4>
            <MarkedStrip label={t("films.strip", { kind: t(`kind.${kind}`) })} frames={frames} shape={image} onPick={onPick} />
          </div>
        ))}
      </section>
      <Speeds films={films} />
      <Numbers films={films} />
    </>
  );
}

type MarkedStripProps = Pick<Parameters<typeof FilmStrip>[0], "label" | "frames" | "shape" | "onPick">;

/** Its marker moves at every frame of the screen. */
function MarkedStrip(props: MarkedStripProps) {
  const { t } = useText("paths");
  const at = useExplorer((state) => state.trailAt) ?? 0;
  return <FilmStrip {...props} at={at} nameFrame={(frame, count) => t("films.frame", { frame: frame + 1, count })} />;
}

function Speeds({ films }: Pick<PathFilmsProps, "films">) {
  const { t } = useText("paths");
  const at = useExplorer((state) => state.trailAt) ?? 0;
  const summary = films
    .map(({ kind, speeds, length }) =>
      t("speed.line", {
        kind: t(`kind.${kind}`),
        least: briefText(Math.min(...speeds)),
        most: briefText(Math.max(...speeds)),
        mean: briefText(length),
      }),
    )
    .join(" ");
  return (
    <section className={styles.part}>
      <h3>{t("speed.title")}</h3>
      <SpeedCurve
        lines={films.map(({ kind, speeds }) => ({ id: kind, name: t(`kind.${kind}`), look: LOOKS[kind], speeds }))}
        label={t("speed.title")}
        summary={summary}
        axis={t("speed.axis")}
        ends={[t("speed.start"), t("speed.end")]}
        at={at}
      />
    </section>
  );
}

function Numbers({ films }: Pick<PathFilmsProps, "films">) {
  const { t } = useText("paths");
  const verdict = compareLengths(films);
  return (
    <section className={styles.part}>
      <table className={styles.numbers}>
        <caption>{t("numbers.title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("numbers.path")}</th>
            <th scope="col">{t("numbers.length")}</th>
            <th scope="col">{t("numbers.energy")}</th>
            <th scope="col">{t("numbers.latent")}</th>
          </tr>
        </thead>
        <tbody>
          {films.map(({ kind, length, energy, latentLength }) => (
            <tr key={kind}>
              <th scope="row">{t(`kind.${kind}`)}</th>
              <td>{fixedText(length, 2)}</td>
              <td>{briefText(energy)}</td>
              <td>{fixedText(latentLength, 2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.hint}>{t("numbers.note")}</p>
      {verdict !== null && <p className={styles.verdict}>{t(`verdict.${verdict.id}`, verdict.values)}</p>}
    </section>
  );
}
