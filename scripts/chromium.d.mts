export declare const CHROMIUM_FLAGS: string[];
export declare function findChromium(): { path: string; source: "CHROMIUM_PATH" | "system" | "playwright" } | null;
