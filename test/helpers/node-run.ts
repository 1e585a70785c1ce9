import {readdirSync, readFileSync, readlinkSync, statSync} from 'node:fs';
import {expect} from 'vitest';
import {readCommandLine} from '../../src/cli.ts';
import {endingOf} from '../../src/commands/ending.ts';
import {planRenewal} from '../../src/journeys/renew.ts';
import {fakeHost} from './fake-host.ts';
import {type FixtureNode, fixtureNow} from './node-fixture.ts';
import {expectNoSecrets} from './no-secrets.ts';

/** Runs a command on a node of a fixture; what it prints holds no secret. */
export async function runOn(node: FixtureNode, [command = '', ...words]: readonly string[], now = fixtureNow) {
  return runWords([command, '--root', node.root, ...words], now);
}

/** The same, without a node. */
export async function runWords(words: readonly string[], now = fixtureNow) {
  const host = {...fakeHost(), now: () => now};
  const read = readCommandLine(words, host, '1.2.3');
  let code: number;
  let ending = '';
  try {
    code = await read.run();
  } catch (error) {
    const end = endingOf(error, {exits: read.exits, debug: false, program: 'certwright'});
    [code, ending] = [end.exitCode, end.text];
  }
  const [out, err] = [host.out(), host.err() + ending];
  expectNoSecrets(out + err);
  return {code, out, err};
}

/** What renewing these would do, as the command works it out for a year and new keys. */
export async function plannedOn(node: FixtureNode, ...names: readonly string[]) {
  return planRenewal({
    root: node.root,
    which: {kind: 'named', names},
    validity: 8760,
    keepsKeys: false,
    addSans: [],
    removeSans: [],
    sans: 'keep',
    node: undefined,
    warnWithin: 720,
    now: fixtureNow,
    sudoUser: undefined,
  });
}

/** Every file of the node with its mode, Certwright's own left out. */
export function filesOf(node: FixtureNode, folder = ''): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(node.at(folder), {withFileTypes: true}).flatMap((entry): [string, string][] => {
      const path = `${folder}/${entry.name}`;
      if (path === '/var/lib/certwright') return [];
      if (entry.isDirectory()) return Object.entries(filesOf(node, path));
      if (entry.isSymbolicLink()) return [[path, `-> ${readlinkSync(node.at(path))}`]];
      return [[path, `${(statSync(node.at(path)).mode & 0o777).toString(8)} ${readFileSync(node.at(path), 'utf8')}`]];
    }),
  );
}

/** Paths whose bytes or modes differ; none came and none went. */
export function changed(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly string[] {
  expect(Object.keys(after)).toEqual(Object.keys(before));
  return Object.keys(after).filter((path) => after[path] !== before[path]);
}
