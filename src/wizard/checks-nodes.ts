import {isAddress, normalizeAddress, parseAddress} from '../base/address.ts';
import {nameFault} from '../base/names.ts';
import {problem, warning, type Problem} from '../base/problem.ts';
import type {ClusterPlan, PlanNode} from '../pki/plan.ts';
import {situationOf} from '../pki/situation.ts';
import {atPath} from './checks-cluster.ts';
import {checkSans, scopeWords} from './checks-sans.ts';
import {shown} from './read-value.ts';

/** RFC 5280 upper bound of a common name (ub-common-name), and of an organization. */
export const longestCommonName = 64;

export function checkNodes(plan: ClusterPlan): Problem[] {
  return [
    ...plan.nodes.flatMap((node, index) => checkNode(node, `nodes[${index}]`)),
    ...checkRepeated(plan.nodes),
    ...checkRoles(plan),
    ...checkMembers(plan),
  ];
}

function checkNode(node: PlanNode, path: string): Problem[] {
  return [
    ...checkName(node.name, `${path}.name`),
    ...checkAddresses(node.addresses, `${path}.addresses`),
    ...(node.roles.length === 0
      ? [problem('role-missing', `${path}.roles`, 'the node has no role', 'give it control-plane, etcd or worker')]
      : []),
    ...checkSans(node.sans, `${path}.sans`),
  ];
}

function checkName(name: string, path: string): Problem[] {
  const fault = nameFault(name);
  if (fault !== undefined) {
    return atPath(path, fault);
  }
  const commonName = `system:node:${name}`;
  if (commonName.length > longestCommonName) {
    return [
      warning(
        'common-name-too-long',
        path,
        `the kubelet's name ${shown(commonName)} has ${commonName.length} characters, RFC 5280 allows ${longestCommonName}: Kubernetes takes it, stricter tools do not`,
        `a node name of at most ${longestCommonName - 'system:node:'.length} characters fits`,
      ),
    ];
  }
  return isAddress(name)
    ? [
        warning(
          'node-name-is-address',
          path,
          `the node is named ${shown(name)}: as a DNS name in a certificate no client matches it`,
          'name nodes by host name; their addresses are in the certificates anyway',
        ),
      ]
    : [];
}

function checkAddresses(addresses: readonly string[], path: string): Problem[] {
  if (addresses.length === 0) {
    return [problem('address-missing', path, 'the node has no address', 'give the address other nodes reach it by')];
  }
  return addresses.flatMap((text, index) => checkAddress(text, `${path}[${index}]`));
}

function checkAddress(text: string, path: string): Problem[] {
  const address = parseAddress(text);
  if (address === undefined) {
    return [
      problem('not-an-address', path, `${shown(text)} is not an IP address`, 'write it like 10.0.0.11 or fd00::11'),
    ];
  }
  return address.scope === 'global'
    ? []
    : [
        problem(
          `address-${address.scope}`,
          path,
          `${text} is ${scopeWords[address.scope]}: no other machine reaches the node by it`,
          'give the address other nodes reach it by',
        ),
      ];
}

/** kubeadm sees one node at a time and lets both through; the second node then takes the first one's identity. */
function checkRepeated(nodes: readonly PlanNode[]): Problem[] {
  const names = new Map<string, number>();
  const owners = new Map<string, number>();
  return nodes.flatMap((node, index) => {
    const found: Problem[] = [];
    const namesake = names.get(node.name.toLowerCase());
    if (namesake !== undefined && node.name !== '') {
      found.push(
        problem(
          'duplicate-node-name',
          `nodes[${index}].name`,
          `${shown(node.name)} is the name of node ${namesake + 1} too: both would be the same node to the cluster`,
          'give each node a name of its own',
        ),
      );
    }
    names.set(node.name.toLowerCase(), namesake ?? index);
    node.addresses.forEach((text, place) => {
      const path = `nodes[${index}].addresses[${place}]`;
      const address = normalizeAddress(text);
      const owner = address === undefined ? undefined : owners.get(address);
      if (owner === index) {
        found.push(warning('repeated-address', path, `${text} is listed twice for this node`, 'remove one'));
      } else if (owner !== undefined) {
        found.push(
          problem(
            'duplicate-address',
            path,
            `${text} is the address of ${shown(nodes[owner]?.name ?? '')} too`,
            'give each node an address of its own',
          ),
        );
      } else if (address !== undefined) {
        owners.set(address, index);
      }
    });
    return found;
  });
}

function checkRoles(plan: ClusterPlan): Problem[] {
  const found: Problem[] = [];
  if (!plan.nodes.some((node) => node.roles.includes('control-plane'))) {
    found.push(
      problem(
        'no-control-plane',
        'nodes',
        plan.nodes.length === 0 ? 'there are no nodes' : 'no node has the role control-plane',
        'add a node such as {name: cp-1, addresses: [10.0.0.11], roles: [control-plane]}',
      ),
    );
  }
  if (plan.etcd === 'external' && !plan.nodes.some((node) => node.roles.includes('etcd'))) {
    found.push(
      problem(
        'no-etcd-node',
        'nodes',
        'etcd is external, but no node has the role etcd',
        'give it to three nodes, or choose etcd: stacked',
      ),
    );
  }
  plan.nodes.forEach((node, index) => {
    const path = `nodes[${index}].roles`;
    const runsBoth = node.roles.includes('etcd') && node.roles.includes('control-plane');
    if (plan.etcd === 'stacked' && node.roles.includes('etcd')) {
      found.push(
        runsBoth
          ? warning(
              'etcd-role-without-effect',
              path,
              'etcd is stacked: control-plane nodes run it without the role',
              'remove the role etcd',
            )
          : problem(
              'etcd-role-with-stacked',
              path,
              'etcd is stacked, so it runs on control-plane nodes only, and this node is none',
              'choose etcd: external, or take the role away',
            ),
      );
    } else if (runsBoth) {
      found.push(
        warning(
          'etcd-not-apart',
          path,
          'etcd is external, yet this node runs it beside an API server: losing it costs both',
          'keep etcd on nodes of its own',
        ),
      );
    }
  });
  return found;
}

function checkMembers(plan: ClusterPlan): Problem[] {
  const {length} = situationOf(plan).etcdMembers;
  const bears = Math.floor((length - 1) / 2);
  if (length > 0 && length % 2 === 0) {
    return [
      warning(
        'even-etcd-members',
        'nodes',
        `${length} etcd members bear the loss of ${bears === 0 ? 'none' : bears}, no more than ${length - 1} do: more than half must agree`,
        'run an odd number: one, three or five',
      ),
    ];
  }
  return length > 7
    ? [
        warning(
          'many-etcd-members',
          'nodes',
          `${length} etcd members must agree on every write: that is slow`,
          'run three or five, seven at most',
        ),
      ]
    : [];
}
