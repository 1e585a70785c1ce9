import {mkdirSync, renameSync, rmSync, symlinkSync} from 'node:fs';
import {dirname} from 'node:path';
import {describe, expect, test} from 'vitest';
import {restartsAfter} from '../../src/journeys/go-back.ts';
import {diagnose} from '../../src/node/diagnose.ts';
import {inventoryOf, lookAtNode} from '../../src/node/inventory.ts';
import {kubeletServing} from '../../src/node/kubelet-serving.ts';
import {mappedNode} from '../../src/node/map-node.ts';
import {openRoot} from '../../src/node/root.ts';
import {kubeletPki, layKubeletServing} from '../helpers/kubelet-pem.ts';
import {type FixtureNode, fixtureNode, fixtureNow} from '../helpers/node-fixture.ts';

const folder = '/srv/kubelet-pairs';
const pemName = 'kubelet-client-2026-11-23-19-17-42.pem';
const configuration = '/var/lib/kubelet/config.yaml';

/** What a kubelet that is told another `--cert-dir` leaves there; its own serving certificate among it. */
async function movedNode(): Promise<FixtureNode> {
  const node = fixtureNode();
  await layKubeletServing(node.root, {node: 'cp-1', now: new Date('2026-11-23T19:17:42Z')});
  mkdirSync(dirname(node.at(folder)), {recursive: true});
  renameSync(node.at(kubeletPki), node.at(folder));
  const current = node.at(`${folder}/kubelet-client-current.pem`);
  rmSync(current);
  symlinkSync(`${folder}/${pemName}`, current);
  node.edit('/etc/kubernetes/kubelet.conf', new RegExp(`${kubeletPki}/`, 'g'), `${folder}/`);
  return node;
}

const drop = '/etc/systemd/system/kubelet.service.d/20-pairs.conf';

/** Ways in which a kubelet is told where to keep its pairs. */
const tellings: Readonly<Record<string, (node: FixtureNode) => void>> = {
  'a drop-in of its unit': (node) => {
    node.write('/usr/lib/systemd/system/kubelet.service', '[Service]\nExecStart=/usr/bin/kubelet\n');
    const flags = `--kubeconfig=/etc/kubernetes/kubelet.conf --config=${configuration} --cert-dir ${folder}/`;
    node.write(drop, `[Service]\nExecStart=\nExecStart=/usr/bin/kubelet ${flags}\n`);
  },
  'kubeadm-flags.env, without a unit': (node) => {
    node.write('/var/lib/kubelet/kubeadm-flags.env', `KUBELET_KUBEADM_ARGS="--v=2 --cert-dir=${folder}"\n`);
  },
  '/etc/default/kubelet, without a unit': (node) => {
    node.write('/etc/default/kubelet', `KUBELET_EXTRA_ARGS=--cert-dir=${folder}\n`);
  },
  'its kubeconfig alone': () => undefined,
};

function look(node: FixtureNode) {
  return lookAtNode(openRoot(node.root), {isLive: false, homes: []});
}

describe.each(Object.entries(tellings))('a kubelet that is told another folder by %s', (_, tell) => {
  test('has its pairs found there, and known for what they are', async () => {
    const node = await movedNode();
    tell(node);
    const found = look(node);
    const own = inventoryOf(found, undefined).certificates.filter(
      ({at}) => at.place === 0 && dirname(at.path) === folder,
    );
    expect(own.map(({at, id}) => [at.path, id])).toEqual([
      [`${folder}/${pemName}`, 'kubelet-client'],
      [`${folder}/kubelet-client-current.pem`, 'kubelet-client'],
      [`${folder}/kubelet.crt`, 'kubelet-serving'],
    ]);
    expect(diagnose(found, {now: fixtureNow, warnWithin: 720, served: undefined})).toMatchObject({state: 'ok'});
  });

  test('shows what lies there on the map', async () => {
    const node = await movedNode();
    tell(node);
    const {map} = mappedNode(openRoot(node.root), look(node), []);
    expect(map.arrows.find(({id}) => id === 'apiserver-to-kubelet')?.instances[0].presents).toMatchObject({
      certificate: `${folder}/kubelet.crt`,
      from: {kind: 'files', certificate: `${folder}/kubelet.crt`, key: `${folder}/kubelet.key`},
    });
  });

  test('is restarted after a change in it, and makes another serving certificate then', async () => {
    const node = await movedNode();
    tell(node);
    const {needed} = restartsAfter(node.root, [`${folder}/kubelet.crt`], undefined);
    expect(needed.map(({component}) => component)).toEqual(['kubelet']);
    const {findings} = diagnose(look(node), {
      now: new Date('2027-11-23T19:17:50Z'),
      warnWithin: 720,
      served: undefined,
    });
    expect(findings.find(({at, code}) => at.path === `${folder}/kubelet.crt` && code === 'expired')?.fix).toBe(
      'sudo certwright renew kubelet-serving, which takes it away; then restart the kubelet, which makes another',
    );
  });
});

test('what is left in the usual folder is nobody’s once the kubelet is told another', async () => {
  const node = await movedNode();
  tellings['/etc/default/kubelet, without a unit']?.(node);
  node.write(`${kubeletPki}/kubelet.crt`, node.read(`${folder}/kubelet.crt`));
  expect(look(node).holdingAt(`${kubeletPki}/kubelet.crt`)).toBeUndefined();
  expect(kubeletServing(look(node))?.certificate).toBe(`${folder}/kubelet.crt`);
});

describe('what a kubelet shows', () => {
  const serving = `${kubeletPki}/kubelet-server-current.pem`;
  const made = {certificate: `${kubeletPki}/kubelet.crt`, key: `${kubeletPki}/kubelet.key`};

  /** With a pair of every kind beside each other. */
  async function nodeWithAll(): Promise<FixtureNode> {
    const node = fixtureNode();
    await layKubeletServing(node.root, {node: 'cp-1', now: fixtureNow});
    node.write(serving, node.read(made.certificate) + node.read(made.key));
    return node;
  }

  const set = (node: FixtureNode, ...lines: readonly string[]): void =>
    node.write(configuration, [node.read(configuration), ...lines, ''].join('\n'));

  test('is what it made, unless it asks the cluster', async () => {
    const node = await nodeWithAll();
    expect(kubeletServing(look(node))).toEqual(made);
    set(node, 'serverTLSBootstrap: true');
    expect(kubeletServing(look(node))).toEqual({certificate: serving, key: serving});
  });

  test('is nothing while it waits for the cluster’s answer', async () => {
    const node = await nodeWithAll();
    set(node, 'serverTLSBootstrap: true');
    rmSync(node.at(serving));
    expect(kubeletServing(look(node))).toBeUndefined();
  });

  test('is what its configuration names, and rather what a flag names', async () => {
    const node = await nodeWithAll();
    set(node, 'tlsCertFile: /etc/own.crt', 'tlsPrivateKeyFile: /etc/own.key');
    expect(kubeletServing(look(node))).toEqual({certificate: '/etc/own.crt', key: '/etc/own.key'});
    node.write(
      '/var/lib/kubelet/kubeadm-flags.env',
      'KUBELET_KUBEADM_ARGS="--tls-cert-file=/etc/flag.crt --tls-private-key-file=/etc/flag.key"\n',
    );
    expect(kubeletServing(look(node))).toEqual({certificate: '/etc/flag.crt', key: '/etc/flag.key'});
  });

  test('is what lies there, what it was given first, where its configuration says nothing', async () => {
    const node = await nodeWithAll();
    node.write(configuration, '{broken');
    expect(kubeletServing(look(node))).toEqual({certificate: serving, key: serving});
  });
});
