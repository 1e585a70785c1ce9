import {faultIds, type FaultId} from '../../src/lessons/faults.ts';
import {newestMinor, oldestMinor} from '../../src/pki/versions.ts';
import {
  bootedCases,
  bootedTitle,
  everyCallTitle,
  expiredTitle,
  explainCallersTitle,
  explainStartTitle,
  joiningTitle,
  kubeadmCases,
  kubeadmTitle,
  kubeletTitle,
  labRealTitle,
  labTitle,
  ownDiskTitle,
  rotationTitle,
  severalRunsTitle,
} from '../real/cases.ts';

/** `docs/tested.md`: what was tried with which programs. The verdicts are those of a test run, the rest is here. */

/** Tests that show one thing: everything in a file below these names of suites and of a test. */
export interface Evidence {
  /** The test file, from the project's folder. */
  readonly file: string;
  /** From the outermost suite inwards; the last may be a test. */
  readonly names: readonly string[];
  /** Suites in it that show something else. */
  readonly without?: string;
}

export type Outcome = 'passed' | 'failed' | 'not run';

interface Table {
  readonly title: string;
  readonly intro: string;
  /** Of the cells, then of the evidence. */
  readonly head: readonly string[];
  readonly rows: readonly {readonly cells: readonly string[]; readonly evidence: readonly (Evidence | undefined)[]}[];
}

const oldest = `1.${oldestMinor}`;
const newest = `1.${newestMinor}`;

/** Where each fault of the lab was held against real programs. */
const labEvidence: Readonly<Record<FaultId, Evidence>> = {
  'etcd-server-expired': ofLab('the API server and etcd say it of etcd-server-expired'),
  'etcd-client-expired': ofLab('the API server and etcd say it of etcd-client-expired'),
  'admin-expired': ofLab('the API server and who calls it say it of admin-expired'),
  'apiserver-not-yet-valid': ofLab('the API server and who calls it say it of apiserver-not-yet-valid'),
  'scheduler-not-yet-valid': ofLab('the API server and who calls it say it of scheduler-not-yet-valid'),
  'old-kubeconfig': ofLab('the API server and who calls it say it of old-kubeconfig'),
  'old-client-ca': ofLab('the API server and who calls it say it of old-client-ca'),
  'unknown-etcd-ca': ofLab('the API server and etcd say it of unknown-etcd-ca'),
  'unknown-client': ofLab('the API server and etcd say it of unknown-client'),
  'etcd-without-name': ofLab('the API server and etcd say it of etcd-without-name'),
  'apiserver-without-name': ofLab('the API server and who calls it say it of apiserver-without-name'),
  'apiserver-without-san': ofLab('the API server and who calls it say it of apiserver-without-san'),
  'server-for-clients-only': ofLab('the API server and who calls it say it of server-for-clients-only'),
  'client-for-servers-only': ofLab('the API server and etcd say it of client-for-servers-only'),
  'user-for-servers-only': ofLab('the API server and who calls it say it of user-for-servers-only'),
  'etcd-for-servers-only': ofLab("etcd refuses its own gateway's certificate for servers only"),
  'etcd-swapped-key': ofLab('etcd does not start with the key of another'),
  'apiserver-swapped-key': ofLab('an API server does not start with the key of another'),
  'client-swapped-key': ofLab('the API server and etcd say it of client-swapped-key'),
  'intermediate-missing': ofLab('kubectl misses the intermediate'),
  'one-ca-for-all': {
    file: 'test/real/etcd.test.ts',
    names: ['etcd as one-ca sets it up', 'a kubelet that sends its whole chain is let in'],
  },
  'front-proxy-name': ofLab('an API server believes the headers of front-proxy-name'),
  'front-proxy-any-name': ofLab('an API server believes the headers of front-proxy-any-name'),
  'another-sa-pub': ofLab('an API server with another sa.pub refuses tokens'),
  'bundle-in-signing-file': ofLab('a controller manager ends with two certificates to sign with'),
};

function ofLab(name: string): Evidence {
  return {file: 'test/real/lab.test.ts', names: [labTitle, name]};
}

const shownByLabReal: readonly FaultId[] = [
  'etcd-without-name',
  'user-for-servers-only',
  'apiserver-without-san',
  'etcd-swapped-key',
];

function labRealEvidence(id: FaultId): Evidence | undefined {
  if (!shownByLabReal.includes(id)) return undefined;
  return {file: 'test/real/lab.test.ts', names: [labRealTitle, `shows what etcd and kube-apiserver log of ${id}`]};
}

const tables: readonly Table[] = [
  {
    title: 'Booted: Kubernetes 1.20.2, etcd 3.4',
    intro: `Each node is a machine of its own, with its \`rootfs\` laid over \`/\`. Every program is started with nothing but its
flags file, \`etcd $(cat etcd.flags)\` and so on: every etcd member, every control plane, a kubelet with containerd and runc,
and kube-proxy where it is a service. *Control planes*: every API server is ready, leases are held, every kubeconfig is who
it says, service accounts' tokens count, requests are signed, what is written is in etcd, and the same with a foreign
certificate is refused. *Kubelet*: its Node registers, the API server fetches the log of a pod from it, verifies it where the plan
says so, and it answers nobody else.`,
    head: ['preset', 'keys', 'addresses', 'what kubelets show', 'control planes', 'kubelet'],
    rows: bootedCases.map((booted) => {
      const suite = {file: 'test/real/control-plane.test.ts', names: [bootedTitle(booted)]};
      return {
        cells: [booted.preset, booted.algorithm, booted.families, booted.serving],
        evidence: [
          {...suite, without: kubeletTitle},
          {...suite, names: [...suite.names, kubeletTitle]},
        ],
      };
    }),
  },
  {
    title: 'Started and joined by kubeadm 1.20.2',
    intro: `The files of one bundle (\`kubeadm-ha\`, RSA-2048, kubelets that ask for both of their certificates) on nodes with
containerd, runc and a kubelet. What kubeadm finds missing on such a test machine is ignored by name.`,
    head: ['what', 'seen'],
    rows: [
      'kubeadm init takes the files and writes the static pods',
      'the static pods come up, and the API server is ready',
      'kube-proxy is let in with its service account, as kubeadm sets it up',
      'a worker with its flags alone asks with the token, and its Node is there',
      'its log is told once its serving certificate is approved',
      'the join line with a wrong pin is refused',
      'kubeadm join takes the join line, and the Node is there',
      'kubeadm join takes the JoinConfiguration, and the Node is there',
      'kubeadm join takes the files of a further control-plane node as they lie',
      'a worker that the plan did not know joins with what is gathered for it',
    ].map((name) => ({
      cells: [name],
      evidence: [{file: 'test/real/joining.test.ts', names: [joiningTitle, name]}],
    })),
  },
  {
    title: 'Taken by kubeadm 1.20.2 as they lie',
    intro: `kubeadm uses every file of the bundle and touches none, and the static pods that it writes have the flags of the bundle, each
and no other.`,
    head: ['preset', 'keys', 'certificates', 'kubeconfigs', 'check-expiration', 'flags'],
    rows: kubeadmCases.map(([preset, algorithm]) => ({
      cells: [preset, algorithm],
      evidence: [
        'init phase certs all uses every one of them',
        'init phase kubeconfig all uses every one of them',
        'certs check-expiration finds every one of them',
        'init phases control-plane and etcd start every program with the flags of the bundle',
      ].map((name) => ({file: 'test/real/kubeadm.test.ts', names: [kubeadmTitle(preset, algorithm), name]})),
    })),
  },
  {
    title: 'Cut off: renew, restore and recover',
    intro: `The built program changes the files of a node on a real file system, and at every call by which it does so, one call a
run, it is killed or the call is refused (strace does both). After \`recover\` the node is wholly old or wholly new, every
key fits its certificate, modes, owners and links are as they were, and the backup restores byte for byte.`,
    head: ['what', 'seen'],
    rows: [
      ...[
        'renew that is killed leaves it wholly old or wholly new, with backups that are whole',
        'restore that is killed leaves it as it was, or wholly restored',
        'recover that is killed, of a run that was cut off while staging, leaves it undone',
        'recover that is killed, of a run that was cut off while swapping, leaves it finished',
        'renew that meets a disk that is full says what to do and leaves it whole',
        'renew that meets a disk that says so late says what to do and leaves it whole',
        'renew that meets a disk that is read-only says what to do and leaves it whole',
        'renew that meets a disk that stays read-only says what to do and leaves it whole',
        'renew that meets what it may not do says what to do and leaves it whole',
      ].map((name) => ({suite: everyCallTitle, name})),
      ...[
        'that is full, renew changes nothing, and does it once there is room',
        'that is read-only, renew, restore and recover say so and change nothing',
      ].map((name) => ({suite: ownDiskTitle, said: 'on a disk of its own', name})),
      ...[
        'the one that holds the lock renews the node, and another ends with 75',
        'each renews the node after the other or ends with 75, and it is whole',
      ].map((name) => ({suite: severalRunsTitle, said: severalRunsTitle, name})),
    ].map(({suite, name, said}: {suite: string; name: string; said?: string}) => ({
      cells: [said === undefined ? name : `${said} ${name}`],
      evidence: [{file: 'test/real/crash-sweep.test.ts', names: [suite, name]}],
    })),
  },
  {
    title: 'Rotated and rescued: Kubernetes 1.20.2',
    intro: `The one node of a cluster that kubeadm 1.20.2 made, its control plane in static pods under a real kubelet. The built
program renews, restarts one component after the other, and looks at what is shown, who each kubeconfig is and who leads;
kubeadm, openssl and kubectl say the same.`,
    head: ['what', 'seen'],
    rows: [
      {file: 'rotation', suite: rotationTitle, name: 'renews everything, restarts what must be, and all of it works'},
      {
        file: 'rotation',
        suite: rotationTitle,
        name: 'adds a name for the API server that kubectl could not use before',
      },
      {file: 'rotation', suite: rotationTitle, name: 'that breaks the API server is taken back, and the cluster runs'},
      {file: 'expired-cluster', suite: expiredTitle, name: 'is named by check, which says what to do'},
      {file: 'expired-cluster', suite: expiredTitle, name: 'runs again once what the program says was done'},
    ].map(({file, suite, name}) => ({
      cells: [`${suite} ${name}`],
      evidence: [{file: `test/real/${file}.test.ts`, names: [suite, name]}],
    })),
  },
  {
    title: 'Said as the lab tells it: Kubernetes 1.20.2, etcd 3.4',
    intro: `Real etcd, kube-apiserver, kube-controller-manager and kubectl, started with the very files that \`learn lab\` has broken: each
says in its log what the lab tells of it, and the API server is ready once the fault is mended. \`--real\`: \`learn lab --real\` itself
starts etcd and kube-apiserver and shows the line.`,
    head: ['fault', 'seen', '--real'],
    rows: faultIds.map((id) => ({cells: [id], evidence: [labEvidence[id], labRealEvidence(id)]})),
  },
  {
    title: 'Explained from real logs: Kubernetes 1.20.2, etcd 3.4',
    intro: `A control plane whose files are spoiled in one way at a time. \`explain\` is given what it logs and the node's files, and
names the cause, the file and what to run.`,
    head: ['what is wrong', 'explained'],
    rows: [
      ...[
        'the API server shows etcd a certificate of the cluster CA',
        'the API server verifies etcd with the cluster CA',
        "the API server's certificate for etcd has ended",
        "the API server's certificate for etcd is for servers",
        'the API server shows etcd nothing',
        'the key of the API server is of another pair',
        'a file that a flag of the API server names is not there',
        'the file that verifies clients holds no certificate',
      ].map((name) => ({suite: explainStartTitle, name})),
      ...[
        'a client certificate that has ended is found by its serial number',
        'a client that shows a certificate for servers',
        'a serial number of 160 bits, as OpenSSL makes them',
        'a kubeconfig with the CA of another cluster of the same name',
        'a name that the API server has no certificate for',
        'a token that the cluster does not know',
        'two certificates in the file that signs',
        'a kubelet whose certificate is gone and whose bootstrap kubeconfig was deleted long ago',
        'plain HTTP at a port that speaks TLS',
      ].map((name) => ({suite: explainCallersTitle, name})),
    ].map(({suite, name}) => ({cells: [name], evidence: [{file: 'test/real/explain.test.ts', names: [suite, name]}]})),
  },
  {
    title: "Equal to kubeadm's files: Kubernetes 1.36.2",
    intro: `For the same input the bundle holds what kubeadm 1.36.2 writes, but for keys, serial numbers and dates (and what
\`test/journeys/kubeadm-equal.test.ts\` names as a difference on purpose). No program of 1.36 was started.`,
    head: ['input', 'files and modes', 'certificates', 'flags', 'kubeconfigs', "kubelet's settings"],
    rows: [
      {fixture: 'kubeadm-1.36', input: 'a control plane with IPv4, RSA-2048', hasKubelet: true},
      {fixture: 'kubeadm-1.36-ipv6', input: 'a control plane with both families, IPv6 first', hasKubelet: false},
    ].map(({fixture, input, hasKubelet}) => ({
      cells: [input],
      evidence: [
        'has the same files with the same modes',
        'has the same certificates: subject, issuer, usages, criticality and SANs',
        'has the same flags',
        // Of the second there are certificates and manifests alone.
        hasKubelet ? 'has the same kubeconfigs, and the same certificates in them' : undefined,
        hasKubelet ? 'sets up the kubelet the same' : undefined,
      ].map((name) =>
        name === undefined ? undefined : {file: 'test/journeys/kubeadm-equal.test.ts', names: [fixture, name]},
      ),
    })),
  },
];

const ending = `## Derived

Everything else follows from the same tables, and no program of it was started here:

- Kubernetes 1.${oldestMinor + 1} to ${newest}, apart from what is equal above. What differs from version to version is data, each
  difference with where it is told, in \`test/pki/flags-by-version.test.ts\`; nothing else differs.
- RSA-3072, RSA-4096 and ECDSA-P384.
- Brought authorities, \`trust.assign\`, and every other combination of the above.

For these too every connection of a bundle is proved by a real TLS handshake with exactly the files that both sides will use:
\`certwright verify\`.
`;

/** The page. */
export function testedPage(outcomeOf: (evidence: Evidence) => Outcome): string {
  const parts = tables.map(({title, intro, head, rows}) => {
    const lines = rows.map(({cells, evidence}) => [
      ...cells,
      ...evidence.map((one) => (one === undefined ? '–' : wordFor(outcomeOf(one)))),
    ]);
    const table = [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`);
    return `## ${title}\n\n${intro}\n\n${table.join('\n')}\n`;
  });
  const start = `# What was tried

Written by the tests (\`CONTRIBUTING.md\` says how). Certwright knows Kubernetes ${oldest} to ${newest}; this page says what was seen of
it on real programs, what equals kubeadm's own files, and what is derived.
`;
  return [start, ...parts, ending].join('\n');
}

/** Everything that the page rests on. */
export const everyEvidence: readonly Evidence[] = tables.flatMap(({rows}) =>
  rows.flatMap(({evidence}) => evidence.filter((one) => one !== undefined)),
);

function wordFor(outcome: Outcome): string {
  switch (outcome) {
    case 'passed':
      return 'yes';
    case 'failed':
      return '**no**';
    case 'not run':
      return 'not tried';
    default:
      return outcome satisfies never;
  }
}
