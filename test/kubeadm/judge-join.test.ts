import {once} from 'node:events';
import {createServer, type Server} from 'node:https';
import type {AddressInfo} from 'node:net';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {Cancelled, Failure} from '../../src/base/failure.ts';
import {Secret} from '../../src/base/secret.ts';
import {readClusterInfo, type ClusterInfo, type ReadClusterInfo} from '../../src/kubeadm/cluster-info.ts';
import {judgeJoin, type JoinQuestion} from '../../src/kubeadm/judge-join.ts';
import {writeClusterInfo} from '../../src/kubeconfig/write-kubeconfig.ts';
import {spkiPin} from '../../src/x509/inspect.ts';
import {signWithToken} from '../../src/x509/token-signature.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {makeAuthority, makeLeaf, type Made} from '../x509/makers.ts';

const token = new Secret('abcdef.0123456789abcdef');
const server = 'https://10.0.0.11:6443';
const now = new Date('2026-11-24T12:00:00Z');

let authority: Made;
let stranger: Made;
beforeAll(async () => {
  [authority, stranger] = await Promise.all([makeAuthority({now: new Date()}), makeAuthority({now: new Date()})]);
});

function clusterInfo(changes: {server?: string; pem?: string; signedBy?: Secret} = {}): ClusterInfo {
  const kubeconfig = writeClusterInfo({
    server: changes.server ?? server,
    certificateAuthority: changes.pem ?? authority.certificate,
  });
  const signedBy = changes.signedBy ?? token;
  return {kubeconfig, signatures: new Map([['abcdef', signWithToken(kubeconfig, signedBy)]])};
}

/** What the judge says of a world in which everything is right but for this. */
async function judged(
  question: Partial<JoinQuestion> = {},
  read: ReadClusterInfo = () => Promise.resolve(clusterInfo()),
): Promise<Readonly<Record<string, string>>> {
  const entry = {id: 'abcdef', token, description: '', ends: new Date('2026-11-25T12:00:00Z'), groups: []};
  const checks = await judgeJoin(
    {
      token,
      entry: {...entry, usages: ['signing', 'authentication']},
      server,
      pins: [spkiPin(authority.certificate)],
      onDisk: [{path: 'ca.crt', certificates: [authority.certificate]}],
      now,
      ...question,
    },
    {readClusterInfo: read, attempts: 3, pause: 1},
  );
  expectNoSecrets(JSON.stringify(checks), ['0123456789abcdef']);
  for (const {isGood, fix} of checks) expect(fix === undefined).toBe(isGood);
  return Object.fromEntries(checks.map(({id, isGood, says}) => [id, isGood ? 'good' : says]));
}

const good = {token: 'good', address: 'good', 'cluster-info': 'good', signature: 'good', pin: 'good', served: 'good'};

describe('a join line is judged as the joining node will', () => {
  test('good where everything is', async () => {
    expect(await judged()).toEqual(good);
  });

  test('with a token that is gone, has ended, or is not for joining', async () => {
    expect(await judged({entry: undefined})).toEqual({
      ...good,
      token: 'the cluster does not have this token (any more)',
    });
    const entry = {id: 'abcdef', token, description: '', groups: [], usages: ['signing', 'authentication']};
    expect(await judged({entry: {...entry, ends: now}})).toMatchObject({
      token: `the token ended at ${now.toISOString()}`,
    });
    expect(await judged({entry: {...entry, ends: undefined}})).toEqual(good);
    expect(await judged({entry: {...entry, ends: undefined, usages: ['signing']}})).toMatchObject({
      token: 'the token is not for authentication, and kubeadm join needs both',
    });
  });

  test.each([
    'https://127.0.0.1:6443',
    'https://localhost:6443',
    'https://[::1]:6443',
    'https://0.0.0.0:6443',
    'https://169.254.1.1:6443',
  ])('with %s, which means another machine everywhere', async (local) => {
    const {address} = await judged({server: local});
    expect(address).toContain('means another machine on every machine');
    const inside = await judged({}, () => Promise.resolve(clusterInfo({server: local})));
    expect(inside['served']).toContain('in cluster-info https://');
  });

  test('signed with another token, signed over another text, or not signed', async () => {
    const other = new Secret('abcdef.ffffffffffffffff');
    const message = 'the signature of cluster-info for the token abcdef does not verify';
    expect(await judged({}, () => Promise.resolve(clusterInfo({signedBy: other})))).toEqual({
      ...good,
      signature: message,
    });
    const changed = {...clusterInfo(), kubeconfig: `${clusterInfo().kubeconfig}\n`};
    expect(await judged({}, () => Promise.resolve(changed))).toEqual({...good, signature: message});
    const unsigned = {...clusterInfo(), signatures: new Map<string, string>()};
    expect(await judged({}, () => Promise.resolve(unsigned))).toEqual({
      ...good,
      signature: 'cluster-info is not signed for the token abcdef',
    });
  });

  test('a signature that takes the signer a moment is waited for', async () => {
    let looks = 0;
    const late: ReadClusterInfo = () => {
      looks += 1;
      return Promise.resolve(looks < 3 ? {...clusterInfo(), signatures: new Map()} : clusterInfo());
    };
    expect(await judged({}, late)).toEqual(good);
  });

  test('with a pin of another authority, in the line or on disk', async () => {
    const wrong = {pin: 'the authority in cluster-info is another one than the join line pins'};
    expect(await judged({pins: [spkiPin(stranger.certificate)]})).toMatchObject(wrong);
    expect(await judged({}, () => Promise.resolve(clusterInfo({pem: stranger.certificate})))).toMatchObject(wrong);
    expect(await judged({onDisk: [{path: 'ca.crt', certificates: [stranger.certificate]}]})).toEqual({
      ...good,
      pin: 'the authority in ca.crt is another one than the join line pins',
    });
    // While an authority is replaced there are two, and any one of them will do, as for kubeadm.
    const both = authority.certificate + stranger.certificate;
    expect(await judged({}, () => Promise.resolve(clusterInfo({pem: both})))).toEqual(good);
  });

  test('nothing more can be judged where cluster-info cannot be had', async () => {
    const failing = () => Promise.reject(new Failure('no-answer', 'nobody answers', {nextSteps: ['wake them']}));
    expect(await judged({}, failing)).toEqual({token: 'good', address: 'good', 'cluster-info': 'nobody answers'});
  });
});

describe('cluster-info is asked for as a node without a credential asks', () => {
  let api: Server;
  let url: string;
  let answer: {readonly status: number; readonly body: string};
  let asked: string | undefined;

  beforeAll(async () => {
    const leaf = await makeLeaf(authority, {
      commonName: 'kube-apiserver',
      usages: ['server auth'],
      sans: [{type: 'ip', value: '127.0.0.1'}],
      now: new Date(),
    });
    api = createServer({cert: leaf.certificate, key: leaf.key.privateKey.reveal()}, (request, response) => {
      asked = `${request.url ?? ''} ${request.headers.authorization ?? 'anonymous'}`;
      response.writeHead(answer.status, {'content-type': 'application/json'}).end(answer.body);
    });
    api.listen(0, '127.0.0.1');
    await once(api, 'listening');
    url = `https://127.0.0.1:${(api.address() as AddressInfo).port}`;
  });
  afterAll(() => api.close());

  const codeOf = (run: Promise<unknown>) =>
    run.then(
      () => 'none',
      (error: unknown) => (error instanceof Failure ? error.code : String(error)),
    );

  test('with everything that is signed in it', async () => {
    const {kubeconfig, signatures} = clusterInfo();
    const data = {kubeconfig, 'jws-kubeconfig-abcdef': signatures.get('abcdef')};
    answer = {status: 200, body: JSON.stringify({kind: 'ConfigMap', data})};
    expect(await readClusterInfo({server: url, authorities: undefined})).toEqual({kubeconfig, signatures});
    expect(await readClusterInfo({server: url, authorities: [authority.certificate]})).toEqual({
      kubeconfig,
      signatures,
    });
    expect(asked).toBe('/api/v1/namespaces/kube-public/configmaps/cluster-info anonymous');
  });

  test.each([
    [403, '{}', 'cluster-info-hidden'],
    [401, '{}', 'cluster-info-hidden'],
    [404, '{}', 'cluster-info-missing'],
    [200, '<html>', 'cluster-info-unexpected'],
    [200, '{"kind": "ConfigMap", "data": {}}', 'cluster-info-unexpected'],
    [500, '{}', 'cluster-info-unexpected'],
  ])('%s %s is %s', async (status, body, code) => {
    answer = {status, body};
    expect(await codeOf(readClusterInfo({server: url, authorities: undefined}))).toBe(code);
  });

  test('a server of another authority, or under another name, is not believed', async () => {
    expect(await codeOf(readClusterInfo({server: url, authorities: [stranger.certificate]}))).toBe(
      'certificate-not-trusted',
    );
    const elsewhere = url.replace('127.0.0.1', 'localhost');
    expect(await codeOf(readClusterInfo({server: elsewhere, authorities: [authority.certificate]}))).toBe(
      'certificate-not-trusted',
    );
  });

  test('a closed port is said to be closed, and an abort is one', async () => {
    expect(await codeOf(readClusterInfo({server: 'https://127.0.0.1:1', authorities: undefined}))).toBe('no-answer');
    const signal = AbortSignal.abort();
    await expect(readClusterInfo({server: url, authorities: undefined, signal})).rejects.toBeInstanceOf(Cancelled);
  });
});
