import {parseAddress, parseSubnet, subnetContains, subnetsOverlap, type Address, type Subnet} from '../base/address.ts';
import {problem, warning, type Problem} from '../base/problem.ts';
import type {ClusterPlan} from '../pki/plan.ts';
import {shown} from './read-value.ts';

/**
 * Subnets. Bounds are kubeadm's (cmd/kubeadm/app/apis/kubeadm/validation, constants.go); that ranges
 * overlap, it does not look at.
 */

/** The allocator of Service addresses keeps a map of the whole range: at most 20 bits of it. */
const mostServiceBits = 20;
/** The cluster's DNS has the tenth address. */
const fewestServiceAddresses = 10;
/** The controller manager cuts a range of this size for each node out of the pods' subnet. */
const nodeRange = {IPv4: 24, IPv6: 64} as const;
/** It can keep account of 2^16 such ranges. */
const mostRangeBits = 16;

interface PlacedSubnet {
  readonly path: string;
  readonly subnet: Subnet;
}

export function checkServiceSubnets(plan: ClusterPlan): Problem[] {
  const path = 'network.serviceSubnets';
  const texts = plan.network.serviceSubnets;
  if (texts.length === 0) {
    return [problem('subnet-missing', path, 'Services have no subnet', 'give one such as 10.96.0.0/12')];
  }
  const subnets = placed(texts, path);
  return [
    ...checkList(texts, path),
    ...subnets.flatMap(({path: at, subnet}) => checkServiceSize(subnet, at)),
    ...checkNodesOutside(plan, subnets, 'Services'),
    ...checkAdvertisedFamily(plan, subnets),
  ];
}

export function checkPodSubnets(plan: ClusterPlan): Problem[] {
  const path = 'network.podSubnets';
  const subnets = placed(plan.network.podSubnets, path);
  return [
    ...checkList(plan.network.podSubnets, path),
    ...subnets.flatMap(({path: at, subnet}) => checkPodSize(plan, subnet, at)),
    ...checkNodesOutside(plan, subnets, 'pods'),
    ...checkApart(subnets, placed(plan.network.serviceSubnets, 'network.serviceSubnets')),
    ...checkFamilies(subnets, placed(plan.network.serviceSubnets, 'network.serviceSubnets')),
  ];
}

function placed(texts: readonly string[], path: string): PlacedSubnet[] {
  // More than two are refused as a whole.
  return texts.slice(0, 2).flatMap((text, index) => {
    const subnet = parseSubnet(text);
    return subnet === undefined ? [] : [{path: `${path}[${index}]`, subnet}];
  });
}

/** Each must be a subnet; two must be of different families; there are never three. */
function checkList(texts: readonly string[], path: string): Problem[] {
  const found: Problem[] = texts.flatMap((text, index) => {
    const at = `${path}[${index}]`;
    const subnet = parseSubnet(text);
    if (subnet === undefined) {
      const isAddress = parseAddress(text) !== undefined;
      return [
        problem(
          'not-a-subnet',
          at,
          isAddress ? `${text} is one address, not a subnet` : `${shown(text)} is not a subnet`,
          isAddress ? `add its size, such as ${text}/16` : 'write it like 10.96.0.0/12 or fd00:10:96::/112',
        ),
      ];
    }
    return subnet.base.text === parseAddress(text.slice(0, text.indexOf('/')))?.text
      ? []
      : [warning('subnet-has-host-bits', at, `${text} means ${subnet.text}`, `write ${subnet.text}`)];
  });
  const families = texts.map((text) => parseSubnet(text)?.family);
  if (texts.length > 2) {
    found.push(
      problem(
        'too-many-subnets',
        path,
        `${texts.length} subnets are given`,
        'give one, or one of IPv4 and one of IPv6',
      ),
    );
  } else if (families.length === 2 && families[0] !== undefined && families[0] === families[1]) {
    found.push(
      problem(
        'subnets-of-one-family',
        `${path}[1]`,
        `both subnets are ${families[0]}`,
        'give one, or one of IPv4 and one of IPv6',
      ),
    );
  }
  return found;
}

function checkServiceSize(subnet: Subnet, path: string): Problem[] {
  const bits = subnet.hostBits + subnet.prefixLength;
  if (subnet.hostBits > mostServiceBits) {
    return [
      problem(
        'service-subnet-too-large',
        path,
        `${subnet.text} is larger than the API server takes`,
        `make it /${bits - mostServiceBits} or smaller; /${subnet.family === 'IPv4' ? 16 : 112} has 65536 addresses`,
      ),
    ];
  }
  return 2 ** subnet.hostBits < fewestServiceAddresses
    ? [
        problem(
          'service-subnet-too-small',
          path,
          `${subnet.text} has ${2 ** subnet.hostBits} addresses, ${fewestServiceAddresses} are needed: the cluster's DNS has the tenth`,
          `make it /${bits - 4} or larger`,
        ),
      ]
    : [];
}

function checkPodSize(plan: ClusterPlan, subnet: Subnet, path: string): Problem[] {
  const size = nodeRange[subnet.family];
  const rangeBits = size - subnet.prefixLength;
  if (rangeBits < 0) {
    return [
      problem(
        'pod-subnet-too-small',
        path,
        `${subnet.text} is smaller than the /${size} that each node gets`,
        `make it /${size} or larger`,
      ),
    ];
  }
  if (rangeBits > mostRangeBits) {
    return [
      problem(
        'pod-subnet-too-large',
        path,
        `${subnet.text} has more than 65536 ranges of /${size}, one for each node`,
        `make it /${size - mostRangeBits} or smaller`,
      ),
    ];
  }
  const nodes = plan.nodes.filter((node) => node.roles.some((role) => role !== 'etcd')).length;
  return 2 ** rangeBits < nodes
    ? [
        warning(
          'pod-subnet-has-few-ranges',
          path,
          `${subnet.text} has ${2 ** rangeBits} ranges of /${size} for ${nodes} nodes`,
          'make it larger, or give the controller manager a smaller --node-cidr-mask-size',
        ),
      ]
    : [];
}

function checkNodesOutside(plan: ClusterPlan, subnets: readonly PlacedSubnet[], whose: string): Problem[] {
  return subnets.flatMap(({path, subnet}) => {
    const inside = plan.nodes.flatMap((node) =>
      node.addresses.filter((text) => contains(subnet, parseAddress(text))).map((text) => `${node.name} (${text})`),
    );
    const [first] = inside;
    return first === undefined
      ? []
      : [
          problem(
            'node-in-subnet',
            path,
            `${subnet.text} is for ${whose}, yet it holds the address of ${first}${inside.length > 1 ? ` and ${inside.length - 1} more` : ''}`,
            'choose a range that nothing else on the network uses',
          ),
        ];
  });
}

/** The API server does not start when the first Service subnet is not of the family it is advertised in. */
function checkAdvertisedFamily(plan: ClusterPlan, [first]: readonly PlacedSubnet[]): Problem[] {
  const other = plan.nodes.find(
    (node) =>
      node.roles.includes('control-plane') &&
      first !== undefined &&
      (parseAddress(node.addresses[0] ?? '')?.family ?? first.subnet.family) !== first.subnet.family,
  );
  return first === undefined || other === undefined
    ? []
    : [
        problem(
          'families-differ',
          first.path,
          `the first Service subnet is ${first.subnet.family}, but ${other.name} is advertised as ${other.addresses[0]}: its API server would not start`,
          `put a subnet of its family first, or an ${first.subnet.family} address of ${other.name}`,
        ),
      ];
}

function checkApart(pods: readonly PlacedSubnet[], services: readonly PlacedSubnet[]): Problem[] {
  return pods.flatMap(({path, subnet}) => {
    const clash = services.find((service) => subnetsOverlap(subnet, service.subnet));
    return clash === undefined
      ? []
      : [
          problem(
            'subnets-overlap',
            path,
            `${subnet.text} for pods and ${clash.subnet.text} for Services have addresses in common`,
            'choose two ranges that lie apart',
          ),
        ];
  });
}

function checkFamilies(pods: readonly PlacedSubnet[], services: readonly PlacedSubnet[]): Problem[] {
  const lacking = services.find((service) => pods.every(({subnet}) => subnet.family !== service.subnet.family));
  return pods.length === 0 || lacking === undefined
    ? []
    : [
        warning(
          'pods-lack-family',
          'network.podSubnets',
          `Services have ${lacking.subnet.family} addresses and pods have none`,
          `add an ${lacking.subnet.family} subnet for pods`,
        ),
      ];
}

function contains(subnet: Subnet, address: Address | undefined): boolean {
  return address !== undefined && subnetContains(subnet, address);
}
