import {normalizeAddress, parseAddress, parseSubnet, subnetContains, type Address} from '../base/address.ts';
import {toName} from '../base/names.ts';
import type {ClusterPlan, PlanNode} from '../pki/plan.ts';

/** What the machine says of itself. */
export interface Machine {
  /** Its host name, as `hostname` prints it. */
  readonly name: string;
  /** Of its interfaces, the best first; loopback and link-local ones may be among them. */
  readonly addresses: readonly string[];
}

/** What an IPv6-only machine needs instead of kubeadm's IPv4 defaults. */
const subnetsOfIPv6 = {serviceSubnets: ['fd00:10:96::/112'], podSubnets: ['fd00:10:244::/56']};

/**
 * The plan with this machine as its first control-plane node: its host name made a node name, and the first address
 * that other machines can reach. Without such an address the node has none, and the plan says so until one is given.
 */
export function filledWith(plan: ClusterPlan, {name: host, addresses}: Machine): ClusterPlan {
  const name = toName(host);
  const address = firstReachable(plan, addresses);
  const first = plan.nodes.findIndex((node) => node.roles.includes('control-plane'));
  const nodes = plan.nodes.map((node, index): PlanNode =>
    index === first ? {...node, name: name ?? node.name, addresses: address === undefined ? [] : [address.text]} : node,
  );
  const isOnlyIPv6 =
    address?.family === 'IPv6' && plan.network.serviceSubnets.every((text) => parseSubnet(text)?.family === 'IPv4');
  return {...plan, nodes, network: isOnlyIPv6 ? {...plan.network, ...subnetsOfIPv6} : plan.network};
}

/** One of the family that the API server is advertised in, else any. A running cluster's own addresses do not count. */
function firstReachable({network}: ClusterPlan, addresses: readonly string[]): Address | undefined {
  const inside = [...network.serviceSubnets, ...network.podSubnets].flatMap((text) => parseSubnet(text) ?? []);
  const reachable = addresses
    .flatMap((text) => parseAddress(normalizeAddress(text.replace(/%.*$/, '')) ?? '') ?? [])
    .filter((address) => address.scope === 'global' && !inside.some((subnet) => subnetContains(subnet, address)));
  const family = parseSubnet(network.serviceSubnets[0] ?? '')?.family;
  return reachable.find((address) => address.family === family) ?? reachable[0];
}
