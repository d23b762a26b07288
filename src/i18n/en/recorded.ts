/** Runs that were trained beforehand. */
export const recorded = {
  title: "Recorded run",
};
