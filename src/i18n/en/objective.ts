export const objective = {} as const;
