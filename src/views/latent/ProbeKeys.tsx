/** The probe for keyboards and screen readers, fetched right after the first paint. */
import { Suspense } from "react";
import { lazyView } from "../lazy-view";
import type { ProbeSlidersProps } from "./ProbeSliders";

const ProbeSliders = lazyView("explore", async () => (await import("./ProbeSliders")).ProbeSliders);

export function ProbeKeys(props: ProbeSlidersProps) {
  return (
    <Suspense fallback={null}>
      <ProbeSliders {...props} />
    </Suspense>
  );
}
