import {cp, mkdir, readFile, readdir, rename, rm, writeFile} from 'node:fs/promises';
import {join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build, type Metafile} from 'esbuild';

const project = fileURLToPath(new URL('../', import.meta.url));

/** What a build was made of. */
export interface Account {
  /** Source files, relative to the repository. */
  readonly inputs: readonly string[];
  readonly outputs: readonly (Metafile['outputs'][string] & {readonly file: string})[];
}

/**
 * Bundles the program into `<folder>/dist`, the way it is published:
 *
 *     dist/src/main.js        the entry: the version gate, `--version`, and everything else by dynamic import
 *     dist/src/chunks/*.js    what is loaded when it is needed; two folders deep, so that `../../presets/` leads to the
 *                             same place from a chunk as from a file in `src/<room>/`
 *     dist/screens/start.js   the full screen, with Ink and React in production mode
 *     dist/presets/*.yaml
 *     dist/LICENSES.txt       what the bundled packages ask to be passed on
 *
 * Built beside the target and renamed into place, so that two builds at once leave one whole `dist`.
 * @returns what went into which file; by its path in `dist`
 */
export async function buildInto(folder: URL): Promise<Account> {
  const target = fileURLToPath(new URL('dist', folder));
  const fresh = `${target}.${process.pid}.new`;
  const stale = `${target}.${process.pid}.old`;
  await mkdir(fresh, {recursive: true});
  try {
    const {metafile} = await build({
      absWorkingDir: project,
      entryPoints: ['src/main.ts', 'screens/start.tsx'],
      outdir: fresh,
      outbase: '.',
      bundle: true,
      splitting: true,
      chunkNames: 'src/chunks/[name]-[hash]',
      platform: 'node',
      format: 'esm',
      target: 'node24.15',
      metafile: true,
      // Dead branches go; names and lines stay, so that the stack of a bug report can be read.
      minifySyntax: true,
      sourcemap: 'linked',
      sourcesContent: false,
      legalComments: 'none',
      logLevel: 'warning',
      define: {'process.env.NODE_ENV': '"production"'},
      // Ink imports it only where DEV=true, which main.ts takes away.
      alias: {'react-devtools-core': './build/no-devtools.ts'},
      // CommonJS packages (node-forge, yoga's loader) call require('crypto'), which a module does not have.
      banner: {
        js: "import {createRequire as createRequireHere} from 'node:module'; const require = createRequireHere(import.meta.url);",
      },
    });
    await cp(join(project, 'presets'), join(fresh, 'presets'), {recursive: true});
    await writeFile(join(fresh, 'LICENSES.txt'), await licensesOf(metafile));
    await rename(target, stale).catch(ignoreAbsent);
    await rename(fresh, target);
    const outputs = Object.entries(metafile.outputs).map(([file, output]) => ({
      file: relative(fresh, join(project, file)),
      ...output,
    }));
    return {inputs: Object.keys(metafile.inputs), outputs};
  } finally {
    await rm(stale, {recursive: true, force: true});
    await rm(fresh, {recursive: true, force: true});
  }
}

/** The licence texts of every package that has a file in the bundle, by name. */
async function licensesOf(metafile: Metafile): Promise<string> {
  const packages = new Set<string>();
  for (const input of Object.keys(metafile.inputs)) {
    const name = packageOf(input);
    if (name !== undefined) packages.add(name);
  }
  const texts = await Promise.all(
    [...packages].sort().map(async (name) => {
      const home = join(project, 'node_modules', name);
      const about = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as {
        version: string;
        license: string;
      };
      const files = (await readdir(home)).filter((file) => /^(licen[cs]e|notice)/i.test(file)).sort();
      const parts = await Promise.all(files.map((file) => readFile(join(home, file), 'utf8')));
      return [`${name} ${about.version} (${about.license})`, '', ...parts.map((part) => part.trim())].join('\n');
    }),
  );
  return `Certwright carries code of these packages.\n\n${texts.join(`\n\n${'-'.repeat(78)}\n\n`)}\n`;
}

/** `node_modules/a/node_modules/@b/c/x.js` → `a/node_modules/@b/c`; undefined for the project's own files. */
export function packageOf(input: string): string | undefined {
  return /^node_modules\/((?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
}

function ignoreAbsent(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
