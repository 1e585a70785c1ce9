import {addressIn, normalizeAddress, parseSubnet} from '../base/address.ts';
import type {SubjectAlternativeName} from './blueprint-types.ts';
import type {NodeSituation, SanRule, SanRuleId} from './certificate.ts';
import {advertiseAddress} from './situation.ts';

/**
 * Names that serving certificates carry, each with its reason: kubeadm's rules (cmd/kubeadm/app/util/pkiutil), plus
 * what kubeadm leaves out: the service address of the second family, and a node's further addresses.
 */
export const sanRules: Readonly<Record<SanRuleId, SanRule>> = {
  none: () => [],

  apiserver: (situation) => {
    const {plan, node, endpoint} = situation;
    const service = `kubernetes.default.svc.${plan.network.dnsDomain}`;
    return arrange([
      name(node.name, "this node's name"),
      name('kubernetes', 'pods in the default namespace call the API by this name'),
      name('kubernetes.default', 'pods in any namespace call the API by this name'),
      name('kubernetes.default.svc', 'pods call the API by this name'),
      name(service, `the full name of the API's Service under ${plan.network.dnsDomain}`),
      ...serviceAddresses(situation),
      name(
        advertiseAddress(node),
        'the address this API server advertises; its controller manager and scheduler dial it',
      ),
      ...furtherAddresses(situation),
      name(endpoint.host, 'the control-plane endpoint that kubeconfigs name'),
      ...plan.sans.apiserver.map((san) => name(san, 'asked for in the plan: sans.apiserver')),
      ...extraNames(situation),
    ]);
  },

  etcd: (situation) =>
    arrange([
      name(situation.node.name, "this member's name"),
      name('localhost', 'etcdctl and probes on this node use it'),
      name(advertiseAddress(situation.node), 'the address this member advertises to clients and peers'),
      name('127.0.0.1', 'the API server and etcdctl on this node dial it'),
      name('::1', 'the same over IPv6'),
      ...furtherAddresses(situation),
      ...extraNames(situation),
    ]),

  kubelet: (situation) =>
    arrange([
      name(situation.node.name, "the Node's name"),
      name(advertiseAddress(situation.node), "the Node's InternalIP: the API server dials it for logs and exec"),
      ...furtherAddresses(situation),
      ...extraNames(situation),
    ]),
};

/** The first address of each service subnet is the Service `kubernetes`. kubeadm covers only the first family. */
function serviceAddresses({plan}: NodeSituation): SubjectAlternativeName[] {
  return plan.network.serviceSubnets.flatMap((text, index) => {
    const subnet = parseSubnet(text);
    const address = subnet && addressIn(subnet, 1);
    if (address === undefined) return [];
    const family = index === 0 ? '' : ' of the second family, which kubeadm leaves out';
    return [name(address.text, `the Service kubernetes: the first address of ${text}${family}`)];
  });
}

function furtherAddresses({node}: NodeSituation): SubjectAlternativeName[] {
  return node.addresses.slice(1).map((address) => name(address, 'another address of this node'));
}

function extraNames({node}: NodeSituation): SubjectAlternativeName[] {
  return node.sans.map((san) => name(san, `asked for in the plan: sans of node ${node.name}`));
}

function name(value: string, why: string): SubjectAlternativeName {
  const address = normalizeAddress(value);
  return address === undefined ? {type: 'dns', value, why} : {type: 'ip', value: address, why};
}

/** Each name once, with its first reason; DNS names sorted as kubeadm sorts them, then addresses in their order. */
function arrange(names: readonly SubjectAlternativeName[]): SubjectAlternativeName[] {
  const unique = new Map<string, SubjectAlternativeName>();
  for (const san of names) {
    if (!unique.has(san.value)) unique.set(san.value, san);
  }
  const all = [...unique.values()];
  const dns = all.filter((san) => san.type === 'dns').toSorted((a, b) => (a.value < b.value ? -1 : 1));
  return [...dns, ...all.filter((san) => san.type === 'ip')];
}
