import { describe, expect, test } from "vitest";
import { formatAddress, parseAddress } from "./address";
import { configIssues } from "./config-issues";
import { PRESETS } from "./presets";
import { RECORDED, RECORDED_IDS, recordedConfig, recordedFor } from "./recorded";
import { DEFAULT_CONFIG } from "./run-config";

describe.each(RECORDED_IDS)("%s", (id) => {
  test("its query is an address that needs no repair, in its shortest form, of a config that can run", () => {
    const { query } = RECORDED[id];
    expect(parseAddress(query).repairs).toEqual([]);
    expect(formatAddress(recordedConfig(id))).toBe(query);
    expect(configIssues(recordedConfig(id))).toEqual([]);
  });

  test("its config finds it, whoever made the config", () => {
    expect(recordedFor(recordedConfig(id))).toBe(id);
    expect(recordedFor({ ...recordedConfig(id) })).toBe(id);
    expect(recordedFor({ ...recordedConfig(id), seed: 2 })).toBeNull();
  });
});

test("the page opens on one: the default config has a recording", () => {
  expect(recordedFor(DEFAULT_CONFIG)).toBe("digits-vae");
});

test("the recorded GAN is the preset", () => {
  expect(recordedFor(PRESETS["gan-dense"])).toBe("digits-gan");
});
