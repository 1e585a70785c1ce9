import type {ErrorId} from '../../src/lessons/errors.ts';

/**
 * Errors as people paste them: alone, or as they stand in logs, with time stamps, prefixes, escapes and lines that a
 * terminal has broken. Names and numbers are made up.
 */
export interface PastedError {
  readonly cause: ErrorId;
  readonly from: string;
  readonly text: string;
}

export const alone: readonly PastedError[] = [
  {
    cause: 'name-mismatch',
    from: 'kubectl over a tunnel',
    text: 'Unable to connect to the server: x509: certificate is valid for 10.96.0.1, 192.0.2.99, not 127.0.0.1',
  },
  {
    cause: 'name-mismatch',
    from: 'kubectl 1.30, a new load balancer',
    text: 'Unable to connect to the server: tls: failed to verify certificate: x509: certificate is valid for cp-1, kubernetes, kubernetes.default, kubernetes.default.svc, kubernetes.default.svc.cluster.local, not lb.example.org',
  },
  {
    cause: 'name-mismatch',
    from: 'curl',
    text: "curl: (60) SSL: no alternative certificate subject name matches target host name '10.0.0.11'",
  },
  {
    cause: 'no-names',
    from: 'kubectl after an upgrade of Go',
    text: 'Unable to connect to the server: x509: certificate relies on legacy Common Name field, use SANs or temporarily enable Common Name matching with GODEBUG=x509ignoreCN=0',
  },
  {
    cause: 'certificate-expired',
    from: 'kubectl, a year later',
    text: 'Unable to connect to the server: x509: certificate has expired or is not yet valid: current time 2026-11-24T09:12:01+01:00 is after 2026-11-23T19:17:42Z',
  },
  {
    cause: 'certificate-expired',
    from: 'an older kubectl',
    text: 'Unable to connect to the server: x509: certificate has expired or is not yet valid',
  },
  {
    cause: 'not-yet-valid',
    from: 'kubeadm join on a node with a wrong clock',
    text: 'error execution phase preflight: couldn\'t validate the identity of the API Server: Get "https://10.0.0.11:6443/api/v1/namespaces/kube-public/configmaps/cluster-info?timeout=10s": x509: certificate has expired or is not yet valid: current time 2026-11-23T08:00:00Z is before 2026-11-23T19:12:42Z',
  },
  {
    cause: 'wrong-usage',
    from: 'kubectl',
    text: 'Unable to connect to the server: x509: certificate specifies an incompatible key usage',
  },
  {
    cause: 'authority-namesake',
    from: 'kubectl with the config of an older cluster',
    text: 'Unable to connect to the server: x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error" while trying to verify candidate authority certificate "kubernetes")',
  },
  {
    cause: 'unknown-authority',
    from: 'kubectl',
    text: 'Unable to connect to the server: x509: certificate signed by unknown authority',
  },
  {
    cause: 'unknown-authority',
    from: 'curl to the API server',
    text: 'curl: (60) SSL certificate problem: unable to get local issuer certificate',
  },
  {cause: 'key-mismatch', from: 'kubectl', text: 'error: tls: private key does not match public key'},
  {cause: 'unauthorized', from: 'kubectl', text: 'error: You must be logged in to the server (Unauthorized)'},
  {
    cause: 'unauthorized',
    from: 'kubectl, without the error prefix',
    text: 'error: You must be logged in to the server (the server has asked for the client to provide credentials)',
  },
  {
    cause: 'forbidden-admin',
    from: 'kubectl with admin.conf',
    text: 'Error from server (Forbidden): nodes is forbidden: User "kubernetes-admin" cannot list resource "nodes" in API group "" at the cluster scope',
  },
  {
    cause: 'plain-http',
    from: 'kubectl',
    text: 'Unable to connect to the server: http: server gave HTTP response to HTTPS client',
  },
  {
    cause: 'plain-http',
    from: 'kubectl',
    text: 'Error from server (BadRequest): the server rejected our request for an unknown reason',
  },
  {
    cause: 'join-wrong-pin',
    from: 'kubeadm join',
    text: 'error execution phase preflight: couldn\'t validate the identity of the API Server: cluster CA found in cluster-info ConfigMap is invalid: none of the public keys "sha256:7c2e69131a36ae2a042a339b33381c6d0d43887e2de83720eff5359e26aec866" are pinned',
  },
  {
    cause: 'join-no-signature',
    from: 'kubeadm join, older',
    text: 'error execution phase preflight: couldn\'t validate the identity of the API Server: could not find a JWS signature in the cluster-info ConfigMap for token ID "abcdef"',
  },
  {
    cause: 'certificate-key-gone',
    from: 'kubeadm join --control-plane',
    text: 'error execution phase control-plane-prepare/download-certs: error downloading certs: error downloading the secret: Secret "kubeadm-certs" was not found in the "kube-system" Namespace. This Secret might have expired. Please, run `kubeadm init phase upload-certs --upload-certs` on a control plane to generate a new one',
  },
  {
    cause: 'kubelet-not-signed-yet',
    from: 'kubectl logs',
    text: 'Error from server: Get "https://10.0.0.21:10250/containerLogs/default/web-7d4/web": remote error: tls: internal error',
  },
  {
    cause: 'forbidden-kubelet-api',
    from: 'kubectl exec',
    text: 'error: unable to upgrade connection: Forbidden (user=kube-apiserver-kubelet-client, verb=create, resource=nodes, subresource=proxy)',
  },
  {
    cause: 'connection-refused',
    from: 'kubectl on the node',
    text: 'The connection to the server 10.0.0.11:6443 was refused - did you specify the right host or port?',
  },
  {
    cause: 'no-kubeconfig',
    from: 'kubectl before there is a kubeconfig',
    text: 'The connection to the server localhost:8080 was refused - did you specify the right host or port?',
  },
  {
    cause: 'kubelet-refuses-apiserver',
    from: 'kubectl exec after the CA was replaced',
    text: 'error: unable to upgrade connection: Unauthorized',
  },
  {
    cause: 'kubelet-refuses-apiserver',
    from: 'kubectl logs with a stale kubelet client',
    text: 'error: You must be logged in to the server (the server has asked for the client to provide credentials ( pods/log web-0))',
  },
  {
    cause: 'csr-masters',
    from: 'kubectl create',
    text: 'Error from server (Forbidden): error when creating "csr.yaml": certificatesigningrequests.certificates.k8s.io "jane" is forbidden: use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed',
  },
  {
    cause: 'parent-key-mismatch',
    from: 'kubeadm certs renew',
    text: "error execution phase certs/apiserver: error creating PKI assets: x509: provided PrivateKey doesn't match parent's PublicKey",
  },
];

export const inLogs: readonly PastedError[] = [
  {
    cause: 'client-expired',
    from: 'the API server, klog',
    text: 'E1124 08:00:00.123456       1 authentication.go:63] "Unable to authenticate the request" err="[x509: certificate has expired or is not yet valid: current time 2026-11-24T08:00:00Z is after 2026-11-23T19:17:42Z, verifying certificate SN=3216278549870115342, SKID=, AKID=0A:1B:2C failed: x509: certificate has expired or is not yet valid: current time 2026-11-24T08:00:00Z is after 2026-11-23T19:17:42Z]"',
  },
  {
    cause: 'client-unknown-authority',
    from: 'the API server, from a container log',
    text: '2026-11-24T08:00:00.123456789Z stderr F E1124 08:00:00.123401       1 authentication.go:73] "Unable to authenticate the request" err="[x509: certificate signed by unknown authority, verifying certificate SN=88, SKID=, AKID=0A:1B failed: x509: certificate signed by unknown authority]"',
  },
  {
    cause: 'client-wrong-usage',
    from: 'the API server, with the front-proxy CA as noise',
    text: 'I1124 08:00:00.000001       1 log.go:198] something else\nE1124 08:00:00.123456       1 authentication.go:73] "Unable to authenticate the request" err="[x509: certificate signed by unknown authority (possibly because of \\"crypto/rsa: verification error\\" while trying to verify candidate authority certificate \\"front-proxy-ca\\"), x509: certificate specifies an incompatible key usage]"\nI1124 08:00:01.000001       1 log.go:198] something else again',
  },
  {
    cause: 'front-proxy-name',
    from: 'the API server',
    text: 'E1124 08:00:00.123456       1 authentication.go:63] Unable to authenticate the request due to an error: [x509: subject with cn=aggregator is not in the allowed list, x509: certificate signed by unknown authority]',
  },
  {
    cause: 'service-account-key',
    from: 'the third of three API servers',
    text: 'E1124 08:00:00.123456       1 authentication.go:73] "Unable to authenticate the request" err="[invalid bearer token, invalid signature, no keys found]"',
  },
  {
    cause: 'service-account-key',
    from: 'an older API server',
    text: 'E1124 08:00:00.123456       1 authentication.go:65] Unable to authenticate the request due to an error: [invalid bearer token, square/go-jose: error in cryptographic primitive]',
  },
  {
    cause: 'bearer-token-unknown',
    from: 'the API server, a token that has ended',
    text: 'E1124 08:00:00.123456       1 authentication.go:73] "Unable to authenticate the request" err="invalid bearer token"',
  },
  {
    cause: 'bootstrap-kubeconfig-missing',
    from: 'journalctl -u kubelet, broken by the terminal',
    text: 'Nov 24 08:00:00 worker-1 kubelet[812]: E1124 08:00:00.000000     812 run.go:74] "command failed" err="failed to run Kubelet: unab\nle to load bootstrap kubeconfig: stat /etc/kubernetes/bootstrap-kubelet.conf: no such file or direct\nory"\nNov 24 08:00:00 worker-1 systemd[1]: kubelet.service: Main process exited, code=exited, status=1/FAILURE',
  },
  {
    cause: 'kubelet-client-expired',
    from: 'journalctl -u kubelet',
    text: 'Nov 24 08:00:00 worker-1 kubelet[812]: E1124 08:00:00.000000     812 bootstrap.go:265] part of the existing bootstrap client certificate in /etc/kubernetes/kubelet.conf is expired: 2026-11-23 19:17:42 +0000 UTC',
  },
  {
    cause: 'kubelet-refuses-apiserver',
    from: 'journalctl -u kubelet, in the words of an API server',
    text: 'Nov 24 08:00:00 worker-1 kubelet[812]: E1124 08:00:00.000000     812 server.go:307] "Unable to authenticate the request due to an error" err="verifying certificate SN=88, SKID=, AKID=0A:1B failed: x509: certificate signed by unknown authority"',
  },
  {
    cause: 'kubelet-not-configured',
    from: 'journalctl -u kubelet before kubeadm has run',
    text: 'Nov 24 08:00:00 worker-1 kubelet[812]: E1124 08:00:00.000000     812 run.go:74] "command failed" err="failed to load kubelet config file, path: /var/lib/kubelet/config.yaml, error: failed to load Kubelet config file /var/lib/kubelet/config.yaml, error failed to read kubelet config file \\"/var/lib/kubelet/config.yaml\\", error: open /var/lib/kubelet/config.yaml: no such file or directory"',
  },
  {
    cause: 'handshake-noise',
    from: 'the API server behind a load balancer',
    text: 'I1124 08:00:00.000001       1 log.go:198] http: TLS handshake error from 10.0.0.5:51234: EOF\nI1124 08:00:05.000001       1 log.go:198] http: TLS handshake error from 10.0.0.5:51236: EOF',
  },
  {
    cause: 'etcd-client-unknown-authority',
    from: 'etcd 3.5, JSON',
    text: '{"level":"warn","ts":"2026-11-24T08:00:00.000Z","caller":"embed/config_logging.go:169","msg":"rejected connection","remote-addr":"127.0.0.1:41122","server-name":"","error":"tls: failed to verify certificate: x509: certificate signed by unknown authority"}',
  },
  {
    cause: 'etcd-client-expired',
    from: 'etcd 3.4',
    text: '2026-11-24 08:00:00.000000 I | embed: rejected connection from "127.0.0.1:41122" (error "tls: failed to verify client\'s certificate: x509: certificate has expired or is not yet valid: current time 2026-11-24T08:00:00Z is after 2026-11-23T19:17:42Z", ServerName "")',
  },
  {
    cause: 'etcd-client-wrong-usage',
    from: 'etcd 3.4, its own gateway',
    text: '2026-11-24 08:00:00.000000 I | embed: rejected connection from "127.0.0.1:41122" (error "tls: failed to verify client\'s certificate: x509: certificate specifies an incompatible key usage", ServerName "")\nWARNING: 2026/11/24 08:00:00 grpc: addrConn.createTransport failed to connect to {127.0.0.1:2379  <nil> 0 <nil>}. Err :connection error: desc = "transport: authentication handshake failed: remote error: tls: bad certificate". Reconnecting...',
  },
  {
    cause: 'client-shows-nothing',
    from: 'etcd 3.5, JSON',
    text: '{"level":"warn","ts":"2026-11-24T08:00:00.000Z","caller":"embed/config_logging.go:169","msg":"rejected connection","remote-addr":"127.0.0.1:41122","server-name":"","error":"tls: client didn\'t provide a certificate"}',
  },
  {
    cause: 'caller-refused-etcd',
    from: 'etcd, again and again',
    text: '{"level":"warn","ts":"2026-11-24T08:00:00.000Z","caller":"embed/config_logging.go:169","msg":"rejected connection","remote-addr":"10.0.0.11:41122","server-name":"","error":"remote error: tls: bad certificate"}\n{"level":"warn","ts":"2026-11-24T08:00:01.000Z","caller":"embed/config_logging.go:169","msg":"rejected connection","remote-addr":"10.0.0.11:41124","server-name":"","error":"remote error: tls: bad certificate"}',
  },
  {
    cause: 'etcd-peer-address',
    from: 'etcd, a member with the files of another',
    text: '{"level":"warn","ts":"2026-11-24T08:00:00.000Z","caller":"embed/config_logging.go:169","msg":"rejected connection","remote-addr":"10.0.0.12:51234","server-name":"","ip-addresses":["10.0.0.13"],"dns-names":["cp-3","localhost"],"error":"tls: \\"10.0.0.12\\" does not match any of DNSNames [\\"cp-3\\" \\"localhost\\"]"}',
  },
  {
    cause: 'etcd-refused-caller',
    from: 'the API server at its start',
    text: 'W1124 08:00:00.123456       1 clientconn.go:1223] grpc: addrConn.createTransport failed to connect to {https://127.0.0.1:2379  <nil> 0 <nil>}. Err :connection error: desc = "transport: authentication handshake failed: remote error: tls: bad certificate". Reconnecting...\nError: context deadline exceeded',
  },
  {
    cause: 'etcd-refused-caller',
    from: 'the API server 1.20, whose client certificate etcd refuses',
    text: 'W1124 08:00:00.554430      21 clientconn.go:1223] grpc: addrConn.createTransport failed to connect to {https://127.0.0.1:2379  <nil> 0 <nil>}. Err :write tcp 127.0.0.1:42864->127.0.0.1:2379: write: broken pipe. Reconnecting...\nError: context deadline exceeded',
  },
  {
    cause: 'etcd-server-unknown-authority',
    from: 'the API server, wrong --etcd-cafile',
    text: 'W1124 08:00:00.123456       1 logging.go:59] [core] [Channel #1 SubChannel #2] grpc: addrConn.createTransport failed to connect to {\n  "Addr": "127.0.0.1:2379",\n  "ServerName": "127.0.0.1",\n}. Err: connection error: desc = "transport: authentication handshake failed: tls: failed to verify certificate: x509: certificate signed by unknown authority"\nF1124 08:00:20.000000       1 instance.go:232] Error creating leases: error creating storage factory: context deadline exceeded',
  },
  {
    cause: 'etcd-unreachable',
    from: 'the API server, nothing else in sight',
    text: 'F1124 08:00:20.000000       1 instance.go:232] Error creating leases: error creating storage factory: context deadline exceeded',
  },
  {
    cause: 'requestheader-overlap',
    from: 'the API server 1.36',
    text: 'E1124 08:00:00.000000       1 run.go:72] "command failed" err="--requestheader-client-ca-file and --client-ca-file contain overlapping certificates; --requestheader-allowed-names must be specified to ensure regular client certificates cannot set authenticating proxy headers for arbitrary users"',
  },
  {
    cause: 'signing-file-has-two',
    from: 'the controller manager',
    text: 'E1124 08:00:00.000000       1 controllermanager.go:560] "Error starting controller" err="failed to init kubernetes.io/kubelet-serving certificate controller: error reading CA cert file \\"csr-controller::/etc/kubernetes/pki/ca.crt::/etc/kubernetes/pki/ca.key\\": expected 1 certificate, found 2" controller="csrsigning"',
  },
  {
    cause: 'signing-pair-mismatch',
    from: 'the controller manager, bundle in the wrong order',
    text: 'E1124 08:00:00.000000       1 controllermanager.go:560] Error starting "csrsigning"\nF1124 08:00:00.000001       1 controllermanager.go:265] error starting controllers: failed to start kubernetes.io/kubelet-serving certificate controller: error reading CA cert file "csr-controller::/etc/kubernetes/pki/ca.crt::/etc/kubernetes/pki/ca.key": tls: private key does not match public key',
  },
  {
    cause: 'root-ca-unreadable',
    from: 'the controller manager',
    text: 'F1124 08:00:00.000001       1 controllermanager.go:265] error starting controllers: error parsing root-ca-file at /etc/kubernetes/pki/ca.crt: data does not contain any valid RSA or ECDSA certificates',
  },
  {
    cause: 'caller-refused-apiserver',
    from: 'the API server, a probe with another CA',
    text: 'I1124 08:00:00.000001       1 log.go:172] http: TLS handshake error from 10.0.0.5:51234: remote error: tls: bad certificate',
  },
  {
    cause: 'file-missing',
    from: 'the API server, in colours, quoted',
    text: '> \u001b[31mE1124 08:00:00.000000       1 run.go:72] "command failed" err="open /etc/kubernetes/pki/apiserver-kubelet-client.crt: no such file or directory"\u001b[0m',
  },
  {
    cause: 'file-not-permitted',
    from: 'etcd as a user of its own',
    text: '{"level":"fatal","ts":"2026-11-24T08:00:00.000Z","caller":"etcdmain/etcd.go:204","msg":"discovery failed","error":"open /etc/kubernetes/pki/etcd/peer.key: permission denied"}',
  },
  {
    cause: 'no-address-names',
    from: 'metrics-server',
    text: 'E1124 08:00:00.000000       1 scraper.go:140] "Failed to scrape node" err="Get \\"https://10.0.0.21:10250/metrics/resource\\": x509: cannot validate certificate for 10.0.0.21 because it doesn\'t contain any IP SANs" node="worker-1"',
  },
  {
    cause: 'ca-bundle-wrong',
    from: 'the API server, a webhook',
    text: 'W1124 08:00:00.000000       1 dispatcher.go:170] Failed calling webhook, failing open validate.example.org: failed calling webhook "validate.example.org": failed to call webhook: Post "https://hook.default.svc:443/validate?timeout=10s": tls: failed to verify certificate: x509: certificate signed by unknown authority',
  },
  {
    cause: 'node-name-differs',
    from: 'journalctl -u kubelet',
    text: 'Nov 24 08:00:00 cp-1 kubelet[812]: E1124 08:00:00.000000     812 kubelet_node_status.go:92] "Unable to register node with API server" err="nodes \\"cp-2\\" is forbidden: node \\"cp-1\\" is not allowed to modify node \\"cp-2\\"" node="cp-2"',
  },
  {
    cause: 'csr-other-node',
    from: 'journalctl -u kubelet',
    text: 'Nov 24 08:00:00 worker-1 kubelet[812]: E1124 08:00:00.000000     812 certificate_manager.go:562] kubernetes.io/kube-apiserver-client-kubelet: Failed while requesting a signed certificate from the control plane: cannot create certificate signing request: certificatesigningrequests.certificates.k8s.io "csr-x7k2p" is forbidden: can only create a node CSR with CN=system:node:worker-1',
  },
  {
    cause: 'loopback-expired',
    from: '/livez?verbose',
    text: '[+]ping ok\n[+]etcd ok\n[-]loopback-serving-certificate failed: reason withheld, certificate expired\n[+]poststarthook/start-apiserver ok\nlivez check failed',
  },
  {
    cause: 'pair-mid-change',
    from: 'the API server while files were copied over',
    text: 'E1124 08:00:00.000000       1 dynamic_serving_content.go:211] key failed with : missing content for serving cert "serving-cert::/etc/kubernetes/pki/apiserver.crt::/etc/kubernetes/pki/apiserver.key"',
  },
  {
    cause: 'forbidden-node',
    from: 'kubectl, as the kubelet',
    text: '[root@cp-1 ~]# kubectl get secrets\nError from server (Forbidden): secrets is forbidden: User "system:node:cp-1" cannot list resource "secrets" in API group "" in the namespace "default": No Object name found',
  },
  {
    cause: 'certificates-not-copied',
    from: 'kubeadm join --control-plane',
    text: "error execution phase preflight:\nOne or more conditions for hosting a new control plane instance is not satisfied.\n\n[failure loading certificate for CA: couldn't load the certificate file /etc/kubernetes/pki/ca.crt: open /etc/kubernetes/pki/ca.crt: no such file or directory, failure loading key for service account: couldn't load the private key file /etc/kubernetes/pki/sa.key: open /etc/kubernetes/pki/sa.key: no such file or directory]\n\nPlease ensure that:\n* The cluster has a stable controlPlaneEndpoint address.\n* The certificates that must be shared among control plane instances are provided.",
  },
];

/** Texts that are about something else. */
export const others: readonly (readonly [from: string, text: string])[] = [
  ['a pod without memory', 'Warning  OOMKilling  kubelet  Memory cgroup out of memory: Killed process 4242 (java)'],
  [
    'a registry with a private CA',
    'Failed to pull image "registry.example.org/web:1": rpc error: code = Unknown desc = failed to pull and unpack image: failed to resolve reference: Head "https://registry.example.org/v2/web/manifests/1": x509: certificate signed by unknown authority',
  ],
  [
    'git',
    "fatal: unable to access 'https://git.example.org/web.git/': SSL certificate problem: unable to get local issuer certificate",
  ],
  ['npm', 'npm ERR! code SELF_SIGNED_CERT_IN_CHAIN\nnpm ERR! self signed certificate in certificate chain'],
  [
    'docker login',
    'Error response from daemon: Get "https://registry.example.org/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority',
  ],
  [
    'an application in JavaScript',
    "Error: certificate has expired\n    at TLSSocket.onConnectSecure { code: 'CERT_HAS_EXPIRED' }",
  ],
  [
    'a container runtime that does not run',
    'connection error: desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: no such file or directory"',
  ],
  ['a full disk', 'write /var/lib/etcd/member/wal/0.tmp: no space left on device'],
  [
    'a scheduler that finds no node',
    '0/3 nodes are available: 3 Insufficient cpu. preemption: 0/3 nodes are available',
  ],
  ['a missing module', "Error: Cannot find module '/srv/app/server.js'"],
  ['a missing file of an application', 'open /var/log/app/app.log: no such file or directory'],
  [
    'a slow webhook',
    'failed calling webhook "v.example.org": Post "https://hook.default.svc:443/v": context deadline exceeded',
  ],
  [
    'an application with a slow database',
    'pq: could not connect to db.example.org: context deadline exceeded (Client.Timeout exceeded)',
  ],
  ['etcd that is too slow', 'etcdserver: request timed out, possibly due to connection lost'],
  [
    'a name that DNS does not know',
    'Get "https://api.example.org:6443/": dial tcp: lookup api.example.org: no such host',
  ],
  ['a pod that starts again and again', 'Back-off restarting failed container web in pod web-7d4_default'],
  ['a shell', 'bash: kubectl: command not found'],
];
