import type {FaultId} from '../lessons/faults.ts';
import type {Fault} from './fault.ts';

/** Everything that can be broken in the lab, in the order to learn it. */
export const faults: readonly Fault[] = [
  {
    id: 'etcd-server-expired',
    breaks: [{kind: 'certificate', row: 'etcd-server', as: {kind: 'expired'}}],
    tries: {kind: 'connections', asked: 'apiserver-to-etcd'},
  },
  {
    id: 'etcd-client-expired',
    breaks: [{kind: 'certificate', row: 'apiserver-etcd-client', as: {kind: 'expired'}}],
    tries: {kind: 'connections', asked: 'apiserver-to-etcd'},
  },
  {
    id: 'admin-expired',
    breaks: [{kind: 'certificate', row: 'admin', as: {kind: 'expired'}}],
    tries: {kind: 'connections', asked: 'admin-to-apiserver'},
  },
  {
    id: 'apiserver-not-yet-valid',
    breaks: [{kind: 'certificate', row: 'apiserver', as: {kind: 'not-yet-valid'}}],
    tries: {kind: 'connections', asked: 'admin-to-apiserver'},
  },
  {
    id: 'scheduler-not-yet-valid',
    breaks: [{kind: 'certificate', row: 'scheduler', as: {kind: 'not-yet-valid'}}],
    tries: {kind: 'connections', asked: 'scheduler-to-apiserver'},
  },
  {
    id: 'old-kubeconfig',
    breaks: [{kind: 'trust', connection: 'admin-to-apiserver', of: 'caller', holds: 'a namesake'}],
    tries: {kind: 'connections', asked: 'admin-to-apiserver'},
  },
  {
    id: 'old-client-ca',
    breaks: [{kind: 'trust', connection: 'scheduler-to-apiserver', of: 'provider', holds: 'a namesake'}],
    tries: {kind: 'connections', asked: 'scheduler-to-apiserver'},
  },
  {
    id: 'unknown-etcd-ca',
    breaks: [{kind: 'trust', connection: 'apiserver-to-etcd', of: 'caller', holds: 'a stranger'}],
    tries: {kind: 'connections', asked: 'apiserver-to-etcd'},
  },
  {
    id: 'unknown-client',
    breaks: [{kind: 'certificate', row: 'apiserver-etcd-client', as: {kind: 'of-a-stranger'}}],
    tries: {kind: 'connections', asked: 'apiserver-to-etcd'},
  },
  {
    id: 'etcd-without-name',
    breaks: [{kind: 'certificate', row: 'etcd-server', as: {kind: 'without-name'}}],
    tries: {kind: 'connections', asked: 'apiserver-to-etcd'},
  },
  {
    id: 'apiserver-without-name',
    breaks: [{kind: 'certificate', row: 'apiserver', as: {kind: 'without-name'}}],
    tries: {kind: 'connections', asked: 'admin-to-apiserver'},
  },
  {
    id: 'apiserver-without-san',
    breaks: [{kind: 'certificate', row: 'apiserver', as: {kind: 'without-any-name'}}],
    tries: {kind: 'connections', asked: 'pod-to-apiserver'},
  },
  {
    id: 'server-for-clients-only',
    breaks: [{kind: 'certificate', row: 'apiserver', as: {kind: 'for', usages: ['client auth']}}],
    tries: {kind: 'connections', asked: 'admin-to-apiserver'},
  },
  {
    id: 'client-for-servers-only',
    breaks: [{kind: 'certificate', row: 'apiserver-etcd-client', as: {kind: 'for', usages: ['server auth']}}],
    tries: {kind: 'connections', asked: 'apiserver-to-etcd'},
  },
  {
    id: 'user-for-servers-only',
    breaks: [{kind: 'certificate', row: 'admin', as: {kind: 'for', usages: ['server auth']}}],
    tries: {kind: 'connections', asked: 'admin-to-apiserver'},
  },
  {
    id: 'etcd-for-servers-only',
    breaks: [{kind: 'certificate', row: 'etcd-server', as: {kind: 'for', usages: ['server auth']}}],
    tries: {kind: 'connections', asked: 'etcd-gateway-to-itself'},
  },
  {
    id: 'etcd-swapped-key',
    breaks: [{kind: 'certificate', row: 'etcd-server', as: {kind: 'swapped-key'}}],
    tries: {kind: 'connections', asked: 'apiserver-to-etcd'},
  },
  {
    id: 'apiserver-swapped-key',
    breaks: [{kind: 'certificate', row: 'apiserver', as: {kind: 'swapped-key'}}],
    tries: {kind: 'connections', asked: 'admin-to-apiserver'},
  },
  {
    id: 'client-swapped-key',
    breaks: [{kind: 'certificate', row: 'apiserver-etcd-client', as: {kind: 'swapped-key'}}],
    tries: {kind: 'connections', asked: 'apiserver-to-etcd'},
  },
  {
    id: 'intermediate-missing',
    breaks: [
      {kind: 'certificate', row: 'apiserver', as: {kind: 'without-intermediate'}},
      {kind: 'trust', connection: 'admin-to-apiserver', of: 'caller', holds: 'the root alone'},
    ],
    tries: {kind: 'connections', asked: 'admin-to-apiserver'},
  },
  {
    id: 'one-ca-for-all',
    breaks: [{kind: 'one-authority'}],
    tries: {kind: 'door', intrusion: 'cluster-client-at-etcd'},
  },
  {
    id: 'front-proxy-name',
    breaks: [{kind: 'one-authority'}],
    tries: {kind: 'front-proxy', signedBy: 'kubernetes-ca', name: 'front-proxy-client', by: 'kubectl'},
  },
  {
    id: 'front-proxy-any-name',
    breaks: [{kind: 'allowed-names'}],
    tries: {kind: 'front-proxy', signedBy: 'front-proxy-ca', name: 'aggregator', by: 'aggregated-api'},
  },
  {
    id: 'another-sa-pub',
    breaks: [{kind: 'service-account'}],
    tries: {kind: 'token', asked: 'pod-to-apiserver'},
  },
  {
    id: 'bundle-in-signing-file',
    breaks: [{kind: 'signing-file'}],
    tries: {kind: 'signing-file'},
  },
];

export function faultCalled(id: FaultId): Fault {
  const fault = faults.find((each) => each.id === id);
  if (fault === undefined) throw new TypeError(`no fault ${id}`);
  return fault;
}
