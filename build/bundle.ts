import {cp, mkdir, readFile, readdir, rename, rm, writeFile} from 'node:fs/promises';
import {dirname, join, posix, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build, type BuildOptions, type Metafile, type Plugin} from 'esbuild';
import {writeCodeCache} from './compiled.ts';

const project = fileURLToPath(new URL('../', import.meta.url));

/** What a build was made of. */
export interface Account {
  /** Source files, relative to the repository. */
  readonly inputs: readonly string[];
  /** By path in `dist`. */
  readonly outputs: readonly Output[];
}

type Output = Metafile['outputs'][string] & {readonly file: string};

/**
 * Bundles the program into `<folder>/dist`, the way it is published:
 *
 *     dist/src/main.js        the entry, alone in its file: an old Node.js gets as far as its one sentence
 *     dist/src/…              what it imports dynamically
 *     dist/src/chunks/*.js    what is loaded when it is needed; two folders deep, so that `../../presets/` leads to the
 *                             same place from a chunk as from a file in `src/<room>/`
 *     dist/src/compiled/       all that `check` needs in one file, and what V8 has compiled of it
 *     dist/screens/start.js   the full screen, with Ink and React in production mode
 *     dist/presets/*.yaml
 *     dist/LICENSES.txt       what the bundled packages ask to be passed on
 *
 * Built beside the target and renamed into place, so that two builds at once leave one whole `dist`.
 */
export async function buildInto(folder: URL): Promise<Account> {
  const target = fileURLToPath(new URL('dist', folder));
  const fresh = `${target}.${process.pid}.new`;
  const stale = `${target}.${process.pid}.old`;
  await mkdir(fresh, {recursive: true});
  try {
    const {plugin, imported} = importsAsTheyAre();
    const entry = await build({
      ...shared(fresh),
      entryPoints: ['src/main.ts'],
      // Its syntax is lowered as far as modules go back.
      target: 'node12.22',
      plugins: [plugin, onlyTheVersion],
    });
    const rest = await build({
      ...shared(fresh),
      entryPoints: [...imported, 'screens/start.tsx'],
      plugins: [withoutPrograms],
      splitting: true,
      chunkNames: 'src/chunks/[name]-[hash]',
      target: 'node24.15',
      banner: {js: requireHere},
    });
    const check = await build({
      ...shared(fresh),
      entryPoints: {'src/compiled/check': 'src/program.ts'},
      plugins: [onlyCheck, withoutPrograms],
      format: 'cjs',
      outExtension: {'.js': '.cjs'},
      target: 'node24.15',
      sourcemap: false,
      // In parentheses, V8 takes it for a function that is called at once, and does not read it twice.
      banner: {js: '((require, module) => {'},
      footer: {js: '})'},
    });
    const account = accountOf([entry.metafile, rest.metafile, check.metafile], fresh);
    await Promise.all(
      account.outputs.filter(({file}) => file.endsWith('.js')).map(({file}) => requireWhereNeeded(join(fresh, file))),
    );
    await Promise.all(
      account.outputs.filter(({file}) => file.endsWith('.map')).map(({file}) => nameSources(join(fresh, file))),
    );
    await cp(join(project, 'presets'), join(fresh, 'presets'), {recursive: true});
    await writeCodeCache(fresh);
    await writeFile(join(fresh, 'LICENSES.txt'), await licencesOf(account));
    await rename(target, stale).catch(ignoreAbsent);
    await rename(fresh, target);
    return account;
  } finally {
    await rm(stale, {recursive: true, force: true});
    await rm(fresh, {recursive: true, force: true});
  }
}

/** CommonJS packages (node-forge, yoga's loader) call require('crypto'), which a module does not have: made when it is called. */
const requireHere =
  "import {createRequire as createRequireHere} from 'node:module'; let requireMade; const require = (id) => (requireMade ??= createRequireHere(import.meta.url))(id);";

/** Most files require nothing, and to be ready for it takes each of them a millisecond. Lines stay where their map has them. */
async function requireWhereNeeded(file: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  const rest = text.slice(requireHere.length);
  if (text.startsWith(requireHere) && !/\brequire\b/.test(rest)) await writeFile(file, rest);
}

function shared(outdir: string) {
  return {
    absWorkingDir: project,
    outdir,
    outbase: '.',
    bundle: true,
    platform: 'node',
    format: 'esm',
    metafile: true,
    // Dead branches go; names and lines stay, so that the stack of a bug report can be read.
    minifySyntax: true,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'warning',
    define: {'process.env.NODE_ENV': '"production"'},
    alias: {
      // Ink imports it only where DEV=true, which the command line takes away.
      'react-devtools-core': './build/no-devtools.ts',
      // The same code as modules: what is not used stays away, and the rest is compiled once, not first as a function.
      yaml: './node_modules/yaml/browser/dist/index.js',
    },
  } as const satisfies BuildOptions;
}

/** Leaves dynamic imports of own files as they are, of the built file; tells which files these are. */
function importsAsTheyAre(): {readonly plugin: Plugin; readonly imported: ReadonlySet<string>} {
  const imported = new Set<string>();
  const plugin: Plugin = {
    name: 'imports-as-they-are',
    setup: (bundler) => {
      bundler.onResolve({filter: /^\./}, ({kind, path, resolveDir}) => {
        if (kind !== 'dynamic-import') return undefined;
        imported.add(posix.join(relative(project, resolveDir), path));
        return {path: path.replace(/\.tsx?$/, '.js'), external: true};
      });
    },
  };
  return {plugin, imported};
}

/**
 * Commander imports node:child_process for subcommands that are programs of their own, of which there is none here, and
 * node:process for what is global; every start would wait for the one to load, and for the other to open all its streams.
 */
const withoutPrograms: Plugin = {
  name: 'without-programs',
  setup: (bundler) => {
    bundler.onResolve({filter: /^node:(child_process|process)$/}, ({importer, path}) =>
      /[\\/]commander[\\/]/.test(importer)
        ? {path: join(project, path === 'node:process' ? 'build/no-process.ts' : 'build/no-programs.ts')}
        : undefined,
    );
  },
};

/** What `check` imports when it runs is in its one file; the other commands are not for it to run. */
const onlyCheck: Plugin = {
  name: 'only-check',
  setup: (bundler) => {
    bundler.onResolve({filter: /^\./}, ({kind, path, importer}) =>
      kind === 'dynamic-import' && /[\\/]commands[\\/]declare[\w-]*\.ts$/.test(importer) && path !== './check.ts'
        ? {path, external: true}
        : undefined,
    );
  },
};

/** Of package.json the program needs its version, and nothing else of it belongs into a file that is read at every start. */
const onlyTheVersion: Plugin = {
  name: 'only-the-version',
  setup: (bundler) => {
    bundler.onLoad({filter: /[\\/]package\.json$/}, async ({path}) => {
      const {version} = JSON.parse(await readFile(path, 'utf8')) as {version: string};
      return {contents: JSON.stringify({version}), loader: 'json'};
    });
  },
};

function accountOf(metafiles: readonly Metafile[], outdir: string): Account {
  return {
    inputs: metafiles.flatMap(({inputs}) => Object.keys(inputs)),
    outputs: metafiles.flatMap(({outputs}) =>
      Object.entries(outputs).map(([file, output]) => ({...output, file: relative(outdir, join(project, file))})),
    ),
  };
}

/** Names the sources of a map `certwright:src/cli.ts`, wherever the build was made. */
async function nameSources(file: string): Promise<void> {
  const map = JSON.parse(await readFile(file, 'utf8')) as {sources: string[]};
  map.sources = map.sources.map((source) => `certwright:${relative(project, join(dirname(file), source))}`);
  await writeFile(file, JSON.stringify(map));
}

/** The licence texts of every package that has a file in the bundle, by name. */
async function licencesOf({outputs}: Account): Promise<string> {
  const packages = new Set(
    outputs.flatMap(({inputs}) => Object.keys(inputs).flatMap((input) => packageOf(input) ?? [])),
  );
  const texts = await Promise.all([...packages].sort().map(licenceOf));
  return `Certwright carries code of these packages.\n\n${texts.join(`\n\n${'-'.repeat(78)}\n\n`)}\n`;
}

async function licenceOf(name: string): Promise<string> {
  const home = join(project, 'node_modules', name);
  const about = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as {version: string; license: string};
  const files = (await readdir(home)).filter((file) => /^(licen[cs]e|notice)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(home, file), 'utf8')));
  const text = texts.map((part) => part.trim()).join('\n\n') || 'The package itself has no text of its licence.';
  return `${name} ${about.version} (${about.license})\n\n${text}`;
}

/** `node_modules/a/node_modules/@b/c/x.js` → `a/node_modules/@b/c`; undefined for the project's own files. */
export function packageOf(input: string): string | undefined {
  return /^node_modules\/((?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
}

function ignoreAbsent(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
