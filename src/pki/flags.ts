import type {PlannedComponent, PlannedFlag} from './blueprint-types.ts';
import type {KubeconfigId, NodeSituation, TrustId} from './certificate.ts';
import {certificateRows} from './certificates.ts';
import type {ComponentRow} from './components.ts';
import {kubeconfigRows} from './kubeconfigs.ts';
import {layouts} from './layouts.ts';
import {trustRows} from './trusts.ts';
import {holdsFor} from './versions.ts';

/** What the derivation of a node's flags needs to know of its files; paths are absolute, on the node. */
export interface FilePaths {
  readonly certificate: (id: string) => {readonly certificate: string; readonly key: string};
  readonly trust: (id: TrustId) => string;
  readonly kubeconfig: (id: KubeconfigId) => string;
  /** The pair with which the controller manager signs requests; undefined = an external authority signs. */
  readonly signing: readonly {
    readonly flagPrefix: string;
    readonly certificate: string;
    readonly key: string;
    readonly authority: string;
  }[];
}

/** A component's complete flags and settings on a node, sorted by name as kubeadm sorts them. */
export function planComponent(row: ComponentRow, situation: NodeSituation, paths: FilePaths): PlannedComponent {
  const own = (rows: ComponentRow['flags']): PlannedFlag[] =>
    rows.flatMap((flag) => {
      const value = holdsFor(flag, situation.version) && flag.when(situation) ? flag.value(situation) : undefined;
      return value === undefined ? [] : [{name: flag.name, value, why: flag.why, row: undefined}];
    });
  const derived = derivedFlags(row, situation, paths);
  return {
    component: row.id,
    node: situation.node.name,
    flags: byName([...own(row.flags), ...derived.filter((flag) => flag.name.startsWith('--'))]),
    settings: byName([...own(row.settings), ...derived.filter((flag) => !flag.name.startsWith('--'))]),
  };
}

function derivedFlags({id}: ComponentRow, situation: NodeSituation, paths: FilePaths): PlannedFlag[] {
  const flags: PlannedFlag[] = [];
  for (const row of certificateRows) {
    if (row.stored.kind !== 'pem' || !row.when(situation) || !row.issuedNow(situation)) continue;
    for (const use of row.usedBy) {
      if (use.component !== id) continue;
      const files = paths.certificate(row.id);
      flags.push({name: use.certificate, value: files.certificate, why: row.why, row: row.id});
      flags.push({name: use.key, value: files.key, why: `the private key of ${row.id}`, row: row.id});
    }
  }
  for (const row of trustRows) {
    if (row.component !== id || row.flag === undefined || !row.when(situation)) continue;
    flags.push({name: row.flag, value: paths.trust(row.id), why: row.why, row: row.id});
  }
  for (const row of kubeconfigRows) {
    if (!row.when(situation) || !row.onThisNode(situation)) continue;
    for (const use of row.usedBy) {
      if (use.component !== id) continue;
      for (const name of use.flags) flags.push({name, value: paths.kubeconfig(row.id), why: row.why, row: row.id});
    }
  }
  return [...flags, ...serviceAccountFlags(id, situation), ...signingFlags(id, paths)];
}

function serviceAccountFlags(id: ComponentRow['id'], {plan}: NodeSituation): PlannedFlag[] {
  const files = layouts[plan.layout].serviceAccount;
  const row = 'service-account';
  switch (id) {
    case 'kube-apiserver':
      return [
        {
          name: '--service-account-key-file',
          value: files.public,
          why: "service accounts' tokens are verified with it",
          row,
        },
        {
          name: '--service-account-signing-key-file',
          value: files.private,
          why: "service accounts' tokens are signed with it",
          row,
        },
      ];
    case 'kube-controller-manager':
      return [
        {
          name: '--service-account-private-key-file',
          value: files.private,
          why: 'long-lived tokens in Secrets are signed with it',
          row,
        },
      ];
    case 'etcd':
    case 'kube-scheduler':
    case 'kubelet':
    case 'kube-proxy':
      return [];
    default:
      return id satisfies never;
  }
}

/** Either one pair for every signer, or, where two authorities sign, a pair for each signer: the two forms exclude each other. */
function signingFlags(id: ComponentRow['id'], {signing}: FilePaths): PlannedFlag[] {
  if (id !== 'kube-controller-manager') return [];
  return signing.flatMap(({flagPrefix, certificate, key, authority}) => [
    {
      name: `${flagPrefix}-cert-file`,
      value: certificate,
      why:
        certificate === ''
          ? 'the authority is external: its key is not here, so nothing signs the requests of certificates.k8s.io'
          : 'requests of certificates.k8s.io are signed by it; the file must hold exactly one certificate',
      row: authority,
    },
    {
      name: `${flagPrefix}-key-file`,
      value: key,
      why: certificate === '' ? 'the same' : "the signing authority's private key",
      row: authority,
    },
  ]);
}

function byName(flags: readonly PlannedFlag[]): PlannedFlag[] {
  return flags.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Each `--name=value`, sorted. */
export function flagLines(flags: PlannedComponent['flags']): readonly string[] {
  return flags.map(({name, value}) => `${name}=${value}`).toSorted();
}

/** One `--name=value` a line, sorted: `kube-apiserver $(cat kube-apiserver.flags)` starts it. */
export function flagsText({component, flags}: PlannedComponent): string {
  const lines = flagLines(flags);
  const broken = lines.find((line) => /\s/.test(line));
  // The shell splits the file at white space, and no quoting in the file could stop it.
  if (broken !== undefined) throw new TypeError(`white space in a flag of ${component}: ${JSON.stringify(broken)}`);
  return `${lines.join('\n')}\n`;
}
