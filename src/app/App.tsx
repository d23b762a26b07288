/** The whole page over its stores; even a header that cannot be drawn ends in words. */
import { ErrorBoundary } from "react-error-boundary";
import { StoresProvider, type Stores } from "../views/stores";
import { CrashNotice } from "./CrashNotice";
import { Shell } from "./Shell";

export function App({ stores }: { readonly stores: Stores }) {
  return (
    <ErrorBoundary FallbackComponent={CrashNotice}>
      <StoresProvider value={stores}>
        <Shell />
      </StoresProvider>
    </ErrorBoundary>
  );
}
