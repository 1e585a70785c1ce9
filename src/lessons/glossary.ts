import type {FaultId} from './faults.ts';
import type {StoryId} from './stories.ts';

/**
 * Words that a newcomer meets and that name nothing of the catalogue: what each is also called, and where to see it. What is
 * told of it is in `texts`, in each language; a word that a language lacks does not compile. One file because it is one table.
 */

interface WordRow {
  readonly id: string;
  /** As it is written most often. */
  readonly name: string;
  /** Other spellings and long forms; letter case counts nowhere. */
  readonly also: readonly string[];
  readonly see: readonly [Seen, ...Seen[]];
}

/** Where a word can be seen. */
export type Seen =
  /** What `certwright explain` knows by this name. */
  {readonly explain: string} | {readonly story: StoryId} | {readonly fault: FaultId};

/** In the order to read them. */
const rows = [
  {
    id: 'certificate',
    name: 'certificate',
    also: ['certificates', 'cert', 'certs', 'x509', 'x.509', 'public key certificate'],
    see: [{explain: 'apiserver'}, {story: 'certificate'}],
  },
  {
    id: 'key-pair',
    name: 'key pair',
    also: ['key-pair', 'private key', 'public key', 'key', 'keys', 'rsa key', 'ec key'],
    see: [{explain: 'service-account'}, {story: 'certificate'}],
  },
  {
    id: 'ca',
    name: 'CA',
    also: [
      'certificate authority',
      'certification authority',
      'authority',
      'cas',
      'root',
      'root ca',
      'root certificate',
    ],
    see: [{explain: 'kubernetes-ca'}, {explain: 'etcd-ca'}, {story: 'one-ca-or-three'}],
  },
  {
    id: 'intermediate',
    name: 'intermediate',
    also: ['intermediate ca', 'intermediate certificate', 'intermediates', 'sub ca', 'subordinate ca'],
    see: [{explain: 'root-ca'}, {story: 'one-ca-or-three'}],
  },
  {
    id: 'leaf',
    name: 'leaf',
    also: ['leaf certificate', 'leaves', 'leaf certificates', 'end-entity certificate', 'end entity'],
    see: [{explain: 'etcd-server'}, {story: 'rotation'}],
  },
  {
    id: 'chain',
    name: 'chain',
    also: ['certificate chain', 'chain of trust', 'trust chain', 'trust anchor', 'trust'],
    see: [{explain: 'unknown-authority'}, {story: 'certificate'}],
  },
  {
    id: 'bundle',
    name: 'bundle',
    also: ['ca bundle', 'cabundle', 'trust bundle', 'certificate bundle'],
    see: [{fault: 'bundle-in-signing-file'}, {story: 'new-ca'}],
  },
  {
    id: 'san',
    name: 'SAN',
    also: [
      'sans',
      'subject alternative name',
      'subject alternative names',
      'subjectaltname',
      'subject alt name',
      'alt name',
    ],
    see: [{explain: 'apiserver'}, {explain: 'name-mismatch'}, {fault: 'apiserver-without-name'}],
  },
  {
    id: 'cn',
    name: 'CN',
    also: ['common name', 'commonname', 'common-name', 'subject'],
    see: [{explain: 'scheduler'}, {story: 'token-or-certificate'}],
  },
  {
    id: 'o',
    name: 'O',
    also: ['organization', 'organisation', 'organizationname', 'group', 'groups'],
    see: [{explain: 'kubelet-client'}, {explain: 'system:masters'}, {story: 'token-or-certificate'}],
  },
  {
    id: 'eku',
    name: 'EKU',
    also: [
      'extended key usage',
      'extendedkeyusage',
      'ext key usage',
      'key usage',
      'keyusage',
      'ku',
      'usage',
      'usages',
      'server auth',
      'serverauth',
      'client auth',
      'clientauth',
    ],
    see: [{explain: 'etcd-server'}, {fault: 'client-for-servers-only'}, {story: 'certificate'}],
  },
  {
    id: 'serial',
    name: 'serial',
    also: ['serial number', 'sn', 'serialnumber'],
    see: [{explain: 'client-expired'}, {story: 'rotation'}],
  },
  {
    id: 'fingerprint',
    name: 'fingerprint',
    also: ['thumbprint', 'certificate hash', 'certificate fingerprint', 'sha-256 fingerprint'],
    see: [{explain: 'discovery hash'}, {story: 'rotation'}],
  },
  {
    id: 'pem',
    name: 'PEM',
    also: ['pem file', 'pem block', 'pem text', 'der', 'base64'],
    see: [{explain: 'pem-broken'}, {story: 'kubeconfig'}],
  },
  {
    id: 'csr',
    name: 'CSR',
    also: [
      'certificate signing request',
      'certificatesigningrequest',
      'signing request',
      'certificate request',
      'csrs',
    ],
    see: [{explain: 'kubelet-client'}, {story: 'signing-api'}],
  },
  {
    id: 'tls',
    name: 'TLS',
    also: ['ssl', 'transport layer security', 'handshake', 'tls handshake', 'https'],
    see: [{explain: 'apiserver-to-etcd'}, {story: 'handshake'}],
  },
  {
    id: 'mtls',
    name: 'mutual TLS',
    also: ['mtls', 'mutual-tls', 'mutual tls authentication', 'mutual authentication', 'two-way tls'],
    see: [{explain: 'apiserver-to-etcd'}, {story: 'handshake'}],
  },
  {
    id: 'caller',
    name: 'caller',
    also: ['client', 'clients', 'callers'],
    see: [{explain: 'apiserver-to-etcd'}, {story: 'handshake'}],
  },
  {
    id: 'provider',
    name: 'provider',
    also: ['server', 'servers', 'providers'],
    see: [{explain: 'apiserver-to-kubelet'}, {story: 'handshake'}],
  },
  {
    id: 'door',
    name: 'door',
    also: ['doors', 'intrusion'],
    see: [{fault: 'one-ca-for-all'}, {story: 'one-ca-or-three'}],
  },
  {
    id: 'rbac',
    name: 'RBAC',
    also: [
      'role-based access control',
      'role based access control',
      'rolebinding',
      'clusterrolebinding',
      'clusterrole',
      'binding',
      'role',
    ],
    see: [{explain: 'forbidden'}, {story: 'token-or-certificate'}],
  },
  {
    id: 'kubeadm',
    name: 'kubeadm',
    also: ['kubeadm init', 'kubeadm join'],
    see: [{explain: 'kubernetes-ca'}, {explain: 'admin.conf'}, {story: 'rotation'}],
  },
  {
    id: 'kubeconfig',
    name: 'kubeconfig',
    also: ['kube config', 'kubeconfigs', 'kubeconfig file'],
    see: [{explain: 'admin.conf'}, {story: 'kubeconfig'}],
  },
  {
    id: 'kubelet',
    name: 'kubelet',
    also: ['kubelets'],
    see: [{explain: 'kubelet-client'}, {explain: 'apiserver-to-kubelet'}, {story: 'handshake'}],
  },
  {
    id: 'static-pod',
    name: 'static pod',
    also: ['static-pod', 'static pods', 'staticpod', 'mirror pod', 'manifest', 'manifests'],
    see: [{explain: '/etc/kubernetes/manifests/kube-apiserver.yaml'}, {story: 'rotation'}],
  },
  {
    id: 'front-proxy',
    name: 'front proxy',
    also: [
      'front-proxy',
      'frontproxy',
      'front proxies',
      'requestheader',
      'request header',
      'authenticating proxy',
      'x-remote-user',
    ],
    see: [{explain: 'front-proxy-client'}, {explain: 'apiserver-to-aggregated-api'}, {story: 'one-ca-or-three'}],
  },
  {
    id: 'aggregated-api',
    name: 'aggregated API',
    also: [
      'aggregated-api',
      'aggregated apis',
      'aggregated api server',
      'api aggregation',
      'aggregation layer',
      'aggregation',
      'aggregator',
      'apiservice',
      'extension api server',
    ],
    see: [{explain: 'apiserver-to-aggregated-api'}, {explain: 'ca-bundle-wrong'}, {story: 'one-ca-or-three'}],
  },
  {
    id: 'service-account',
    name: 'service account',
    also: ['service-account', 'serviceaccount', 'service accounts', 'service account key'],
    see: [{explain: 'pod-to-apiserver'}, {explain: 'sa.pub'}, {story: 'service-account'}],
  },
  {
    id: 'jwt',
    name: 'JWT',
    also: ['json web token', 'service account token', 'bearer token', 'token', 'tokens', 'jws'],
    see: [{explain: 'service-account-key'}, {story: 'service-account'}],
  },
  {
    id: 'token-review',
    name: 'TokenReview',
    also: ['token review', 'token-review', 'tokenreviews', 'webhook authentication'],
    see: [{explain: 'metrics-server-to-kubelet'}, {story: 'token-or-certificate'}],
  },
  {
    id: 'bootstrap-token',
    name: 'bootstrap token',
    also: ['bootstrap-token', 'bootstrap tokens', 'join token', 'kubeadm token'],
    see: [{explain: 'bootstrap-kubelet.conf'}, {explain: 'bearer-token-unknown'}, {story: 'bootstrap'}],
  },
  {
    id: 'tls-bootstrap',
    name: 'TLS bootstrap',
    also: ['tls bootstrapping', 'tls-bootstrap', 'kubelet bootstrap', 'bootstrap'],
    see: [{explain: 'joining-kubelet-to-apiserver'}, {story: 'bootstrap'}],
  },
  {
    id: 'discovery-hash',
    name: 'discovery hash',
    also: [
      'discovery-hash',
      'spki',
      'spki pin',
      'pin',
      'public key pin',
      'ca hash',
      'ca cert hash',
      'discovery-token-ca-cert-hash',
      '--discovery-token-ca-cert-hash',
      'subject public key info',
      'subjectpublickeyinfo',
    ],
    see: [{explain: 'join-wrong-pin'}, {explain: 'joining-kubelet-to-apiserver'}, {story: 'bootstrap'}],
  },
  {
    id: 'control-plane',
    name: 'control plane',
    also: ['control-plane', 'control plane node', 'control-plane node', 'master', 'masters'],
    see: [{explain: 'kube-apiserver'}, {story: 'token-or-certificate'}],
  },
  {
    id: 'node',
    name: 'node',
    also: ['nodes', 'worker', 'workers', 'worker node', 'worker nodes'],
    see: [{explain: 'kubelet-client'}, {story: 'bootstrap'}],
  },
  {
    id: 'namespace',
    name: 'namespace',
    also: ['namespaces', 'kube-system'],
    see: [{explain: 'service account'}, {story: 'token-or-certificate'}],
  },
  {id: 'secret', name: 'Secret', also: ['secrets'], see: [{explain: 'bootstrap token'}, {story: 'one-ca-or-three'}]},
  {
    id: 'config-map',
    name: 'ConfigMap',
    also: ['config map', 'configmaps', 'config-map'],
    see: [{explain: 'cluster-info'}, {story: 'new-ca'}],
  },
  {
    id: 'claim',
    name: 'claim',
    also: ['claims', 'aud', 'sub', 'iss', 'exp', 'audience', 'audiences', 'jwt claim'],
    see: [{explain: 'JWT'}, {story: 'service-account'}],
  },
  {
    id: 'signer',
    name: 'signer',
    also: ['signers', 'signername', 'signer name'],
    see: [{explain: 'CSR'}, {story: 'signing-api'}],
  },
  {
    id: 'serving-certificate',
    name: 'serving certificate',
    also: [
      'serving-certificate',
      'serving certificates',
      'serving cert',
      'server certificate',
      'server certificates',
      'server cert',
    ],
    see: [{explain: 'apiserver'}, {explain: 'SAN'}, {story: 'handshake'}],
  },
  {
    id: 'client-certificate',
    name: 'client certificate',
    also: ['client-certificate', 'client certificates', 'client cert', 'client certs'],
    see: [{explain: 'apiserver-etcd-client'}, {story: 'token-or-certificate'}],
  },
  {
    id: 'issuer',
    name: 'issuer',
    also: ['issuers', 'issued by', 'issuer name'],
    see: [{explain: 'unknown-authority'}, {story: 'new-ca'}],
  },
  {
    id: 'revocation',
    name: 'CRL',
    also: ['ocsp', 'crl/ocsp', 'crls', 'revocation', 'revoke', 'revoked', 'certificate revocation list'],
    see: [{story: 'certificate'}, {story: 'new-ca'}],
  },
  {
    id: 'key-usage-bits',
    name: 'keyCertSign',
    also: [
      'digitalsignature',
      'keyencipherment',
      'key cert sign',
      'certificate sign',
      'digital signature',
      'key encipherment',
    ],
    see: [{explain: 'EKU'}, {story: 'certificate'}],
  },
  {
    id: 'nodeclient',
    name: 'nodeclient',
    also: ['selfnodeclient', 'node client', 'certificatesigningrequests/nodeclient'],
    see: [{explain: 'TLS bootstrap'}, {story: 'bootstrap'}],
  },
  {
    id: 'certificates-api',
    name: 'certificates.k8s.io',
    also: ['certificates api', 'csr api', 'kubernetes certificates api'],
    see: [{explain: 'CSR'}, {story: 'signing-api'}],
  },
  {
    id: 'cluster-info',
    name: 'cluster-info',
    also: ['cluster info', 'kube-public/cluster-info', 'kube-public'],
    see: [{explain: 'discovery hash'}, {story: 'bootstrap'}],
  },
  {
    id: 'kube-root-ca',
    name: 'kube-root-ca.crt',
    also: ['kube-root-ca'],
    see: [{explain: '--root-ca-file'}, {story: 'service-account'}],
  },
  {
    id: 'reconcile',
    name: 'reconcile',
    also: ['reconciled', 'reconciles', 'reconciliation', 'controller', 'controllers'],
    see: [{explain: 'kube-controller-manager'}, {story: 'rotation'}],
  },
  {
    id: 'node-authorizer',
    name: 'Node authorizer',
    also: ['node-authorizer', 'node authorization', 'noderestriction', 'node restriction'],
    see: [{explain: '--authorization-mode'}, {story: 'bootstrap'}],
  },
  {
    id: 'certificate-authority-data',
    name: 'certificate-authority-data',
    also: ['certificate authority data', 'certificate-authority'],
    see: [{explain: 'unknown-authority'}, {story: 'kubeconfig'}],
  },
  {
    id: 'gateway',
    name: 'gateway',
    also: ['etcd gateway', 'grpc gateway', 'grpc-gateway', 'etcd grpc gateway'],
    see: [{explain: 'etcd-gateway-to-itself'}, {explain: 'etcd-server'}],
  },
] as const satisfies readonly WordRow[];

export type WordId = (typeof rows)[number]['id'];

export const glossary: readonly (WordRow & {readonly id: WordId})[] = rows;

/** What is told of a word: one or two sentences each. */
export interface WordLesson {
  readonly what: string;
  /** What it is for in a cluster. */
  readonly use: string;
}

/** The word that is called so; undefined = none is. */
export function wordCalled(given: string): WordId | undefined {
  const wanted = given.trim().replaceAll(/\s+/g, ' ').toLowerCase();
  return glossary.find(({name, also}) => [name, ...also].some((known) => known.toLowerCase() === wanted))?.id;
}
