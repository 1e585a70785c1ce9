import {parseAddress} from '../base/address.ts';
import {readEndpoint} from '../base/names.ts';
import type {Endpoint} from './blueprint-types.ts';
import type {NodeSituation, On, Situation} from './certificate.ts';
import {layouts} from './layouts.ts';
import type {ClusterPlan, PlanNode} from './plan.ts';
import {newestMinor, parseVersion} from './versions.ts';

/** Named rules: what follows from a plan before any row is looked at. */

export function situationOf(plan: ClusterPlan): Situation {
  const controlPlanes = plan.nodes.filter((node) => node.roles.includes('control-plane'));
  const layout = layouts[plan.layout];
  return {
    plan,
    // A plan with another version does not get this far (`checkPlan`); previews of half-filled plans do.
    version: parseVersion(plan.cluster.kubernetesVersion) ?? {minor: newestMinor, patch: 0},
    endpoint: endpointOf(plan),
    controlPlanes,
    etcdMembers: plan.etcd === 'stacked' ? controlPlanes : plan.nodes.filter((node) => node.roles.includes('etcd')),
    kubeletNodes: plan.nodes.filter(
      (node) => node.roles.includes('worker') || (layout.kubeletOnControlPlane && node.roles.includes('control-plane')),
    ),
  };
}

function endpointOf(plan: ClusterPlan): Endpoint {
  // kubeadm's default port of a named endpoint is that of the API server.
  const {apiserverPort: port} = layouts[plan.layout];
  const text = plan.cluster.controlPlaneEndpoint;
  if (text !== undefined) {
    const read = readEndpoint(text);
    return read.ok ? {host: read.host, port: read.port ?? port} : {host: text, port};
  }
  const first = plan.nodes.find((node) => node.roles.includes('control-plane'));
  return {host: first === undefined ? 'localhost' : advertiseAddress(first), port};
}

/** The address by which a node is known: its first. */
export function advertiseAddress(node: PlanNode): string {
  return node.addresses[0] ?? node.name;
}

/**
 * The addresses that a Node registers under: its first one, and where Services have two families its first of the other.
 * The kubelet does not find the second by itself; both are its serving certificate's SANs.
 */
export function registeredAddresses({plan, node}: NodeSituation): readonly string[] {
  const first = advertiseAddress(node);
  if (plan.network.serviceSubnets.length < 2) return [first];
  const family = parseAddress(first)?.family;
  const other = node.addresses.find((address) => {
    const parsed = parseAddress(address);
    return parsed !== undefined && parsed.family !== family;
  });
  return other === undefined ? [first] : [first, other];
}

/** The loopback address of the family of the node's advertise address, as kubeadm chooses it. */
export function loopbackOf(node: PlanNode): string {
  return parseAddress(advertiseAddress(node))?.family === 'IPv6' ? '::1' : '127.0.0.1';
}

export function nodesOn(on: Exclude<On, 'person'>, situation: Situation): readonly PlanNode[] {
  switch (on) {
    case 'control-plane':
      return situation.controlPlanes;
    case 'first-control-plane':
      return situation.controlPlanes.slice(0, 1);
    case 'etcd':
      return situation.etcdMembers;
    case 'kubelet':
      return situation.kubeletNodes;
    case 'kube-proxy':
      return layouts[situation.plan.layout].kubeProxy === 'service' ? situation.kubeletNodes : [];
    default:
      return on satisfies never;
  }
}

/**
 * How a node's kubelet gets its client certificate. kubeadm issues one on the node that runs `init` and lets every
 * other kubelet ask with a bootstrap token; by hand all are issued.
 */
export function kubeletClientOf(situation: NodeSituation): 'issued' | 'bootstrap' {
  const chosen = situation.plan.kubelets.client;
  if (chosen !== undefined) return chosen;
  if (layouts[situation.plan.layout].tool === 'by hand') return 'issued';
  return situation.node.name === situation.controlPlanes[0]?.name ? 'issued' : 'bootstrap';
}

export function kubeletServingOf(situation: Situation): 'signed' | 'self-signed' | 'bootstrap' {
  return (
    situation.plan.kubelets.serving ?? (layouts[situation.plan.layout].tool === 'by hand' ? 'signed' : 'self-signed')
  );
}

/** Whether some node joins with a bootstrap token. */
export function someKubeletBootstraps(situation: Situation): boolean {
  return situation.kubeletNodes.some((node) => kubeletClientOf({...situation, node}) === 'bootstrap');
}
