import {mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, expect, test} from 'vitest';
import {writePlan} from '../../src/config/write-plan.ts';
import {readKubeconfig} from '../../src/kubeconfig/read-kubeconfig.ts';
import {layouts} from '../../src/pki/layouts.ts';
import {closeAfterAll} from '../helpers/close-after-all.ts';
import {startControlPlane, type ControlPlane} from '../helpers/control-plane.ts';
import {kubectlBy} from '../helpers/fake-kubectl.ts';
import {fakeHost} from '../helpers/fake-host.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {openssl} from '../helpers/openssl.ts';
import {presetPlan} from '../helpers/presets.ts';
import {RealCluster} from '../helpers/real-cluster.ts';
import {describeReal} from '../helpers/real.ts';
import {runCommand, type RanCommand} from '../helpers/run-command.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

/** People who get in by a CA or by the API, and kubelets' serving certificates, on control planes of real programs. */

const clusters = [
  ['one-ca', 'RSA-2048'],
  ['the-hard-way', 'ECDSA-P256'],
  ['kubeadm-single', 'RSA-2048'],
  ['minikube', 'ECDSA-P256'],
  ['offline-root', 'RSA-2048'],
  ['offline-root', 'ECDSA-P256'],
] as const;

for (const [preset, algorithm] of clusters) {
  describeReal(`people of a cluster as ${preset} sets it up, with ${algorithm}`, (programs) => {
    const closing = closeAfterAll();
    let cluster: RealCluster;
    let plane: ControlPlane;

    beforeAll(async () => {
      const sets = ['cluster.kubernetesVersion=1.20', `keys.algorithm=${algorithm}`];
      const plan = presetPlan(preset, ...sets);
      cluster = closing(await RealCluster.of(plan, programs));
      writeFileSync(cluster.bundle.path('plan.yaml'), writePlan(plan));
      plane = await startControlPlane(cluster);
    }, 300_000);

    /** The administrator's kubeconfig, as it lies in the bundle. */
    const admin = () => cluster.bundle.rootfs(plane.node) + layouts[cluster.plan.layout].kubeconfigs.admin;

    /** Certwright in a folder, with a kubectl that runs on the control-plane node. */
    async function certwright(cwd: string, ...words: readonly string[]): Promise<RanCommand> {
      const machine = await cluster.machine(plane.node);
      const kubectl = kubectlBy(machine.words(programs.path('kubectl')), {HOME: cluster.bundle.beside('home')});
      const host = {...fakeHost({cwd, environment: {PATH: kubectl.path}}), now: () => new Date()};
      const ran = await runCommand(words, host);
      expectNoSecrets(ran.out + ran.err);
      return ran;
    }

    /** What the API server says to whoever holds this kubeconfig and asks for what nobody has. */
    async function whoIs(kubeconfig: string): Promise<string> {
      const asked = ['--kubeconfig', kubeconfig, 'get', '--raw', '/who-am-i'];
      return (await cluster.attempt(plane.node, 'kubectl', ...asked)).stderr;
    }

    /** Who made a request, and in which groups, in the API server's own words. */
    async function groupsOf(kubeconfig: string): Promise<readonly string[]> {
      const name = 'who-is-it';
      const document = cluster.bundle.beside('who-is-it.json');
      const request = openssl(['req', '-new', ...newKey, '-keyout', '/dev/null', '-subj', '/CN=x']);
      writeFileSync(document, JSON.stringify(wish(name, request, 'example.com/nobody', ['client auth'])));
      await plane.kubectl('create', 'clusterrolebinding', 'askers', '--clusterrole=asker', '--group=developers');
      await plane.kubectl('create', 'clusterrole', 'asker', '--verb=create', '--resource=certificatesigningrequests');
      await cluster.run(plane.node, 'kubectl', '--kubeconfig', kubeconfig, 'create', '-f', document);
      const {stdout} = await plane.kubectl('get', 'csr', name, '--output=jsonpath={.spec.groups}');
      for (const thing of [
        ['csr', name],
        ['clusterrolebinding', 'askers'],
        ['clusterrole', 'asker'],
      ]) {
        await plane.kubectl('delete', ...thing);
      }
      return JSON.parse(stdout) as string[];
    }

    /** The bundle's path of what the API server verifies clients with. */
    async function clientAuthority(): Promise<string> {
      return (
        cluster.bundle.rootfs(plane.node) +
        (await cluster.bundle.flag(plane.node, 'kube-apiserver', '--client-ca-file'))
      );
    }

    test('who is signed by the CA of the bundle is who they say', {timeout: 120_000}, async () => {
      const folder = temporaryFolder();
      const ran = await certwright(folder, 'user', 'jane', '--group', 'developers', '--bundle', cluster.bundle.folder);
      expect(ran.code, ran.err).toBe(0);
      const path = join(folder, 'jane.conf');
      expect(statSync(path).mode & 0o7777).toBe(0o600);
      expect(await whoIs(path)).toContain('User "jane" cannot get path "/who-am-i"');
      expect(await groupsOf(path)).toEqual(['developers', 'system:authenticated']);
      verify(await clientAuthority(), path);
    });

    test('who is signed on the node is who they say', {timeout: 120_000}, async () => {
      const folder = temporaryFolder();
      const ran = await certwright(folder, 'user', 'june', '--root', cluster.bundle.rootfs(plane.node));
      expect(ran.code, ran.err).toBe(0);
      expect(ran.err).toBe('');
      expect(await whoIs(join(folder, 'june.conf'))).toContain('User "june" cannot get path');
    });

    test("another cluster's CA signs nobody in", {timeout: 120_000}, async () => {
      const folder = temporaryFolder();
      const root = temporaryFolder();
      const pki = join(root, layouts.kubeadm.certificatesFolder);
      mkdirSync(pki, {recursive: true});
      const out = ['-keyout', join(pki, 'ca.key'), '-out', join(pki, 'ca.crt')];
      openssl(['req', '-x509', ...newKey, ...out, '-subj', '/CN=kubernetes']);
      const ran = await certwright(folder, 'user', 'jane', '--root', root, '--kubeconfig', admin());
      expect(ran.code, ran.err).toBe(0);
      expect(ran.err).toContain('the API server may trust another CA');
      expect(await whoIs(join(folder, 'jane.conf'))).toContain('You must be logged in to the server');
    });

    test('who is signed by the cluster is who they say', {timeout: 120_000}, async () => {
      const folder = temporaryFolder();
      const words = ['user', 'Jane.Doe@demo.test', '--group', 'developers', '--csr', '--kubeconfig', admin()];
      const ran = await certwright(folder, ...words, '--approve', '--yes', '--validity', '2h');
      expect(ran.code, ran.err).toBe(0);
      expect(ran.err).toContain('--validity is not sent: API servers before 1.22 do not know it, and this is v1.20.2');
      expect(ran.err).toMatch(/request certwright-jane-doe-demo-test-[0-9a-f]{12} removed/);
      const path = join(folder, 'Jane.Doe@demo.test.conf');
      expect(statSync(path).mode & 0o7777).toBe(0o600);
      expect(await whoIs(path)).toContain('User "Jane.Doe@demo.test" cannot get path');
      expect(await groupsOf(path)).toEqual(['developers', 'system:authenticated']);
      verify(await clientAuthority(), path);
      expect((await plane.kubectl('get', 'csr', '--output=name')).stdout).toBe('');
      expect(readdirSync(folder)).toEqual(['Jane.Doe@demo.test.conf']);
    });

    test('system:masters is refused in the words of the API itself', {timeout: 60_000}, async () => {
      const folder = temporaryFolder();
      const words = ['user', 'jane', '--group', 'system:masters', '--csr', '--kubeconfig', admin()];
      const ours = /the API refuses it: (.*)/.exec((await certwright(folder, ...words)).err)?.[1];
      const request = openssl(['req', '-new', ...newKey, '-keyout', '/dev/null', '-subj', '/O=system:masters/CN=jane']);
      const document = cluster.bundle.beside('masters.json');
      writeFileSync(
        document,
        JSON.stringify(wish('masters', request, 'kubernetes.io/kube-apiserver-client', ['client auth'])),
      );
      const asked = ['--kubeconfig', admin(), 'create', '-f', document];
      const {stderr} = await cluster.attempt(plane.node, 'kubectl', ...asked);
      expect(stderr).toContain(ours ?? expect.fail('no reason'));
    });

    // What does not depend on keys and authorities is seen once.
    if (preset !== 'kubeadm-single') return;

    test('the binding that it names is what is missing', {timeout: 120_000}, async () => {
      const folder = temporaryFolder();
      const {out} = await certwright(folder, 'user', 'joe', '--bundle', cluster.bundle.folder);
      const path = join(folder, 'joe.conf');
      const look = ['kubectl', '--kubeconfig', path, 'get', 'namespaces'] as const;
      expect((await cluster.attempt(plane.node, ...look)).stderr).toContain('User "joe" cannot list');
      const command = /^ {2}kubectl (create clusterrolebinding .*)$/m.exec(out)?.[1] ?? expect.fail(out);
      await plane.kubectl(...command.split(' '));
      // The role `view` is put together of others by the controller manager.
      const seen = await plane.controllerManager.until('joe sees namespaces', async () => {
        const {stdout} = await cluster.attempt(plane.node, ...look);
        return stdout === '' ? undefined : stdout;
      });
      expect(seen).toContain('kube-system');
    });

    test('who is not approved yet goes on with the same key later', {timeout: 120_000}, async () => {
      const folder = temporaryFolder();
      const words = ['user', 'jim', '--csr', '--kubeconfig', admin()];
      const first = await certwright(folder, ...words);
      expect(first.code).toBe(1);
      const key = readFileSync(join(folder, 'jim.conf.key'), 'utf8');
      const approval = /kubectl certificate approve (\S+)/.exec(first.err)?.[1] ?? expect.fail(first.err);
      expect((await certwright(folder, ...words)).err).toContain('is there, made by');
      await plane.kubectl('certificate', 'approve', approval);
      const last = await certwright(folder, ...words);
      expect(last.code, last.err).toBe(0);
      const path = join(folder, 'jim.conf');
      expect(await whoIs(path)).toContain('User "jim" cannot get path');
      const [user] = readKubeconfig(readFileSync(path, 'utf8')).users;
      expect(user?.key?.kind === 'embedded' ? user.key.secret.reveal() : '').toBe(key);
    });

    test('who is denied hears why, and no key is left', {timeout: 120_000}, async () => {
      const folder = temporaryFolder();
      const words = ['user', 'jill', '--csr', '--kubeconfig', admin()];
      const {err} = await certwright(folder, ...words);
      const name = /kubectl certificate approve (\S+)/.exec(err)?.[1] ?? expect.fail(err);
      await plane.kubectl('certificate', 'deny', name);
      const denied = await certwright(folder, ...words);
      expect(denied.code).toBe(1);
      expect(denied.err).toMatch(/was denied: KubectlDeny: This CSR was denied by kubectl certificate deny/);
      expect(readdirSync(folder)).toEqual([]);
      await plane.kubectl('delete', 'csr', name);
    });

    test('whoever may not ask hears it from the API, and no key is left', {timeout: 60_000}, async () => {
      const folder = temporaryFolder();
      await certwright(folder, 'user', 'nobody', '--bundle', cluster.bundle.folder);
      const {code, err} = await certwright(folder, 'user', 'x', '--csr', '--kubeconfig', join(folder, 'nobody.conf'));
      expect(code).toBe(1);
      expect(err).toMatch(/is forbidden: User "nobody" cannot create resource "certificatesigningrequests"/);
      expect(readdirSync(folder)).toEqual(['nobody.conf']);
    });
  });
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

function wish(name: string, request: string, signerName: string, usages: readonly string[]) {
  return {
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: {name},
    spec: {request: Buffer.from(request).toString('base64'), signerName, usages},
  };
}

/** openssl's own verdict on a kubeconfig's client certificate. */
function verify(authority: string, kubeconfig: string): void {
  const [user] = readKubeconfig(readFileSync(kubeconfig, 'utf8')).users;
  const pem = user?.certificate?.kind === 'embedded' ? user.certificate.certificates.join('') : expect.fail('none');
  const words = ['verify', '-partial_chain', '-x509_strict', '-purpose', 'sslclient', '-CAfile', authority];
  expect(openssl(words, pem)).toContain('OK');
}
