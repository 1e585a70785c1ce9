import {writeFile} from 'node:fs/promises';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {parse} from 'yaml';
import {layouts} from '../../src/pki/layouts.ts';
import {closeAfterAll} from '../helpers/close-after-all.ts';
import {startControlPlane, type ControlPlane} from '../helpers/control-plane.ts';
import {intruderPair, knock, type Pair} from '../helpers/intruder.ts';
import {openssl} from '../helpers/openssl.ts';
import {presetPlan} from '../helpers/presets.ts';
import {RealCluster} from '../helpers/real-cluster.ts';
import {describeReal, type RealPrograms} from '../helpers/real.ts';

/** Control planes of real programs, on every topology and layout, started with nothing but their flags files. */

const presets = ['kubeadm-single', 'external-etcd', 'one-ca', 'offline-root', 'the-hard-way', 'minikube'];

interface Started {
  readonly cluster: RealCluster;
  readonly plane: ControlPlane;
}

for (const [index, preset] of presets.entries()) {
  describeReal(`a control plane as ${preset} sets it up`, (programs) => {
    const closing = closeAfterAll();
    let cluster: RealCluster;
    let plane: ControlPlane;

    beforeAll(async () => {
      ({cluster, plane} = await started(preset, programs));
      closing(cluster);
      // A controller manager idles for ten seconds before its last controller works: the next one starts meanwhile.
      const next = presets[index + 1];
      if (next !== undefined) void started(next, programs);
    }, 300_000);

    test('the API server is ready, and both others lead', {timeout: 60_000}, async () => {
      expect((await plane.kubectl('get', '--raw', '/readyz')).stdout).toBe('ok');
      for (const component of ['kube-controller-manager', 'kube-scheduler']) {
        const {stdout} = await plane.kubectl('get', 'lease', '--namespace=kube-system', component, '--output=json');
        const {spec} = JSON.parse(stdout) as {readonly spec: {readonly holderIdentity: string}};
        expect(spec.holderIdentity).not.toBe('');
      }
    });

    test('the documents for joining are taken, and kubeadm reads the token', {timeout: 120_000}, async () => {
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

    test('every kubeconfig opens the API under its own name', {timeout: 120_000}, async () => {
      const {blueprint} = cluster.bundle;
      const here = [
        blueprint.endpoint.host,
        ...(cluster.plan.nodes.find(({name}) => name === plane.node)?.addresses ?? []),
      ];
      const tried = blueprint.kubeconfigs.filter(({server}) => here.includes(new URL(server).hostname));
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

    test('who knocks at the API server fares as the proof says, in the same words', {timeout: 60_000}, async () => {
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

    test('the controller manager signs cluster-info as the bundle does', {timeout: 120_000}, async () => {
      const clusterInfo = ['configmap', 'cluster-info', '--namespace=kube-public'];
      const [written = ''] = (await cluster.bundle.read('bootstrap/cluster-info.yaml')).split(/^---$/m);
      const {data} = parse(written) as ConfigMap;
      const signature = Object.keys(data).find((key) => key.startsWith('jws-')) ?? expect.fail('not signed');
      const removal = [{op: 'remove', path: `/data/${signature}`}];
      await plane.kubectl('patch', ...clusterInfo, '--type=json', `--patch=${JSON.stringify(removal)}`);
      const signed = await plane.controllerManager.until('it has signed cluster-info', async () => {
        const {stdout} = await plane.kubectl('get', ...clusterInfo, '--output=json');
        const found = (JSON.parse(stdout) as ConfigMap).data;
        return signature in found ? found : undefined;
      });
      expect(signed).toEqual(data);
    });

    test('a request that is approved gets a certificate that the API server takes', {timeout: 120_000}, async () => {
      const request = await makeRequest('jane', '/CN=jane', 'kubernetes.io/kube-apiserver-client');
      await plane.kubectl('create', '-f', request.document);
      await plane.kubectl('certificate', 'approve', 'jane');
      const certificate = await certificateOf('jane');
      await writeFile(request.certificate, certificate);
      const trusted = await cluster.bundle.flag(plane.node, 'kube-apiserver', '--client-ca-file');
      const authority = cluster.bundle.rootfs(plane.node) + trusted;
      expect(
        openssl(['verify', '-partial_chain', '-purpose', 'sslclient', '-CAfile', authority, request.certificate]),
      ).toContain(': OK');
      expect(await ask('/who-am-i', request)).toContain(String.raw`User \"jane\" cannot get path`);
    });

    /** A key and a request for it, as a file that kubectl takes. */
    async function makeRequest(
      name: string,
      subject: string,
      signerName: string,
    ): Promise<Pair & {readonly document: string}> {
      const [key, certificate, document] = [
        cluster.bundle.beside(`${name}.key`),
        cluster.bundle.beside(`${name}.crt`),
        cluster.bundle.beside(`${name}.json`),
      ];
      const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key, '-subj', subject];
      const request = openssl(['req', '-new', ...made]);
      const usages = ['digital signature', 'key encipherment', 'client auth'];
      const spec = {request: Buffer.from(request).toString('base64'), signerName, usages};
      const wish = {apiVersion: 'certificates.k8s.io/v1', kind: 'CertificateSigningRequest', metadata: {name}, spec};
      await writeFile(document, JSON.stringify(wish));
      return {key, certificate, document};
    }

    /** Comes back when the controller manager has signed. */
    async function certificateOf(name: string): Promise<string> {
      return plane.controllerManager.until(`it has signed ${name}`, async () => {
        const {stdout} = await plane.kubectl('get', 'csr', name, '--output=jsonpath={.status.certificate}');
        return stdout === '' ? undefined : Buffer.from(stdout, 'base64').toString();
      });
    }

    async function ask(path: string, pair: Pair, headers: Readonly<Record<string, string>> = {}): Promise<string> {
      const port = layouts[cluster.plan.layout].apiserverPort;
      return knock(await cluster.machine(plane.node), {host: addressOf(plane.node), port, path, headers}, pair);
    }

    function addressOf(node: string): string {
      return cluster.plan.nodes.find(({name}) => name === node)?.addresses[0] ?? expect.fail(`no node ${node}`);
    }

    if (preset !== 'one-ca' && preset !== 'offline-root') return;
    let kubelet: Pair;
    const worker = 'worker-1';

    test('a worker gets its certificate with the token alone', {timeout: 120_000}, async () => {
      const subject = `/O=system:nodes/CN=system:node:${worker}`;
      const request = await makeRequest('joining', subject, 'kubernetes.io/kube-apiserver-client-kubelet');
      const kubeconfig = layouts.kubeadm.kubeconfigs['bootstrap-kubelet'];
      await cluster.run(worker, 'kubectl', '--kubeconfig', kubeconfig, 'create', '-f', request.document);
      await writeFile(request.certificate, await certificateOf('joining'));
      expect(await ask('/who-am-i', request)).toContain(`User \\"system:node:${worker}\\" cannot get path`);
      kubelet = request;
    });

    if (preset !== 'one-ca') return;
    test('that worker reads at etcd the Secret that the API keeps from it', {timeout: 60_000}, async () => {
      await plane.kubectl('create', 'secret', 'generic', 'db', '--from-literal=password=swordfish');
      const refused = await ask('/api/v1/namespaces/default/secrets/db', kubelet);
      expect(refused).toContain(`no relationship found between node '${worker}' and this object`);
      const read = await cluster.run(
        worker,
        'etcdctl',
        `--endpoints=https://${addressOf(plane.node)}:2379`,
        `--cacert=${layouts.kubeadm.certificatesFolder}/ca.crt`,
        `--cert=${kubelet.certificate}`,
        `--key=${kubelet.key}`,
        'get',
        '/registry/secrets/default/db',
      );
      expect(read.stdout).toContain('swordfish');
    });

    test('whoever gets a certificate named front-proxy-client speaks for anyone', {timeout: 120_000}, async () => {
      const request = await makeRequest('proxy', '/CN=front-proxy-client', 'kubernetes.io/kube-apiserver-client');
      await plane.kubectl('create', '-f', request.document);
      await plane.kubectl('certificate', 'approve', 'proxy');
      await writeFile(request.certificate, await certificateOf('proxy'));
      expect(await ask('/api/v1/secrets', request)).toMatch(/^403\n/);
      const headers = {'X-Remote-User': 'anyone', 'X-Remote-Group': 'system:masters'};
      expect(await ask('/api/v1/secrets', request, headers)).toContain('"kind":"SecretList"');
    });
  });
}

const inHand = new Map<string, Promise<Started>>();

/** One may have been started whose turn never came. */
afterAll(async () => {
  for (const starting of inHand.values()) {
    const {cluster} = (await starting.catch(() => undefined)) ?? {};
    await cluster?.[Symbol.asyncDispose]();
  }
});

/** The control plane of a preset, started when it is first asked for. */
function started(preset: string, programs: RealPrograms): Promise<Started> {
  const starting = inHand.get(preset) ?? start(preset, programs);
  inHand.set(preset, starting);
  // Whoever asks next hears of it.
  starting.catch(() => undefined);
  return starting;
}

async function start(preset: string, programs: RealPrograms): Promise<Started> {
  const plan = presetPlan(preset, 'cluster.kubernetesVersion=1.20', 'users=viewer read-only');
  const cluster = await RealCluster.of(plan, programs);
  try {
    return {cluster, plane: await startControlPlane(cluster)};
  } catch (error) {
    await cluster[Symbol.asyncDispose]();
    throw error;
  }
}

interface ConfigMap {
  readonly data: Readonly<Record<string, string>>;
}
