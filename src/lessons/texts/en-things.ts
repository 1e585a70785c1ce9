import type {EndId} from '../../pki/blueprint-types.ts';
import type {KubeconfigId, TrustId} from '../../pki/certificate.ts';
import {certificateWhy, componentWhy, connectionWhy, kubeconfigWhy, trustWhy} from '../catalogue-words.ts';
import type {DelegationId, Lesson} from '../lessons.ts';

/**
 * Certificates, authorities, files and connections in English. What a thing is comes from the catalogue; here is what
 * breaks without it. One file because it is one table: its keys are what every other language must have.
 */

export const certificates = {
  apiserver: {
    what: certificateWhy('apiserver'),
    without:
      'The API server does not start without the pair; once it has ended, or a name is missing, every client refuses the server: kubectl, kubelets, controllers and pods alike.',
  },
  'apiserver-kubelet-client': {
    what: certificateWhy('apiserver-kubelet-client'),
    without: 'kubectl logs, exec, attach and port-forward fail; pods themselves go on running.',
  },
  'apiserver-etcd-client': {
    what: certificateWhy('apiserver-etcd-client'),
    without:
      'The API server cannot read or write anything: it ends after about twenty seconds with "context deadline exceeded", and the whole control plane is down.',
  },
  'front-proxy-client': {
    what: certificateWhy('front-proxy-client'),
    without: 'Aggregated APIs refuse the API server: kubectl top and autoscaling by metrics stop, the rest goes on.',
  },
  'etcd-server': {
    what: certificateWhy('etcd-server'),
    without: 'etcd does not start, or its clients refuse it; then the API server of this node cannot work.',
  },
  'etcd-peer': {
    what: certificateWhy('etcd-peer'),
    without:
      'The member cannot join the others; when more than half of the members are apart, etcd accepts no writes any more.',
  },
  'etcd-healthcheck-client': {
    what: certificateWhy('etcd-healthcheck-client'),
    without: 'etcdctl, snapshots and backups on this node fail; the cluster itself goes on.',
  },
  admin: {
    what: certificateWhy('admin'),
    without:
      'Nobody manages the cluster with admin.conf; copies of it, such as ~/.kube/config, end with it. The cluster goes on.',
  },
  'super-admin': {
    what: certificateWhy('super-admin'),
    without: 'Nothing, until the binding of admin.conf is lost: then there is no way in past RBAC.',
  },
  'controller-manager': {
    what: certificateWhy('controller-manager'),
    without:
      'Nothing is reconciled: no new pods for Deployments, no signed certificate requests, no tokens cleaned up, failed nodes stay listed as ready.',
  },
  scheduler: {
    what: certificateWhy('scheduler'),
    without: 'New pods stay Pending; those that run go on.',
  },
  'kubelet-client': {
    what: certificateWhy('kubelet-client'),
    without: 'The Node becomes NotReady; its pods run on, but nobody learns of them and no new ones come.',
  },
  'kubelet-serving': {
    what: certificateWhy('kubelet-serving'),
    without:
      'Where the API server verifies kubelets, logs and exec fail; metrics-server needs --kubelet-insecure-tls. Without an own one the kubelet signs itself one, which nobody can verify.',
  },
  'kube-proxy': {
    what: certificateWhy('kube-proxy'),
    without: 'kube-proxy learns of no changes: Services lead to pods that are gone.',
  },
  user: {
    what: certificateWhy('user'),
    without: 'This person cannot log in; a certificate cannot be revoked either, it can only end.',
  },
} satisfies Record<string, Lesson>;
export type CertificateTextId = keyof typeof certificates;

export const authorities = {
  'kubernetes-ca': {
    what: 'The CA of the cluster: it signs the certificate of the API server and those of all its clients, people included.',
    without:
      'Without its file nobody can be verified and nothing starts. Without its key nothing new can be signed, and what exists goes on until it ends. Whoever has the key is whoever they want to be.',
  },
  'etcd-ca': {
    what: 'The CA of etcd alone: whoever shows a certificate of it may read and write every object of the cluster, past RBAC.',
    without: 'etcd and the API server cannot verify each other: the control plane does not start.',
  },
  'front-proxy-ca': {
    what: 'The CA of front proxies: a client of it with an allowed name is believed when it names another user in a header. It must sign nothing else.',
    without: 'Aggregated APIs, such as that of metrics-server, refuse what the API server passes on.',
  },
  'root-ca': {
    what: 'The root above the three CAs. It signs nothing else, and its key lies offline.',
    without: 'What runs goes on; no intermediate can be replaced without its key.',
  },
} satisfies Record<string, Lesson>;
export type AuthorityTextId = keyof typeof authorities;

export const serviceAccount: Lesson = {
  what: 'A key pair, not a certificate: the private half (sa.key) signs the tokens of service accounts, the public half (sa.pub) verifies them. It must be the same on every control-plane node, and it never ends.',
  without:
    'Pods cannot log in: network plugins, CoreDNS and every controller in a pod fail with 401. With different pairs on several control-plane nodes they fail now and then.',
};

export const kubeconfigs: Readonly<Record<KubeconfigId, string>> = {
  admin: kubeconfigWhy('admin'),
  'super-admin': kubeconfigWhy('super-admin'),
  'controller-manager': kubeconfigWhy('controller-manager'),
  scheduler: kubeconfigWhy('scheduler'),
  kubelet: kubeconfigWhy('kubelet'),
  'bootstrap-kubelet': kubeconfigWhy('bootstrap-kubelet'),
  'kube-proxy': kubeconfigWhy('kube-proxy'),
  user: kubeconfigWhy('user'),
};

export const trusts: Readonly<Record<TrustId, Lesson>> = {
  'etcd-clients': {
    what: trustWhy('etcd-clients'),
    without:
      'With another CA in it etcd refuses the API server; with too many, strangers are let in. etcd reads it only when it starts.',
  },
  'etcd-peers': {
    what: trustWhy('etcd-peers'),
    without: 'With another CA in it the members refuse each other. etcd reads it only when it starts.',
  },
  'etcd-servers': {
    what: trustWhy('etcd-servers'),
    without: 'With another CA in it the API server refuses etcd and does not start. It is read only at the start.',
  },
  'etcdctl-servers': {
    what: trustWhy('etcdctl-servers'),
    without: 'etcdctl refuses etcd; nothing else is touched.',
  },
  'apiserver-clients': {
    what: trustWhy('apiserver-clients'),
    without: 'With another CA in it every client certificate gets 401 Unauthorized. A change is picked up at once.',
  },
  'apiserver-front-proxies': {
    what: trustWhy('apiserver-front-proxies'),
    without:
      'Without it no front proxy is believed. With the CA that signs clients, and no allowed names, any client could be anybody: from 1.36 the API server then does not start.',
  },
  'apiserver-kubelets': {
    what: trustWhy('apiserver-kubelets'),
    without:
      'Left out, as kubeadm leaves it, kubelets are not verified at all. With a CA that did not sign their certificates, logs and exec fail.',
  },
  'controller-manager-clients': {
    what: trustWhy('controller-manager-clients'),
    without: 'Collectors of metrics that show a certificate are refused; the cluster goes on.',
  },
  'controller-manager-front-proxies': {
    what: trustWhy('controller-manager-front-proxies'),
    without: 'The cluster goes on; callers through a front proxy are not believed at that port.',
  },
  'pods-apiserver': {
    what: trustWhy('pods-apiserver'),
    without:
      'With another CA in it pods refuse the API server: "signed by unknown authority". It is read only at the start.',
  },
  'kubelet-clients': {
    what: trustWhy('kubelet-clients'),
    without: 'With another CA in it the kubelet refuses the API server: logs and exec get 401 Unauthorized.',
  },
  'kubeconfig-apiserver': {
    what: trustWhy('kubeconfig-apiserver'),
    without: 'With another CA in it whoever uses the kubeconfig refuses the API server: "signed by unknown authority".',
  },
};

export const ends: Readonly<Record<EndId, string>> = {
  etcd: componentWhy('etcd'),
  'kube-apiserver': componentWhy('kube-apiserver'),
  'kube-controller-manager': componentWhy('kube-controller-manager'),
  'kube-scheduler': componentWhy('kube-scheduler'),
  kubelet: componentWhy('kubelet'),
  'kube-proxy': componentWhy('kube-proxy'),
  kubectl: 'What people work with: it calls the API with a kubeconfig.',
  etcdctl: 'Health checks, snapshots and repairs of etcd.',
  pod: 'Any program in a pod: it calls the API with the token of its service account, not with a certificate.',
  'metrics-server': 'An add-on: it reads CPU and memory from kubelets, for kubectl top and autoscaling.',
  scraper: 'Whatever collects metrics, Prometheus for one.',
  'aggregated-api': 'Another API server behind this one, announced by an APIService.',
  webhook: 'A service that is asked before objects are taken, or converts them.',
};

export const connections = {
  'apiserver-to-etcd': {
    what: connectionWhy('apiserver-to-etcd'),
    without: 'The API server is not ready and soon ends: nothing in the cluster can be read or changed.',
  },
  'etcd-to-etcd': {
    what: connectionWhy('etcd-to-etcd'),
    without: 'A member falls behind; without a majority nothing can be written.',
  },
  'etcdctl-to-etcd': {what: connectionWhy('etcdctl-to-etcd'), without: 'No health checks and no backups.'},
  'etcd-gateway-to-itself': {
    what: connectionWhy('etcd-gateway-to-itself'),
    without: "etcd's log fills with refused handshakes from its own address; clients do not notice.",
  },
  'admin-to-apiserver': {
    what: connectionWhy('admin-to-apiserver'),
    without: 'Administrators and kubeadm are locked out; the cluster goes on.',
  },
  'super-admin-to-apiserver': {
    what: connectionWhy('super-admin-to-apiserver'),
    without: 'The last way in past RBAC is gone.',
  },
  'user-to-apiserver': {what: connectionWhy('user-to-apiserver'), without: 'This person cannot work.'},
  'controller-manager-to-apiserver': {
    what: connectionWhy('controller-manager-to-apiserver'),
    without: 'Nothing is reconciled any more, and no request is signed.',
  },
  'scheduler-to-apiserver': {what: connectionWhy('scheduler-to-apiserver'), without: 'New pods stay Pending.'},
  'kubelet-to-apiserver': {
    what: connectionWhy('kubelet-to-apiserver'),
    without: 'The Node becomes NotReady; after some minutes its pods are started elsewhere.',
  },
  'joining-kubelet-to-apiserver': {
    what: connectionWhy('joining-kubelet-to-apiserver'),
    without: 'The node does not join.',
  },
  'kube-proxy-to-apiserver': {
    what: connectionWhy('kube-proxy-to-apiserver'),
    without: 'Services on this node go stale.',
  },
  'kube-proxy-pod-to-apiserver': {
    what: connectionWhy('kube-proxy-pod-to-apiserver'),
    without: 'Services on this node go stale.',
  },
  'pod-to-apiserver': {
    what: connectionWhy('pod-to-apiserver'),
    without: 'Controllers, CoreDNS and network plugins in pods fail.',
  },
  'apiserver-to-kubelet': {
    what: connectionWhy('apiserver-to-kubelet'),
    without: 'logs, exec, attach and port-forward fail; pods go on.',
  },
  'metrics-server-to-kubelet': {
    what: connectionWhy('metrics-server-to-kubelet'),
    without: 'kubectl top shows nothing, and autoscaling by CPU and memory stands still.',
  },
  'apiserver-to-aggregated-api': {
    what: connectionWhy('apiserver-to-aggregated-api'),
    without: 'The aggregated API is unavailable; namespaces may hang while they are deleted.',
  },
  'apiserver-to-webhook': {
    what: connectionWhy('apiserver-to-webhook'),
    without: 'What the webhook must be asked about can be neither made nor changed, where its failurePolicy is Fail.',
  },
  'scraper-to-controller-manager': {
    what: connectionWhy('scraper-to-controller-manager'),
    without: 'No metrics of the controller manager.',
  },
  'scraper-to-scheduler': {what: connectionWhy('scraper-to-scheduler'), without: 'No metrics of the scheduler.'},
  'apiserver-to-itself': {
    what: connectionWhy('apiserver-to-itself'),
    without:
      'In old releases the certificate in memory ended after a year of running: the API server must be started anew before. From 1.36 /livez says so.',
  },
} satisfies Record<string, Lesson>;
export type ConnectionTextId = keyof typeof connections;

export const signing: Lesson = {
  what: 'The pair with which the controller manager signs requests of certificates.k8s.io: those of kubelets and of people.',
  without:
    'Requests are approved and never signed: kubelets that join stay without a certificate, and those that run cannot renew theirs. The certificate file must hold exactly one certificate, or the controller manager does not start.',
};

export const delegation: Readonly<Record<DelegationId, Lesson>> = {
  authentication: {
    what: 'With it the component asks the API server who is calling its own port (TokenReview): somebody who collects metrics, for example. It is not for the component’s own work.',
    without:
      'Callers with a token are taken for anonymous, and no client CA is looked up in the cluster: whoever collects metrics is refused. Everything else goes on.',
  },
  authorization: {
    what: 'With it the component asks the API server whether a caller of its own port may do that (SubjectAccessReview), for example read /metrics. It is not for the component’s own work.',
    without:
      'Nobody may do anything at its own port but the health checks: whoever collects metrics gets 403 Forbidden. Everything else goes on.',
  },
};
