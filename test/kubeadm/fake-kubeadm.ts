import {chmodSync, existsSync, readFileSync, writeFileSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {runProgram, type RunProgram} from '../../src/run/run-program.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

export interface FakeKubeadm {
  readonly runProgram: RunProgram;
  /** The words of each call, one line each. */
  readonly calls: () => readonly string[];
}

/** A real executable named kubeadm: a script, with its words in `$*`. */
export function fakeKubeadm(script: string): FakeKubeadm {
  const folder = temporaryFolder();
  const calls = join(folder, 'calls');
  const program = join(folder, 'kubeadm');
  writeFileSync(program, `#!/bin/sh\necho "$*" >>'${calls}'\n${script}\n`);
  chmodSync(program, 0o755);
  const environment = {PATH: [folder, process.env.PATH ?? ''].join(delimiter)};
  return {
    runProgram: (name, words, options) => runProgram(name, words, {...options, environment}),
    calls: () => (existsSync(calls) ? readFileSync(calls, 'utf8').trimEnd().split('\n') : []),
  };
}
