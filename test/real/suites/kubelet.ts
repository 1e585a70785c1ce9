import {copyFile, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {kubeletServingOf, situationOf} from '../../../src/pki/situation.ts';
import {layouts} from '../../../src/pki/layouts.ts';
import type {ClusterPlan} from '../../../src/pki/plan.ts';
import {foreignPair, knock} from '../../helpers/intruder.ts';
import type {RealNode} from '../../helpers/real-node.ts';
import {hasRealNodes} from '../../helpers/real.ts';
import {said, talkingPod} from '../../helpers/talking-pod.ts';
import {kubeletTitle} from '../cases.ts';
import type {Started} from './started.ts';

/** A kubelet of the cluster, called by the API server: who verifies whom, and with what. */
export function declareKubeletTests(plan: ClusterPlan, started: () => Started & {readonly node: RealNode}): void {
  describe.skipIf(!hasRealNodes)(kubeletTitle, () => {
    declareTests(started);
    if (kubeletServingOf(situationOf(plan)) === 'self-signed') declareUnverifiedTests(started);
    else declareVerifiedTests(started);
    if (layouts[plan.layout].kubeProxy === 'service') declareProxyTests(started);
  });
}

/** By hand no kubelet looks for static pods. */
const isByHand = ({cluster}: Started) => layouts[cluster.plan.layout].tool === 'by hand';
/** A static pod is known to the API by its node's name too. */
const podOn = (started: Started) => (isByHand(started) ? 'says' : `says-${started.kubelet}`);

function declareTests(started: () => Started & {readonly node: RealNode}): void {
  test('the kubelet registers its Node with the addresses of the plan', {timeout: 300_000}, async () => {
    const {cluster, plane, kubelet} = started();
    const addresses = await plane.apiserver.until(
      `the Node ${kubelet} is there`,
      async () => {
        const {exitCode, stdout} = await plane.tryKubectl('get', 'node', kubelet, '--output=json');
        if (exitCode !== 0) return undefined;
        const {status} = JSON.parse(stdout) as Node;
        return status.addresses.length === 0 ? undefined : status.addresses;
      },
      240_000,
    );
    const wanted = cluster.plan.nodes.find(({name}) => name === kubelet)?.addresses ?? [];
    expect(addresses.filter(({type}) => type === 'InternalIP').map(({address}) => address)).toEqual(wanted);
  });

  test('the API server fetches the log of a pod from the kubelet', {timeout: 300_000}, async () => {
    const {cluster, plane, kubelet, node} = started();
    if (isByHand(started())) {
      // Nobody schedules it: the name of the node is in the pod.
      await node.importImage('says', talkingPod(kubelet));
      await writeFile(cluster.bundle.beside('pod.yaml'), talkingPod(kubelet));
      await plane.kubectl('apply', '-f', cluster.bundle.beside('pod.yaml'));
    } else {
      await node.addStaticPod('says', talkingPod());
    }
    const log = await plane.apiserver.until(
      'the pod has said something',
      async () => (await plane.tryKubectl('logs', podOn(started()))).stdout || undefined,
      240_000,
    );
    expect(log).toContain(said);
  });

  test('the kubelet answers the API server alone', {timeout: 120_000}, async () => {
    const {cluster, plane, kubelet} = started();
    const flag = (name: string) => cluster.bundle.flag(plane.node, 'kube-apiserver', name);
    const rootfs = cluster.bundle.rootfs(plane.node);
    const apiserver = {
      certificate: rootfs + (await flag('--kubelet-client-certificate')),
      key: rootfs + (await flag('--kubelet-client-key')),
    };
    const foreign = await foreignPair(cluster.bundle, `${plane.node}/apiserver-kubelet-client`);
    const machine = await cluster.machine(plane.node);
    const path = `/containerLogs/default/${podOn(started())}/says`;
    const door = {host: cluster.addressOf(kubelet), port: 10_250, path};
    expect(await knock(machine, door, apiserver)).toMatch(/^200\n.*etcdctl version/s);
    expect(await knock(machine, door, foreign)).toMatch(/^401\n/);
    expect(await knock(machine, door, undefined)).toMatch(/^401\n/);
  });
}

function declareVerifiedTests(started: () => Started & {readonly node: RealNode}): void {
  test('a kubelet with a foreign serving certificate is told nothing', {timeout: 300_000}, async () => {
    const {cluster, plane, kubelet, node} = started();
    const path = join(node.rootfs, layouts[cluster.plan.layout].certificates['kubelet-serving'] ?? '');
    const foreign = await foreignPair(cluster.bundle, `${kubelet}/kubelet-serving`);
    await copyFile(foreign.certificate, `${path}.crt`);
    await copyFile(foreign.key, `${path}.key`);
    await cluster.startKubelet(kubelet);
    const refused = await plane.apiserver.until(
      'the kubelet serves again',
      async () => {
        const {stdout, stderr} = await plane.tryKubectl('logs', podOn(started()));
        return stdout === '' && !/x509|tls/.test(stderr) ? undefined : `${stdout}${stderr}`;
      },
      240_000,
    );
    expect(refused).toContain('x509: certificate signed by unknown authority');
  });
}

function declareUnverifiedTests(started: () => Started & {readonly node: RealNode}): void {
  test('nobody verifies what the kubelet serves, and that is what the plan says', async () => {
    const {cluster, plane, kubelet, node} = started();
    const flags = await readFile(cluster.bundle.flagsFile(plane.node, 'kube-apiserver'), 'utf8');
    expect(flags).not.toContain('--kubelet-certificate-authority');
    expect(cluster.bundle.blueprint.advice.map(({code}) => code)).toContain('kubelets-unverified');
    const made = await readFile(join(node.rootfs, 'var/lib/kubelet/pki/kubelet.crt'), 'utf8');
    expect(made, `${kubelet} made it itself`).toContain('BEGIN CERTIFICATE');
  });
}

function declareProxyTests(started: () => Started): void {
  test('kube-proxy watches Services under its own name', {timeout: 300_000}, async () => {
    const {cluster, kubelet} = started();
    // The kernel lets only the host's own network change this one; everything else kube-proxy may do here.
    const machine = await cluster.machine(kubelet);
    await machine.run('sh', [
      '-euc',
      'echo 0 >"$0"; mount --bind "$0" /proc/sys/net/netfilter/nf_conntrack_max',
      '/run/containerd/max',
    ]);
    const proxy = await cluster.start(kubelet, 'kube-proxy');
    const synced = 'Caches are synced for service config';
    await proxy.until('it has read the Services', () => proxy.log.includes(synced) || undefined);
    expect(proxy.log).toContain(`Successfully retrieved node IP: ${cluster.addressOf(kubelet)}`);
  });
}

interface Node {
  readonly status: {readonly addresses: readonly {readonly type: string; readonly address: string}[]};
}
