import {sameAddress} from '../base/address.ts';
import {InputFailure} from '../base/failure.ts';
import {problem} from '../base/problem.ts';
import type {Blueprint, PlannedNode} from '../pki/blueprint-types.ts';
import type {NameOfSubject} from '../x509/extensions.ts';
import {flagOf} from './found-component.ts';
import type {Held} from './held.ts';
import {identify} from './identify.ts';
import type {NodeFound} from './inventory.ts';
import type {NodeRoot} from './root.ts';
import {componentsNamed, valueOf} from './rules/rule.ts';
import {hostOf} from './wanted-names.ts';

/** What a plan has for certificates of this node. */
export function plannedNames(
  {certificates}: Pick<Blueprint, 'certificates'>,
  node: string,
): (held: Held) => readonly NameOfSubject[] | undefined {
  return (held) => {
    const id = identify(held);
    return certificates.find((planned) => planned.id === id && planned.node === node)?.sans;
  };
}

/**
 * Which node of a plan this one is: by the name that its kubelet, its etcd or the machine itself has, else by an address
 * that its flags or its certificates name.
 *
 * @param named what a person says; it wins
 * @throws InputFailure that lists the plan's nodes
 */
export function nodeOfPlan(
  found: NodeFound,
  root: NodeRoot,
  nodes: readonly PlannedNode[],
  named: string | undefined,
): PlannedNode {
  const names = named === undefined ? namesOfNode(found, root) : [named];
  const node =
    names.map((name) => nodes.find((each) => each.name.toLowerCase() === name.toLowerCase())).find(Boolean) ??
    (named === undefined ? byAddress(found, nodes) : undefined);
  if (node !== undefined) return node;
  const fix = `add --node NAME; the plan has: ${nodes.map(({name}) => name).join(', ')}`;
  throw new InputFailure(
    'the plan does not say what this node is to have',
    [
      named === undefined
        ? problem(
            'node-not-in-plan',
            '--plan',
            names.length === 0
              ? 'nothing on this node says which one of the plan it is'
              : `this node is called ${names.join(', ')}, and no node of the plan is, nor has one of its addresses`,
            fix,
          )
        : problem('node-not-in-plan', '--node', `the plan has no node ${JSON.stringify(named)}`, fix),
    ],
    'name the node, or the right plan, then run it again',
  );
}

/** The name of this node, by what its components call it; undefined = nothing says. */
export function nameOfNode(found: NodeFound, root: NodeRoot): string | undefined {
  return namesOfNode(found, root)[0];
}

/** The most certain first. */
function namesOfNode(found: NodeFound, root: NodeRoot): readonly string[] {
  const users = found.certificates.flatMap(({at, certificate: {isAuthority, subject, usages}}) => {
    const [, name] = /^system:node:(.+)$/.exec(subject.commonName) ?? [];
    return name === undefined || isAuthority || at.place !== 0 || !usages.includes('client auth') ? [] : [name];
  });
  const hostname = root.read('/etc/hostname');
  const told = [
    ...users,
    ...componentsNamed(found, 'kubelet').map((kubelet) => flagOf(kubelet, '--hostname-override')),
    valueOf(found, 'etcd', '--name'),
    hostname.ok ? hostname.bytes.toString('utf8').trim() : undefined,
  ];
  return [...new Set(told.flatMap((name) => (name === undefined || name === '' ? [] : [name])))];
}

function byAddress(found: NodeFound, nodes: readonly PlannedNode[]): PlannedNode | undefined {
  const own = [
    valueOf(found, 'kube-apiserver', '--advertise-address'),
    ...['--advertise-client-urls', '--initial-advertise-peer-urls'].flatMap((flag) =>
      (valueOf(found, 'etcd', flag) ?? '').split(',').map((url) => hostOf(url.trim())),
    ),
    ...(valueOf(found, 'kubelet', '--node-ip') ?? '').split(','),
    ...found.addresses,
  ].filter((address) => address !== undefined);
  const isAt = (addresses: readonly string[]) => (node: PlannedNode) =>
    node.addresses.some((address) => addresses.some((each) => sameAddress(each, address)));
  const dialled = nodes.find(isAt(own));
  if (dialled !== undefined) return dialled;
  // Where no flags lie here, what it shows says it, unless a certificate serves several nodes.
  const shown = found.certificates
    .filter(({at, certificate}) => at.place === 0 && certificate.usages.includes('server auth'))
    .flatMap(({certificate}) => certificate.sans.map(({value}) => value));
  const [only, ...others] = nodes.filter(isAt(shown));
  return others.length === 0 ? only : undefined;
}
