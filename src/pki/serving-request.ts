import {parseAddress, sameAddress} from '../base/address.ts';
import {problem, type Problem} from '../base/problem.ts';
import type {SubjectAlternativeName} from './blueprint-types.ts';

/**
 * Whether a kubelet's request for its serving certificate (signer `kubernetes.io/kubelet-serving`) is right: what that
 * signer demands (pkg/apis/certificates/helpers.go, ValidateKubeletServingCSR), that the node asks for itself, and that
 * every name is its own. Kubernetes leaves the last two to whoever approves.
 */

/** A Node as the API knows it. */
export interface KnownNode {
  readonly name: string;
  /** `type` is `Hostname`, `InternalIP`, `ExternalIP`, `InternalDNS` or `ExternalDNS`. */
  readonly addresses: readonly {readonly type: string; readonly address: string}[];
}

/** What is asked for, and by whom. */
export interface ServingWish {
  readonly commonName: string;
  readonly organizations: readonly string[];
  /** DNS names and addresses. */
  readonly names: readonly Pick<SubjectAlternativeName, 'type' | 'value'>[];
  /** Names of other kinds, as text. */
  readonly otherNames: readonly string[];
  readonly isAuthority: boolean;
  /** As the API spells them. */
  readonly usages: readonly string[];
  /** Who made the request, as the API server knows them. */
  readonly username: string;
  readonly groups: readonly string[];
}

export interface JudgedName {
  readonly value: string;
  /** Types of the Node's addresses that it is one of; empty = it is not the Node's. */
  readonly as: readonly string[];
}

export interface ServingJudgement {
  /** The node that it is for; undefined = its subject names none. */
  readonly node: string | undefined;
  readonly names: readonly JudgedName[];
  /** Why it must not be approved; empty = it is right. */
  readonly problems: readonly Problem[];
}

const userPrefix = 'system:node:';
const nodesGroup = 'system:nodes';
const demandedUsages = ['digital signature', 'server auth'];
/** RSA keys have it, and until 1.26 the signer wanted it of every key. */
const allowedUsages = [...demandedUsages, 'key encipherment'];

/** @param nodes every Node of the cluster: a name that two of them have is no proof for either */
export function judgeServingRequest(wish: ServingWish, nodes: readonly KnownNode[]): ServingJudgement {
  const node = wish.commonName.startsWith(userPrefix) ? wish.commonName.slice(userPrefix.length) : '';
  const known = nodes.find(({name}) => name === node);
  const names = wish.names.map(({value}): JudgedName => ({
    value,
    as: known === undefined ? [] : typesOf(value, known),
  }));
  return {
    node: node === '' ? undefined : node,
    names,
    problems: [
      ...checkSubject(wish),
      ...checkRequester(wish),
      ...checkUsages(wish),
      ...checkKinds(wish),
      ...(known === undefined ? checkMissing(node) : checkNames(names, known, nodes)),
    ],
  };
}

function checkSubject({commonName, organizations}: ServingWish): Problem[] {
  const problems: Problem[] = [];
  if (!commonName.startsWith(userPrefix) || commonName === userPrefix) {
    problems.push(
      problem(
        'not-a-node',
        'subject',
        `its common name ${quoted(commonName)} is not ${userPrefix} and the name of a node`,
      ),
    );
  }
  if (organizations.length !== 1 || organizations[0] !== nodesGroup) {
    const found = organizations.length === 0 ? 'nothing' : organizations.map(quoted).join(', ');
    problems.push(problem('not-a-node', 'subject', `its organization is ${found}, and must be ${nodesGroup} alone`));
  }
  return problems;
}

function checkRequester({commonName, username, groups}: ServingWish): Problem[] {
  if (username !== commonName) {
    return [
      problem(
        'asked-by-another',
        'requester',
        `${quoted(username)} asks for a certificate of ${quoted(commonName)}: a node asks for itself`,
      ),
    ];
  }
  return groups.includes(nodesGroup)
    ? []
    : [problem('asked-by-another', 'requester', `${quoted(username)} asked without being in the group ${nodesGroup}`)];
}

function checkUsages({usages}: ServingWish): Problem[] {
  const missing = demandedUsages.filter((usage) => !usages.includes(usage));
  const strange = usages.filter((usage) => !allowedUsages.includes(usage));
  return [
    ...(missing.length === 0
      ? []
      : [problem('usages-differ', 'usages', `it does not ask for ${missing.join(' and ')}`)]),
    ...(strange.length === 0
      ? []
      : [
          problem(
            'usages-differ',
            'usages',
            `it asks for ${strange.map(quoted).join(' and ')}, which no kubelet needs to serve`,
          ),
        ]),
  ];
}

function checkKinds({names, otherNames, isAuthority}: ServingWish): Problem[] {
  return [
    ...(isAuthority ? [problem('asks-for-authority', 'request', 'it asks to become an authority')] : []),
    ...(otherNames.length === 0
      ? []
      : [
          problem(
            'name-of-another-kind',
            'names',
            `it has names that are no host's: ${otherNames.map(quoted).join(', ')}`,
          ),
        ]),
    ...(names.length === 0
      ? [problem('no-names', 'names', 'it has no DNS name and no address, and must have one')]
      : []),
  ];
}

function checkMissing(node: string): Problem[] {
  return node === ''
    ? []
    : [problem('no-such-node', 'node', `there is no Node ${quoted(node)}: nothing says which names are its own`)];
}

function checkNames(names: readonly JudgedName[], node: KnownNode, nodes: readonly KnownNode[]): Problem[] {
  const others = nodes.filter(({name}) => name !== node.name);
  return names.flatMap(({value, as}) => {
    if (as.length === 0) {
      return [
        problem(
          'name-not-the-nodes',
          'names',
          `${quoted(value)} is no address of the Node ${node.name}${ownedBy(value, others)}`,
        ),
      ];
    }
    // A kubelet tells its Node's addresses itself, so it could tell another's.
    const namesake = others.find((other) => typesOf(value, other).length > 0);
    if (namesake !== undefined) {
      return [problem('name-of-two-nodes', 'names', `${quoted(value)} is an address of the Node ${namesake.name} too`)];
    }
    return isClusterName(value)
      ? [
          problem(
            'name-of-the-cluster',
            'names',
            `${quoted(value)} is no machine's name: whoever has a certificate for it can pass for the API server or for anyone`,
          ),
        ]
      : [];
  });
}

function ownedBy(value: string, others: readonly KnownNode[]): string {
  const owner = others.find((other) => typesOf(value, other).length > 0);
  return owner === undefined ? '' : `, but of ${owner.name}`;
}

/** As the kubelet makes its request of its Node's addresses (pkg/kubelet/certificate/kubelet.go). */
function typesOf(value: string, {addresses}: KnownNode): string[] {
  const same = (address: string) =>
    parseAddress(value) === undefined ? address.toLowerCase() === value.toLowerCase() : sameAddress(address, value);
  return addresses.filter(({address}) => same(address)).map(({type}) => type);
}

/** The API server's own Service names, `localhost`, loopback and wildcards. */
function isClusterName(value: string): boolean {
  const address = parseAddress(value);
  if (address !== undefined) return address.scope === 'loopback' || address.scope === 'unspecified';
  return value.includes('*') || value === 'localhost' || /^kubernetes(\.default(\.svc(\..*)?)?)?$/.test(value);
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}
