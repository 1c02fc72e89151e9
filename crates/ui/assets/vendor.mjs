// Copies the vendored files out of a node_modules folder, reduces Tabler's CSS to the rules in use,
// and writes VENDOR.toml with a checksum for each file. Run by hand when a version changes:
//
//   npm install --prefix /tmp/vendor @tabler/core@1.6.1 @tabler/icons@3.51.0 htmx.org@2.0.11 idiomorph@0.8.0 \
//     @fontsource-variable/source-sans-3@5.3.0 echarts@6.1.0 purgecss@8 lightningcss@1 esbuild@0.28
//   node crates/ui/assets/vendor.mjs /tmp/vendor/node_modules
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

const modules = resolve(process.argv[2] ?? "node_modules");
const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(join(modules, "x.js"));
const { PurgeCSS } = require("purgecss");
const { transform } = require("lightningcss");
const { buildSync } = require("esbuild");

const used = "html body main header footer nav section aside article h1 h2 h3 h4 p a b strong small ul ol li dl dt dd " +
  "table caption thead tbody tr th td form fieldset legend label input select option textarea button output " +
  "img svg hr pre code kbd mark abbr address dialog details summary iframe hidden sub sup " +
  "btn form-control form-select form-check form-check-input form-check-label form-check-inline form-switch " +
  "card visually-hidden visually-hidden-focusable dropdown dropdown-menu dropdown-item dropdown-divider dropdown-header " +
  "offcanvas offcanvas-start offcanvas-end offcanvas-bottom offcanvas-header offcanvas-title offcanvas-body " +
  "show showing hiding active disabled";

const packages = {};
const note = (name, file, from) => {
  const { version, license } = JSON.parse(readFileSync(join(modules, name, "package.json")));
  packages[name] ??= { version, license, files: [] };
  packages[name].files.push({ file, from, sha256: createHash("sha256").update(readFileSync(join(here, file))).digest("hex") });
};
const copy = (name, from, file) => {
  mkdirSync(dirname(join(here, file)), { recursive: true });
  copyFileSync(join(modules, name, from), join(here, file));
  note(name, file, from);
};

const source = "dist/css/tabler.min.css";
const [purged] = await new PurgeCSS().purge({
  content: [{ raw: used, extension: "html" }],
  css: [join(modules, "@tabler/core", source)],
  defaultExtractor: (text) => text.split(/\s+/),
  fontFace: true, keyframes: true, variables: true,
});
const { code } = transform({ filename: "tabler.css", code: Buffer.from(purged.css), minify: true });
writeFileSync(join(here, "tabler.css"), code);
note("@tabler/core", "tabler.css", `${source}, reduced to used rules`);

for (const set of ["latin", "latin-ext", "vietnamese"])
  copy("@fontsource-variable/source-sans-3", `files/source-sans-3-${set}-wght-normal.woff2`, `fonts/source-sans-3-${set}.woff2`);
copy("htmx.org", "dist/htmx.min.js", "htmx.js");
copy("idiomorph", "dist/idiomorph-ext.min.js", "idiomorph.js");
buildSync({
  stdin: { contents: readFileSync(join(here, "echarts.mjs"), "utf8"), resolveDir: dirname(modules) },
  bundle: true, format: "esm", minify: true, legalComments: "eof", outfile: join(here, "echarts.js"), allowOverwrite: true,
});
note("echarts", "echarts.js", "core, line charts, grid, tooltip, legend, aria and SVG, bundled");
for (const icon of readFileSync(join(here, "icons.txt"), "utf8").trim().split("\n"))
  copy("@tabler/icons", `icons/outline/${icon}.svg`, `icons/${icon}.svg`);

let out = "# Vendored files, their source and checksum. Written by vendor.mjs (its first lines say how); checked by a test.\n";
for (const [name, p] of Object.entries(packages)) {
  out += `\n[[package]]\nname = "${name}"\nversion = "${p.version}"\nlicence = "${p.license}"\nfiles = [\n`;
  for (const f of p.files) out += `  { file = "${f.file}", from = "${f.from}", sha256 = "${f.sha256}" },\n`;
  out += "]\n";
}
writeFileSync(join(here, "VENDOR.toml"), out);
