import {readFileSync, readdirSync} from 'node:fs';
import {join, posix} from 'node:path';
import {fileURLToPath} from 'node:url';

/** The repository's folder. */
export const project = fileURLToPath(new URL('../../', import.meta.url));

/** Paths of all TypeScript files under these folders of the repository, `/`-separated and sorted. */
export function sourceFiles(...folders: readonly string[]): string[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(project, folder), {recursive: true, encoding: 'utf8'}).map((file) => posix.join(folder, file)),
    )
    .filter((file) => /\.tsx?$/.test(file))
    .sort();
}

export function textOf(file: string): string {
  return readFileSync(join(project, file), 'utf8');
}

/** The code without its comments, every line where it was. */
export function codeOf(file: string): string {
  return textOf(file).replaceAll(commentsAndStrings, (found) =>
    found.startsWith('/') ? found.replaceAll(/[^\n]/g, ' ') : found,
  );
}

/** Strings are matched to be kept: what looks like a comment in one (`https://…`) is none. */
const commentsAndStrings = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;

export interface Import {
  readonly from: string;
  readonly line: number;
  /** As written: `../base/failure.ts`, `node:fs`, `ink`. */
  readonly specifier: string;
  /** The file it names, for a relative one: `src/base/failure.ts`. */
  readonly file: string | undefined;
  /** The package it names: `ink`, `@inquirer/prompts`, `node:fs`. */
  readonly package: string | undefined;
  readonly dynamic: boolean;
  /** `import type`: gone once it is built. */
  readonly typeOnly: boolean;
}

/** Every import of a file (`import` may also be a word in a text, so it begins its line): static ones, re-exports, `import()` and `new URL('./x.ts', import.meta.url)`. */
export function importsOf(file: string): Import[] {
  const code = codeOf(file);
  const found = [
    ...matches(code, /^(?:import|export)\b[^;'"`()]*?\bfrom\s*['"]([^'"]+)['"]/gm, false),
    ...matches(code, /^import\s*['"]([^'"]+)['"]/gm, false),
    ...matches(code, /\bimport\(\s*['"]([^'"]+)['"]/g, true),
    ...matches(code, /\bnew URL\(\s*['"](\.[^'"]+\.tsx?)['"]/g, true),
  ];
  return found
    .map(({specifier, index, dynamic, typeOnly}) => {
      const relative = specifier.startsWith('.');
      return {
        from: file,
        line: code.slice(0, index).split('\n').length,
        specifier,
        file: relative ? posix.join(posix.dirname(file), specifier) : undefined,
        package: relative ? undefined : packageOf(specifier),
        dynamic,
        typeOnly,
      };
    })
    .sort((a, b) => a.line - b.line);
}

function matches(code: string, pattern: RegExp, dynamic: boolean) {
  return [...code.matchAll(pattern)].map((match) => ({
    specifier: match[1] ?? '',
    index: match.index,
    dynamic,
    typeOnly: /^(?:import|export)\s+type\b/.test(match[0]),
  }));
}

function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@')
    ? parts.slice(0, 2).join('/')
    : specifier.startsWith('node:')
      ? specifier
      : (parts[0] ?? specifier);
}
