import type {ErrorId} from '../../src/lessons/errors.ts';

/** Wordings of many versions and tools, as they are asked about; `undefined` = about something else. */
export const wordings: readonly (readonly [cause: ErrorId | undefined, text: string])[] = [
  [
    'certificate-expired',
    `I0712 10:12:01.123456   12345 request.go:665] Waited for 1.1s\nE0712 10:12:01.123456   12345 reflector.go:138] k8s.io/client-go/informers/factory.go:134: Failed to watch *v1.Node: failed to list *v1.Node: Get "https://192.168.1.10:6443/api/v1/nodes?fieldSelector=metadata.name%3Dk8s-master&limit=500&resourceVersion=0": x509: certificate has expired or is not yet valid: current time 2021-07-12T10:12:01+08:00 is after 2021-07-11T02:33:12Z`,
  ],
  [
    'bootstrap-kubeconfig-missing',
    `F1027 08:18:02.123456    1234 server.go:273] failed to run Kubelet: unable to load bootstrap kubeconfig: stat /etc/kubernetes/bootstrap-kubelet.conf: no such file or directory\ngoroutine 1 [running]:\nk8s.io/kubernetes/vendor/k8s.io/klog/v2.stacks(0xc000010001, 0xc000156000, 0xb0, 0x102)\n\t/workspace/src/k8s.io/kubernetes/_output/dockerized/go/src/k8s.io/kubernetes/vendor/k8s.io/klog/v2/klog.go:1026 +0xb9`,
  ],
  [
    'unknown-authority',
    `Error: Kubernetes cluster unreachable: Get "https://10.1.2.3:6443/version?timeout=32s": x509: certificate signed by unknown authority`,
  ],
  [
    'authority-namesake',
    `couldn't get current server API group list: Get "https://172.16.0.5:6443/api?timeout=32s": tls: failed to verify certificate: x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error" while trying to verify candidate authority certificate "kubernetes")`,
  ],
  [
    'authority-namesake',
    `Unable to connect to the server: x509: certificate signed by unknown authority (possibly because of "x509: ECDSA verification failure" while trying to verify candidate authority certificate "kubernetes-ca")`,
  ],
  [
    'client-expired',
    `E0101 00:00:01.000000       1 authentication.go:104] Unable to authenticate the request due to an error: x509: certificate has expired or is not yet valid`,
  ],
  [
    'caller-refused-etcd',
    `2019-05-01 03:04:05.678901 I | embed: rejected connection from "10.10.0.2:39584" (error "remote error: tls: bad certificate", ServerName "")`,
  ],
  [
    'etcd-client-wrong-usage',
    `2018-06-01 12:00:00.000000 I | embed: rejected connection from "192.168.56.11:42222" (error "tls: failed to verify client's certificate: x509: certificate specifies an incompatible key usage", ServerName "")`,
  ],
  [
    'etcd-peer-address',
    `rafthttp: health check for peer could not connect\nembed: rejected connection from "192.168.122.12:37054" (error "tls: \\"192.168.122.12\\" does not match any of DNSNames [\\"node1\\" \\"localhost\\"] (lookup node1: no such host)", ServerName "", IPAddresses ["192.168.122.11"], DNSNames ["node1" "localhost"])`,
  ],
  [
    'etcd-server-unknown-authority',
    `{"level":"warn","ts":"2023-01-01T00:00:00.000Z","logger":"etcd-client","caller":"v3/retry_interceptor.go:62","msg":"retrying of unary invoker failed","target":"etcd-endpoints://0xc0003e8000/127.0.0.1:2379","attempt":0,"error":"rpc error: code = DeadlineExceeded desc = latest balancer error: last connection error: connection error: desc = \\"transport: authentication handshake failed: x509: certificate signed by unknown authority\\""}\nError: context deadline exceeded`,
  ],
  [
    'name-mismatch',
    `rpc error: code = Unavailable desc = connection error: desc = "transport: authentication handshake failed: x509: certificate is valid for 127.0.0.1, ::1, 10.0.0.5, not 10.0.0.6" endpoint https://10.0.0.6:2379`,
  ],
  [
    'service-account-key',
    `E0320 10:00:00.000000       1 authentication.go:63] "Unable to authenticate the request" err="[invalid bearer token, square/go-jose: error in cryptographic primitive]"`,
  ],
  [
    'service-account-key',
    `E0815 10:00:00.000000       1 authentication.go:73] "Unable to authenticate the request" err="[invalid bearer token, go-jose/go-jose: error in cryptographic primitive]"`,
  ],
  [
    'join-no-signature',
    `[discovery] Failed to connect to API Server "10.0.0.2:6443": there is no JWS signed token in the cluster-info ConfigMap. This token id "a1b2c3" is invalid for this cluster, can't connect`,
  ],
  [
    'join-no-signature',
    `I0105 token.go:217] [discovery] Failed to request cluster-info, will try again: could not find a JWS signature in the cluster-info ConfigMap for token ID "0kd8sk"`,
  ],
  [
    'bearer-token-unknown',
    `error execution phase preflight: unable to fetch the kubeadm-config ConfigMap: failed to get config map: Unauthorized`,
  ],
  [
    'certificate-key-gone',
    `error execution phase control-plane-prepare/download-certs: error downloading certs: error downloading the secret: secrets "kubeadm-certs" is forbidden: User "system:bootstrap:fk3wpg" cannot get resource "secrets" in API group "" in the namespace "kube-system"`,
  ],
  [
    'certificate-key-wrong',
    `error execution phase control-plane-prepare/download-certs: error downloading certs: error decoding secret data with provided key: cipher: message authentication failed`,
  ],
  [
    'no-address-names',
    `unable to fully scrape metrics from node k8s-node1: unable to fetch metrics from node k8s-node1: Get "https://192.168.0.11:10250/stats/summary?only_cpu_and_memory=true": x509: cannot validate certificate for 192.168.0.11 because it doesn't contain any IP SANs`,
  ],
  [
    'unknown-authority',
    `unable to fully collect metrics: unable to fetch metrics from Kubelet node1 (10.0.0.4): Get https://10.0.0.4:10250/stats/summary?only_cpu_and_memory=true: x509: certificate signed by unknown authority`,
  ],
  [
    'kubelet-not-signed-yet',
    `Error from server: Get https://10.0.0.21:10250/containerLogs/kube-system/kube-proxy-abcde/kube-proxy?follow=true: remote error: tls: internal error`,
  ],
  [
    'kubelet-not-signed-yet',
    `http: TLS handshake error from 10.244.0.5:41234: no serving certificate available for the kubelet`,
  ],
  [
    'forbidden-node',
    `Error from server (Forbidden): pods is forbidden: User "system:node:master" cannot list resource "pods" in API group "" at the cluster scope`,
  ],
  ['key-mismatch', `F0101 main.go:10] tls: private key does not match public key`],
  [
    'signing-file-has-two',
    `F0213 15:45:34.123456 1 controllermanager.go:232] error starting controllers: failed to start kubernetes.io/kubelet-serving certificate controller: error reading CA cert file "csr-controller::/etc/kubernetes/pki/ca.crt::/etc/kubernetes/pki/ca.key": expected 1 certificate, found 2`,
  ],
  ['no-names', `x509: certificate relies on legacy Common Name field, use SANs instead`],
  [
    'client-unknown-authority',
    `E0602 authentication.go:63] Unable to authenticate the request due to an error: [x509: certificate signed by unknown authority, x509: certificate signed by unknown authority]`,
  ],
  [
    'connection-refused',
    `E0801 12:00:00.000000   2032 kubelet_node_status.go:92] Unable to register node "master" with API server: Post "https://10.0.0.10:6443/api/v1/nodes": dial tcp 10.0.0.10:6443: connect: connection refused`,
  ],
  ['plain-http', `error: Get "https://10.0.0.10:8001/api": http: server gave HTTP response to HTTPS client`],
  [
    'front-proxy-name',
    `E0501 authentication.go:62] Unable to authenticate the request due to an error: [x509: subject with cn=kubelet is not in the allowed list: [front-proxy-client], x509: certificate signed by unknown authority]`,
  ],
  [
    'leaf-of-other-authority',
    `error execution phase certs/apiserver: [certs] certificate apiserver not signed by CA certificate ca: x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error" while trying to verify candidate authority certificate "kubernetes")`,
  ],
  ['csr-no-names', `Warning SignerValidationFailure csr/csr-9x7 DNS or IP subjectAltName is required`],
  [
    'forbidden-anonymous',
    `{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"pods is forbidden: User \\"system:anonymous\\" cannot list resource \\"pods\\" in API group \\"\\" in the namespace \\"default\\"","reason":"Forbidden","details":{"kind":"pods"},"code":403}`,
  ],
  [
    'unauthorized',
    `{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"Unauthorized","reason":"Unauthorized","code":401}`,
  ],
  [
    'not-yet-valid',
    `Unable to connect to the server: x509: certificate has expired or is not yet valid: current time 2020-01-01T00:00:00Z is before 2020-01-01T08:00:00Z`,
  ],
  [
    'client-not-yet-valid',
    `{"level":"warn","msg":"rejected connection","error":"tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2020-01-01T00:00:00Z is before 2020-01-01T08:00:00Z"}`,
  ],
  [
    'ca-bundle-wrong',
    `E1 available_controller.go:460] v1beta1.metrics.k8s.io failed with: failing or missing response from https://10.96.12.34:443/apis/metrics.k8s.io/v1beta1: Get "https://10.96.12.34:443/apis/metrics.k8s.io/v1beta1": x509: certificate signed by unknown authority`,
  ],
  [
    'external-authority',
    `MISSING! certificate...\nDetected external front-proxy-ca, certificate for the front proxy client can't be renewed`,
  ],
  [
    'file-missing',
    `Error: unable to load server certificate: open /etc/kubernetes/pki/apiserver.crt: no such file or directory`,
  ],
  [
    'file-not-permitted',
    `error: error loading config file "/home/jane/.kube/config": open /home/jane/.kube/config: permission denied`,
  ],
  ['client-shows-nothing', `remote error: tls: certificate required`],
  [
    'root-ca-unreadable',
    `error parsing root-ca-file at /srv/kubernetes/ca.crt: open /srv/kubernetes/ca.crt: no such file or directory`,
  ],
  [
    'node-name-differs',
    `E0 kubelet_node_status.go:94] Unable to register node "Worker1" with API server: nodes "Worker1" is forbidden: node "worker1" is not allowed to modify node "Worker1"`,
  ],
  [undefined, `Error: INSTALLATION FAILED: cannot re-use a name that is still in use`],
  [undefined, `error converting YAML to JSON: yaml: line 12: did not find expected key`],
  [undefined, `network plugin is not ready: cni config uninitialized`],
  [
    undefined,
    `E0101 leaderelection.go:330] error retrieving resource lock kube-system/kube-scheduler: etcdserver: leader changed`,
  ],
  [undefined, `failed to create containerd task: failed to create shim task: OCI runtime create failed`],
  [undefined, `Liveness probe failed: HTTP probe failed with statuscode: 500`],
  [undefined, `mvcc: database space exceeded`],
  [
    undefined,
    `Error response from daemon: Get https://myregistry:5000/v1/_ping: x509: certificate signed by unknown authority`,
  ],
  [undefined, `ssh: handshake failed: ssh: unable to authenticate, attempted methods [none publickey]`],
  [undefined, `error: the server doesn't have a resource type "podz"`],
  [undefined, `Unable to connect to the server: net/http: TLS handshake timeout`],
  [undefined, `nginx: [emerg] SSL_CTX_use_PrivateKey_file failed`],
  [undefined, `java.security.cert.CertPathValidatorException: Path does not chain with any of the trust anchors`],
  [undefined, `open /data/config.yaml: no such file or directory`],
  [undefined, `certificate`],
  [undefined, 'x509'],
  [undefined, 'TLS is hard'],
];
