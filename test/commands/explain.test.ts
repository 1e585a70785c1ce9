import type {PassThrough} from 'node:stream';
import {describe, expect, test} from 'vitest';
import {languages} from '../../src/base/language.ts';
import {widthOf} from '../../src/base/cells.ts';
import {certificatesIn} from '../../src/base/pem.ts';
import {inspectCertificate} from '../../src/x509/inspect.ts';
import {expectNoSecrets} from '../helpers/no-secrets.ts';
import {fakeHost, type FakeHost} from '../helpers/fake-host.ts';
import {copyFrom, fixtureNode, type FixtureNode, fixtureNow} from '../helpers/node-fixture.ts';
import {runCommand} from '../helpers/run-command.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

/** A folder that is no node, so that nothing is said of the machine the tests run on. */
function elsewhere(): readonly string[] {
  return ['--root', temporaryFolder()];
}

function hostWith(input: string): FakeHost {
  const host = fakeHost();
  (host.stdin as unknown as PassThrough).end(input);
  return host;
}

function explain(...words: readonly string[]) {
  return runCommand(['explain', ...words]);
}

function lineOf(out: string, label: string): string {
  const [, after = ''] = out.split(`\n${label}\n`);
  return (after.split('\n\n')[0] ?? '').replaceAll(/\s+/g, ' ').trim();
}

describe('things', () => {
  test('a certificate: what it is, who shows and checks it, what breaks without it', async () => {
    const {code, out} = await explain('apiserver-etcd-client', ...elsewhere());
    expect(code).toBe(0);
    expect(lineOf(out, 'Who shows it')).toBe('- kube-apiserver --etcd-certfile (its key: --etcd-keyfile)');
    expect(lineOf(out, 'Who checks it, with which file')).toBe('- etcd --trusted-ca-file (holds etcd-ca)');
    expect(lineOf(out, 'What breaks without it')).toContain('the whole control plane is down');
    expect(lineOf(out, 'Where it lies')).toContain('kubeadm: /etc/kubernetes/pki/apiserver-etcd-client.crt, .key');
  });

  test('who checks front-proxy-client: aggregated APIs first, with the file of another', async () => {
    const {out} = await explain('front-proxy-client', ...elsewhere());
    expect(lineOf(out, 'Who checks it, with which file')).toMatch(
      /^- aggregated-api, with the file of kube-apiserver --requestheader-client-ca-file \(holds front-proxy-ca\) - kube-apiserver/,
    );
  });

  test.each([
    [['--etcd-cafile'], 'kube-apiserver --etcd-cafile (flag)'],
    [['kubelet', '--client-ca-file'], 'kubelet --client-ca-file (flag)'],
    [['--requestheader-allowed-names=x'], 'kube-apiserver --requestheader-allowed-names (flag)'],
    [['clientCAFile'], 'kubelet authentication.x509.clientCAFile (flag)'],
    [['/etc/kubernetes/pki/etcd/ca.key'], '/etc/kubernetes/pki/etcd/ca.key (file)'],
    [['etcd/peer.crt'], '/etc/kubernetes/pki/etcd/peer.crt (file)'],
    [['/var/lib/kubelet/pki/kubelet-client-2026-11-23-19-17-42.pem'], 'kubelet-client-2026-11-23-19-17-42.pem (file)'],
    [['admin.conf'], 'admin.conf (kubeconfig)'],
    [['service-account'], 'service-account (key pair)'],
    [['kube-controller-manager'], 'kube-controller-manager (component)'],
    [['apiserver-to-kubelet'], 'apiserver-to-kubelet (connection)'],
    [['kube-apiserver', '->', 'etcd'], 'apiserver-to-etcd (connection)'],
    [['apiserver to kubelet'], 'apiserver-to-kubelet (connection)'],
    [['CN=system:node:cp-1,O=system:nodes'], 'system:node:cp-1, system:nodes (name)'],
    [['/O=system:masters/CN=kubernetes-super-admin'], 'kubernetes-super-admin, system:masters (name)'],
    [['front-proxy-ca'], 'front-proxy-ca (certificate authority)'],
    [['name-mismatch'], 'name-mismatch (error)'],
  ])('%j', async (words, heading) => {
    const {code, out} = await explain(...words, ...elsewhere());
    expect(code).toBe(0);
    expect(out.split('\n').some((line) => line.endsWith(heading))).toBe(true);
  });

  test('a flag that several components have is told of each', async () => {
    const {out} = await explain('--client-ca-file', ...elsewhere());
    const headings = out.split('\n').filter((line) => line.endsWith('(flag)'));
    expect(headings.map((line) => line.split(' ')[0])).toEqual([
      'kube-apiserver',
      'kube-controller-manager',
      'kubelet',
    ]);
  });

  test.each([
    ['--authentication-kubeconfig', 'TokenReview'],
    ['--authorization-kubeconfig', 'SubjectAccessReview'],
  ])('%s is told by what it asks the API server, not by the kubeconfig it names', async (flag, asked) => {
    for (const component of ['kube-controller-manager', 'kube-scheduler']) {
      const {out} = await explain(component, flag, ...elsewhere());
      expect(out).toContain(asked);
      expect(lineOf(out, 'What breaks without it')).toContain('Everything else goes on.');
      expect(out).not.toMatch(/reconciled|Pending/);
    }
  });

  test('what a group means is said, and that a name of nobody means nothing', async () => {
    const {out} = await explain('CN=jane, O=system:masters', ...elsewhere());
    expect(lineOf(out, 'What the name means')).toMatch(/jane: nothing by itself.*system:masters: does everything/);
  });
});

describe.each(languages)('in %s', (language) => {
  test.each([
    'apiserver',
    '--client-ca-file',
    'apiserver-to-etcd',
    'kubelet',
    'ca.crt',
    'bootstrap-kubeconfig-missing',
  ])('%s fits eighty columns, commands apart', async (what) => {
    const {code, out} = await explain(what, '--lang', language, ...elsewhere());
    expect(code).toBe(0);
    const wide = out.split('\n').filter((line) => widthOf(line) > 80 && !line.startsWith('  $ '));
    expect(wide).toEqual([]);
  });
});

test.each([
  [{CERTWRIGHT_LANG: 'zh', LC_ALL: 'ja_JP.UTF-8'}, '这是什么'],
  [{CERTWRIGHT_LANG: '', LC_ALL: 'ja_JP.UTF-8', LC_MESSAGES: 'en_US.UTF-8'}, 'これは何か'],
  [{LC_ALL: '', LC_MESSAGES: 'zh_CN.UTF-8', LANG: 'ja_JP.UTF-8'}, '这是什么'],
  [{LANG: 'ja_JP.UTF-8'}, 'これは何か'],
  [{LANG: 'de_DE.UTF-8'}, 'What it is'],
  [{LC_ALL: 'C', LANG: 'ja_JP.UTF-8'}, 'What it is'],
])('%j is answered with "%s"', async (environment, label) => {
  const {out} = await runCommand(['explain', 'apiserver', ...elsewhere()], fakeHost({environment}));
  expect(out).toContain(`\n${label}\n`);
});

test('in ASCII the arrows are ASCII too', async () => {
  const {out} = await explain('apiserver', '--ascii', ...elsewhere());
  expect(out).toContain('kubectl -> kube-apiserver');
  expect(out).toMatch(/^[\n\u0020-\u007e]*$/);
});

describe('errors', () => {
  test('several words are one text', async () => {
    const {out} = await explain('x509:', 'certificate', 'signed', 'by', 'unknown', 'authority', ...elsewhere());
    expect(out).toContain('unknown-authority (error)');
  });

  test('who speaks, the cause, the remedy and the command are told', async () => {
    const {out} = await explain('error: You must be logged in to the server (Unauthorized)', ...elsewhere());
    expect(lineOf(out, 'Who says it')).toContain('The API server, as an answer');
    expect(lineOf(out, 'Cause')).toContain('Most often the client certificate has ended');
    expect(lineOf(out, 'Commands')).toContain('$ certwright inspect ~/.kube/config');
  });

  test('where the text does not say which end speaks, both are named, and how to tell them apart', async () => {
    const bare = await explain('x509: certificate signed by unknown authority', ...elsewhere());
    expect(lineOf(bare.out, 'Who says it')).toMatch(
      /^Either end: .*"Unable to connect to the server".*"rejected connection"/,
    );
    expect(lineOf(bare.out, 'Cause')).not.toMatch(/The (?:caller|server) /);
    const told = await explain(
      'Unable to connect to the server: x509: certificate signed by unknown authority',
      ...elsewhere(),
    );
    expect(lineOf(told.out, 'Who says it')).toMatch(/^The end that called:/);
  });

  test('times and the authority that was tried are told as the text has them', async () => {
    const dated = await explain(
      'x509: certificate has expired or is not yet valid: current time 2026-11-24T08:00:00Z is after 2026-11-23T19:17:42Z',
      ...elsewhere(),
    );
    expect(lineOf(dated.out, 'Cause')).toContain('It ended at 2026-11-23T19:17:42Z; the clock of the one who says it');
    const tried = await explain(
      'x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error" while trying to verify candidate authority certificate "kubernetes")',
      ...elsewhere(),
    );
    expect(lineOf(tried.out, 'Cause')).toContain('The CA that was tried in vain is called "kubernetes".');
  });

  test('without words the error is read from standard input, with the log around it', async () => {
    const log = `Nov 24 08:00:00 cp-1 kubelet[812]: I1124 08:00:00.1 812 server.go:1] started
Nov 24 08:00:01 cp-1 kubelet[812]: E1124 08:00:01.000000     812 run.go:74] "command failed" err="failed to run Kubelet: unable to load bootstrap kubeconfig: stat /etc/kubernetes/bootstrap-kubelet.conf: no such file or directory"\n`;
    const {code, out} = await runCommand(['explain', ...elsewhere()], hostWith(log));
    expect(code).toBe(0);
    expect(out).toContain('bootstrap-kubeconfig-missing (error)');
  });

  test.each(['$(reboot)', '`reboot`', 'a;reboot', '--yes', 'a&&b', '>x'])(
    'a log that names %s puts it into no command',
    async (name) => {
      const {out} = await explain(
        `x509: certificate is valid for 10.96.0.1, not ${name}`,
        '-o',
        'json',
        ...elsewhere(),
      );
      const {explanations} = JSON.parse(out) as {explanations: {commands: string[]}[]};
      expect(explanations[0]?.commands.at(-1)).toMatch(/--add-san (?:NAME|a)$/);
    },
  );

  test('no control character of what was pasted reaches the terminal', async () => {
    const pasted = '\u001b]0;title\u0007x509: certificate signed by unknown authority\u009b31m\u0008';
    const known = await runCommand(['explain', ...elsewhere()], hostWith(pasted));
    const unknown = await explain('a\u001b[31mb\u009b', ...elsewhere());
    expect(known.out).toContain('unknown-authority (error)');
    expect(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/.test(known.out + unknown.err)).toBe(false);
  });

  test('no key and no token of what was pasted is shown again', async () => {
    const pasted = `E1124 08:00:00.000000 1 authentication.go:73] "Unable to authenticate the request" err="invalid bearer token" token=abcdef.0123456789abcdef
-----BEGIN RSA PRIVATE KEY-----
MIIEpAIBAAKCAQEAvGJ4fake
-----END RSA PRIVATE KEY-----`;
    const {out} = await runCommand(['explain', ...elsewhere()], hostWith(pasted));
    expect(out).toContain('bearer-token-unknown');
    expect(out).not.toContain('0123456789abcdef');
    expectNoSecrets(out);
  });
});

describe('what it does not know', () => {
  test('a mistyped name: exit code 1, and the nearest names', async () => {
    const {code, out, err} = await explain('apisever-etcd-client', ...elsewhere());
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toContain('did you mean apiserver-etcd-client?');
  });

  test('a question in words: exit code 1, and the name in it', async () => {
    const {code, err} = await explain('what is apiserver-etcd-client?', ...elsewhere());
    expect(code).toBe(1);
    expect(err).toContain('did you mean apiserver-etcd-client?');
  });

  test('a text about something else: exit code 1, and what to paste instead', async () => {
    const {code, err} = await explain('OOMKilled: the container used too much memory', ...elsewhere());
    expect(code).toBe(1);
    expect(err).toContain('not known here');
    expect(err).toContain('paste the whole line');
  });

  test('a mistyped option is no text: exit code 2', async () => {
    const {code, err} = await explain('--rot', '/mnt', 'apiserver');
    expect(code).toBe(2);
    expect(err).toContain('--rot is neither a flag of a component nor an option of explain');
    expect(err).toContain('did you mean --root?');
  });

  test('an empty input: exit code 2', async () => {
    const {code, err} = await runCommand(['explain', ...elsewhere()], hostWith(' \n'));
    expect(code).toBe(2);
    expect(err).toContain('there is no name and no error text');
  });

  test('a folder that is no node is said to be none, and nothing fails', async () => {
    const {code, out} = await explain('x509: certificate signed by unknown authority', ...elsewhere());
    expect(code).toBe(0);
    expect(lineOf(out, 'On this node')).toContain('No sign of Kubernetes is on');
  });
});

describe('without words in a terminal', () => {
  test('what can be asked is listed, kind by kind', async () => {
    const {code, out} = await runCommand(['explain'], fakeHost({terminal: true}));
    expect(code).toBe(0);
    for (const name of ['apiserver-kubelet-client', 'etcd-ca', 'admin.conf', 'pod-to-apiserver', '--etcd-cafile']) {
      expect(out).toContain(name);
    }
    expect(out.split('\n').filter((line) => widthOf(line) > 80)).toEqual([]);
  });

  test('also as JSON', async () => {
    const {out} = await runCommand(['explain', '-o', 'json'], fakeHost({terminal: true}));
    const {topics} = JSON.parse(out) as {topics: Record<string, string[]>};
    expect(topics.certificate).toContain('etcd-peer');
    expect(topics.error).toContain('name-mismatch');
  });
});

test('JSON holds every part by its name, in the language that was asked for', async () => {
  const {out} = await explain('etcd-peer', '-o', 'json', '--lang', 'ja', ...elsewhere());
  expect(JSON.parse(out)).toMatchObject({
    explainVersion: 1,
    language: 'ja',
    explanations: [{kind: 'certificate', id: 'etcd-peer', subject: ['CN=NODE', 'server auth, client auth']}],
  });
});

describe('on a node', () => {
  async function explainOn(node: FixtureNode, ...words: readonly string[]) {
    const host = {...fakeHost(), now: () => fixtureNow};
    const ran = await runCommand(['explain', ...words, '--root', node.root], host);
    return {...ran, here: lineOf(ran.out, 'On this node')};
  }

  function serialOf(pem: string): bigint {
    return BigInt(`0x${inspectCertificate(pem).serial}`);
  }

  function embedded(node: FixtureNode, path: string): string {
    const data = /client-certificate-data: (\S+)/.exec(node.read(path))?.[1] ?? expect.fail(path);
    return certificatesIn(Buffer.from(data, 'base64').toString())[0] ?? expect.fail(path);
  }

  test('the decimal serial number in a log is found among its files', async () => {
    const node = fixtureNode();
    const serial = serialOf(embedded(node, '/etc/kubernetes/controller-manager.conf'));
    const {out, here} = await explainOn(
      node,
      `E1124 08:00:00.000000 1 authentication.go:73] "Unable to authenticate the request" err="[x509: certificate signed by unknown authority, verifying certificate SN=${serial}, SKID=, AKID=0A failed: x509: certificate has expired or is not yet valid: current time 2027-11-24T08:00:00Z is after 2027-11-23T19:17:42Z]"`,
    );
    expect(out).toContain('client-expired (error)');
    expect(here).toContain(
      `The certificate with serial number ${serial} is /etc/kubernetes/controller-manager.conf (system:kube-controller-manager) (controller-manager).`,
    );
    expect(lineOf(out, 'Commands')).toContain(
      `certwright renew --root ${node.root} /etc/kubernetes/controller-manager.conf`,
    );
  });

  test('of a certificate that is nowhere here the signer is found by its key identifier, or is not here either', async () => {
    const node = fixtureNode();
    const {subjectKeyIdentifier = ''} = inspectCertificate(node.read('/etc/kubernetes/pki/ca.crt'));
    const printed = (subjectKeyIdentifier.match(/../g) ?? []).join(':').toUpperCase();
    const line = (akid: string) =>
      `authentication.go:73] "Unable to authenticate the request" err="verifying certificate SN=42, SKID=, AKID=${akid} failed: x509: certificate specifies an incompatible key usage"`;
    expect((await explainOn(node, line(printed))).here).toContain(
      'It was signed by the CA of this node in /etc/kubernetes/pki/ca.crt (kubernetes-ca).',
    );
    expect((await explainOn(node, line('0A:1B:2C'))).here).toContain(
      '(key identifier 0a1b2c) is not on this node either',
    );
  });

  test('a serial number that is on no file of it is said to be elsewhere', async () => {
    const node = fixtureNode();
    const {here} = await explainOn(
      node,
      'authentication.go:73] "Unable to authenticate the request" err="[x509: certificate signed by unknown authority, verifying certificate SN=42, SKID=, AKID=0A failed: x509: certificate signed by unknown authority]"',
    );
    expect(here).toContain('No file of this node has a certificate with serial number 42 (hex 2a)');
  });

  test('the certificate that a message means is found by its names, and the missing one is named', async () => {
    const node = fixtureNode();
    const {sans} = inspectCertificate(node.read('/etc/kubernetes/pki/apiserver.crt'));
    const addresses = sans.flatMap(({type, value}) => (type === 'ip' ? [value] : []));
    const {out, here} = await explainOn(
      node,
      `Unable to connect to the server: x509: certificate is valid for ${addresses.join(', ')}, not 127.0.0.1`,
    );
    expect(here).toContain('/etc/kubernetes/pki/apiserver.crt holds the names');
    expect(here).toContain('127.0.0.1 is not among them.');
    expect(lineOf(out, 'Commands')).toContain(`certwright renew --root ${node.root} apiserver --add-san 127.0.0.1`);
  });

  test('a name that the file has by now is said to be there: the server shows an older one', async () => {
    const node = fixtureNode();
    const {here} = await explainOn(node, 'x509: certificate is valid for 192.0.2.7, not kubernetes.default');
    expect(here).toContain('kubernetes.default is among them: the server still shows an older certificate');
  });

  test('a certificate is shown where it lies, with its end and its signer', async () => {
    const node = fixtureNode();
    const {here} = await explainOn(node, 'apiserver-kubelet-client');
    expect(here).toMatch(
      /^- apiserver-kubelet-client is \/etc\/kubernetes\/pki\/apiserver-kubelet-client.crt: ends on 2027-11-23, signed by \/etc\/kubernetes\/pki\/ca.crt/,
    );
  });

  test('a flag is shown with the file that it names here', async () => {
    const node = fixtureNode();
    const {here} = await explainOn(node, 'kube-apiserver', '--etcd-cafile');
    expect(here).toContain('kube-apiserver --etcd-cafile is /etc/kubernetes/pki/etcd/ca.crt: CN=etcd-ca');
  });

  test('a path that no layout has is known by who names it', async () => {
    const node = fixtureNode();
    copyFrom(node, '/etc/kubernetes/pki/apiserver.crt', '/etc/own.crt');
    node.edit('/etc/kubernetes/manifests/kube-apiserver.yaml', /--tls-cert-file=\S+/, '--tls-cert-file=/etc/own.crt');
    const {out, here} = await explainOn(node, '/etc/own.crt');
    expect(lineOf(out, 'What it is')).toContain('The certificate apiserver.');
    expect(here).toContain('Named by kube-apiserver --tls-cert-file.');
  });

  test('an error that either end may say is not blamed on the certificate of the API server', async () => {
    const node = fixtureNode();
    const ended =
      'x509: certificate has expired or is not yet valid: current time 2028-11-24T08:00:00Z is after 2027-11-23T19:17:42Z';
    const bare = await explainOn(node, ended);
    expect(bare.here).not.toContain('apiserver');
    expect(lineOf(bare.out, 'Commands')).toContain('renew --root');
    expect(lineOf(bare.out, 'Commands')).toContain(' CERTIFICATE');
    const called = await explainOn(node, `Unable to connect to the server: ${ended}`);
    expect(called.here).toContain('apiserver is /etc/kubernetes/pki/apiserver.crt');
  });

  test('a mixed-up pair is found with the error that it makes', async () => {
    const node = fixtureNode();
    copyFrom(node, '/etc/kubernetes/pki/etcd/peer.key', '/etc/kubernetes/pki/etcd/server.key');
    const {here} = await explainOn(node, 'tls: private key does not match public key');
    expect(here).toContain(
      'certwright check says: /etc/kubernetes/pki/etcd/server.key is not the key of /etc/kubernetes/pki/etcd/server.crt',
    );
  });
});
