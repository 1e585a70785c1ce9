import {chmodSync, existsSync, readFileSync, writeFileSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {temporaryFolder} from './temporary-folder.ts';

/** What a kubectl that is none says to words that contain `when`; the first that fits. */
export interface FakeAnswer {
  readonly when: string;
  readonly out?: string;
  readonly err?: string;
  readonly exit?: number;
  /** Never ends by itself. */
  readonly hangs?: boolean;
}

export interface FakeKubectl {
  /** For the environment: its folder before all others. */
  readonly path: string;
  /** The words of each call, one line each. */
  readonly calls: () => readonly string[];
}

/** A real executable named kubectl. */
export function fakeKubectl(answers: readonly FakeAnswer[]): FakeKubectl {
  const folder = temporaryFolder();
  const cases = answers.map(({when, out = '', err = '', exit = 0, hangs = false}, index) => {
    writeFileSync(join(folder, `${index}.out`), out);
    writeFileSync(join(folder, `${index}.err`), err);
    const said = `cat '${folder}/${index}.out'; cat '${folder}/${index}.err' >&2`;
    return `  *${quoted(when)}*) ${hangs ? 'exec sleep 1000' : `${said}; exit ${exit}`} ;;`;
  });
  return executable(folder, [`case "$*" in`, ...cases, 'esac', `echo "error: unknown command $*" >&2; exit 1`]);
}

/** One that is written in TypeScript: `file` gets the words, and a folder to keep things in as FAKE_STATE. */
export function fakeKubectlOf(file: string, state: string): FakeKubectl {
  return executable(temporaryFolder(), [
    `FAKE_STATE=${quoted(state)} exec ${quoted(process.execPath)} ${quoted(file)} "$@"`,
  ]);
}

/** One that runs another program with the same words. */
export function kubectlBy(words: readonly string[], environment: Readonly<Record<string, string>>): FakeKubectl {
  const set = Object.entries(environment).map(([name, value]) => `export ${name}=${quoted(value)}`);
  return executable(temporaryFolder(), [...set, `exec ${words.map(quoted).join(' ')} "$@"`]);
}

function executable(folder: string, lines: readonly string[]): FakeKubectl {
  const calls = join(folder, 'calls');
  const program = join(folder, 'kubectl');
  writeFileSync(program, ['#!/bin/sh', `echo "$*" >>${quoted(calls)}`, ...lines, ''].join('\n'));
  chmodSync(program, 0o755);
  return {
    path: [folder, process.env.PATH ?? ''].join(delimiter),
    calls: () => (existsSync(calls) ? readFileSync(calls, 'utf8').trimEnd().split('\n') : []),
  };
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
