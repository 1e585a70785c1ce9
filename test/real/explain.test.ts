import {readFileSync, writeFileSync} from 'node:fs';
import {afterAll, beforeAll, expect, test} from 'vitest';
import type {ErrorId} from '../../src/lessons/errors.ts';
import {Bundle} from '../helpers/bundle.ts';
import {closeAfterAll} from '../helpers/close-after-all.ts';
import {fakeHost} from '../helpers/fake-host.ts';
import {type Machine, Network, type Running} from '../helpers/network.ts';
import {openssl} from '../helpers/openssl.ts';
import {presetPlan} from '../helpers/presets.ts';
import type {RealPrograms} from '../helpers/real.ts';
import {describeReal} from '../helpers/real.ts';
import {runCommand} from '../helpers/run-command.ts';
import {SpoiledNode} from '../helpers/spoiled-node.ts';
import {explainCallersTitle, explainStartTitle} from './cases.ts';

/**
 * A control plane of real programs, spoiled in one way at a time: what they log then is given to `explain` with the
 * node's files, and it must name the cause and the file.
 */

const pki = '/etc/kubernetes/pki';
const yesterday = new Date(Date.now() - 48 * 3_600_000);

interface Expected {
  readonly cause: ErrorId;
  /** What "On this node" must say: the file, and what is wrong with it. */
  readonly here: RegExp;
  /** What is to be run. */
  readonly command: RegExp;
}

async function explained(log: string, {root}: SpoiledNode): Promise<Record<string, readonly string[] | string>> {
  // The programs live by the real clock.
  const host = {...fakeHost(), now: () => new Date()};
  const {code, out, err} = await runCommand(['explain', log, '--root', root, '-o', 'json'], host);
  expect(code, `${err}\n${log.slice(-3000)}`).toBe(0);
  const {explanations} = JSON.parse(out) as {explanations: Record<string, readonly string[] | string>[]};
  return explanations[0] ?? expect.fail('nothing is explained');
}

async function expectExplained(log: string, node: SpoiledNode, {cause, here, command}: Expected): Promise<void> {
  const explanation = await explained(log, node);
  expect(explanation.id, log.slice(-3000)).toBe(cause);
  expect([explanation.node].flat().join('\n')).toMatch(here);
  expect([explanation.commands].flat().join('\n')).toMatch(command);
  expect([explanation.cause, explanation.remedy].flat().join('').length).toBeGreaterThan(80);
}

/** A fault that shows when etcd and the API server start. */
interface StartFault {
  readonly fault: string;
  readonly spoil: (node: SpoiledNode) => Promise<void> | void;
  readonly logs: readonly (Expected & {readonly of: 'etcd' | 'kube-apiserver'; readonly once: RegExp})[];
}

const startFaults: readonly StartFault[] = [
  {
    fault: 'the API server shows etcd a certificate of the cluster CA',
    spoil: (node) => node.copyPair('apiserver-kubelet-client', 'apiserver-etcd-client'),
    logs: [
      {
        of: 'etcd',
        once: /rejected connection.*unknown authority/,
        cause: 'etcd-client-unknown-authority',
        here: /etcd refuses \/etc\/kubernetes\/pki\/apiserver-etcd-client\.crt: it verifies its caller with \/etc\/kubernetes\/pki\/etcd\/ca\.crt/,
        command: /certwright check --root/,
      },
      {
        of: 'kube-apiserver',
        once: /bad certificate|broken pipe|use of closed network connection/,
        cause: 'etcd-refused-caller',
        here: /etcd refuses \/etc\/kubernetes\/pki\/apiserver-etcd-client\.crt/,
        command: /certwright explain --etcd-certfile/,
      },
    ],
  },
  {
    fault: 'the API server verifies etcd with the cluster CA',
    spoil: (node) => node.setFlag('kube-apiserver', '--etcd-cafile', `${pki}/ca.crt`),
    logs: [
      {
        of: 'kube-apiserver',
        once: /unknown authority/,
        cause: 'etcd-server-unknown-authority',
        here: /kube-apiserver --etcd-cafile is \/etc\/kubernetes\/pki\/ca\.crt: CN=kubernetes[^]*kube-apiserver refuses \/etc\/kubernetes\/pki\/etcd\/server\.crt/,
        command: /certwright explain --etcd-cafile/,
      },
      {
        of: 'etcd',
        once: /bad certificate/,
        cause: 'caller-refused-etcd',
        here: /kube-apiserver refuses \/etc\/kubernetes\/pki\/etcd\/server\.crt/,
        command: /certwright inspect 127\.0\.0\.1:2379/,
      },
    ],
  },
  {
    fault: "the API server's certificate for etcd has ended",
    spoil: (node) => node.reissue(`${pki}/apiserver-etcd-client.crt`, 'etcd/ca', {at: yesterday}),
    logs: [
      {
        of: 'etcd',
        once: /rejected connection.*expired/,
        cause: 'etcd-client-expired',
        here: /apiserver-etcd-client is \/etc\/kubernetes\/pki\/apiserver-etcd-client\.crt: ended on/,
        command: /certwright renew --root \S+ apiserver-etcd-client/,
      },
    ],
  },
  {
    fault: "the API server's certificate for etcd is for servers",
    spoil: (node) => node.reissue(`${pki}/apiserver-etcd-client.crt`, 'etcd/ca', {usages: ['server auth']}),
    logs: [
      {
        of: 'etcd',
        once: /rejected connection.*incompatible key usage/,
        cause: 'etcd-client-wrong-usage',
        here: /apiserver-etcd-client\.crt may not be used for client auth/,
        command: /certwright check --root/,
      },
    ],
  },
  {
    fault: 'the API server shows etcd nothing',
    spoil: (node) => {
      node.setFlag('kube-apiserver', '--etcd-certfile', undefined);
      node.setFlag('kube-apiserver', '--etcd-keyfile', undefined);
    },
    logs: [
      {
        of: 'etcd',
        once: /didn't provide a certificate/,
        cause: 'client-shows-nothing',
        here: /apiserver-etcd-client is \/etc\/kubernetes\/pki\/apiserver-etcd-client\.crt/,
        command: /certwright explain --etcd-certfile/,
      },
    ],
  },
  {
    fault: 'the key of the API server is of another pair',
    spoil: (node) => node.write(`${pki}/apiserver.key`, node.read(`${pki}/front-proxy-client.key`)),
    logs: [
      {
        of: 'kube-apiserver',
        once: /private key does not match public key/,
        cause: 'key-mismatch',
        here: /\/etc\/kubernetes\/pki\/apiserver\.key is not the key of \/etc\/kubernetes\/pki\/apiserver\.crt/,
        command: /certwright check --root/,
      },
    ],
  },
  {
    fault: 'a file that a flag of the API server names is not there',
    spoil: (node) => node.remove(`${pki}/front-proxy-client.crt`),
    logs: [
      {
        of: 'kube-apiserver',
        once: /no such file or directory/,
        cause: 'file-missing',
        here: /\/etc\/kubernetes\/pki\/front-proxy-client\.crt is not there\.\nNamed by kube-apiserver --proxy-client-cert-file\./,
        command: /certwright explain \/etc\/kubernetes\/pki\/front-proxy-client\.crt/,
      },
    ],
  },
  {
    fault: 'the file that verifies clients holds no certificate',
    spoil: (node) => node.setFlag('kube-apiserver', '--client-ca-file', `${pki}/sa.pub`),
    logs: [
      {
        of: 'kube-apiserver',
        once: /client CA|does not contain any valid/,
        cause: 'pem-broken',
        here: /\/etc\/kubernetes\/pki\/sa\.pub is there, mode 0600\.\nNamed by [^\n]*kube-apiserver --client-ca-file\./,
        command: /certwright inspect \S+\/etc\/kubernetes\/pki\/sa\.pub/,
      },
    ],
  },
];

const plan = presetPlan('kubeadm-single', 'cluster.kubernetesVersion=1.20');
const [cp = expect.fail('no node')] = plan.nodes;

/** The spoiled node's programs, on a machine of its own that ends with the network. */
async function machineOf(network: Network, {root}: SpoiledNode): Promise<Machine> {
  return network.addMachine({
    name: cp.name,
    addresses: cp.addresses,
    rootfs: root,
    hosts: {[cp.name]: cp.addresses[0] ?? ''},
  });
}

function starts(
  machine: Machine,
  programs: RealPrograms,
  node: SpoiledNode,
  component: 'etcd' | 'kube-apiserver' | 'kube-controller-manager',
): Running {
  return machine.start(programs.path(component), node.flags(component), component);
}

describeReal(explainStartTitle, (programs) => {
  const closing = closeAfterAll();
  let bundle: Bundle;

  beforeAll(async () => {
    bundle = closing(await Bundle.of(plan));
  });

  test.each(startFaults.map(({fault, ...each}, index) => [fault, {...each, index}] as const))(
    '%s',
    {timeout: 60_000},
    async (_, {spoil, logs, index}) => {
      const node = new SpoiledNode(bundle, cp.name, `spoiled-${index}`);
      await spoil(node);
      await using network = await Network.open();
      const machine = await machineOf(network, node);
      const etcd = starts(machine, programs, node, 'etcd');
      await etcd.until('it serves', () => etcd.log.includes('serving client requests on') || undefined);
      const apiserver = starts(machine, programs, node, 'kube-apiserver');
      for (const {of, once, ...expected} of logs) {
        const speaking = of === 'etcd' ? etcd : apiserver;
        await speaking.until(`${of} says ${String(once)}`, () => once.test(speaking.log) || undefined, 40_000);
        await expectExplained(speaking.log, node, expected);
      }
    },
  );
});

describeReal(explainCallersTitle, (programs) => {
  const closing = closeAfterAll();
  let network: Network;
  let machine: Machine;
  let node: SpoiledNode;
  let apiserver: Running;

  const [expired, wrongUsage, namesake] = [
    '/etc/kubernetes/scheduler.conf',
    '/root/.kube/config',
    '/etc/kubernetes/kubelet.conf',
  ];

  const wide = '/etc/kubernetes/wide.conf';
  const wideSerial = '5fd1f0c3a2b4958677e8d9cafb0c1d2ef3a4b5c6';

  beforeAll(async () => {
    const bundle = closing(await Bundle.of(plan));
    const other = closing(await Bundle.of(plan));
    node = new SpoiledNode(bundle, cp.name, 'running');
    await node.reissueIn(expired, 'ca', {at: yesterday});
    node.write(wrongUsage, node.read('/etc/kubernetes/admin.conf'));
    await node.reissueIn(wrongUsage, 'ca', {usages: ['server auth']});
    writeWideKubeconfig(node, bundle.beside(''));
    const otherCa = await other.read('authorities/kubernetes-ca.crt');
    node.write(
      namesake,
      node
        .read(namesake)
        .replace(
          /certificate-authority-data: \S+/,
          `certificate-authority-data: ${Buffer.from(otherCa).toString('base64')}`,
        ),
    );
    // While a CA is replaced, the file that verifies holds both; the one that signs must not.
    node.write(`${pki}/ca.crt`, `${node.read(`${pki}/ca.crt`)}${otherCa}`);
    network = await Network.open();
    machine = await machineOf(network, node);
    const etcd = starts(machine, programs, node, 'etcd');
    await etcd.until('it serves', () => etcd.log.includes('serving client requests on') || undefined);
    apiserver = starts(machine, programs, node, 'kube-apiserver');
    await apiserver.until('/readyz says ok', async () => {
      const {stdout} = await kubectl('/etc/kubernetes/admin.conf', 'get', '--raw', '/readyz');
      return stdout === 'ok' || undefined;
    });
  }, 120_000);

  afterAll(async () => network[Symbol.asyncDispose]());

  function kubectl(kubeconfig: string, ...words: readonly string[]) {
    return machine.attempt(programs.path('kubectl'), ['--kubeconfig', node.at(kubeconfig), ...words], {
      environment: {HOME: node.at('/home')},
    });
  }

  /** A client of OpenSSL's making: its serial numbers have 160 bits. */
  function writeWideKubeconfig(spoiled: SpoiledNode, folder: string): void {
    const [key, request, certificate, extensions] = ['key', 'csr', 'crt', 'cnf'].map(
      (ending) => `${folder}/wide.${ending}`,
    );
    openssl([
      'req',
      '-new',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      key ?? '',
      '-subj',
      '/CN=wide',
      '-out',
      request ?? '',
    ]);
    writeFileSync(extensions ?? '', 'extendedKeyUsage = serverAuth\n');
    const ca = [
      '-CA',
      spoiled.at(`${pki}/ca.crt`),
      '-CAkey',
      spoiled.at(`${pki}/ca.key`),
      '-set_serial',
      `0x${wideSerial}`,
    ];
    openssl([
      'x509',
      '-req',
      '-in',
      request ?? '',
      ...ca,
      '-days',
      '1',
      '-extfile',
      extensions ?? '',
      '-out',
      certificate ?? '',
    ]);
    const data = (path = '') => readFileSync(path).toString('base64');
    const text = spoiled
      .read('/etc/kubernetes/admin.conf')
      .replace(/client-certificate-data: \S+/, `client-certificate-data: ${data(certificate)}`)
      .replace(/client-key-data: \S+/, `client-key-data: ${data(key)}`);
    spoiled.write(wide, text);
  }

  async function lineOf(running: Running, pattern: RegExp, before: number): Promise<string> {
    return running.until(
      `it says ${String(pattern)}`,
      () =>
        running.log
          .slice(before)
          .split('\n')
          .find((line) => pattern.test(line)),
      30_000,
    );
  }

  test('a client certificate that has ended is found by its serial number', {timeout: 60_000}, async () => {
    const before = apiserver.log.length;
    const {stderr} = await kubectl(expired, 'get', 'nodes');
    expect(stderr).toContain('Unauthorized');
    const line = await lineOf(apiserver, /Unable to authenticate.*expired/, before);
    await expectExplained(line, node, {
      cause: 'client-expired',
      here: /\/etc\/kubernetes\/scheduler\.conf \(system:kube-scheduler\)[^]*ended on/,
      command: /certwright renew --root/,
    });
    await expectExplained(stderr, node, {
      cause: 'unauthorized',
      here: /\/etc\/kubernetes\/scheduler\.conf[^\n]*ended on/,
      command: /certwright inspect/,
    });
  });

  test('a client that shows a certificate for servers', {timeout: 60_000}, async () => {
    const before = apiserver.log.length;
    await kubectl(wrongUsage, 'get', 'nodes');
    const line = await lineOf(apiserver, /Unable to authenticate.*incompatible key usage/, before);
    await expectExplained(line, node, {
      cause: 'client-wrong-usage',
      here: /\/root\/\.kube\/config \(user kubernetes-admin\) may not be used for client auth/,
      command: /certwright check --root/,
    });
  });

  test('a serial number of 160 bits, as OpenSSL makes them', {timeout: 60_000}, async () => {
    const before = apiserver.log.length;
    await kubectl(wide, 'get', 'nodes');
    const line = await lineOf(apiserver, /Unable to authenticate.*incompatible key usage/, before);
    const here = [(await explained(line, node)).node].flat().join('\n');
    expect(here, line).toContain(`is ${wideSerial} in hex`);
    expect(here).toMatch(
      /The certificate with serial number \d+ is \/etc\/kubernetes\/wide\.conf \(kubernetes-admin\)/,
    );
  });

  test('a kubeconfig with the CA of another cluster of the same name', {timeout: 60_000}, async () => {
    const {stderr} = await kubectl(namesake, 'get', 'nodes');
    await expectExplained(stderr, node, {
      cause: 'authority-namesake',
      here: /whoever uses \/etc\/kubernetes\/kubelet\.conf refuses the API server of this node/,
      command: /certwright inspect/,
    });
  });

  test('a name that the API server has no certificate for', {timeout: 60_000}, async () => {
    const {stderr} = await kubectl('/etc/kubernetes/admin.conf', '--server', 'https://127.0.0.1:6443', 'get', 'nodes');
    await expectExplained(stderr, node, {
      cause: 'name-mismatch',
      here: /\/etc\/kubernetes\/pki\/apiserver\.crt holds the names[^]*127\.0\.0\.1 is not among them/,
      command: /certwright renew --root \S+ apiserver --add-san 127\.0\.0\.1/,
    });
  });

  test('a token that the cluster does not know', {timeout: 60_000}, async () => {
    const before = apiserver.log.length;
    const server = `https://${cp.addresses[0]}:6443`;
    const words = [
      '--server',
      server,
      '--certificate-authority',
      `${pki}/ca.crt`,
      '--token',
      'abcdef.0123456789abcdef',
    ];
    await machine.attempt(programs.path('kubectl'), [...words, 'get', 'nodes'], {
      environment: {HOME: node.at('/home')},
    });
    const line = await lineOf(apiserver, /Unable to authenticate.*invalid bearer token/, before);
    const explanation = await explained(line, node);
    expect(explanation.id).toBe('bearer-token-unknown');
  });

  test('two certificates in the file that signs', {timeout: 60_000}, async () => {
    const manager = starts(machine, programs, node, 'kube-controller-manager');
    const words = /expected 1 certificate, found 2/;
    await apiserver.until('the controller manager says it', () => words.test(manager.log) || undefined, 40_000);
    await expectExplained(manager.log, node, {
      cause: 'signing-file-has-two',
      here: /\/etc\/kubernetes\/pki\/ca\.crt \(--cluster-signing-cert-file\) holds 2 certificates/,
      command: /certwright explain --cluster-signing-cert-file/,
    });
  });

  test(
    'a kubelet whose certificate is gone and whose bootstrap kubeconfig was deleted long ago',
    {timeout: 60_000},
    async () => {
      const {stderr} = await machine.attempt(programs.path('kubelet'), [
        '--kubeconfig=/etc/kubernetes/gone.conf',
        '--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf',
        '--fail-swap-on=false',
      ]);
      const explanation = await explained(stderr, node);
      expect(explanation.id, stderr).toBe('bootstrap-kubeconfig-missing');
    },
  );

  test('plain HTTP at a port that speaks TLS', {timeout: 60_000}, async () => {
    const {stderr} = await machine.attempt(
      programs.path('kubectl'),
      ['--server', 'http://127.0.0.1:6443', 'get', 'nodes'],
      {
        environment: {HOME: node.at('/home')},
      },
    );
    expect((await explained(stderr, node)).id).toBe('plain-http');
  });
});
