/** The diagnoses of the run at hand, for a component. */
import { useEffect, useState } from "react";
import type { Diagnosis } from "../../model/diagnosis";
import { useStores } from "../stores";
import { followDiagnoses } from "./diagnosis-feed";

export function useDiagnoses(): readonly Diagnosis[] {
  const { run } = useStores();
  const [diagnoses, setDiagnoses] = useState<readonly Diagnosis[]>([]);
  useEffect(() => followDiagnoses(run, setDiagnoses), [run]);
  return diagnoses;
}
