import {mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, expect, test} from 'vitest';
import {Secret} from '../../src/base/secret.ts';
import {carryOut, planRenewal} from '../../src/journeys/renew.ts';
import {issuerFrom, makeCertificate} from '../../src/x509/certificate.ts';
import {inspectCertificate} from '../../src/x509/inspect.ts';
import {readPrivateKey} from '../../src/x509/keys.ts';
import {nameFrom} from '../../src/x509/names.ts';
import {builtProgram, type BuiltProgram} from '../helpers/built.ts';
import {closeAfterAll} from '../helpers/close-after-all.ts';
import {KubeadmNode} from '../helpers/kubeadm-node.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {describeRealNodes} from '../helpers/real.ts';
import {expiredTitle} from './cases.ts';

/** A cluster of one node that was switched off for too long: every leaf has ended, the kubelet's too. */

const day = 24 * 3_600_000;
const kubelet = '/var/lib/kubelet/pki';

/** The same authority, a year old; every kubeconfig has it too. */
async function makeOld(rootfs: string, name: string): Promise<void> {
  const at = (path: string): string => join(rootfs, 'etc/kubernetes', path);
  const old = readFileSync(at(`pki/${name}.crt`), 'utf8');
  const key = readPrivateKey(new Secret(readFileSync(at(`pki/${name}.key`), 'utf8')));
  const {certificate} = await makeCertificate(
    {
      subject: nameFrom(inspectCertificate(old).subject.der),
      publicKey: key.publicKey,
      isAuthority: true,
      usages: [],
      sans: [],
      validity: 87_600,
    },
    issuerFrom(old, key.signingKey),
    new Date(Date.now() - 365 * day),
  );
  writeFileSync(at(`pki/${name}.crt`), certificate);
  const [before, after] = [old, certificate].map((pem) => Buffer.from(pem).toString('base64'));
  for (const conf of readdirSync(at('.')).filter((file) => file.endsWith('.conf'))) {
    writeFileSync(at(conf), readFileSync(at(conf), 'utf8').replace(before ?? '', after ?? ''));
  }
}

/** As if kubeadm had made every leaf ten days ago, for a week. */
async function letEverythingEnd(rootfs: string): Promise<void> {
  for (const name of ['ca', 'etcd/ca', 'front-proxy-ca']) await makeOld(rootfs, name);
  const now = new Date(Date.now() - 10 * day);
  const plan = await planRenewal({
    root: rootfs,
    which: {kind: 'all'},
    validity: 7 * 24,
    warnWithin: 0,
    keepsKeys: false,
    addSans: [],
    removeSans: [],
    sans: 'keep',
    node: undefined,
    now,
    sudoUser: undefined,
  });
  carryOut(plan, {own: 'test', isOver: () => true}, now);
  // What the kubelet did at its first start: its credential in a file of its own.
  const conf = join(rootfs, 'etc/kubernetes/kubelet.conf');
  const text = readFileSync(conf, 'utf8');
  const data = (key: string): string =>
    Buffer.from(new RegExp(`${key}: (\\S+)`).exec(text)?.[1] ?? '', 'base64').toString();
  const made = `kubelet-client-${now.toISOString().slice(0, 19).replaceAll(/[T:]/g, '-')}.pem`;
  const pem = data('client-certificate-data') + data('client-key-data');
  mkdirSync(join(rootfs, kubelet), {recursive: true});
  writeFileSync(join(rootfs, kubelet, made), pem, {mode: 0o600});
  symlinkSync(`${kubelet}/${made}`, join(rootfs, kubelet, 'kubelet-client-current.pem'));
  const current = `${kubelet}/kubelet-client-current.pem`;
  writeFileSync(
    conf,
    text
      .replace(/client-certificate-data: \S+/, `client-certificate: ${current}`)
      .replace(/client-key-data: \S+/, `client-key: ${current}`),
  );
}

describeRealNodes(expiredTitle, (programs) => {
  const closing = closeAfterAll();
  let made: KubeadmNode;
  let built: BuiltProgram;

  beforeAll(async () => {
    built = await builtProgram();
    made = closing(await KubeadmNode.make(programs, {change: letEverythingEnd}));
    await made.startKubelet();
    await made.until('the kubelet gives up', async () =>
      (await made.node.log('kubelet')).includes('unable to load bootstrap kubeconfig') ? true : undefined,
    );
  }, 600_000);

  async function certwright(...words: readonly string[]) {
    const ran = await made.node.machine.attempt(process.execPath, [built.main, ...words], {timeout: 550_000});
    expectNoSecrets(ran.stdout + ran.stderr);
    return ran;
  }

  test('is named by check, which says what to do', {timeout: 120_000}, async () => {
    const {exitCode, stdout} = await certwright('check');
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/apiserver\.crt ended on/);
    expect(stdout).toMatch(/kubelet-client-current\.pem ended on/);
    expect(stdout).toContain('certwright renew');
  });

  test('runs again once what the program says was done', {timeout: 600_000}, async () => {
    const {exitCode, stdout, stderr} = await certwright('renew', '--yes', '--restart');
    expect(exitCode, stdout + stderr).toBe(0);
    expect(stderr).not.toContain('FAILED');
    await made.untilReady();
    const status = await made.until('the kubelet reports its Node', async () => {
      const {stdout: node} = await made.kubectl('get', 'node', 'cp-1', '--output=json');
      return node.includes('"KubeletNotReady"') || node.includes('"KubeletReady"') ? node : undefined;
    });
    expect(status).toContain('"name": "cp-1"');
    expect((await certwright('check')).exitCode).toBeLessThan(2);
  });
});
