/** Export, import and code. */
export const exchange = {
  title: "Export",
} as const;
