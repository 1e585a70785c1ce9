import {normalizeAddress, parseAddress} from '../base/address.ts';
import {hostFault, readEndpoint} from '../base/names.ts';
import {problem, warning, type Problem} from '../base/problem.ts';
import {layouts} from '../pki/layouts.ts';
import type {LayoutId} from '../pki/plan.ts';
import {shown} from '../wizard/read-value.ts';
import type {PlanValue} from '../wizard/step.ts';
import type {Gathering} from './gathering.ts';
import {isEmpty} from './kubeadm-fields.ts';
import {kubeletArguments} from './kubeadm-flags.ts';
import {listAt, textAt, valueAt, type KubeadmDocument} from './kubeadm-documents.ts';
import {isMap} from '../wizard/text-form.ts';

/** Which machines a kubeadm configuration speaks of, and by which names and addresses. */

interface Found {
  readonly document: KubeadmDocument;
  readonly name: {readonly value: string; readonly at: string};
  readonly addresses: readonly {readonly value: string; readonly at: string}[];
  /** Where an address would stand, if there is none. */
  readonly missing: string;
  readonly roles: readonly string[];
  readonly sans: readonly {readonly value: string; readonly document: KubeadmDocument; readonly at: string}[];
}

/** Nodes in the order in which they are brought up: etcd's own, the one that inits, those that join. */
export function gatherNodes(documents: readonly KubeadmDocument[], layout: LayoutId, into: Gathering): void {
  const cluster = documents.find(({kind}) => kind === 'ClusterConfiguration');
  const kubernetes = documents
    .filter(({kind}) => kind === 'InitConfiguration' || kind === 'JoinConfiguration')
    .map((document) => nodeOf(document, cluster, layout, into));
  const members = cluster === undefined ? [] : membersOf(cluster, into);
  const apart = members.filter((member) => !kubernetes.some((node) => sharesAddress(node, member)));
  const nodes = [
    ...apart,
    ...kubernetes.map((node) =>
      members.some((member) => sharesAddress(node, member)) ? {...node, roles: [...node.roles, 'etcd']} : node,
    ),
  ];
  const [first] = nodes;
  if (first === undefined) return;
  into.take('nodes', nodes.map(recordOf), first.document, '');
  nodes.forEach((node, index) => placeNode(node, `nodes[${index}]`, into));
}

function recordOf({name, addresses, roles, sans}: Found): PlanValue {
  return {
    name: name.value,
    addresses: addresses.map(({value}) => value),
    roles,
    ...(sans.length === 0 ? {} : {sans: sans.map(({value}) => value)}),
  };
}

function placeNode(node: Found, path: string, into: Gathering): void {
  into.place(path, node.document, '');
  into.place(`${path}.name`, node.document, node.name.at);
  into.place(`${path}.addresses`, node.document, node.missing);
  node.addresses.forEach(({at}, index) => into.place(`${path}.addresses[${index}]`, node.document, at));
  node.sans.forEach(({document, at}, index) => into.place(`${path}.sans[${index}]`, document, at));
}

function nodeOf(
  document: KubeadmDocument,
  cluster: KubeadmDocument | undefined,
  layout: LayoutId,
  into: Gathering,
): Found {
  const isInit = document.kind === 'InitConfiguration';
  const isControlPlane = isInit || isMap(valueAt(document, 'controlPlane'));
  const endpoint = isInit ? 'localAPIEndpoint' : 'controlPlane.localAPIEndpoint';
  checkPort(document, `${endpoint}.bindPort`, layout, into);
  const args = kubeletArguments(document);
  const advertised = textAt(document, `${endpoint}.advertiseAddress`);
  const own = args.find(({name}) => name === 'node-ip');
  const addresses = [
    ...(advertised === undefined ? [] : [{value: advertised, at: `${endpoint}.advertiseAddress`}]),
    ...(own?.value ?? '')
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== '' && each !== advertised && !isUnspecified(each))
      .map((value) => ({value, at: own?.path ?? ''})),
  ].filter(({value}) => !isUnspecified(value));
  if (advertised === placeholder) into.note(stillPlaceholder, document, `${endpoint}.advertiseAddress`);
  const override = args.find(({name}) => name === 'hostname-override');
  const name = textAt(document, 'nodeRegistration.name');
  return {
    document,
    name:
      name === undefined && override !== undefined
        ? {value: override.value, at: override.path}
        : {value: name ?? '', at: 'nodeRegistration.name'},
    addresses: unique(addresses),
    missing: isControlPlane ? endpoint : 'nodeRegistration',
    roles: [isControlPlane ? 'control-plane' : 'worker'],
    sans: isControlPlane && cluster !== undefined ? etcdNames(cluster, [name ?? '', ...addresses], into, isInit) : [],
  };
}

/** What `kubeadm config print init-defaults` writes where an address belongs. */
const placeholder = '1.2.3.4';

const stillPlaceholder: Problem = warning(
  'kubeadm-placeholder',
  '',
  `${placeholder} is what kubeadm config print writes where the address of the machine belongs`,
  'write the address that other nodes reach it by',
);

/** `0.0.0.0` lets kubeadm look for an address; it is none. */
function isUnspecified(text: string): boolean {
  return parseAddress(text)?.scope === 'unspecified';
}

function checkPort(document: KubeadmDocument, path: string, layout: LayoutId, into: Gathering): void {
  const port = textAt(document, path);
  const planned = layouts[layout].apiserverPort;
  if (port === undefined || port === '0' || port === String(planned)) return;
  into.note(
    warning(
      'port-not-taken',
      '',
      `the API server would listen on ${shown(port)}; in a plan of this layout it is ${planned}`,
      `no certificate names a port, but flags and kubeconfigs do: use ${planned}, or change them`,
    ),
    document,
    path,
  );
}

/** Names for etcd alone: a plan gives them to every serving certificate of the node. */
function etcdNames(
  cluster: KubeadmDocument,
  own: readonly (string | {readonly value: string})[],
  into: Gathering,
  isFirst: boolean,
): Found['sans'] {
  const lists = ['etcd.local.serverCertSANs', 'etcd.local.peerCertSANs'];
  // What the node is called and where it is stands in its certificates anyway.
  const known = new Set(own.map((each) => (typeof each === 'string' ? each : each.value)));
  const names = lists.flatMap((list) =>
    listAt(cluster, list).flatMap((each, index) =>
      typeof each === 'string' && !known.has(each) ? [{value: each, document: cluster, at: `${list}[${index}]`}] : [],
    ),
  );
  const [first] = names;
  if (first !== undefined && isFirst) {
    into.note(
      warning(
        'etcd-names-widened',
        '',
        "names for etcd alone have no place in a plan: here they are extra names of the node, in its etcd's, API server's and kubelet's certificates",
        'take them out of the extra names of the nodes if that is too wide',
      ),
      cluster,
      first.at.replace(/\[.*/, ''),
      'key',
    );
  }
  return unique(names);
}

/** External members: kubeadm knows where they listen and not what they are called. */
function membersOf(cluster: KubeadmDocument, into: Gathering): Found[] {
  const list = 'etcd.external.endpoints';
  const members = listAt(cluster, list).flatMap((each, index): Found[] => {
    const at = `${list}[${index}]`;
    const host = typeof each === 'string' ? hostOf(each) : undefined;
    if (host === undefined) {
      into.note(
        problem('not-an-endpoint', '', 'this is no endpoint of etcd', 'write it like https://10.0.0.31:2379'),
        cluster,
        at,
      );
      return [];
    }
    const address = normalizeAddress(host);
    return [
      {
        document: cluster,
        name: {value: address === undefined ? host : `etcd-${index + 1}`, at},
        addresses: address === undefined ? [] : [{value: address, at}],
        missing: at,
        roles: ['etcd'],
        sans: [],
      },
    ];
  });
  if (members.length > 0) {
    into.note(
      warning(
        'etcd-nodes-named',
        '',
        'kubeadm does not say what the etcd nodes are called; certificates for them are in the plan all the same',
        'correct their names in the plan; if they run already, bring their authority as trust.authorities: {etcd-ca: …}',
      ),
      cluster,
      list,
      'key',
    );
  } else if (!isEmpty(valueAt(cluster, 'etcd.external') ?? null) && listAt(cluster, list).length === 0) {
    into.note(
      problem('value-missing', '', 'external etcd has no endpoints', 'write them like https://10.0.0.31:2379'),
      cluster,
      'etcd.external',
    );
  }
  return members;
}

function hostOf(url: string): string | undefined {
  const host = /^https?:\/\/([^/]+?)\/?$/.exec(url.trim())?.[1];
  const read = host === undefined ? undefined : readEndpoint(host);
  return read?.ok === true && hostFault(read.host) === undefined ? read.host : undefined;
}

function sharesAddress(one: Found, other: Found): boolean {
  const mine = new Set(one.addresses.map(({value}) => normalizeAddress(value)));
  return other.addresses.some(({value}) => mine.has(normalizeAddress(value)));
}

/** Each once, where it stands first. */
function unique<Item extends {readonly value: string}>(items: readonly Item[]): Item[] {
  const seen = new Set<string>();
  return items.filter(({value}) => {
    const same = normalizeAddress(value) ?? value;
    const isNew = !seen.has(same);
    seen.add(same);
    return isNew;
  });
}
