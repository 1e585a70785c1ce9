import {parseAddress} from '../base/address.ts';
import type {ClusterPlan} from '../pki/plan.ts';
import {sanRules} from '../pki/sans.ts';
import {situationOf} from '../pki/situation.ts';

/** A name that is often missing in the API server's certificate, and what needs it. */
export interface OfferedName {
  readonly value: string;
  readonly why: string;
}

/** Names to pick for `sans.apiserver`; those that are in the certificate anyway are not offered. */
export function offeredNames(plan: ClusterPlan): readonly OfferedName[] {
  const situation = situationOf({...plan, sans: {apiserver: []}});
  const [node] = situation.controlPlanes;
  const there = new Set(node === undefined ? [] : sanRules.apiserver({...situation, node}).map(({value}) => value));
  const families = new Set(plan.nodes.flatMap(({addresses}) => addresses.map((one) => parseAddress(one)?.family)));
  const offers: OfferedName[] = [
    {value: 'localhost', why: 'kubectl through a tunnel: ssh -L 6443:localhost:6443'},
    {value: '127.0.0.1', why: 'the same tunnel, called by its address'},
    ...(families.has('IPv6') ? [{value: '::1', why: 'the same tunnel over IPv6'}] : []),
    ...balancerNames(plan),
  ];
  return offers.filter(({value}) => !there.has(value));
}

/** Names that a load balancer before the control plane usually gets, in the domain that the plan already uses. */
function balancerNames(plan: ClusterPlan): readonly OfferedName[] {
  const hosts = [situationOf(plan).endpoint.host, ...plan.nodes.slice(0, 3).map(({name}) => name)];
  const domain = hosts
    .filter((host) => parseAddress(host) === undefined && host.includes('.'))
    .map((host) => host.slice(host.indexOf('.') + 1))
    .find((one) => one !== '');
  const names = domain === undefined ? [`${plan.cluster.name}-api`] : [`api.${domain}`, `lb.${domain}`];
  return names.map((value) => ({
    value: value.toLowerCase(),
    why: 'a load balancer, or a name that stays when it moves',
  }));
}
