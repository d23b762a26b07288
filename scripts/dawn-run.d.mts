/** Types of `dawn-run.mjs`. */
export function dawnEnvironment(wish?: string): NodeJS.ProcessEnv;
