import {beforeAll, describe, expect, test} from 'vitest';
import {planWith} from '../helpers/plans.ts';
import {makeAuthority} from '../x509/makers.ts';
import {findingsOf, World} from './world.ts';

/** What is wrong with a file by itself, and where it is said to be. */
const cp = 'nodes/cp-1/rootfs/etc/kubernetes';
const worker = 'nodes/worker-1/rootfs/etc/kubernetes';
const flags = 'nodes/cp-1/flags/kube-apiserver.flags';

interface Spoiling {
  readonly name: string;
  readonly spoil: (world: World) => unknown;
  readonly findings: readonly string[];
  readonly message: RegExp;
}

function replace(path: string, from: string | RegExp, to: string) {
  return (world: World) => {
    const before = world.read(path);
    const after = before.replace(from, to);
    if (after === before) throw new Error(`nothing to replace in ${path}`);
    world.write(path, after);
  };
}

const encoded = (text: string) => Buffer.from(text).toString('base64');

const spoilings: readonly Spoiling[] = [
  {
    name: 'a file that is missing',
    spoil: (world) => world.remove('bootstrap/rbac.yaml'),
    findings: ['error file-missing bootstrap/rbac.yaml'],
    message: /^bootstrap\/rbac.yaml is missing$/,
  },
  {
    name: 'a key that others may read',
    spoil: (world) => world.write(`${cp}/pki/apiserver.key`, world.read(`${cp}/pki/apiserver.key`), 0o640),
    findings: [`error mode-too-open ${cp}/pki/apiserver.key`],
    message: /has mode 0640, not 0600: others on the machine can read a secret$/,
  },
  {
    name: 'a certificate with another mode than planned',
    spoil: (world) => world.write(`${cp}/pki/apiserver.crt`, world.read(`${cp}/pki/apiserver.crt`), 0o600),
    findings: [`warning mode-differs ${cp}/pki/apiserver.crt`],
    message: /has mode 0600, not 0644$/,
  },
  {
    name: "an authority's key on a worker",
    spoil: (world) => world.write(`${worker}/pki/ca.key`, world.read(`${cp}/pki/ca.key`), 0o600),
    findings: [`error unexpected-secret ${worker}/pki/ca.key`],
    message: /holds a secret, and the plan has no such file/,
  },
  {
    name: "another node's kubeconfig",
    spoil: (world) => world.write(`${worker}/old/admin.conf`, world.read(`${cp}/admin.conf`), 0o600),
    findings: [`error unexpected-secret ${worker}/old/admin.conf`],
    message: /holds a secret/,
  },
  {
    name: 'a note beside the files, which is nobody’s business',
    spoil: (world) => world.write('notes.txt', 'ring Ada before Monday'),
    findings: [],
    message: /^$/,
  },
  {
    name: 'a key pasted behind a certificate',
    spoil: (world) =>
      world.write(
        `${cp}/pki/apiserver.crt`,
        world.read(`${cp}/pki/apiserver.crt`) + world.read(`${cp}/pki/apiserver.key`),
      ),
    findings: [`error unexpected-secret ${cp}/pki/apiserver.crt`],
    message: /holds a private key, and none belongs into it$/,
  },
  {
    name: 'a key beside the wrong certificate',
    spoil: (world) => world.write(`${cp}/pki/apiserver.key`, world.read(`${cp}/pki/etcd/server.key`)),
    findings: [`error key-does-not-match ${cp}/pki/apiserver.key`],
    message: /^the key in .*apiserver.key does not belong to the certificate of cp-1\/apiserver$/,
  },
  {
    name: "an authority's key that is another's",
    spoil: (world) => world.write('authorities/etcd-ca.key', world.read('authorities/kubernetes-ca.key')),
    findings: ['error key-does-not-match authorities/etcd-ca.key'],
    message: /does not belong to the certificate of etcd-ca$/,
  },
  {
    name: 'a certificate with a name that is missing',
    spoil: (world) =>
      world.reissue('cp-1/apiserver', {
        sans: world.planned('cp-1/apiserver').sans.filter(({value}) => value !== 'kubernetes'),
      }),
    findings: [`error name-missing ${cp}/pki/apiserver.crt`],
    message: /is not valid for kubernetes$/,
  },
  {
    name: 'a certificate for another subject',
    spoil: (world) => world.reissue('cp-1/scheduler', {commonName: 'system:kube-proxy'}),
    findings: [`error subject-differs ${cp}/scheduler.conf`],
    message: /is for .*CN=system:kube-proxy/,
  },
  {
    name: 'a certificate that another authority of the bundle signed',
    spoil: (world) => world.reissue('cp-1/etcd-healthcheck-client', {by: world.authority('kubernetes-ca')}),
    findings: [`error wrong-authority ${cp}/pki/etcd/healthcheck-client.crt`],
    message: /is signed by kubernetes-ca, not by etcd-ca$/,
  },
  {
    name: 'a certificate that sends along what nobody needs',
    spoil: (world) => world.reissue('cp-1/apiserver', {chain: ['etcd-ca']}),
    findings: [`warning chain-differs ${cp}/pki/apiserver.crt`],
    message: /sends along etcd-ca; planned is nothing$/,
  },
  {
    name: 'a trust file with one authority too many',
    spoil: (world) =>
      world.write(`${worker}/pki/ca.crt`, world.read(`${worker}/pki/ca.crt`) + world.read('authorities/etcd-ca.crt')),
    findings: [`error authority-unplanned ${worker}/pki/ca.crt`],
    message: /also holds etcd-ca: what is verified with it trusts more than planned$/,
  },
  {
    name: 'a trust file with an authority of another cluster',
    spoil: async (world) => world.write(`${worker}/pki/ca.crt`, (await makeAuthority({now: world.now})).certificate),
    findings: [`error authority-missing ${worker}/pki/ca.crt`],
    message:
      /does not hold kubernetes-ca, but CN=kubernetes \(not of this bundle\): what that authority signed is refused$/,
  },
  {
    name: 'service-account keys that differ',
    spoil: (world) => {
      const other = world.authority('etcd-ca').key.privateKey.reveal();
      world.write(`${cp}/pki/sa.key`, other);
    },
    // The first half that is met is believed; the other one is told.
    findings: [`error key-pair-differs ${cp}/pki/sa.pub`],
    message: /is of another service-account key pair than the first one in the bundle/,
  },
  {
    name: 'a private key where the public half belongs',
    spoil: (world) => world.write(`${cp}/pki/sa.pub`, world.read(`${cp}/pki/sa.key`)),
    findings: [`error unexpected-secret ${cp}/pki/sa.pub`, `error key-unreadable ${cp}/pki/sa.pub`],
    message: /holds a private key, and none belongs into it$/,
  },
  {
    name: 'a kubeconfig that leads elsewhere',
    spoil: replace(`${cp}/controller-manager.conf`, 'https://10.0.0.11:6443', 'https://10.0.0.11:6444'),
    findings: [`error server-differs ${cp}/controller-manager.conf`],
    message: /leads to https:\/\/10\.0\.0\.11:6444, not to https:\/\/10\.0\.0\.11:6443$/,
  },
  {
    name: 'a kubeconfig that verifies nothing',
    spoil: replace(`${cp}/controller-manager.conf`, /( +)server:/, '$1insecure-skip-tls-verify: true\n$1server:'),
    findings: [`error verification-skipped ${cp}/controller-manager.conf`],
    message: /insecure-skip-tls-verify/,
  },
  {
    name: 'a kubeconfig that trusts one authority too many',
    spoil: (world) => {
      const ca = world.read('authorities/kubernetes-ca.crt');
      replace(`${cp}/admin.conf`, encoded(ca), encoded(ca + world.read('authorities/etcd-ca.crt')))(world);
    },
    findings: [`error authority-unplanned ${cp}/admin.conf`],
    message: /admin.conf also holds etcd-ca/,
  },
  {
    name: 'a kubeconfig with the key of another',
    spoil: (world) => {
      const own = world.issued.certificates.get('cp-1/admin')?.key.reveal() ?? '';
      const other = world.issued.certificates.get('cp-1/scheduler')?.key.reveal() ?? '';
      replace(`${cp}/admin.conf`, encoded(own), encoded(other))(world);
    },
    findings: [`error key-does-not-match ${cp}/admin.conf`],
    message: /does not belong to the certificate of cp-1\/admin$/,
  },
  {
    name: 'a kubeconfig whose context has another name',
    spoil: (world) => {
      const path = `${cp}/admin.conf`;
      world.write(path, world.read(path).replaceAll('kubernetes-admin@demo', 'me@demo'));
    },
    findings: [`warning name-differs ${cp}/admin.conf`],
    message: /calls its context "me@demo", not "kubernetes-admin@demo"$/,
  },
  {
    name: 'a flag that was changed',
    spoil: replace(flags, /^--client-ca-file=.*$/m, '--client-ca-file=/etc/other.crt'),
    findings: [`warning flag-differs ${flags}`],
    message:
      /^line \d+ of nodes\/cp-1\/flags\/kube-apiserver.flags is "--client-ca-file=\/etc\/other.crt": planned is --client-ca-file=\/etc\/kubernetes\/pki\/ca.crt$/,
  },
  {
    name: 'a flag that was added',
    spoil: (world) => world.write(flags, `${world.read(flags)}--profiling=false\n`),
    findings: [`warning flag-differs ${flags}`],
    message: /is "--profiling=false": no such flag is planned$/,
  },
  {
    name: 'a flag that was taken out',
    spoil: replace(flags, /^--authorization-mode=.*\n/m, ''),
    findings: [`warning flag-missing ${flags}`],
    message: /lacks --authorization-mode=Node,RBAC$/,
  },
  {
    name: "the kubelet's configuration with another authority",
    spoil: replace(
      'nodes/worker-1/rootfs/var/lib/kubelet/config.yaml',
      /clientCAFile: .*/,
      'clientCAFile: /tmp/ca.crt',
    ),
    findings: ['warning document-differs nodes/worker-1/rootfs/var/lib/kubelet/config.yaml'],
    message:
      /^line \d+ of .* is " +clientCAFile: \/tmp\/ca.crt"; planned is " +clientCAFile: \/etc\/kubernetes\/pki\/ca.crt"$/,
  },
  {
    name: 'a bootstrap kubeconfig with a token of its own',
    spoil: (world) => {
      const token = world.issued.bootstrapToken?.reveal() ?? '';
      replace('bootstrap/bootstrap-kubelet.conf', token, 'abcdef.0123456789abcdef')(world);
    },
    findings: ['error token-differs bootstrap/bootstrap-kubelet.conf'],
    message: /holds another bootstrap token than the first one of the bundle/,
  },
  {
    name: 'a join command with another token',
    spoil: replace('bootstrap/join-command', /--token \S+/, '--token abcdef.0123456789abcdef'),
    findings: ['error token-differs bootstrap/join-command'],
    message: /^bootstrap\/join-command speaks of another bootstrap token/,
  },
  {
    name: 'a join command that pins another authority',
    spoil: replace('bootstrap/join-command', /sha256:\w+/, `sha256:${'0'.repeat(64)}`),
    findings: ['error authority-differs bootstrap/join-command'],
    message: /^bootstrap\/join-command does not speak of kubernetes-ca as the bundle has it/,
  },
  {
    name: "a token's Secret with another token",
    spoil: replace('bootstrap/token-secret.yaml', /token-secret: \S+/, `token-secret: ${encoded('0123456789abcdef')}`),
    findings: ['error token-differs bootstrap/token-secret.yaml'],
    message: /^bootstrap\/token-secret.yaml speaks of another bootstrap token/,
  },
  {
    name: 'a cluster-info with another authority',
    spoil: (world) =>
      replace(
        'bootstrap/cluster-info.yaml',
        encoded(world.read('authorities/kubernetes-ca.crt')),
        encoded(world.read('authorities/etcd-ca.crt')),
      )(world),
    findings: ['error authority-differs bootstrap/cluster-info.yaml'],
    message: /^bootstrap\/cluster-info.yaml does not speak of kubernetes-ca/,
  },
];

describe('the files of a bundle', () => {
  let sound: World;
  beforeAll(async () => {
    sound = await World.of(planWith({keys: {algorithm: 'ECDSA-P256'}}));
  });

  test.each(spoilings)('$name', async ({spoil, findings, message}) => {
    const world = sound.copy();
    await spoil(world);
    const proof = await world.prove();
    expect(findingsOf(proof)).toEqual(findings);
    expect(proof.findings[0]?.message ?? '').toMatch(message);
    expect(proof.findings.every(({fix, code}) => fix !== undefined || code === 'name-differs')).toBe(true);
  });

  test('a difference in lines names the line', async () => {
    const world = sound.copy();
    const lines = world.read(flags).split('\n');
    lines[4] = '--nonsense=1';
    world.write(flags, lines.join('\n'));
    const [finding] = (await world.prove()).findings;
    expect(finding?.at).toEqual({path: flags, line: 5});
  });

  test('no finding repeats a secret', async () => {
    const world = sound.copy();
    const token = world.issued.bootstrapToken?.reveal() ?? '';
    world.write(flags, `${world.read(`${cp}/pki/apiserver.key`)}${world.read(flags)}`);
    world.write(
      'nodes/worker-1/flags/kubelet.flags',
      `--token=${token}\n--key=${encoded(world.read(`${cp}/pki/sa.key`))}\n`,
    );
    world.write('bootstrap/join-command', 'kubeadm join');
    const said = JSON.stringify((await world.prove()).findings);
    expect(said).toContain('unexpected-secret');
    expect(said).toContain('--token=[bootstrap token]');
    expect(said).toContain('--key=[embedded PEM]');
    expect(said).not.toContain(token);
    expect(said).not.toContain(world.read(`${cp}/pki/apiserver.key`).split('\n')[1]);
  });

  test('folders that are open for others are told', async () => {
    const {files} = sound;
    const modes: Readonly<Record<string, number>> = {'': 0o755, authorities: 0o700, users: 0o700, bootstrap: 0o750};
    const proof = await sound.prove({files: {...files, mode: (path) => modes[path] ?? files.mode(path)}});
    expect(findingsOf(proof)).toEqual(['warning folder-open ', 'warning folder-open bootstrap']);
    expect(proof.state).toBe('warning');
  });
});
