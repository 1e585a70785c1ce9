import {normalizeAddress} from '../base/address.ts';
import {kubeletClients, kubeletServings, nodeRoles, type PlanNode} from '../pki/plan.ts';
import {checkNodes} from './checks-nodes.ts';
import {step} from './declare-step.ts';
import {choice, choices, fields, list, optional, text, type Reader} from './read-value.ts';
import type {Step, StepOption} from './step.ts';

/** The second page: which machines there are, and how their kubelets get certificates. */

/** An address in its normal form, a name as it stands. */
export const hostText = text({}, (typed) => normalizeAddress(typed) ?? typed);

const roleOptions = [
  {
    value: 'control-plane',
    label: 'Control plane',
    help: 'Runs the API server, the controller manager and the scheduler, and etcd when it is stacked.',
  },
  {value: 'etcd', label: 'etcd', help: 'Runs an etcd member, when etcd is external.'},
  {value: 'worker', label: 'Worker', help: "Runs pods only; gets the authority's certificate and never its key."},
] satisfies readonly StepOption[];

const node: Reader<PlanNode> = fields(
  {name: text(), addresses: list(hostText), roles: choices(nodeRoles), sans: list(hostText)},
  ['name', 'addresses', 'roles'],
  (get) => ({
    name: get(text(), 'name'),
    addresses: get(list(hostText), 'addresses'),
    roles: get(choices(nodeRoles), 'roles'),
    sans: get(list(hostText), 'sans'),
  }),
);

export const nodeSteps: readonly Step[] = [
  step({
    id: 'nodes',
    page: 'nodes',
    ask: 'Nodes',
    help: "Every machine of the cluster. The first address is the one that others reach it by, and a name or address missing here is missing in the node's certificates. kubeadm init runs on the first control-plane node.",
    kind: {
      kind: 'records',
      columns: [
        {id: 'name', ask: 'Name', help: "the Node's name: its host name in lower case", isList: false},
        {id: 'addresses', ask: 'Addresses', help: 'IPv4 or IPv6; the first is advertised', isList: true},
        {id: 'roles', ask: 'Roles', help: 'control-plane, etcd, worker', isList: true, options: roleOptions},
        {
          id: 'sans',
          ask: 'Extra names',
          help: "more names and addresses for this node's serving certificates",
          isList: true,
        },
      ],
      example: 'cp-1 10.0.0.11 control-plane',
    },
    get: (plan) => plan.nodes,
    set: (plan, nodes) => ({...plan, nodes}),
    reader: list(node),
    write: (nodes) =>
      nodes.map((each) => ({
        name: each.name,
        addresses: each.addresses,
        roles: each.roles,
        ...(each.sans.length === 0 ? {} : {sans: each.sans}),
      })),
    check: checkNodes,
  }),
  step({
    id: 'kubelets.client',
    page: 'nodes',
    ask: "Kubelets' client certificates",
    help: 'How each kubelet gets the certificate it calls the API server with.',
    kind: {
      kind: 'choice',
      options: [
        {
          value: '',
          label: 'As the layout does',
          help: 'kubeadm issues it on the first control-plane node and bootstraps all others; the hard way issues all.',
        },
        {
          value: 'issued',
          label: 'Issued now',
          help: 'Made here and put on each node: no token needed, but every key travels once.',
        },
        {
          value: 'bootstrap',
          label: 'Asked for with a token',
          help: "The kubelet makes its own key and asks the cluster: the key never leaves the node; needs a token and the cluster authority's key.",
        },
      ],
    },
    advanced: true,
    get: (plan) => plan.kubelets.client,
    set: (plan, client) => ({...plan, kubelets: {...plan.kubelets, client}}),
    reader: optional(choice(kubeletClients, 'issued')),
    write: (client) => client ?? null,
  }),
  step({
    id: 'kubelets.serving',
    page: 'nodes',
    ask: "Kubelets' serving certificates",
    help: 'What a kubelet shows on port 10250, where the API server fetches logs and runs exec.',
    kind: {
      kind: 'choice',
      options: [
        {
          value: '',
          label: 'As the layout does',
          help: 'Self-signed with kubeadm and minikube, signed the hard way.',
        },
        {
          value: 'signed',
          label: 'Signed now',
          help: 'Made here and put on each node: the API server can verify every kubelet from the start.',
        },
        {
          value: 'self-signed',
          label: 'Self-signed',
          help: 'The kubelet makes its own: nobody can verify it, and metrics-server needs --kubelet-insecure-tls.',
        },
        {
          value: 'bootstrap',
          label: 'Asked for, approved by hand',
          help: 'The kubelet asks the cluster; somebody must compare and approve every request, for nothing does so by itself.',
        },
      ],
    },
    advanced: true,
    get: (plan) => plan.kubelets.serving,
    set: (plan, serving) => ({...plan, kubelets: {...plan.kubelets, serving}}),
    reader: optional(choice(kubeletServings, 'signed')),
    write: (serving) => serving ?? null,
  }),
];
