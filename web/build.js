// Bundle the query editor into the folder of static files, with the licence of every package that went into it.
import { readFile, readdir, rename, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const TARGET = new URL("../api/kg_api/static/editor.js", import.meta.url);
const PACKAGE = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//;

async function licence(name) {
  const folder = new URL(`node_modules/${name}/`, import.meta.url);
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} has no licence text: it cannot be bundled`);
  const { version } = JSON.parse(await readFile(new URL("package.json", folder), "utf8"));
  return `${name} ${version}\n\n${(await readFile(new URL(file, folder), "utf8")).trim()}`;
}

const { outputFiles, metafile } = await build({
  entryPoints: ["src/editor.js"],
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none", // replaced by the whole texts below
  loader: { ".rq": "text" },
  metafile: true,
  write: false,
});
const names = new Set(Object.keys(metafile.inputs).map((input) => PACKAGE.exec(input)?.[1]));
const licences = await Promise.all([...names].filter(Boolean).sort().map(licence));
const draft = new URL(`${TARGET.href}.draft`);
await writeFile(draft, `${outputFiles[0].text}/*!\nThis file contains:\n\n${licences.join("\n\n---\n\n")}\n*/\n`);
await rename(draft, TARGET); // whole or not at all
