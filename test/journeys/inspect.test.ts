import {execFileSync} from 'node:child_process';
import {closeSync, constants, mkdirSync, openSync, symlinkSync, writeFileSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import {Readable} from 'node:stream';
import {describe, expect, test} from 'vitest';
import {readCommandLine} from '../../src/cli.ts';
import {Cancelled} from '../../src/base/failure.ts';
import {inspect, portIn} from '../../src/journeys/inspect.ts';
import {inspectionJson} from '../../src/report/inspection-json.ts';
import {inspectionLines} from '../../src/report/inspection-text.ts';
import {fakeHost} from '../helpers/fake-host.ts';
import {kubeadmFile, layKubeadmFixture} from '../helpers/kubeadm-fixture.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {openssl} from '../helpers/openssl.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

const now = new Date('2027-01-01T00:00:00Z');
const input = async (text: string) => inspect({kind: 'input', bytes: Buffer.from(text)});
const linesOf = async (text: string, at = now) => inspectionLines(await input(text), at);

describe('what is no file', () => {
  const at = (path: string, signal?: AbortSignal) => inspect({kind: 'file', path}, signal);
  const pipe = (): string => {
    const path = join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [path]);
    return path;
  };

  test('a pipe that nobody writes into is at its end', async () => {
    await expect(at(pipe())).rejects.toThrow('holds no certificate, request, key or kubeconfig');
  });

  test('what a shell writes into a pipe is read to its end', async () => {
    const path = pipe();
    // Open for both, so that neither waits for the other.
    const end = openSync(path, constants.O_RDWR);
    const looked = at(path);
    writeSync(end, kubeadmFile('/etc/kubernetes/pki/ca.crt').slice(0, 500));
    await new Promise(setImmediate);
    writeSync(end, kubeadmFile('/etc/kubernetes/pki/ca.crt').slice(500));
    // What was read last ends the pipe once nobody has it open.
    setImmediate(() => closeSync(end));
    expect((await looked).material.map(({kind}) => kind)).toEqual(['certificate']);
  });

  test('whoever waits for a pipe can be stopped', async () => {
    const path = pipe();
    const end = openSync(path, constants.O_RDWR);
    const stop = new AbortController();
    const looked = at(path, stop.signal);
    stop.abort();
    await expect(looked).rejects.toBeInstanceOf(Cancelled);
    closeSync(end);
  });

  test.each(['/dev/zero', '/dev/null'])('%s is a device', async (path) => {
    await expect(at(path)).rejects.toThrow(`${path} is a device`);
  });

  test('links that lead round in a circle are called that', async () => {
    const path = join(temporaryFolder(), 'round');
    symlinkSync(path, path);
    await expect(at(path)).rejects.toThrow('lead round in a circle');
  });
});

test('what somebody has put into a kubeconfig moves no cursor and forges no line', async () => {
  const lines = await linesOf(
    String.raw`{"kind": "Config", "clusters": [{"name": "a\u001b[2J\nAll is well.", "cluster": {"server": "https://h\u001b]0;x\u0007"}}]}`,
  );
  expect(lines).toContain('cluster a?[2J?All is well.');
  expect(lines.join('')).not.toMatch(/\p{Cc}/u);
});

/** The API server's certificate and its key, and where openssl writes what it makes of them. */
function pairAt() {
  const folder = temporaryFolder();
  const [certificate, key, out] = [join(folder, 'a.crt'), join(folder, 'a.key'), join(folder, 'out')];
  writeFileSync(certificate, kubeadmFile('/etc/kubernetes/pki/apiserver.crt'));
  writeFileSync(key, kubeadmFile('/etc/kubernetes/pki/apiserver.key'));
  return {certificate, key, out, look: () => inspect({kind: 'file', path: out})};
}

test.each([
  ['a PKCS#8 key', ['pkcs8', '-topk8', '-nocrypt'], 'private-key'],
  ['a PKCS#1 key', ['rsa', '-traditional'], 'private-key'],
  ['a public key', ['pkey', '-pubout'], 'public-key'],
  ['a request', ['req', '-new', '-subj', '/CN=a', '-key'], 'request'],
])('%s as DER is told like its PEM', async (_, words, kind) => {
  const {key, out, look} = pairAt();
  openssl([...words, ...(kind === 'request' ? [] : ['-in']), key, '-outform', 'der', '-out', out]);
  expect((await look()).material.map((each) => each.kind)).toEqual([kind]);
});

test('of a PKCS #12 file it is told how to open it', async () => {
  const {certificate, key, out, look} = pairAt();
  openssl(['pkcs12', '-export', '-in', certificate, '-inkey', key, '-passout', 'pass:', '-out', out]);
  await expect(look()).rejects.toMatchObject({
    nextSteps: [`it looks like PKCS #12: openssl pkcs12 -nodes -in ${out} | certwright inspect -`],
  });
});

test('of a file with one certificate many times a few are named as its likes', async () => {
  const lines = await linesOf(kubeadmFile('/etc/kubernetes/pki/ca.crt').repeat(20));
  expect(lines).toContain('   same key    as 2., 3., 4., 5., 6., 7., 8., 9. and 11 more');
});

describe('what kubeadm 1.36 wrote', () => {
  test("an API server's certificate is told with its purpose, its names and its end", async () => {
    expect(await linesOf(kubeadmFile('/etc/kubernetes/pki/apiserver.crt'))).toEqual([
      'standard input: 1 certificate',
      '',
      'looks like  apiserver: the API server shows it to everyone who calls it',
      'subject     CN=kube-apiserver',
      'issuer      CN=kubernetes',
      'valid       2026-11-23 19:12:42 UTC to 2027-11-23 19:17:42 UTC: 326d left',
      'usages      server',
      'key usage   digitalSignature, keyEncipherment',
      'names       api.demo.test, cp-1, kubernetes, kubernetes.default, kubernetes.default.svc, kubernetes.default.svc.cluster.local',
      'addresses   10.96.0.1, 10.0.0.11, 10.0.0.10',
      'key         RSA-2048',
      'pin         sha256:0d64eee05194eba42e2a3d259cf054ea9b3725f1640add9ae9692b70a0cc4d7b',
      'serial      0c034da21e407bca (in logs SN=865620912072850378)',
      'SHA-256     1696c9f03f54f1aa4a10e89d67e0cfbbf6914a514278baee12d3b5a46e0fbc09',
      'signer id   9028e964d2a78fbcdd247b301400e4e6276d6d6a',
    ]);
  });

  test('after its end it says so first, and what to do', async () => {
    const lines = await linesOf(kubeadmFile('/etc/kubernetes/pki/apiserver.crt'), new Date('2027-11-30T00:00:00Z'));
    expect(lines).toContain('valid       2026-11-23 19:12:42 UTC to 2027-11-23 19:17:42 UTC: ended 6d ago');
    expect(lines).toContain('problem     it ended on 2027-11-23 19:17:42 UTC: everybody refuses it; renew it');
  });

  test('a kubeconfig is told with whom it is, what it may do, and whom it believes', async () => {
    const lines = await linesOf(kubeadmFile('/etc/kubernetes/super-admin.conf'));
    expect(lines).toContain('context kubernetes-super-admin@demo (current): kubernetes-super-admin at demo');
    expect(lines).toContain('   server  https://api.demo.test:6443');
    expect(lines.find((line) => line.includes('  may '))).toMatch(/system:masters: does everything, past RBAC/);
    expect(lines.filter((line) => line.includes('same key')).map((line) => line.trim())).toEqual([
      'same key    as 2.',
      'same key  as 1.',
    ]);
  });

  test('neither text nor JSON of any file has a secret in it', async () => {
    const root = temporaryFolder();
    layKubeadmFixture(root);
    for (const path of ['admin.conf', 'kubelet.conf', 'pki/ca.key', 'pki/sa.key', 'pki/sa.pub', 'pki/etcd/peer.crt']) {
      const inspection = await inspect({kind: 'file', path: join(root, 'etc/kubernetes', path)});
      const json = JSON.stringify(inspectionJson(inspection, now));
      expect(JSON.parse(json)).toHaveProperty('items');
      expectNoSecrets(inspectionLines(inspection, now).join('\n') + json);
    }
  });
});

describe('blocks that lie together', () => {
  test('are numbered, and a key that belongs to nothing here is a problem', async () => {
    const lines = await linesOf(
      kubeadmFile('/etc/kubernetes/pki/apiserver.crt') +
        kubeadmFile('/etc/kubernetes/pki/ca.crt') +
        kubeadmFile('/etc/kubernetes/pki/sa.key'),
    );
    expect(lines[0]).toBe('standard input: 2 certificates, 1 private key');
    expect(lines).toContain('   issuer      CN=kubernetes (2. here, the signature is right)');
    expect(lines).toContain('   issuer      CN=kubernetes (it signed itself)');
    expect(lines).toContain('   problem  it belongs to no certificate here: whoever loads this file refuses it');
  });
});

describe('what cannot be looked at', () => {
  test.each([
    ['missing.crt', 'file-missing', /does not exist/],
    ['folder', 'not-a-file', /is a folder/],
    ['words.txt', 'nothing-to-inspect', /holds no certificate, request, key or kubeconfig/],
  ])('%s is told with a way on', async (name, code, message) => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'folder'));
    writeFileSync(join(folder, 'words.txt'), 'clusterName: demo\n');
    await expect(inspect({kind: 'file', path: join(folder, name)})).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
      nextSteps: [expect.stringMatching(/./)],
    });
  });
});

test.each([
  ['10.0.0.11:6443', {host: '10.0.0.11', port: 6443}],
  ['[fd00::11]:6443', {host: 'fd00::11', port: 6443}],
  ['api.demo.test:443', {host: 'api.demo.test', port: 443}],
  ['apiserver.crt', undefined],
  ['./odd:6443', undefined],
  ['/etc/kubernetes/pki/ca.crt', undefined],
])('%s names the port %j', (text, expected) => {
  expect(portIn(text)).toEqual(expected);
});

describe('the command', () => {
  test('reads standard input, as text and as one JSON document', async () => {
    const pem = kubeadmFile('/etc/kubernetes/pki/ca.crt');
    for (const [words, expected] of [
      [[], /^standard input: 1 certificate\n\nlooks like {2}an authority\n/],
      [['-o', 'json'], /^\{\n {2}"from": \{\n {4}"kind": "input"/],
    ] as const) {
      const host = {...fakeHost(), stdin: Readable.from([pem])} as unknown as ReturnType<typeof fakeHost>;
      expect(await readCommandLine(['inspect', '-', ...words], host, '1.2.3').run()).toBe(0);
      expect(host.out()).toMatch(expected);
    }
  });
});
