// Bundles the browser side into classic scripts and small style sheets: one chunk for the shared runtime,
// one a driver, one an activity kind. A package gets only the chunks that it uses.
// Usage: node bundle.mjs OUT_DIR
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";

const out = resolve(process.argv[2] ?? "src/scormkit/built");
const source = resolve("src/scormkit");

// Chunks share one copy of the runtime: it puts its exports on `globalThis.scormkit`, the others read them there.
const sharedRuntime = {
  name: "shared-runtime",
  setup(chunk) {
    chunk.onResolve({ filter: /^scormkit-runtime$/ }, () => ({ path: "scormkit-runtime", namespace: "shared" }));
    chunk.onLoad({ filter: /.*/, namespace: "shared" }, () => ({ contents: "module.exports = globalThis.scormkit" }));
  },
};

const options = {
  bundle: true,
  format: "iife",
  target: "es2020", // machines in training rooms are old: browsers of spring 2020 and later
  minify: true,
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
  absWorkingDir: resolve("."),
};

const shelves = { activities: "behaviour.ts", targets: "driver.ts" };
const chunks = [{ from: join(source, "runtime/index.ts"), to: "runtime.js", globalName: "scormkit" }];
for (const [shelf, script] of Object.entries(shelves)) {
  for (const name of readdirSync(join(source, shelf)).sort()) {
    const file = join(source, shelf, name, script);
    if (existsSync(file)) chunks.push({ from: file, to: `${shelf}/${name}.js`, plugins: [sharedRuntime] });
    const style = join(source, shelf, name, "style.css");
    if (existsSync(style)) chunks.push({ from: style, to: `${shelf}/${name}.css` });
  }
}
chunks.push({ from: resolve("templates/theme.css"), to: "theme.css" });

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await Promise.all(
  chunks.map(({ from, to, ...more }) => build({ ...options, ...more, entryPoints: [from], outfile: join(out, to) })),
);
