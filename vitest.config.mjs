import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    alias: { "scormkit-runtime": fileURLToPath(new URL("src/scormkit/runtime/index.ts", import.meta.url)) },
  },
  test: {
    environment: "jsdom",
    globalSetup: "tests/rendered.mjs",
    include: ["src/**/*.test.ts", "tests/**/*.test.ts"],
  },
});
