import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const output = join(root, 'dist');
const stampFile = join(output, '.stamp.json');
const sourceFolders = ['src', 'migrations', 'bench', 'torture'];

const filesUnder = async (folder) => {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};

/** Specs and what only they load stay out: nothing that runs needs them. */
const isSource = (file) => file.endsWith('.ts') && !/\.(spec|fixture|d)\.ts$/.test(file);

const versionOf = async (file) => {
  const { mtimeMs, size } = await stat(file);
  return `${mtimeMs}:${size}`;
};

/** What the output depends on: every source, and the compiler with its settings. Keys are paths from the root. */
const readSources = async () => {
  const found = (await Promise.all(sourceFolders.map((folder) => filesUnder(join(root, folder))))).flat();
  const names = found.filter(isSource).map((file) => relative(root, file).split(sep).join('/'));
  return Object.fromEntries(
    await Promise.all(names.sort().map(async (name) => [name, await versionOf(join(root, name))])),
  );
};

/** Outputs appear whole: several starts may build at once, and a reader must never load half a file. */
const writeWhole = async (file, text) => {
  const draft = `${file}.${process.pid}.tmp`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(draft, text);
  await rename(draft, file);
};

const outputOf = (name) => join(output, name.replace(/\.ts$/, '.js'));

const compile = async (compiler, name) => {
  const { code, map } = await compiler.transformFile(join(root, name), {
    cwd: root,
    swcrc: true,
    configFile: join(root, '.swcrc'),
    sourceMaps: true,
    sourceFileName: relative(dirname(outputOf(name)), join(root, name)),
  });
  const target = outputOf(name);
  await writeWhole(`${target}.map`, map);
  await writeWhole(target, `${code}\n//# sourceMappingURL=${target.split(sep).at(-1)}.map\n`);
};

const removeStrays = async (names) => {
  const expected = new Set(names.flatMap((name) => [outputOf(name), `${outputOf(name)}.map`]));
  const present = await filesUnder(output);
  const strays = present.filter((file) => /\.js(\.map)?$/.test(file) && !expected.has(file));
  await Promise.all(strays.map((file) => rm(file, { force: true })));
};

const readStamp = async () => {
  try {
    return JSON.parse(await readFile(stampFile, 'utf8'));
  } catch {
    return { compiler: '', sources: {} };
  }
};

const loadCompiler = async () => {
  try {
    return await import('@swc/core');
  } catch (error) {
    // An image for production carries the output and no compiler: what is there is what runs.
    if (existsSync(join(output, 'src'))) return undefined;
    throw new Error('Handrail is not built and the compiler is not installed. Run `npm ci` first.', { cause: error });
  }
};

/** Brings `dist/` up to date with the sources; compiles only what changed since the last build. */
export const build = async () => {
  const compiler = await loadCompiler();
  if (compiler === undefined) return { compiled: 0 };
  const [stamp, sources] = await Promise.all([readStamp(), readSources()]);
  const identity = `${compiler.version} ${await versionOf(join(root, '.swcrc'))}`;
  const isCurrent = (name) =>
    stamp.compiler === identity && stamp.sources[name] === sources[name] && existsSync(outputOf(name));
  const names = Object.keys(sources);
  const changed = names.filter((name) => !isCurrent(name));
  const hasGone = Object.keys(stamp.sources).some((name) => !(name in sources));
  if (changed.length === 0 && !hasGone) return { compiled: 0 };
  await Promise.all(changed.map((name) => compile(compiler, name)));
  await removeStrays(names);
  await writeWhole(stampFile, JSON.stringify({ compiler: identity, sources }, null, 1));
  return { compiled: changed.length };
};

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { compiled } = await build();
  console.log(compiled === 0 ? 'dist is up to date.' : `Compiled ${compiled} files into dist.`);
}
