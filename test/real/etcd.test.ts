import {readFile, writeFile} from 'node:fs/promises';
import {beforeAll, expect, test} from 'vitest';
import type {PlanNode} from '../../src/pki/plan.ts';
import {chainAbove, clientPair, intruderPair, knock, type Pair} from '../helpers/intruder.ts';
import type {Running} from '../helpers/network.ts';
import {closeAfterAll} from '../helpers/close-after-all.ts';
import {presetPlan} from '../helpers/presets.ts';
import {RealCluster} from '../helpers/real-cluster.ts';
import {describeReal} from '../helpers/real.ts';

/**
 * etcd clusters started with nothing but their flags files, and who gets in. etcd's flags follow the version of Kubernetes
 * in the plan; the etcd that is here is one for 1.20.
 */

interface Case {
  readonly preset: string;
  /** What it needs to have three members. */
  readonly sets: readonly string[];
  readonly members: number;
  /** How a kubelet fares at etcd's door. */
  readonly kubelet: 'is refused' | 'is let in';
}

const stacked = [
  'cp-1 10.0.0.11 control-plane',
  'cp-2 10.0.0.12 control-plane',
  'cp-3 10.0.0.13 control-plane',
  'worker-1 10.0.0.21 worker',
];

const cases: readonly Case[] = [
  {preset: 'external-etcd', sets: [], members: 3, kubelet: 'is refused'},
  {preset: 'offline-root', sets: [`nodes=${stacked.join('\n')}`], members: 3, kubelet: 'is refused'},
  {preset: 'one-ca', sets: [], members: 1, kubelet: 'is let in'},
];

for (const {preset, sets, members: memberCount, kubelet} of cases) {
  describeReal(`etcd as ${preset} sets it up`, (programs) => {
    const closing = closeAfterAll();
    let cluster: RealCluster;
    let members: Running[];

    beforeAll(async () => {
      const plan = presetPlan(preset, 'cluster.kubernetesVersion=1.20', 'kubelets.client=issued', ...sets);
      cluster = closing(await RealCluster.of(plan, programs));
      members = await Promise.all(memberNodes().map(({name}) => cluster.start(name, 'etcd')));
    });

    function memberNodes(): PlanNode[] {
      const role = cluster.plan.etcd === 'external' ? 'etcd' : 'control-plane';
      return cluster.plan.nodes.filter(({roles}) => roles.includes(role));
    }

    function clientUrls(): string[] {
      return memberNodes().map(({addresses}) => `https://${addresses[0]}:2379`);
    }

    function controlPlane(): string {
      return cluster.nodesWith('control-plane')[0] ?? expect.fail('no control-plane node');
    }

    /** Whoever breaks into a worker finds its kubelet's files. */
    function worker(): string {
      return cluster.nodesWith('worker')[0] ?? controlPlane();
    }

    async function kubeletPair(): Promise<Pair> {
      const chain = await chainAbove(cluster.bundle, `${worker()}/kubelet-client`);
      const path = `nodes/${worker()}/rootfs/etc/kubernetes/kubelet.conf`;
      return clientPair(cluster.bundle, {kind: 'kubeconfig', path}, 'kubelet', chain);
    }

    /** As the API server calls etcd, unless it is said who calls. */
    async function etcdctl(node: string, pair: Pair | undefined, urls: readonly string[], ...words: readonly string[]) {
      const flag = (name: string) => cluster.bundle.flag(controlPlane(), 'kube-apiserver', name);
      // A worker has not this file; it is read from the bundle, so that nothing but the client decides.
      const authority = await flag('--etcd-cafile');
      return cluster.attempt(
        node,
        'etcdctl',
        `--endpoints=${urls.join(',')}`,
        `--cacert=${node === controlPlane() ? authority : cluster.bundle.rootfs(controlPlane()) + authority}`,
        `--cert=${pair?.certificate ?? (await flag('--etcd-certfile'))}`,
        `--key=${pair?.key ?? (await flag('--etcd-keyfile'))}`,
        ...words,
      );
    }

    test('its members find each other, and the API server finds each of them healthy', {timeout: 150_000}, async () => {
      for (const member of members) {
        await member.until('it serves', () => member.log.includes('serving client requests on') || undefined);
      }
      const {stdout, stderr} = await etcdctl(
        controlPlane(),
        undefined,
        clientUrls(),
        'endpoint',
        'health',
        '-w',
        'json',
      );
      expect(members).toHaveLength(memberCount);
      const health = JSON.parse(stdout) as {endpoint: string; health: boolean}[];
      expect(health.map(({endpoint}) => endpoint).toSorted(), stderr).toEqual(clientUrls().toSorted());
      expect(
        health.every(({health}) => health),
        stdout,
      ).toBe(true);
    });

    test(`a kubelet that sends its whole chain ${kubelet}`, {timeout: 60_000}, async () => {
      await etcdctl(controlPlane(), undefined, clientUrls(), 'put', '/registry/secrets/default/db', 'the password');
      const before = members.map((member) => rejections(member).length);
      const pair = await kubeletPair();
      const health = await etcdctl(worker(), pair, clientUrls(), '--command-timeout=4s', 'endpoint', 'health');
      const rejected = members.map((member, index) => rejections(member).slice(before[index]));
      if (kubelet === 'is let in') {
        expect(health).toMatchObject({exitCode: 0});
        const secret = await etcdctl(worker(), pair, clientUrls(), 'get', '/registry/secrets/default/db');
        expect(secret.stdout).toContain('the password');
        expect(rejected.flat()).toEqual([]);
      } else {
        expect(health).toMatchObject({exitCode: 1});
        for (const said of rejected)
          expect(said[0]).toMatch(/^tls: failed to verify client.* signed by unknown authority/);
      }
    });

    test('who else knocks fares as the proof says, in the same words', {timeout: 60_000}, async () => {
      const {intrusions} = await cluster.bundle.prove();
      const doors = intrusions.filter(({intrusion}) => intrusion.provider.component === 'etcd');
      expect(doors.map(({intrusion}) => intrusion.id)).toContain('stranger-at-etcd');
      for (const {intrusion, outcome, said} of doors) {
        const at = memberNodes().findIndex(({name}) => name === intrusion.provider.node);
        const member = members[at] ?? expect.fail(intrusion.id);
        const before = rejections(member).length;
        const pair = await intruderPair(intrusion, cluster.bundle);
        const answer = await knock(await cluster.machine(worker()), {...intrusion, path: '/version'}, pair);
        const isIn = answer.includes('"etcdserver":');
        expect(isIn ? 'let-in' : 'refused', `${intrusion.id}: ${answer}`).toBe(outcome);
        expect(outcome, intrusion.id).toBe(intrusion.expected);
        if (isIn) continue;
        const real = await member.until(`${intrusion.id} is in its log`, () => rejections(member)[before]);
        // What OpenSSL calls it beside what Go does; and only Go's reasons are worded as Go words them.
        const words = said.replace(/ \(OpenSSL: .*\)$/, '');
        if (words.startsWith('x509: ')) expect(real).toBe(`tls: failed to verify client certificate: ${words}`);
        else expect(real).toBe("tls: client didn't provide a certificate");
      }
    });

    if (preset !== 'offline-root') return;
    test(
      'with the root in the file that verifies clients, the same kubelet would be let in',
      {timeout: 150_000},
      async () => {
        const wrong = cluster.bundle.beside('wrong');
        const {bundle} = cluster;
        const [intermediate, root] = await Promise.all(
          ['etcd-ca', 'root-ca'].map((id) => bundle.read(`authorities/${id}.crt`)),
        );
        await writeFile(`${wrong}.crt`, `${intermediate}${root}`);
        const [{name, addresses} = expect.fail('no member')] = memberNodes();
        const flags = (await readFile(bundle.flagsFile(name, 'etcd'), 'utf8'))
          .replace(/^--trusted-ca-file=.*/m, `--trusted-ca-file=${wrong}.crt`)
          .replace(/^--initial-cluster=.*/m, `--initial-cluster=${name}=https://${addresses[0]}:4380`)
          .replace(/^--data-dir=.*/m, '--data-dir=/var/lib/etcd-wrong')
          .replaceAll(/:23(79|80|81)/g, ':43$1');
        const machine = await cluster.machine(name);
        const member = machine.start(programs.path('etcd'), flags.trim().split('\n'));
        await member.until('it serves', () => member.log.includes('serving client requests on') || undefined);
        const urls = [`https://${addresses[0]}:4379`];
        const health = await etcdctl(worker(), await kubeletPair(), urls, 'endpoint', 'health');
        expect(health, member.log).toMatchObject({exitCode: 0});
      },
    );
  });
}

/** Why a member broke off TLS handshakes, in its own words. */
function rejections({log}: Running): string[] {
  return [...log.matchAll(/rejected connection from "[^"]+" \(error "(?<said>tls: (?:[^"\\]|\\.)*)"/g)].map(
    ({groups}) => (groups?.said ?? '').replaceAll(String.raw`\"`, '"'),
  );
}
