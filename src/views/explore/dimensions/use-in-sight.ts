/** Whether an element is on screen or about to be; true where nobody can tell. */
import { useEffect, useState, type RefObject } from "react";

/** A row or two ahead of the scroll. */
const MARGIN = "120px";

export function useInSight(element: RefObject<Element | null>): boolean {
  const [isInSight, setInSight] = useState(typeof IntersectionObserver === "undefined");
  useEffect(() => {
    if (typeof IntersectionObserver === "undefined" || element.current === null) return;
    const observer = new IntersectionObserver((entries) => setInSight(entries.at(-1)!.isIntersecting), { rootMargin: MARGIN });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return isInSight;
}
