import {copyFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {languages} from '../../src/base/language.ts';
import {widthOf} from '../../src/base/cells.ts';
import {writePlan} from '../../src/config/write-plan.ts';
import {Bundle} from '../helpers/bundle.ts';
import {fakeHost} from '../helpers/fake-host.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {fixtureNode, fixtureNow} from '../helpers/node-fixture.ts';
import {presetPlan} from '../helpers/presets.ts';
import {runCommand} from '../helpers/run-command.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

const preset = ['--preset', 'kubeadm-single'];

function map(...words: readonly string[]) {
  return runCommand(['learn', 'map', ...words]);
}

function mapAt(now: Date, ...words: readonly string[]) {
  return runCommand(['learn', 'map', ...words], {...fakeHost(), now: () => now});
}

/** What stands under a heading, as one line. */
function under(out: string, heading: string): string {
  const [, after = ''] = out.split(`\n${heading}\n`);
  return (after.split('\n\n')[0] ?? '').replaceAll(/\s+/g, ' ').trim();
}

describe('of a preset', () => {
  test('the figure and a line a connection, no line wider than 80 columns', async () => {
    const {code, out} = await map(...preset);
    expect(code).toBe(0);
    expect(out).toContain('│ kube-apiserver├──1──▸│');
    expect(out).toMatch(/^15 {2}kube-apiserver → kubelet +10250 {2}apiserver-kubelet-client$/m);
    expect(out.split('\n').filter((line) => widthOf(line) > 80)).toEqual([]);
  });

  test('a wider terminal gets the wider figure', async () => {
    const {out} = await runCommand(
      ['learn', 'map', ...preset, '-o', 'text', '--color', 'never'],
      fakeHost({terminal: true, columns: 120, environment: {TERM: 'xterm', CI: '1'}}),
    );
    expect(out).toContain('│ kube-controller-manager│');
  });

  test('a connection, by its number: what both ends show and verify with, and the order of the checks', async () => {
    const {out} = await map('1', ...preset);
    expect(out).toMatch(/^1 {2}apiserver-to-etcd\n/);
    expect(under(out, 'Who calls')).toContain(
      '/etc/kubernetes/pki/apiserver-etcd-client.crt (--etcd-certfile) - its key: /etc/kubernetes/pki/apiserver-etcd-client.key (--etcd-keyfile)',
    );
    expect(under(out, 'Who answers')).toContain(
      '/etc/kubernetes/pki/etcd/ca.crt (--trusted-ca-file), which holds etcd-ca',
    );
    const order = under(out, 'What is checked, in this order');
    const words = ['the dates', 'the names', 'the chain', 'server auth', 'demands a client certificate', 'client auth'];
    expect(words.map((word) => order.indexOf(word))).toEqual(
      words.map((word) => order.indexOf(word)).toSorted((one, other) => one - other),
    );
    expect(order).not.toContain('401');
  });

  test('a call of the API server ends in a user and in 401, not in a TLS alert', async () => {
    const {out} = await map('scheduler-to-apiserver', ...preset);
    expect(under(out, 'What is checked, in this order')).toMatch(
      /401 Unauthorized.*the user is the CN, system:kube-scheduler; without an O there are no groups.*403 Forbidden/,
    );
  });

  test.each([
    ['etcd', 'What it holds', '--cert-file /etc/kubernetes/pki/etcd/server.crt: The certificate etcd-server.'],
    ['etcdctl', 'What it holds', '--cert /etc/kubernetes/pki/etcd/healthcheck-client.crt'],
    ['kubectl', 'What it holds', '--kubeconfig /etc/kubernetes/admin.conf'],
    ['apiserver', 'Connections', '10: kubelet → kube-apiserver: kubelet verifies it with /etc/kubernetes/kubelet.conf'],
    [
      'admin.conf',
      'Connections',
      '5: kubectl → kube-apiserver: kube-apiserver verifies it with /etc/kubernetes/pki/ca.crt',
    ],
    ['kubelet', 'Connections', '15: answers kube-apiserver'],
  ])('%s: %s', async (word, heading, words) => {
    const {out} = await map(word, ...preset);
    expect(under(out, heading)).toContain(words);
  });

  test('what is not on the map is named, with what may have been meant', async () => {
    const {code, err} = await map('etdc', ...preset);
    expect(code).toBe(2);
    expect(err).toContain('did you mean etcd?');
  });

  test.each(languages)('everything is told in %s, in lines of 80 columns', async (language) => {
    const {out} = await map('15', ...preset, '--lang', language);
    expect(out.split('\n').filter((line) => widthOf(line) > 80)).toEqual([]);
    expect(/[\u3040-\u30ff]/.test(out)).toBe(language === 'ja');
    expect(/[\u4e00-\u9fff]/.test(out)).toBe(language !== 'en');
  });

  test('JSON is one document, with every connection of the figure', async () => {
    const {out} = await map(...preset, '-o', 'json');
    const document: unknown = JSON.parse(out);
    expect(document).toMatchObject({mapVersion: 1, source: {kind: 'preset', name: 'kubeadm-single'}});
    expect(document).toHaveProperty('connections[0].calls[0].callerTrusts.authorities', ['etcd-ca']);
    expect(JSON.parse((await map('1', ...preset, '-o', 'json')).out)).toMatchObject({title: '1  apiserver-to-etcd'});
  });

  test('a plan file has its map too, with the people in it', async () => {
    const folder = temporaryFolder();
    const plan = writePlan({...presetPlan('kubeadm-single'), users: [{name: 'viewer', groups: ['view']}]});
    writeFileSync(join(folder, 'plan.yaml'), plan);
    const {out, err} = await map('--plan', join(folder, 'plan.yaml'));
    expect(out, err).toMatch(/^ 7 {2}kubectl → kube-apiserver +6443 {2}user$/m);
    expect((await map('user', '--plan', join(folder, 'plan.yaml'))).out).toContain('CN=viewer, O=view');
  });

  test('two sources at once are refused', async () => {
    const {code, err} = await map(...preset, '--bundle', 'x');
    expect(code).toBe(2);
    expect(err).toContain('--bundle');
  });
});

test('of a bundle: every connection is tried, and one that fails says who refuses', async () => {
  await using bundle = await Bundle.of(presetPlan('kubeadm-single', 'keys.algorithm=ECDSA-P256'));
  const whole = await mapAt(new Date(), '--bundle', bundle.folder);
  expect(whole.code).toBe(0);
  expect(whole.out).toMatch(/─1✓─/);
  expect(whole.out).not.toMatch(/\d✗/);
  const pki = `${bundle.rootfs('cp-1')}/etc/kubernetes/pki`;
  copyFileSync(`${pki}/front-proxy-ca.crt`, `${pki}/etcd/ca.crt`);
  const broken = await mapAt(new Date(), '--bundle', bundle.folder);
  expect(broken.out).toMatch(/─1✗─/);
  expect(broken.out).toMatch(/^ 1✗ {2}kube-apiserver → etcd/m);
  const {out} = await mapAt(new Date(), '1', '--bundle', bundle.folder);
  expect(under(out, 'How it goes ✗')).toContain('it fails: kube-apiserver (cp-1) refuses');
  expectNoSecrets(out + broken.out);
});

describe('of a node', () => {
  test('its files are tried as its flags name them', async () => {
    const node = fixtureNode();
    const {code, out} = await mapAt(fixtureNow, '--root', node.root);
    expect(code).toBe(0);
    expect(out).toMatch(/^ 1✓ {2}kube-apiserver → etcd +2379 {2}apiserver-etcd-client$/m);
    expect(out).toMatch(/^10✓ {2}kubelet → kube-apiserver/m);
    // As kubeadm leaves it, the API server does not verify kubelets.
    expect(out).toMatch(/^15○/m);
    const {out: json} = await mapAt(fixtureNow, '--root', node.root, '-o', 'json');
    expectNoSecrets(out + json);
  });

  test('a file that is wrong is told where it is held, and by whoever meets it', async () => {
    const node = fixtureNode();
    await node.reissue('/etc/kubernetes/pki/apiserver-etcd-client.crt', 'etcd/ca', {
      commonName: 'kube-apiserver-etcd-client',
      usages: ['server auth'],
    });
    expect((await mapAt(fixtureNow, '--root', node.root)).out).toMatch(/─1✗─/);
    const {out} = await mapAt(fixtureNow, '1', '--root', node.root);
    expect(under(out, 'How it goes ✗')).toContain('it fails: etcd (cp-1) refuses');
    expect((await mapAt(fixtureNow, 'kube-apiserver', '--root', node.root)).out).toMatch(
      /apiserver-etcd-client.crt: [^[]*\[[^\]]+\]/s,
    );
  });

  test('a folder without a node is refused', async () => {
    const {code, err} = await mapAt(fixtureNow, '--root', temporaryFolder());
    expect(code).toBe(1);
    expect(err).toContain('no component, certificate or kubeconfig of Kubernetes');
  });
});
