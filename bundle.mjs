// Bundles the browser side into classic scripts and small style sheets: one chunk for the shared runtime,
// one a driver, one an activity kind. A package gets only the chunks that it uses.
// Usage: node bundle.mjs OUT_DIR
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { build } from "esbuild";
import { minify } from "terser";

const out = resolve(process.argv[2] ?? "src/scormkit/built");
const source = resolve("src/scormkit");
const runtime = join(source, "runtime/index.ts");

const options = {
  bundle: true,
  target: "es2020", // machines in training rooms are old: browsers of spring 2020 and later
  minify: true,
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
  absWorkingDir: resolve("."),
  write: false,
};

// Chunks share one copy of the runtime: it puts its exports on `globalThis.scormkit`, the others read there what
// they use.
const described = await build({ ...options, entryPoints: [runtime], format: "esm", metafile: true, outdir: out });
const shared = Object.values(described.metafile.outputs).flatMap((output) => output.exports);
const sharedRuntime = {
  name: "shared-runtime",
  setup(chunk) {
    chunk.onResolve({ filter: /^scormkit-runtime$/ }, () => ({ path: "scormkit-runtime", namespace: "shared" }));
    chunk.onLoad({ filter: /.*/, namespace: "shared" }, () => ({
      contents: [
        "const shared = (name) => globalThis.scormkit[name];",
        ...shared.map((name) => `export const ${name} = /* @__PURE__ */ shared("${name}");`),
      ].join("\n"),
    }));
  },
};

const chunks = [
  { entry: join(source, "runtime/first-script.ts"), to: "first-script.js" },
  { entry: runtime, to: "runtime.js", globalName: "scormkit" },
];
for (const [shelf, script] of Object.entries({ activities: "behaviour.ts", targets: "driver.ts" })) {
  for (const name of readdirSync(join(source, shelf)).sort()) {
    const folder = join(source, shelf, name);
    chunks.push({ entry: join(folder, script), to: `${shelf}/${name}.js`, plugins: [sharedRuntime] });
    chunks.push({ entry: join(folder, "style.css"), to: `${shelf}/${name}.css` });
  }
}
chunks.push({ entry: resolve("templates/theme.css"), to: "theme.css" });
// Only packages in several languages carry these.
chunks.push({ entry: join(source, "runtime/first-languages.ts"), to: "first-languages.js" });
chunks.push({ entry: join(source, "runtime/languages.ts"), to: "languages.js", plugins: [sharedRuntime] });
chunks.push({ entry: resolve("templates/languages.css"), to: "languages.css" });

const LETTERS = [..."etnrisoalcdpuhmfgbvwyxkqjzSTMAEPCRILNODBFUHVGWKYXQJZ_$"];
// Short names in an order that is the same for all chunks: what is alike in two of them stays alike and packs well.
const names = {
  get(index) {
    const letter = LETTERS[index % LETTERS.length];
    return index < LETTERS.length ? letter : names.get(Math.floor(index / LETTERS.length) - 1) + letter;
  },
};

async function bundled({ entry, to, ...more }) {
  const { outputFiles } = await build({
    ...options,
    ...more,
    format: "iife",
    entryPoints: [entry],
    outfile: join(out, to),
  });
  const text = outputFiles[0].text;
  if (to.endsWith(".css")) return text;
  // A second look finds what esbuild leaves; names of properties stay as they are, because stored states hold them.
  const { code } = await minify(text, {
    ecma: 2020,
    compress: { passes: 3, unsafe_arrows: true },
    mangle: { nth_identifier: names },
  });
  return code;
}

const built = await Promise.all(
  chunks.filter(({ entry }) => existsSync(entry)).map(async (chunk) => [join(out, chunk.to), await bundled(chunk)]),
);
rmSync(out, { recursive: true, force: true });
for (const [file, text] of built) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
