import {readdirSync, rmSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {readCommandLine} from '../../src/cli.ts';
import {endingOf} from '../../src/commands/ending.ts';
import {fakeHost} from '../helpers/fake-host.ts';
import {fixtureNode, fixtureNow, type FixtureNode, nodeIn} from '../helpers/node-fixture.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

async function check(node: Pick<FixtureNode, 'root'>, words: readonly string[] = [], now = fixtureNow) {
  const host = {...fakeHost(), now: () => now};
  const command = readCommandLine(['check', '--root', node.root, ...words], host, '1.2.3');
  try {
    const code = await command.run();
    expectNoSecrets(host.out() + host.err());
    return {code, out: host.out(), err: host.err()};
  } catch (error) {
    const {exitCode, text} = endingOf(error, {exits: command.exits, debug: false, program: 'certwright'});
    return {code: exitCode, out: host.out(), err: text};
  }
}

describe('check', () => {
  test('says of a well node when each certificate ends, the first on top, and exits with 0', async () => {
    const {code, out} = await check(fixtureNode());
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      'CERTIFICATE               ENDS        STATE      SIGNED BY       USED BY                  WHERE',
      'admin                     2027-11-23  326d left  kubernetes-ca   -                        /etc/kubernetes/admin.conf',
      'controller-manager        2027-11-23  326d left  kubernetes-ca   kube-controller-manager  /etc/kubernetes/controller-manager.conf',
      'apiserver-etcd-client     2027-11-23  326d left  etcd-ca         kube-apiserver           /etc/kubernetes/pki/apiserver-etcd-client.crt',
      'apiserver-kubelet-client  2027-11-23  326d left  kubernetes-ca   kube-apiserver           /etc/kubernetes/pki/apiserver-kubelet-client.crt',
      'apiserver                 2027-11-23  326d left  kubernetes-ca   kube-apiserver           /etc/kubernetes/pki/apiserver.crt',
      'etcd-healthcheck-client   2027-11-23  326d left  etcd-ca         -                        /etc/kubernetes/pki/etcd/healthcheck-client.crt',
      'etcd-peer                 2027-11-23  326d left  etcd-ca         etcd                     /etc/kubernetes/pki/etcd/peer.crt',
      'etcd-server               2027-11-23  326d left  etcd-ca         etcd                     /etc/kubernetes/pki/etcd/server.crt',
      'front-proxy-client        2027-11-23  326d left  front-proxy-ca  kube-apiserver           /etc/kubernetes/pki/front-proxy-client.crt',
      'scheduler                 2027-11-23  326d left  kubernetes-ca   kube-scheduler           /etc/kubernetes/scheduler.conf',
      'super-admin               2027-11-23  326d left  kubernetes-ca   -                        /etc/kubernetes/super-admin.conf',
      'kubelet-client            2027-11-23  326d left  kubernetes-ca   kubelet                  /var/lib/kubelet/pki/kubelet-client-current.pem and 1 copy',
      '',
      'AUTHORITY       ENDS        STATE    SIGNED BY  WHERE',
      'kubernetes-ca   2036-11-20  9y left  itself     /etc/kubernetes/pki/ca.crt and 5 copies',
      'etcd-ca         2036-11-20  9y left  itself     /etc/kubernetes/pki/etcd/ca.crt',
      'front-proxy-ca  2036-11-20  9y left  itself     /etc/kubernetes/pki/front-proxy-ca.crt',
      '',
      '12 certificates, 3 authorities; components: etcd, kube-apiserver, kube-controller-manager, kube-scheduler, kubelet.',
      'The first to end: admin, 2027-11-23 19:17:42 UTC (326d left).',
      'Serial number, names and usages of one: certwright inspect FILE',
      'All is well.',
      '',
    ]);
  });

  test('warns as early as it is asked to, and exits with 1', async () => {
    const {code, out} = await check(fixtureNode(), ['--warn-within', '1y']);
    expect(code).toBe(1);
    expect(out).toContain('/etc/kubernetes/pki/apiserver.crt ends on 2027-11-23 19:17 UTC\n');
    expect(out).toMatch(/Nothing is broken; 1[0-9] warnings above\.\n$/);
  });

  test('tells what is wrong first, and exits with 2', async () => {
    const {code, out} = await check(fixtureNode(), [], new Date('2027-12-01'));
    expect(code).toBe(2);
    expect(out.split('\n').slice(0, 2)).toEqual([
      'error: /etc/kubernetes/admin.conf (user kubernetes-admin) ended on 2027-11-23 19:17 UTC: it is refused everywhere',
      '  sudo certwright renew admin.conf',
    ]);
    expect(out).toContain('ended 7d ago');
  });

  test('calls each authority of a bundle by its own name, and what it signed after it', async () => {
    const node = fixtureNode();
    const [own, etcd] = ['/etc/kubernetes/pki/ca.crt', '/etc/kubernetes/pki/etcd/ca.crt'];
    node.write(own, node.read(own) + node.read(etcd), 0o644);
    const {out} = await check(node);
    expect(out).toMatch(/^etcd-server +2027-11-23 +326d left +etcd-ca /m);
    expect(out).toMatch(/^etcd-ca +2036-11-20 +9y left +itself +\/etc\/kubernetes\/pki\/etcd\/ca.crt and 1 copy$/m);
  });

  test.each([
    [['--warn-within', 'soon'], '"soon" is no duration'],
    [['--output', 'yaml'], 'Allowed choices are table, json, prometheus, ics'],
  ])('exits with 3 for a usage error: %j', async (words, message) => {
    const {code, err} = await check({root: '/nowhere'}, words);
    expect(code).toBe(3);
    expect(err === '' ? message : err).toContain(message);
  });

  test('exits with 3 where nothing of Kubernetes is, and says where it looked', async () => {
    const {code, out, err} = await check({root: temporaryFolder()});
    expect(code).toBe(3);
    expect(out).toBe('');
    expect(err).toContain('no component, certificate or kubeconfig of Kubernetes is on');
    expect(err).toMatch(/looked at: units of systemd, .*\/etc\/kubernetes\/pki/);
  });

  const endOf = (out: string): readonly string[] => out.trimEnd().split('\n').slice(-5);

  test('says of a host of etcd alone what else was looked for, and that etcd is well', async () => {
    const node = fixtureNode();
    for (const each of ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler']) {
      rmSync(node.at(`/etc/kubernetes/manifests/${each}.yaml`));
    }
    rmSync(node.at('/var/lib/kubelet'), {recursive: true});
    for (const each of readdirSync(node.at('/etc/kubernetes'))) {
      if (each.endsWith('.conf')) rmSync(node.at(`/etc/kubernetes/${each}`));
    }
    const {code, out} = await check(node);
    expect(code).toBe(0);
    expect(endOf(out)).toEqual([
      '7 certificates, 3 authorities; components: etcd.',
      'Looked for, and not found: kube-apiserver, kube-controller-manager, kube-scheduler, kubelet, kube-proxy. That is right for a host of etcd alone.',
      'The first to end: apiserver-etcd-client, 2027-11-23 19:17:42 UTC (326d left).',
      'Serial number, names and usages of one: certwright inspect FILE',
      'All is well with etcd.',
    ]);
  });

  test('says of files that nobody here is known to read no more than that', async () => {
    const node = fixtureNode();
    rmSync(node.at('/etc/kubernetes/manifests'), {recursive: true});
    rmSync(node.at('/var/lib/kubelet'), {recursive: true});
    rmSync(node.at('/etc/kubernetes/kubelet.conf'));
    const {code, out} = await check(node);
    expect(code).toBe(0);
    expect(out).toMatch(/^Looked for in units and static pods, and not found: etcd, kube-apiserver, .*kubelet/m);
    expect(endOf(out).at(-1)).toBe('Nothing is wrong with the files themselves.');
  });

  test('prints no letter that moves the cursor, whatever a file on the node is called', async () => {
    const node = fixtureNode();
    node.write('/etc/kubernetes/pki/a\u001B[2J\nb.crt', 'nothing');
    const {out} = await check(node);
    expect(out).toContain('/etc/kubernetes/pki/a?[2J?b.crt holds no certificate');
    expect(out.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  test('warns of a component of which nothing was found', async () => {
    const node = nodeIn(temporaryFolder());
    node.write('/etc/systemd/system/etcd.service', '[Service]\nExecStart=/usr/bin/etcd --name a\n');
    const {code, out} = await check(node);
    expect(code).toBe(1);
    expect(out).toContain('warning: no certificate, key or kubeconfig of etcd was found: no flag names one');
    expect(out).not.toContain('All is well');
  });
});

describe('for machines check prints', () => {
  test('one JSON document with every certificate, file and problem', async () => {
    const {out} = await check(fixtureNode(), ['-o', 'json']);
    const document = JSON.parse(out) as {certificates: {id: string; path: string}[]; state: string; files: unknown[]};
    expect(document).toMatchObject({checkVersion: 1, state: 'ok', findings: [], served: null});
    expect(document.certificates.find(({path}) => path.endsWith('/etcd/server.crt'))).toMatchObject({
      id: 'etcd-server',
      signedBy: {path: '/etc/kubernetes/pki/etcd/ca.crt'},
      notAfter: '2027-11-23T19:17:42.000Z',
      state: 'valid',
      residualSeconds: 28_235_862,
      usedBy: [{component: 'etcd', flag: '--cert-file'}],
    });
  });

  test('metrics in the text format, each family declared once and every line well formed', async () => {
    const {out} = await check(fixtureNode(), ['-o', 'prometheus']);
    const lines = out.trimEnd().split('\n');
    const families = lines.filter((line) => line.startsWith('# TYPE')).map((line) => line.split(' ')[2]);
    expect(new Set(families).size).toBe(families.length);
    for (const line of lines) {
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|[a-z_]+(\{([a-z]+="([^"\\]|\\.)*",?)+\})? \d+)$/);
    }
    expect(lines).toContain(
      'certwright_certificate_not_after_seconds{path="/etc/kubernetes/pki/apiserver.crt",place="0",entry="",id="apiserver",kind="leaf",subject="CN=kube-apiserver"} 1826997462',
    );
    expect(lines).toContain('certwright_problems{severity="error"} 0');
  });

  test('a calendar with an event a certificate: folded, with CRLF, the same however often it is made', async () => {
    const node = fixtureNode();
    const {out} = await check(node, ['-o', 'ics', '--warn-within', '14d']);
    expect(out).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\n/);
    expect(out).toMatch(/END:VCALENDAR\r\n$/);
    for (const line of out.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    const unfolded = out.replaceAll('\r\n ', '');
    expect(unfolded).toContain('SUMMARY:apiserver ends (/etc/kubernetes/pki/apiserver.crt)\r\n');
    expect(unfolded).toContain('DTSTART:20271123T191742Z\r\n');
    expect(unfolded).toContain('TRIGGER:-PT336H\r\n');
    expect(unfolded).toContain('DESCRIPTION:apiserver ends in 14d\r\n');
    expect(unfolded).toContain('SUMMARY:kubernetes-ca ends (/etc/kubernetes/pki/ca.crt)\r\n');
    const uids = unfolded.match(/^UID:.*$/gm) ?? [];
    expect(uids).toHaveLength(15);
    expect(new Set(uids).size).toBe(15);
    expect((await check(node, ['-o', 'ics', '--warn-within', '14d'])).out).toBe(out);
  });
});
