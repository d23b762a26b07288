/** What the presets are, what their originals get wrong, and what is measured to be wrong with a run. */
export const notes = {
  title: "Notes",
} as const;
