import type {Script} from 'node:vm';
import type * as Program from './program.ts';

/**
 * The program for a command line. Monitoring runs `check` every few minutes, and to read its source takes longer than to
 * look at a node: the published package holds it once more, in one file with what V8 made of it (`build/compiled.ts`).
 * Every other command is imported as modules, and so is `check` where there is no such file, or where what is loaded is
 * to be traced to its source.
 *
 * @param words of the command line
 */
export async function loadProgram(words: readonly string[]): Promise<typeof Program> {
  const isTraced = words.includes('--debug');
  return (words[0] === 'check' && !isTraced ? compiledProgram() : undefined) ?? import('./program.ts');
}

/** Asks for Node.js' own modules by name: to import one loads every part that any of its exports stands for. */
function compiledProgram(): typeof Program | undefined {
  const {existsSync, readFileSync} = process.getBuiltinModule('node:fs');
  const {fileURLToPath} = process.getBuiltinModule('node:url');
  const vm = process.getBuiltinModule('node:vm');
  const file = fileURLToPath(new URL('compiled/check.cjs', import.meta.url));
  if (!existsSync(file)) return undefined;
  const made = codeCacheOf(file);
  const source = readFileSync(file, 'utf8');
  // V8 looks whether it made the data itself; where another version or another build did, it compiles the source.
  return programIn(
    new vm.Script(source, {filename: file, ...(existsSync(made) ? {cachedData: readFileSync(made)} : {})}),
  );
}

/** Where what V8 has compiled of a file is, on such a machine. */
export function codeCacheOf(file: string): string {
  return `${file}.${process.platform}-${process.arch}`;
}

/** What the one file is: a function of what it requires, and of where it puts what it exports. */
type Compiled = (require: (name: string) => unknown, module: {exports?: typeof Program}) => void;

export function programIn(script: Script): typeof Program | undefined {
  const compiled: unknown = script.runInThisContext();
  const module: Parameters<Compiled>[1] = {};
  if (isCompiled(compiled)) compiled((name) => process.getBuiltinModule(name), module);
  return module.exports;
}

function isCompiled(value: unknown): value is Compiled {
  return typeof value === 'function';
}
