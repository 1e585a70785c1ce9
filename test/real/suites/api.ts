import {writeFile} from 'node:fs/promises';
import {parse} from 'yaml';
import {expect, test} from 'vitest';
import {urlHost} from '../../../src/base/address.ts';
import {layouts} from '../../../src/pki/layouts.ts';
import {foreignPair, intruderPair, knock} from '../../helpers/intruder.ts';
import type {Started} from './started.ts';

/** Who may do what at the API server of a cluster that runs. */
export function declareApiTests(started: () => Started): void {
  test('every API server is ready, and one controller manager and one scheduler lead', {timeout: 120_000}, async () => {
    const {cluster, plane} = started();
    expect([...plane.apiservers.keys()]).toEqual(cluster.nodesWith('control-plane'));
    for (const node of plane.apiservers.keys()) {
      const {stdout} = await plane.kubectl('--server', cluster.apiserverUrl(node), 'get', '--raw', '/readyz');
      expect(stdout, node).toBe('ok');
    }
    for (const component of ['kube-controller-manager', 'kube-scheduler']) {
      const {stdout} = await plane.kubectl('get', 'lease', '--namespace=kube-system', component, '--output=json');
      const {spec} = JSON.parse(stdout) as {readonly spec: {readonly holderIdentity: string}};
      expect(spec.holderIdentity).not.toBe('');
    }
    expect(plane.waiting.filter(({log, hasEnded}) => hasEnded || log.includes('acquired lease'))).toEqual([]);
  });

  test('the documents for joining are taken, and kubeadm reads the token', {timeout: 300_000}, async () => {
    const {cluster, plane} = started();
    for (const name of ['rbac', 'token-secret', 'cluster-info']) {
      await plane.kubectl('apply', '-f', cluster.bundle.path(`bootstrap/${name}.yaml`));
    }
    const admin = layouts[cluster.plan.layout].kubeconfigs.admin;
    const {stdout} = await cluster.run(plane.node, 'kubeadm', 'token', 'list', '--kubeconfig', admin);
    const [, row = ''] = stdout.split('\n');
    expect(row.trim().split(/ {2,}/), stdout).toEqual([
      expect.stringMatching(/^[a-z0-9]{6}\.[a-z0-9]{16}$/),
      '23h',
      expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}Z$/),
      'authentication,signing',
      cluster.plan.bootstrap.token.description,
      'system:bootstrappers:kubeadm:default-node-token',
    ]);
  });

  test('every kubeconfig opens the API under its own name', {timeout: 300_000}, async () => {
    const {cluster, plane} = started();
    const {blueprint} = cluster.bundle;
    const here = [
      blueprint.endpoint.host,
      ...(cluster.plan.nodes.find(({name}) => name === plane.node)?.addresses ?? []),
    ];
    const tried = blueprint.kubeconfigs.filter(({server}) =>
      here.includes(new URL(server).hostname.replace(/^\[|\]$/g, '')),
    );
    expect(tried.map(({id}) => id)).toEqual(
      expect.arrayContaining(['admin', 'controller-manager', 'scheduler', 'kubelet', 'user']),
    );
    for (const {name, node, credential} of tried) {
      const file = blueprint.files.find(({content}) => content.kind === 'kubeconfig' && content.kubeconfig === name);
      const path = file?.target ?? cluster.bundle.path(file?.path ?? '');
      const asked = ['--kubeconfig', path, 'get', '--raw', '/who-am-i'];
      const {stderr} = await cluster.attempt(node ?? plane.node, 'kubectl', ...asked);
      const subject = blueprint.certificates.find(
        (one) => credential.kind === 'certificate' && one.name === credential.certificate,
      )?.subject;
      const user = subject?.commonName ?? 'system:bootstrap:[a-z0-9]{6}';
      // Whoever is above RBAC is told that there is nothing, everyone else that it is not for them.
      expect(stderr, name).toMatch(
        subject?.organizations.includes('system:masters') === true
          ? /could not find the requested resource/
          : new RegExp(`forbidden: User "${user}" cannot get path "/who-am-i"`),
      );
    }
  });

  test('an administrator may do everything and a viewer nothing yet', {timeout: 120_000}, async () => {
    const {cluster, plane} = started();
    expect((await plane.kubectl('auth', 'can-i', '*', '*')).stdout).toBe('yes');
    const viewer = ['--kubeconfig', cluster.bundle.path('users/viewer.conf')];
    const asViewer = await cluster.attempt(plane.node, 'kubectl', ...viewer, 'auth', 'can-i', 'get', 'pods');
    expect({...asViewer, stderr: ''}).toEqual({exitCode: 1, stdout: 'no', stderr: ''});
  });

  test("an administrator's name from a foreign authority opens nothing", {timeout: 120_000}, async () => {
    const {cluster, plane} = started();
    const pair = await foreignPair(cluster.bundle, `${plane.node}/admin`);
    const foreign = [
      '--kubeconfig=/dev/null',
      '--insecure-skip-tls-verify',
      `--server=${cluster.apiserverUrl(plane.node)}`,
    ];
    const shown = [`--client-certificate=${pair.certificate}`, `--client-key=${pair.key}`];
    for (const asked of [
      ['auth', 'can-i', '*', '*'],
      ['create', 'serviceaccount', 'foreign'],
    ]) {
      const {exitCode, stderr} = await cluster.attempt(plane.node, 'kubectl', ...foreign, ...shown, ...asked);
      expect({exitCode, stderr}).toEqual({exitCode: 1, stderr: expect.stringContaining('Unauthorized')});
    }
    const admin = layouts[cluster.plan.layout].kubeconfigs.admin;
    const asked = ['--kubeconfig', admin, '--certificate-authority', pair.authority, 'get', '--raw', '/readyz'];
    const {stderr} = await cluster.attempt(plane.node, 'kubectl', ...asked);
    expect(stderr, 'a server of a foreign authority').toMatch(
      /certificate signed by unknown authority|specifying a root certificates file/,
    );
  });

  test('a service account is who its tokens say, and no other token counts', {timeout: 300_000}, async () => {
    const {cluster, plane} = started();
    await plane.kubectl('create', 'serviceaccount', 'robot');
    // One in a Secret, which the controller manager signs, and one that the API server signs.
    const secret = await plane.controllerManager.until('it has signed a token', async () => {
      const asked = ['--output=jsonpath={.secrets[0].name}'];
      return (await plane.kubectl('get', 'serviceaccount', 'robot', ...asked)).stdout || undefined;
    });
    const {stdout} = await plane.kubectl('get', 'secret', secret, '--output=jsonpath={.data.token}');
    const request = cluster.bundle.beside('token-request.json');
    await writeFile(request, JSON.stringify({apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {}}));
    const path = '/api/v1/namespaces/default/serviceaccounts/robot/token';
    const answer = parse((await plane.kubectl('create', '--raw', path, '-f', request)).stdout) as TokenRequest;
    const tokens = [Buffer.from(stdout, 'base64').toString(), answer.status.token];
    for (const token of tokens) {
      expect(await asBearer(token)).toContain(String.raw`User \"system:serviceaccount:default:robot\" cannot get path`);
      const [head = '', claims = '', signature = ''] = token.split('.');
      const otherSignature = signature.split('').toReversed().join('');
      expect(await asBearer([head, claims, otherSignature].join('.'))).toMatch(/^401\n/);
    }

    async function asBearer(token: string): Promise<string> {
      const port = layouts[cluster.plan.layout].apiserverPort;
      const headers = {Authorization: `Bearer ${token}`};
      const door = {host: cluster.addressOf(plane.node), port, path: '/who-am-i', headers};
      return knock(await cluster.machine(plane.node), door, undefined);
    }
  });

  test('what the API server took is in etcd, which answers TLS alone', {timeout: 120_000}, async () => {
    const {cluster, plane} = started();
    const member = [...plane.etcd.keys()].at(-1) ?? '';
    const flag = (name: string) => cluster.bundle.flag(plane.node, 'kube-apiserver', name);
    const [authority, certificate, key] = [
      await flag('--etcd-cafile'),
      await flag('--etcd-certfile'),
      await flag('--etcd-keyfile'),
    ];
    const endpoint = `https://${urlHost(cluster.addressOf(member))}:2379`;
    const files = [`--cacert=${authority}`, `--cert=${certificate}`, `--key=${key}`];
    const robot = '/registry/serviceaccounts/default/robot';
    const words = [`--endpoints=${endpoint}`, ...files, '--command-timeout=60s', 'get', '--keys-only', robot];
    expect((await cluster.run(plane.node, 'etcdctl', ...words)).stdout).toContain(robot);
    const log = () => plane.etcd.get(member)?.log ?? '';
    const before = log().length;
    const door = {host: cluster.addressOf(member), port: 2379, path: '/health'};
    const foreign = await foreignPair(cluster.bundle, `${plane.node}/apiserver-etcd-client`);
    expect(await knock(await cluster.machine(plane.node), door, foreign)).toContain('broken off');
    const refused = 'certificate signed by unknown authority';
    await plane.etcd.get(member)?.until('it refuses', () => log().includes(refused, before) || undefined);
    // Without TLS there is no answer at all.
    const plain = `require('node:http').get(${JSON.stringify(door)}, (answer) => console.log(answer.statusCode)).on('error', () => console.log('nothing'))`;
    const {stdout} = await (await cluster.machine(plane.node)).run(process.execPath, ['-e', plain]);
    expect(stdout).toMatch(/^(nothing|400)$/);
  });

  test('who knocks at the API server fares as the proof says, in the same words', {timeout: 120_000}, async () => {
    const {cluster, plane} = started();
    const {intrusions} = await cluster.bundle.prove();
    const doors = intrusions.filter(({intrusion}) => intrusion.provider.component === 'kube-apiserver');
    expect(doors.map(({intrusion}) => intrusion.id)).toContain('stranger-at-apiserver');
    for (const {intrusion, outcome, said} of doors) {
      const before = plane.apiserver.log.length;
      const pair = await intruderPair(intrusion, cluster.bundle);
      const answer = await knock(await cluster.machine(plane.node), {...intrusion, path: '/who-am-i'}, pair);
      expect(answer.startsWith('401') ? 'refused' : 'let-in', `${intrusion.id}: ${answer}`).toBe(outcome);
      expect(outcome, intrusion.id).toBe(intrusion.expected);
      if (outcome === 'refused') {
        const words = said.replace(/ \(OpenSSL: .*\)$/, '');
        await plane.apiserver.until(
          `it says: ${words}`,
          () => plane.apiserver.log.includes(words, before) || undefined,
        );
      }
    }
  });
}

interface TokenRequest {
  readonly status: {readonly token: string};
}
