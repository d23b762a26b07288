/** The explorer at full size: the map, and a rail of tools beside it. */
export function ExplorePage() {
  return null; // stub
}
