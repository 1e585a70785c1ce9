import {expect, test} from 'vitest';
import {Failure} from '../../src/base/failure.ts';
import {openRoot} from '../../src/node/root.ts';
import {lookAtNode} from '../../src/node/inventory.ts';
import {mappedNode} from '../../src/node/map-node.ts';
import type {Verdict} from '../../src/pki/verdict.ts';
import {judgeFound, type Shown} from '../../src/proof/judge-connections.ts';
import {type FixtureNode, fixtureNode, fixtureNow, otherClusterFile} from '../helpers/node-fixture.ts';

const etcd = '/etc/kubernetes/pki/etcd/server.crt';

/** What is said of the API server's calls to etcd, whose port shows this. */
async function verdictOf(
  node: FixtureNode,
  shown: Shown | undefined,
  read: (path: string) => string = node.read,
): Promise<Verdict> {
  const root = openRoot(node.root);
  const {map} = mappedNode(root, lookAtNode(root, {isLive: false, homes: []}), []);
  const [connection] = map.arrows.find(({id}) => id === 'apiserver-to-etcd')?.instances ?? [];
  if (connection === undefined) expect.fail('the API server calls no etcd');
  const verdicts: Verdict[] = [];
  await judgeFound([connection], {
    now: fixtureNow,
    on: ({verdict}) => verdicts.push(verdict),
    nodes: [],
    files: {read: async (path) => read(path)},
    called: (name) => name,
    shownAt: () => shown,
  });
  return verdicts[0] ?? expect.fail('nothing was judged');
}

test('a port that shows its file is judged by the handshake of both ends’ files', async () => {
  const node = fixtureNode();
  expect(await verdictOf(node, undefined)).toMatchObject({kind: 'proved', how: 'mutual'});
  expect(await verdictOf(node, {chain: node.read(etcd)})).toMatchObject({kind: 'proved', how: 'mutual'});
});

test('what may not be read is not said to fail', async () => {
  const node = fixtureNode();
  const verdict = await verdictOf(node, {silent: 'nobody listens'}, (path) => {
    if (!path.endsWith('.key')) return node.read(path);
    throw new Failure('not-permitted', `${path}: not permitted`, {nextSteps: ['sudo']});
  });
  expect(verdict).toMatchObject({kind: 'not-provable', why: expect.stringContaining('sudo')});
});

test('a port that shows nothing is a provider that nobody can call', async () => {
  const verdict = await verdictOf(fixtureNode(), {silent: 'nobody listens on 127.0.0.1:2379'});
  expect(verdict).toMatchObject({kind: 'failed', side: 'provider', said: expect.stringContaining('nobody listens')});
});

test('a port that shows an older certificate than its file is judged by that one', async () => {
  const node = fixtureNode();
  const older = node.read(etcd);
  await node.reissue(etcd, 'etcd/ca', {
    commonName: 'cp-1',
    usages: ['server auth', 'client auth'],
    sans: [{type: 'ip', value: '127.0.0.1'}],
  });
  expect(await verdictOf(node, {chain: older})).toMatchObject({
    kind: 'proved',
    why: expect.stringMatching(/still shows an older certificate.*kube-apiserver accepts that one too/),
  });
});

test('a port that shows a certificate of another authority is refused, whatever its file holds', async () => {
  const verdict = await verdictOf(fixtureNode(), {chain: otherClusterFile(etcd)});
  expect(verdict).toMatchObject({kind: 'failed', side: 'caller', why: expect.stringContaining('restart etcd')});
  expect(verdict).toHaveProperty('said', expect.stringContaining('unknown authority'));
});

test('a port that shows a certificate that has ended is refused, whatever its file holds', async () => {
  const node = fixtureNode();
  const good = node.read(etcd);
  await node.reissue(etcd, 'etcd/ca', {commonName: 'cp-1', usages: ['server auth'], validity: 24});
  const ended = node.read(etcd);
  node.write(etcd, good, 0o644);
  const verdict = await verdictOf(node, {chain: ended});
  expect(verdict).toMatchObject({kind: 'failed', side: 'caller', said: expect.stringContaining('expired')});
});
