import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    alias: { "scormkit-runtime": fileURLToPath(new URL("src/scormkit/runtime/index.ts", import.meta.url)) },
  },
  test: {
    environment: "jsdom",
    // A context of its own for each file, in workers that load jsdom only once: a quarter of the time.
    pool: "vmThreads",
    // Properties are tried with hundreds of texts; on a busy machine that takes its time.
    testTimeout: 30_000,
    globalSetup: "tests/rendered.mjs",
    include: ["src/**/*.test.ts", "tests/**/*.test.ts"],
  },
});
