/** Types of `dawn.mjs`. */
export function openDawn(options?: readonly string[]): Promise<GPU>;
export function closeDawn(): void;
export function nameOf(info: GPUAdapterInfo): string;
export function softwareDriver(chromiumPath: string | undefined): { VK_ICD_FILENAMES: string; LD_LIBRARY_PATH: string } | null;
