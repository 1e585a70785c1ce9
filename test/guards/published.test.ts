import {copyFile, readFile, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {packageOf} from '../../build/bundle.ts';
import {runProgram} from '../../src/run/run-program.ts';
import {builtProgram} from '../helpers/built.ts';
import {project} from './source.ts';

const program = await builtProgram();

/** What `npm publish` sends, each file by exactly one pattern. */
const shape: readonly RegExp[] = [
  /^package\.json$/,
  /^README\.md$/,
  /^LICENSE$/,
  /^CHANGELOG\.md$/,
  /^dist\/LICENSES\.txt$/,
  /^dist\/src\/main\.js(\.map)?$/,
  /^dist\/src\/program\.js(\.map)?$/,
  /^dist\/src\/compiled\/check\.cjs$/,
  /^dist\/src\/compiled\/check\.cjs\.[a-z0-9]+-[a-z0-9]+$/,
  /^dist\/src\/chunks\/[\w-]+\.js(\.map)?$/,
  /^dist\/screens\/start\.js(\.map)?$/,
  /^dist\/presets\/[a-z-]+\.yaml$/,
];

interface Packed {
  readonly files: readonly {readonly path: string; readonly mode: number}[];
}

async function pack(): Promise<Packed> {
  for (const file of ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md']) {
    await copyFile(join(project, file), join(program.folder, file));
  }
  const {stdout} = await runProgram('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {cwd: program.folder});
  const [packed] = Object.values(JSON.parse(stdout) as Record<string, Packed>);
  return packed ?? expect.fail('npm packed nothing');
}

describe('the published package', () => {
  test('has these files and no others, and the entry can be executed', async () => {
    const {files} = await pack();
    const paths = files.map(({path}) => path);
    expect(paths.filter((path) => shape.filter((pattern) => pattern.test(path)).length !== 1)).toEqual([]);
    expect(shape.filter((pattern) => !paths.some((path) => pattern.test(path)))).toEqual([]);
    expect((await stat(program.main)).mode & 0o111).not.toBe(0);
  });

  test('needs no other package: everything is bundled', async () => {
    const about = JSON.parse(await readFile(join(project, 'package.json'), 'utf8')) as Record<string, unknown>;
    expect(about.dependencies).toBeUndefined();
    const outside = program.account.outputs
      .flatMap(({imports}) => imports)
      .filter(({external, path}) => external === true && !/^(node:|\.)/.test(path))
      .map(({path}) => path);
    // Packages that import `fs` mean `node:fs`.
    const {builtinModules} = await import('node:module');
    expect(outside.filter((path) => !builtinModules.includes(path))).toEqual([]);
  });

  test('has React in production mode and no developer tools', () => {
    const inputs = program.account.inputs;
    expect(inputs.filter((input) => input.includes('.development.'))).toEqual([]);
    expect(inputs.filter((input) => input.includes('.production.'))).not.toEqual([]);
    expect(inputs.filter((input) => packageOf(input) === 'react-devtools-core')).toEqual([]);
  });

  test('passes on the licence of every package it carries', async () => {
    const licences = await readFile(join(program.folder, 'dist/LICENSES.txt'), 'utf8');
    const carried = new Set(
      program.account.outputs.flatMap(({inputs}) => Object.keys(inputs).flatMap((input) => packageOf(input) ?? [])),
    );
    expect(carried).toContain('commander');
    for (const name of carried) {
      expect(licences).toMatch(new RegExp(`^${name.replaceAll('.', '\\.')} \\d.*\\(.+\\)\\n\\n\\S`, 'm'));
    }
  });

  test('tells nothing of the machine it was built on', async () => {
    for (const file of (await pack()).files.filter(({path}) => path.startsWith('dist/'))) {
      expect(await readFile(join(program.folder, file.path), 'utf8'), file.path).not.toContain(project);
    }
  });
});
