import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, describe, expect, test} from 'vitest';
import {InputFailure} from '../../src/base/failure.ts';
import {Secret} from '../../src/base/secret.ts';
import {readBundle} from '../../src/bundle/read-bundle.ts';
import {filesOf, readRequests, signedPairs, writeRequests, writeSigned} from '../../src/bundle/requests.ts';
import {completeRequests, writeBundle} from '../../src/bundle/write-bundle.ts';
import {makeBlueprint} from '../../src/pki/blueprint.ts';
import type {Blueprint} from '../../src/pki/blueprint-types.ts';
import {issueBlueprint, requestsFor, type MadeRequest} from '../../src/x509/issue.ts';
import {signRequest} from '../../src/x509/request.ts';
import {kubeadmFile} from '../helpers/kubeadm-fixture.ts';
import {planWith} from '../helpers/plans.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {modesIn, now, planYaml} from './bundles.ts';

/** An authority that somebody else keeps: its certificate is brought, its key is not. */
const authority = kubeadmFile('/etc/kubernetes/pki/ca.crt');
const authorityKey = new Secret(kubeadmFile('/etc/kubernetes/pki/ca.key'));
const brought = new Map([['kubernetes-ca', {certificate: authority, key: undefined}]]);

let blueprint: Blueprint;
let requests: readonly MadeRequest[];
beforeAll(async () => {
  blueprint = makeBlueprint(
    planWith({
      keys: {algorithm: 'ECDSA-P256'},
      trust: {topology: 'three-cas', authorities: {'kubernetes-ca': {certificate: '/elsewhere/ca.crt'}}, assign: {}},
      users: [{name: 'viewer', groups: ['read-only']}],
    }),
  );
  requests = await requestsFor(blueprint, {now, brought});
});

async function written(): Promise<string> {
  const directory = join(temporaryFolder(), 'bundle');
  await writeRequests({directory, clusterName: 'demo', requests, planYaml, now});
  return directory;
}

async function signAll(directory: string): Promise<void> {
  const read = readRequests(directory);
  for (const {name, request, validity, isAuthority} of read.requests) {
    const signed = await signRequest(
      request,
      {certificate: authority, key: authorityKey},
      {now, validity, isAuthority},
    );
    writeSigned(read, name, signed.certificate);
  }
}

/** Commands of the README's code blocks. */
function commandsOf(directory: string): readonly string[] {
  const readme = readFileSync(join(directory, 'README.md'), 'utf8');
  return [...readme.matchAll(/```sh\n([\s\S]*?)\n```/g)].map(([, commands = '']) => commands);
}

function problemsOf(run: () => unknown): readonly string[] {
  try {
    run();
    return [];
  } catch (error) {
    if (error instanceof InputFailure) return error.problems.map(({code, at}) => `${code} ${at.path}`);
    throw error;
  }
}

describe('a folder of requests', () => {
  test('has a key and a request for each, what to do with them, and nothing that looks like a bundle', async () => {
    const directory = await written();
    const modes = modesIn(directory);
    expect(requests.length).toBeGreaterThan(5);
    expect([...modes.keys()].filter((path) => /\.\w+$/.test(path)).sort()).toEqual(
      [
        ...requests.flatMap(({name}) => [filesOf(name).key, filesOf(name).request]),
        'README.md',
        'plan.yaml',
        'requests/requests.json',
      ].sort(),
    );
    for (const [path, mode] of modes) {
      const expected = /\.(key|csr)$/.test(path) ? '0600' : /\.\w+$/.test(path) ? '0644' : '0700';
      expect([path, mode]).toEqual([path, expected]);
    }
    for (const path of ['README.md', 'plan.yaml', 'requests/requests.json']) {
      const text = readFileSync(join(directory, path), 'utf8');
      for (const {key} of requests) expect(text).not.toContain(key.reveal().split('\n')[1]);
    }
    expect(() => readBundle(directory)).toThrow(expect.objectContaining({code: 'requests-waiting'}));
  });

  test('is not overwritten by another run', async () => {
    const directory = await written();
    const again = writeRequests({directory, clusterName: 'demo', requests, planYaml, now});
    await expect(again).rejects.toMatchObject({
      code: 'requests-waiting',
      nextSteps: [`once they are signed: certwright issue --signed ${directory}`, expect.any(String)],
    });
  });

  test('comes back as it was written', async () => {
    const read = readRequests(await written());
    expect(read).toMatchObject({clusterName: 'demo', planYaml});
    expect(
      read.requests.map(({name, request, key, certificate}) => [name, request, key?.reveal(), certificate]),
    ).toEqual(requests.map(({name, request, key}) => [name, request, key.reveal(), undefined]));
    const apiserver = read.requests.find(({name}) => name === 'cp-1/apiserver');
    const planned = blueprint.certificates.find(({name}) => name === 'cp-1/apiserver');
    expect(apiserver).toMatchObject({
      authority: 'kubernetes-ca',
      isAuthority: false,
      subject: planned?.subject,
      usages: ['server auth'],
      sans: planned?.sans,
      validity: 8760,
    });
  });

  test('goes the whole way by the README’s own commands: away without a key, signed, back, and complete', async () => {
    const directory = await written();
    const [pack = '', unpack = '', , bringBack = '', goOn = ''] = commandsOf(directory);
    const parent = join(directory, '..');
    const shell = (command: string, cwd: string): string =>
      execFileSync('sh', ['-c', command], {cwd, encoding: 'utf8'});

    shell(pack, directory);
    const away = temporaryFolder();
    renameSync(join(parent, 'to-sign.tar'), join(away, 'to-sign.tar'));
    const [extract = '', sign] = unpack.split('\n');
    shell(extract, away);
    expect(
      readdirSync(join(away, 'to-sign'), {recursive: true, encoding: 'utf8'}).filter((path) => path.endsWith('.key')),
    ).toEqual([]);
    expect(sign).toBe('certwright sign to-sign --certificate ca.crt --key ca.key');
    await signAll(join(away, 'to-sign'));
    const [collect = '', lay = ''] = bringBack.split('\n');
    shell(collect, away);
    renameSync(join(away, 'signed.tar'), join(directory, 'signed.tar'));
    shell(lay, directory);
    expect(goOn).toBe('certwright issue --signed .');

    const signed = signedPairs(readRequests(directory));
    const issued = await issueBlueprint(blueprint, {now, brought, signed});
    await completeRequests({blueprint, issued, planYaml, directory, now});
    expect(readdirSync(parent)).toEqual(['bundle']);
    const bundle = readBundle(directory);
    expect(bundle.files.list().filter((path) => path.startsWith('requests'))).toEqual([]);
    expect(bundle.json.authorities[0]).toMatchObject({
      id: 'kubernetes-ca',
      brought: true,
      issuer: 'kubernetes-ca',
      subject: {commonName: 'kubernetes'},
    });
    expect(bundle.json.authorities[0]?.files.some((path) => path.endsWith('.key'))).toBe(false);
    expect(await bundle.files.read('nodes/cp-1/rootfs/etc/kubernetes/pki/apiserver.key')).toBe(
      signed.get('cp-1/apiserver')?.key.reveal(),
    );
  });

  test('openssl can sign instead, by the README’s command', async () => {
    const directory = await written();
    const command = commandsOf(directory)[2] ?? '';
    writeFileSync(join(directory, 'ca.crt'), authority);
    writeFileSync(join(directory, 'ca.key'), authorityKey.reveal());
    execFileSync('sh', ['-c', command], {cwd: directory, stdio: 'pipe'});
    const [first] = requests;
    const text = execFileSync('openssl', ['x509', '-in', filesOf(first?.name ?? '').certificate, '-noout', '-text'], {
      cwd: directory,
      encoding: 'utf8',
    });
    expect(text).toContain('TLS Web Server Authentication');
    expect(text).toContain('DNS:kubernetes.default.svc.cluster.local');
  });

  test('tells at once everything that is still missing', async () => {
    const directory = await written();
    const all = requests.map(({name}) => `not-signed ${filesOf(name).certificate}`);
    expect(problemsOf(() => signedPairs(readRequests(directory)))).toEqual(all);
    await signAll(directory);
    expect(problemsOf(() => signedPairs(readRequests(directory)))).toEqual([]);
    rmSync(join(directory, filesOf('cp-1/apiserver').key));
    expect(problemsOf(() => signedPairs(readRequests(directory)))).toEqual(['key-missing requests/cp-1/apiserver.key']);
    rmSync(join(directory, filesOf('cp-1/apiserver').request));
    expect(problemsOf(() => readRequests(directory))).toEqual(['request-missing requests/cp-1/apiserver.csr']);
  });

  test('a certificate is replaced whole, and nothing unfinished stays', async () => {
    const directory = await written();
    const read = readRequests(directory);
    for (const text of ['first\n', 'second\n']) writeSigned(read, 'cp-1/apiserver', text);
    expect(readFileSync(join(directory, 'requests/cp-1/apiserver.crt'), 'utf8')).toBe('second\n');
    expect(readdirSync(join(directory, 'requests/cp-1')).filter((name) => name.includes('unfinished'))).toEqual([]);
    expect(() => writeSigned(read, '../../escape', 'x')).toThrow(expect.objectContaining({code: 'unsafe-path'}));
    expect(() => writeSigned(read, 'nowhere/x', 'x')).toThrow(expect.objectContaining({code: 'folder-gone'}));
  });

  test('that was changed on its way does not lead outside, and says what is wrong', async () => {
    const directory = await written();
    const path = join(directory, 'requests/requests.json');
    const text = readFileSync(path, 'utf8');
    writeFileSync(join(directory, 'secret.csr'), 'x');
    writeFileSync(path, text.replace('"cp-1/apiserver"', '"../secret"'));
    expect(() => readRequests(directory)).toThrow(expect.objectContaining({code: 'unsafe-path'}));
    writeFileSync(path, text.replace('"validity": 8760', '"validity": -1').replace('"server auth"', '"code signing"'));
    expect(problemsOf(() => readRequests(directory)).map((each) => each.replace(/\d+/, 'n'))).toEqual([
      expect.stringMatching(/^not-requests requests\.n\.(usages|validity)/),
      expect.stringMatching(/^not-requests requests\.n\.(usages|validity)/),
    ]);
    writeFileSync(path, 'no JSON');
    expect(problemsOf(() => readRequests(directory))).toEqual(['not-requests ']);
  });

  test('there is none in an empty folder, a missing one, or a finished bundle', async () => {
    const folder = temporaryFolder();
    expect(() => readRequests(folder)).toThrow(`${folder} holds no requests`);
    expect(() => readRequests(join(folder, 'missing'))).toThrow('does not exist');
    writeFileSync(join(folder, 'bundle.json'), '{}');
    expect(() => readRequests(folder)).toThrow(expect.objectContaining({code: 'already-complete'}));
  });
});

describe('completing', () => {
  test('that is called off or fails leaves the requests as they were', async () => {
    const directory = await written();
    await signAll(directory);
    const before = modesIn(directory);
    const issued = await issueBlueprint(blueprint, {now, brought, signed: signedPairs(readRequests(directory))});
    const stop = new AbortController();
    const calledOff = completeRequests({
      blueprint, issued, planYaml, directory, now,
      signal: stop.signal,
      on: () => stop.abort(),
    }); // prettier-ignore
    await expect(calledOff).rejects.toThrow('cancelled');
    expect(modesIn(directory)).toEqual(before);
    expect(readdirSync(join(directory, '..'))).toEqual(['bundle']);
  });

  test('needs requests that are there', async () => {
    const directory = join(temporaryFolder(), 'missing');
    const issued = await issueBlueprint(makeBlueprint(planWith({keys: {algorithm: 'ECDSA-P256'}})), {now});
    const made = {blueprint: makeBlueprint(planWith({keys: {algorithm: 'ECDSA-P256'}})), issued, planYaml, now};
    await expect(completeRequests({...made, directory})).rejects.toMatchObject({code: 'no-such-folder'});
    expect(existsSync(directory)).toBe(false);
    mkdirSync(directory);
    await writeBundle({...made, directory});
  });
});
