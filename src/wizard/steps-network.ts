import {normalizeAddress, parseSubnet} from '../base/address.ts';
import {checkDnsDomain} from './checks-cluster.ts';
import {checkEndpoint} from './checks-endpoint.ts';
import {checkPodSubnets, checkServiceSubnets} from './checks-network.ts';
import {checkApiserverSans} from './checks-sans.ts';
import {step} from './declare-step.ts';
import {list, optional, text} from './read-value.ts';
import type {Step} from './step.ts';
import {hostText} from './steps-nodes.ts';

/** The third page: names and addresses that are the cluster's, not one node's. */

/** A subnet in its normal form; one with host bits stays as it was typed, and the check names it. */
const subnetText = text({}, (typed) => {
  const subnet = parseSubnet(typed);
  const first = normalizeAddress(typed.slice(0, typed.indexOf('/')));
  return subnet !== undefined && subnet.base.text === first ? subnet.text : typed;
});

export const networkSteps: readonly Step[] = [
  step({
    id: 'network.serviceSubnets',
    page: 'network',
    ask: 'Service subnets',
    help: 'Addresses for Services: one subnet, or one of IPv4 and one of IPv6. The first address of each becomes a SAN of the API server, for that is where pods reach it. It cannot be changed later without new certificates.',
    kind: {kind: 'list'},
    get: (plan) => plan.network.serviceSubnets,
    set: (plan, serviceSubnets) => ({...plan, network: {...plan.network, serviceSubnets}}),
    reader: list(subnetText),
    write: (subnets) => subnets,
    check: checkServiceSubnets,
  }),
  step({
    id: 'network.podSubnets',
    page: 'network',
    ask: 'Pod subnets',
    help: 'Addresses for pods; each node gets a range of them. They are in no certificate, but must not meet the other subnets or the nodes.',
    kind: {kind: 'list'},
    get: (plan) => plan.network.podSubnets,
    set: (plan, podSubnets) => ({...plan, network: {...plan.network, podSubnets}}),
    reader: list(subnetText),
    write: (subnets) => subnets,
    check: checkPodSubnets,
  }),
  step({
    id: 'cluster.controlPlaneEndpoint',
    page: 'network',
    ask: 'Control-plane endpoint',
    help: "Name or address, with a port if it is not the API server's, where nodes and people reach the cluster. Left out, it is the first control-plane node's address, and a second control-plane node cannot join later.",
    kind: {kind: 'text'},
    get: (plan) => plan.cluster.controlPlaneEndpoint,
    set: (plan, controlPlaneEndpoint) => ({...plan, cluster: {...plan.cluster, controlPlaneEndpoint}}),
    reader: optional(text()),
    write: (endpoint) => endpoint ?? null,
    check: checkEndpoint,
  }),
  step({
    id: 'network.dnsDomain',
    page: 'network',
    ask: 'DNS domain',
    help: "Services are names under it, and kubernetes.default.svc under it is a SAN of the API server. It is also part of the service accounts' issuer.",
    kind: {kind: 'text'},
    advanced: true,
    get: (plan) => plan.network.dnsDomain,
    set: (plan, dnsDomain) => ({...plan, network: {...plan.network, dnsDomain}}),
    reader: text(),
    write: (domain) => domain,
    check: checkDnsDomain,
  }),
  step({
    id: 'sans.apiserver',
    page: 'network',
    ask: 'More names of the API server',
    help: 'Names and addresses that clients will use besides the endpoint: load balancers, public addresses, localhost for tunnels. Those of the nodes, the endpoint and the Service subnets are there already.',
    kind: {kind: 'list'},
    get: (plan) => plan.sans.apiserver,
    set: (plan, apiserver) => ({...plan, sans: {...plan.sans, apiserver}}),
    reader: list(hostText),
    write: (sans) => sans,
    check: checkApiserverSans,
  }),
];
