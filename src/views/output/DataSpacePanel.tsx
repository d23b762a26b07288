/**
 * For data that are points: the space they lie in, with what the model makes of it.
 * Stands where images would come out.
 */
import { Rotate3d, Table2 } from "lucide-react";
import { useId, useMemo, useState } from "react";
import { DataSpace, type SpaceContents } from "../../charts/DataSpace";
import { FIRST_TURN, type Turn } from "../../charts/data-space-layout";
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import { currentModel, decodeCode, toldClass } from "../../store/model-view";
import { Dialog } from "../../ui/Dialog";
import { IconButton } from "../../ui/IconButton";
import { coordinateName } from "../latent/latent-text";
import { usePreferences, useProbe, useRun } from "../stores";
import styles from "./DataSpacePanel.module.css";
import { DataSpaceTable } from "./DataSpaceTable";
import { TurnKeys } from "./TurnKeys";
import { useSpaceContents } from "./use-space-contents";

export function DataSpacePanel() {
  const { t } = useText("data");
  const summary = useId();
  const contents = useSpaceContents();
  return (
    <figure className={styles.panel} aria-label={t("dataSpace")} aria-describedby={summary}>
      {contents === null ? (
        <p className={styles.waiting}>{t("waiting")}</p>
      ) : (
        <>
          <Space contents={contents} />
          <Key contents={contents} />
          <Summary id={summary} contents={contents} />
        </>
      )}
    </figure>
  );
}

type ContentsProps = { readonly contents: SpaceContents };

function Space({ contents }: ContentsProps) {
  const { t } = useText("adversary");
  const { t: shell } = useText("shell");
  const [turn, setTurn] = useState<Turn>(FIRST_TURN);
  const [isTable, setTable] = useState(false);
  const hiddenClasses = usePreferences((state) => state.hiddenClasses);
  const { coordinates, points } = contents;
  const axisNames = useMemo(() => Array.from({ length: coordinates }, (_, axis) => coordinateName(axis)), [coordinates]);
  const isGan = useRun(({ config }) => config.model === "gan");
  const hovered = useProbe((state) => state.hovered);
  // Of a GAN what is marked is a draw, which is no point of the data.
  const marked = hovered === null || isGan ? null : points.subarray(hovered * coordinates, (hovered + 1) * coordinates);
  return (
    <div className={styles.frame}>
      <DataSpace {...{ contents, hiddenClasses, axisNames, turn, marked }} onTurn={setTurn} probe={useProbePoint()}>
        {coordinates === 3 && <TurnKeys turn={turn} onTurn={setTurn} />}
        <div className={styles.tools}>
          {coordinates === 3 && (
            <IconButton label={t("space.reset")} onPress={() => setTurn(FIRST_TURN)}>
              <Rotate3d size={16} aria-hidden />
            </IconButton>
          )}
          <IconButton label={t("space.table")} onPress={() => setTable(true)}>
            <Table2 size={16} aria-hidden />
          </IconButton>
        </div>
      </DataSpace>
      <Dialog title={t("space.tableTitle")} isOpen={isTable} onClose={() => setTable(false)} closeLabel={shell("close")}>
        <DataSpaceTable links={contents.links} />
      </Dialog>
    </div>
  );
}

/** What the probe decodes to, as the last snapshot has it. */
function useProbePoint(): Float32Array | null {
  const z = useProbe((state) => state.z);
  const label = useProbe((state) => state.label);
  const model = useRun(currentModel);
  return useMemo(() => (model === null ? null : decodeCode(model, z, toldClass(model.network, label) ?? 0)), [model, z, label]);
}

/** What the marks are, in words beside their looks. */
function Key({ contents }: ContentsProps) {
  const { t } = useText("adversary");
  const isLine = contents.sheet.length === 1;
  const isGan = contents.generated !== null;
  return (
    <ul className={styles.key} aria-label={t("space.key")}>
      <li data-mark="points">{t(isGan ? "space.real" : "space.points")}</li>
      <li data-mark="made">{t(isGan ? "space.generated" : "space.reconstructions")}</li>
      <li data-mark="sheet">{t(isLine ? "space.curve" : "space.sheet")}</li>
      <li data-mark="probe">{t("space.probe")}</li>
      {contents.field !== null && <li data-mark="field">{t("space.field")}</li>}
    </ul>
  );
}

/** The picture in words, for those who cannot see it. */
function Summary({ id, contents }: ContentsProps & { readonly id: string }) {
  const { t } = useText("adversary");
  const { coordinates, points, links, generated, sheet } = contents;
  const facts = {
    number: countText(points.length / coordinates),
    made: countText(((links?.to ?? generated)?.length ?? 0) / coordinates),
    coordinates,
  };
  return (
    <p id={id} className="visually-hidden">
      {t(generated === null ? "space.summary" : "space.summaryGan", facts)}{" "}
      {t(sheet.length === 1 ? "space.summaryCurve" : "space.summarySheet")}
    </p>
  );
}
