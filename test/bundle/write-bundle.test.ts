import {createPrivateKey, createPublicKey} from 'node:crypto';
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {Cancelled} from '../../src/base/failure.ts';
import {readKubeconfig} from '../../src/kubeconfig/read-kubeconfig.ts';
import type {Issued} from '../../src/pki/issued.ts';
import {writeBundle} from '../../src/bundle/write-bundle.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {make, modesIn, now, planYaml, variety, type Made} from './bundles.ts';
import {writeInChild} from './child.ts';

/** Public keys of every private key in a file, whether PEM or inside a kubeconfig. */
function keysIn(text: string): readonly string[] {
  const pems = text.match(/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g) ?? [];
  const embedded = text.includes('kind: Config')
    ? readKubeconfig(text).users.flatMap(({key}) => (key?.kind === 'embedded' ? [key.secret.reveal()] : []))
    : [];
  return [...pems, ...embedded].map(publicKeyOf);
}

function publicKeyOf(privateKey: string): string {
  return createPublicKey(createPrivateKey(privateKey)).export({type: 'spki', format: 'pem'});
}

/** Public key → what it is the key of. */
function owners(issued: Issued): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const [id, {key}] of issued.authorities)
    if (key !== undefined) keys.set(publicKeyOf(key.reveal()), `authority ${id}`);
  for (const [name, {key}] of issued.certificates) keys.set(publicKeyOf(key.reveal()), name);
  for (const [id, {privateKey}] of issued.keyPairs) keys.set(publicKeyOf(privateKey.reveal()), id);
  return keys;
}

/** Everything that must not be seen: key by key in every spelling, and both forms of the token. */
function secretsOf(issued: Issued): readonly string[] {
  const keys = [
    ...[...issued.authorities.values()].flatMap(({key}) => (key === undefined ? [] : [key.reveal()])),
    ...[...issued.certificates.values()].map(({key}) => key.reveal()),
    ...[...issued.keyPairs.values()].map(({privateKey}) => privateKey.reveal()),
  ];
  const token = issued.bootstrapToken?.reveal() ?? '';
  const half = token.split('.')[1] ?? token;
  return [
    ...keys.map((key) => key.split('\n')[1] ?? key),
    ...keys.map((key) => Buffer.from(key).toString('base64').slice(60, 120)),
    half,
    Buffer.from(half).toString('base64'),
  ];
}

describe.each(variety)('a bundle of %s', (_, changes) => {
  let made: Made;
  let folder: string;
  let directory: string;
  let modes: ReadonlyMap<string, string>;
  let files: readonly string[];
  const textOf = (path: string): string => readFileSync(join(directory, path), 'utf8');

  beforeAll(async () => {
    made = await make(changes);
    folder = mkdtempSync(join(tmpdir(), 'certwright-'));
    directory = join(folder, 'bundle');
    await writeBundle({...made, directory});
    modes = modesIn(directory);
    files = [...modes.keys()].filter((path) => statSync(join(directory, path)).isFile());
  });
  afterAll(() => rmSync(folder, {recursive: true}));

  test('is exactly the blueprint’s files, with an index, the plan and a README, and nothing beside it', () => {
    const planned = [...made.blueprint.files.map(({path}) => path), 'bundle.json', 'plan.yaml', 'README.md'];
    expect(files).toEqual(planned.sort());
    expect(readdirSync(folder)).toEqual(['bundle']);
    expect(textOf('plan.yaml')).toBe(planYaml);
  });

  test('closes its folders, but for those that are laid over a node’s own', () => {
    for (const [path, mode] of modes) {
      if (files.includes(path)) continue;
      expect([path, mode]).toEqual([path, path.startsWith('nodes') ? '0755' : '0700']);
    }
  });

  test('gives files kubeadm’s modes', () => {
    for (const path of files) {
      const isOpen = /(\.crt|\.flags|\.yaml|\.json|\.md)$/.test(path) && path !== 'bootstrap/token-secret.yaml';
      expect([path, modes.get(path)]).toEqual([path, isOpen ? '0644' : '0600']);
    }
  });

  test('has each key where it belongs and nowhere else', () => {
    const roles = new Map(made.blueprint.nodes.map((node) => [node.name, node.roles]));
    const ownerOf = owners(made.issued);
    const placesOf = new Map<string, string[]>();
    for (const path of files) {
      for (const key of keysIn(textOf(path))) {
        const owner = ownerOf.get(key) ?? `a key that nobody issued, in ${path}`;
        const [top = '', second = ''] = path.split('/');
        const place = top === 'nodes' ? second : path;
        const places = placesOf.get(owner) ?? [];
        if (!places.includes(place)) placesOf.set(owner, [...places, place]);
      }
    }
    expect([...placesOf.keys()].sort()).toEqual([...new Set(ownerOf.values())].sort());
    for (const [owner, places] of placesOf) {
      const nodes = places.filter((place) => roles.has(place));
      const beside = places.filter((place) => !roles.has(place));
      if (owner.startsWith('authority ')) {
        expect([owner, beside]).toEqual([owner, [`authorities/${owner.slice('authority '.length)}.key`]]);
        expect([owner, nodes.filter((name) => roles.get(name)?.includes('control-plane') !== true)]).toEqual([
          owner,
          [],
        ]);
      } else if (owner === 'service-account') {
        expect(beside).toEqual([]);
        expect(nodes).toEqual([...roles.keys()].filter((name) => roles.get(name)?.includes('control-plane')));
      } else {
        const person = owner.startsWith('users/');
        expect([owner, places]).toEqual([owner, [person ? `${owner}.conf` : owner.slice(0, owner.lastIndexOf('/'))]]);
      }
    }
    // The root of an offline root is on no node at all.
    expect(placesOf.get('authority root-ca') ?? ['authorities/root-ca.key']).toEqual(['authorities/root-ca.key']);
  });

  test('has no secret in a file that others may read', () => {
    const secrets = secretsOf(made.issued);
    expect(secrets.length).toBeGreaterThan(10);
    for (const path of files) {
      if (modes.get(path) === '0600') continue;
      const text = textOf(path);
      expect([path, secrets.filter((secret) => text.includes(secret))]).toEqual([path, []]);
      expect([path, text.includes('PRIVATE KEY')]).toEqual([path, false]);
    }
    // What is looked for is what the closed files hold.
    const closed = files
      .filter((path) => modes.get(path) === '0600')
      .map(textOf)
      .join('');
    expect(secrets.filter((secret) => closed.includes(secret)).length).toBeGreaterThan(secrets.length / 3);
  });

  test('is the same to the byte when it is written again', async () => {
    const again = join(folder, 'again');
    await writeBundle({...made, directory: again});
    for (const path of files) expect(readFileSync(join(again, path), 'utf8') === textOf(path), path).toBe(true);
    rmSync(again, {recursive: true});
  });
});

describe('writing', () => {
  let made: Made;
  beforeAll(async () => {
    made = await make();
  });

  test.each([0o000, 0o077, 0o777])('the umask %o changes no mode', async (umask) => {
    const folder = temporaryFolder();
    await writeBundle({...made, directory: join(folder, 'usual')});
    const {said} = await writeInChild(made, {directory: join(folder, 'odd'), umask, tar: true});
    expect(said).toEqual({written: made.blueprint.files.length + 3});
    expect(modesIn(join(folder, 'odd'))).toEqual(modesIn(join(folder, 'usual')));
    expect((statSync(join(folder, 'odd.tar')).mode & 0o7777).toString(8)).toBe('600');
  });

  test('while a bundle grows, it lies in a folder that only its owner enters', async () => {
    const folder = temporaryFolder();
    const seen: string[] = [];
    await writeBundle({
      ...made,
      directory: join(folder, 'bundle'),
      on: ({kind}) => {
        if (kind !== 'file-written') return;
        const [staging = ''] = readdirSync(folder);
        const inStaging = modesIn(join(folder, staging));
        expect([inStaging.get(''), inStaging.get('bundle')]).toEqual(['0700', '0700']);
        seen.push(staging);
      },
    });
    expect(new Set(seen)).toHaveLength(1);
    expect(seen[0]).toMatch(/^\.bundle\.certwright-[A-Za-z0-9]{6}$/);
  });

  test('an empty folder is replaced, missing parents are made', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'empty'), {mode: 0o777});
    await writeBundle({...made, directory: join(folder, 'empty')});
    expect(modesIn(join(folder, 'empty')).get('')).toBe('0700');
    await writeBundle({...made, directory: join(folder, 'a/b/c')});
    expect(existsSync(join(folder, 'a/b/c/bundle.json'))).toBe(true);
  });

  test('where no folder can be made, it says so and does not go on trying', async () => {
    await expect(writeBundle({...made, directory: '/proc/nope/a/demo'})).rejects.toMatchObject({
      message: expect.stringContaining('/proc/nope'),
    });
  });

  test('tells of every file, then of the place', async () => {
    const directory = join(temporaryFolder(), 'bundle');
    const events: string[] = [];
    await writeBundle({
      ...made,
      directory,
      on: (event) => events.push(event.kind === 'file-written' ? event.path : `placed ${event.directory}`),
    });
    expect(events).toEqual([
      ...made.blueprint.files.map(({path}) => path),
      'plan.yaml',
      'README.md',
      'bundle.json',
      `placed ${directory}`,
    ]);
  });

  test.each([0, 1, 30, 50])('calling it off at file %i leaves nothing, not even the parents it made', async (at) => {
    const folder = temporaryFolder();
    const stop = new AbortController();
    let written = 0;
    const writing = writeBundle({
      ...made,
      directory: join(folder, 'parent/bundle'),
      signal: stop.signal,
      on: () => {
        if (written === at) stop.abort();
        written += 1;
      },
    });
    await expect(writing).rejects.toBeInstanceOf(Cancelled);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a run that is called off before it begins writes nothing', async () => {
    const folder = temporaryFolder();
    const signal = AbortSignal.abort();
    await expect(writeBundle({...made, directory: join(folder, 'a/b'), signal})).rejects.toBeInstanceOf(Cancelled);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('what a listener throws leaves nothing behind', async () => {
    const folder = temporaryFolder();
    const writing = writeBundle({
      ...made,
      directory: join(folder, 'bundle'),
      on: () => {
        throw new RangeError('a bug elsewhere');
      },
    });
    await expect(writing).rejects.toThrow('a bug elsewhere');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a large tree is made durable by one `sync`, and one by one where there is none', async () => {
    const many = await make({
      nodes: Array.from({length: 130}, (_, index) => ({
        name: `worker-${index}`,
        addresses: [`10.0.1.${index}`],
        roles: ['worker' as const],
        sans: [],
      })),
    });
    const folder = temporaryFolder();
    const ran: string[] = [];
    const {runProgram, CommandFailure} = await import('../../src/run/run-program.ts');
    await writeBundle({
      ...many,
      directory: join(folder, 'one'),
      runProgram: (program, words, options) => {
        ran.push([program, ...words].join(' '));
        return runProgram(program, words, options);
      },
    });
    expect(ran).toEqual([expect.stringMatching(/^sync -f .*\/\.one\.certwright-\w{6}$/)]);
    await writeBundle({
      ...many,
      directory: join(folder, 'two'),
      runProgram: () => Promise.reject(new CommandFailure('program-missing', 'no sync', 'install it')),
    });
    expect(readdirSync(folder)).toEqual(['one', 'two']);
  });

  test('two runs for one place: one wins, the other says what is there', async () => {
    const folder = temporaryFolder();
    const runs = await Promise.allSettled([1, 2].map(() => writeBundle({...made, directory: join(folder, 'bundle')})));
    expect(runs.map(({status}) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = runs.find(({status}) => status === 'rejected') as PromiseRejectedResult;
    expect(lost.reason).toMatchObject({code: 'bundle-exists'});
    expect(readdirSync(folder)).toEqual(['bundle']);
  });

  test('what comes into the folder meanwhile is neither overwritten nor lost', async () => {
    const folder = temporaryFolder();
    const directory = join(folder, 'bundle');
    const writing = writeBundle({
      ...made,
      directory,
      on: (event) => {
        if (event.kind !== 'file-written' || event.path !== 'bundle.json') return;
        mkdirSync(directory);
        writeFileSync(join(directory, 'mine.txt'), 'mine');
      },
    });
    await expect(writing).rejects.toMatchObject({
      code: 'folder-not-empty',
      message: expect.stringContaining('mine.txt'),
    });
    expect(readdirSync(folder)).toEqual(['bundle']);
    expect(readFileSync(join(directory, 'mine.txt'), 'utf8')).toBe('mine');
  });

  test('the token’s life begins with the bundle', async () => {
    const directory = join(temporaryFolder(), 'bundle');
    await writeBundle({...made, directory});
    const secret = readFileSync(join(directory, 'bootstrap/token-secret.yaml'), 'utf8');
    const expiration = /expiration: (\S+)/.exec(secret)?.[1] ?? '';
    expect(Buffer.from(expiration, 'base64').toString()).toBe('2026-11-24T21:07:46Z');
    expect(now.toISOString()).toBe('2026-11-23T21:07:46.123Z');
  });
});
