import {writeFileSync} from 'node:fs';
import {beforeAll, expect, test} from 'vitest';
import {approveAll, pendingRequests} from '../../src/journeys/approve.ts';
import {kubectlFor} from '../../src/kubectl/kubectl.ts';
import {layouts} from '../../src/pki/layouts.ts';
import {runProgram} from '../../src/run/run-program.ts';
import {certificateOf} from '../helpers/certificate-request.ts';
import {closeAfterAll} from '../helpers/close-after-all.ts';
import {startControlPlane, type ControlPlane} from '../helpers/control-plane.ts';
import {fakeHost} from '../helpers/fake-host.ts';
import {kubectlBy} from '../helpers/fake-kubectl.ts';
import {openssl, tryOpenssl} from '../helpers/openssl.ts';
import {presetPlan} from '../helpers/presets.ts';
import {RealCluster} from '../helpers/real-cluster.ts';
import {describeReal} from '../helpers/real.ts';
import {runCommand, type RanCommand} from '../helpers/run-command.ts';

const nodes = [
  'cp-1 10.0.0.11 control-plane',
  'worker-1 10.0.0.21 worker',
  'worker-2 10.0.0.22 worker',
  'worker-3 10.0.0.23 worker',
];
const serving = 'kubernetes.io/kubelet-serving';
const servingUsages = ['digital signature', 'key encipherment', 'server auth'];

describeReal("kubelets' requests for serving certificates", (programs) => {
  const closing = closeAfterAll();
  let cluster: RealCluster;
  let plane: ControlPlane;

  beforeAll(async () => {
    const sets = ['cluster.kubernetesVersion=1.20', 'kubelets.client=issued', `nodes=${nodes.join('\n')}`];
    cluster = closing(
      await RealCluster.of(presetPlan('kubeadm-single', ...sets, 'kubelets.serving=bootstrap'), programs),
    );
    plane = await startControlPlane(cluster);
    // worker-3 has not registered.
    for (const [name, ...addresses] of [
      ['cp-1', 'InternalIP 10.0.0.11', 'Hostname cp-1'],
      [
        'worker-1',
        'InternalIP 10.0.0.21',
        'ExternalIP 203.0.113.21',
        'Hostname worker-1',
        'InternalDNS worker-1.demo.test',
      ],
      ['worker-2', 'InternalIP 10.0.0.22', 'InternalIP 10.0.0.21', 'InternalDNS kubernetes.default.svc'],
    ] as const) {
      const status = {
        addresses: addresses.map((row) => ({type: row.split(' ')[0], address: row.split(' ')[1]})),
      };
      await create(admin(), `node-${name}`, {apiVersion: 'v1', kind: 'Node', metadata: {name}, status});
    }
  }, 300_000);

  const admin = () => cluster.bundle.rootfs(plane.node) + layouts.kubeadm.kubeconfigs.admin;
  const kubelet = (node: string) => cluster.bundle.rootfs(node) + layouts.kubeadm.kubeconfigs.kubelet;

  async function create(kubeconfig: string, file: string, object: unknown): Promise<void> {
    const path = cluster.bundle.beside(`${file}.json`);
    writeFileSync(path, JSON.stringify(object));
    await cluster.run(plane.node, 'kubectl', '--kubeconfig', kubeconfig, 'create', '-f', path);
  }

  /** Asks in a node's name, as its kubelet would. */
  async function ask(
    name: string,
    {
      node,
      sans,
      by = kubelet(node),
      usages = servingUsages,
    }: {node: string; sans?: string; by?: string; usages?: readonly string[]},
  ): Promise<void> {
    const extension = sans === undefined ? [] : ['-addext', `subjectAltName=${sans}`];
    const subject = `/O=system:nodes/CN=system:node:${node}`;
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', '/dev/null'];
    const request = openssl(['req', '-new', ...key, '-subj', subject, ...extension]);
    const spec = {request: Buffer.from(request).toString('base64'), signerName: serving, usages};
    await create(by, name, {
      apiVersion: 'certificates.k8s.io/v1',
      kind: 'CertificateSigningRequest',
      metadata: {name},
      spec,
    });
  }

  async function kubectlHere() {
    const machine = await cluster.machine(plane.node);
    return kubectlBy(machine.words(programs.path('kubectl')), {HOME: cluster.bundle.beside('home')});
  }

  async function approve(...words: readonly string[]): Promise<RanCommand> {
    const {path} = await kubectlHere();
    const host = {...fakeHost({environment: {PATH: path}}), now: () => new Date()};
    return runCommand(['approve', '--kubeconfig', admin(), ...words], host);
  }

  async function conditionsOf(name: string): Promise<string> {
    return (await plane.kubectl('get', 'csr', name, '--output=jsonpath={.status.conditions[*].type}')).stdout;
  }

  test('without any there is nothing to do', {timeout: 60_000}, async () => {
    expect(await approve()).toMatchObject({code: 0, out: 'No kubelet waits for a serving certificate.\n'});
  });

  test(
    'those that are right are approved and signed, those that are wrong are left, each with its reason',
    {timeout: 120_000},
    async () => {
      await ask('right', {node: 'worker-1', sans: 'DNS:worker-1,DNS:worker-1.demo.test,IP:203.0.113.21'});
      await ask('stranger', {node: 'worker-1', sans: 'DNS:worker-1,IP:10.0.0.11'});
      await ask('shared', {node: 'worker-1', sans: 'IP:10.0.0.21'});
      await ask('cluster-name', {node: 'worker-2', sans: 'DNS:kubernetes.default.svc'});
      await ask('nameless', {node: 'worker-1'});
      await ask('too-much', {node: 'worker-1', sans: 'DNS:worker-1', usages: [...servingUsages, 'client auth']});
      await ask('nodeless', {node: 'worker-3', sans: 'DNS:worker-3'});
      await ask('by-another', {node: 'worker-1', sans: 'DNS:worker-1', by: admin()});
      const wrong = ['stranger', 'shared', 'cluster-name', 'nameless', 'too-much', 'nodeless', 'by-another'];

      const looked = await approve();
      expect(looked.code).toBe(2);
      expect(looked.err).toContain('--yes');
      expect(await conditionsOf('right')).toBe('');

      const ran = await approve('--yes');
      expect(ran.code, ran.err).toBe(1);
      expect(ran.out).toContain('1 request approved, 7 not.');
      expect(ran.out).toMatch(
        /^right +worker-1 +right +worker-1 \(Hostname\), worker-1\.demo\.test \(InternalDNS\), 203\.0\.113\.21 \(ExternalIP\)$/m,
      );
      for (const reason of [
        '"10.0.0.11" is no address of the Node worker-1, but of cp-1',
        '"10.0.0.21" is an address of the Node worker-2 too',
        `"kubernetes.default.svc" is no machine's name`,
        'it has no DNS name and no address, and must have one',
        'it asks for "client auth", which no kubelet needs to serve',
        'there is no Node "worker-3"',
        '"kubernetes-admin" asks for a certificate of "system:node:worker-1"',
      ]) {
        expect(ran.out).toContain(reason);
      }
      for (const name of wrong) expect(await conditionsOf(name), name).toBe('');
      const certificate = await certificateOf(plane, 'right');
      expect(openssl(['x509', '-noout', '-checkhost', 'worker-1.demo.test'], certificate)).toContain('does match');
      expect(tryOpenssl(['x509', '-noout', '-checkip', '10.0.0.11'], certificate).said).toContain('does NOT match');
    },
  );

  test('one that is wrong is not approved by its name either', {timeout: 60_000}, async () => {
    const ran = await approve('stranger', '--yes', '--output', 'json');
    expect(ran.code).toBe(1);
    const requests = [{name: 'stranger', node: 'worker-1', verdict: 'wrong', approved: false}];
    expect(JSON.parse(ran.out)).toMatchObject({requests, notJudged: []});
    expect(await conditionsOf('stranger')).toBe('');
    expect(await approve('stranger', 'no-such', 'right', '--yes')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/no-such\n +there is no such request[^]*right\n +it is signed already/),
    });
  });

  test('the signer refuses as wrong what is wrong by its rules', {timeout: 60_000}, async () => {
    await plane.kubectl('certificate', 'approve', 'nameless', 'too-much');
    const failed = await plane.controllerManager.until('it has refused', async () => {
      const words = [
        'get',
        'csr',
        'nameless',
        'too-much',
        '--output=jsonpath={.items[*].status.conditions[*].message}',
      ];
      const {stdout} = await plane.kubectl(...words);
      return stdout.includes('subjectAltName') && stdout.includes('usages') ? stdout : undefined;
    });
    expect(failed).toContain('DNS or IP subjectAltName is required');
  });

  test('another request that has taken the name of a judged one is not approved', {timeout: 60_000}, async () => {
    await ask('swapped', {node: 'worker-1', sans: 'DNS:worker-1'});
    const kubectl = kubectlFor({kubeconfig: admin(), runProgram, path: (await kubectlHere()).path});
    const {judged} = await pendingRequests(kubectl, ['swapped']);
    await plane.kubectl('delete', 'csr', 'swapped');
    await ask('swapped', {node: 'worker-1', sans: 'IP:10.0.0.11'});
    const {approved, missed} = await approveAll(kubectl, judged, {now: () => new Date(), onApproved: () => undefined});
    expect(approved).toEqual([]);
    expect(missed).toMatchObject([{name: 'swapped', why: expect.stringContaining('Conflict')}]);
    expect(await conditionsOf('swapped')).toBe('');
  });

  test('requests for other signers are listed, and not judged', {timeout: 60_000}, async () => {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', '/dev/null'];
    const request = Buffer.from(openssl(['req', '-new', ...key, '-subj', '/CN=jane'])).toString('base64');
    const spec = {request, signerName: 'kubernetes.io/kube-apiserver-client', usages: ['client auth']};
    await create(admin(), 'jane', {
      apiVersion: 'certificates.k8s.io/v1',
      kind: 'CertificateSigningRequest',
      metadata: {name: 'jane'},
      spec,
    });
    const {out} = await approve('--yes');
    expect(out).toContain('1 other request pending, not judged here:');
    expect(out).toMatch(/^jane +kubernetes\.io\/kube-apiserver-client +kubernetes-admin$/m);
    expect(await conditionsOf('jane')).toBe('');
  });

  test('whoever may not approve hears it from the API', {timeout: 60_000}, async () => {
    await ask('again', {node: 'worker-1', sans: 'DNS:worker-1'});
    const {path} = await kubectlHere();
    const words = ['approve', '--kubeconfig', kubelet('worker-1'), '--yes'];
    const ran = await runCommand(words, fakeHost({environment: {PATH: path}}));
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/is forbidden: User "system:node:worker-1" cannot (update|list)/);
    expect(await conditionsOf('again')).toBe('');
  });
});
