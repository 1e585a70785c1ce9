import {error, type SideId} from './error-row.ts';

/**
 * The errors that people meet, in the order in which they are looked for: what says more comes first, what is only an
 * echo of something else comes last. A file of more than a page because it is one table, and its order is its meaning.
 */

const unknownAuthority =
  /certificate signed by unknown authority|(?:SSL certificate problem|verify error:num=\d+): ?(?:unable to get local issuer certificate|self.signed certificate in certificate chain)/i;
const expired =
  /(?:x509|SSL certificate problem): certificate has expired(?! or is not yet valid: current time \S+ is before)/i;
const notYetValid =
  /certificate has expired or is not yet valid: current time \S+ is before|certificate is not yet valid/i;
const wrongUsage = /certificate specifies an incompatible key usage/i;
/** How the API server's log begins what it says of callers, from 1.20 to 1.36. */
const authenticating = /unable to authenticate the request|verifying certificate SN=|authentication\.go:\d+/i;
const byEtcd = /rejected connection|failed to verify client(?:'s)? certificate|failed to check? ?certificate of peer/i;
/** As other servers than etcd log it. */
const toOthers = /TLS handshake error from/i;
const toEtcd =
  /transport: authentication handshake failed|\betcd\b|:2379\b|start failed.*storage|clientv3|grpc: addrConn/i;
const badCertificate =
  /remote error: tls: (?:bad certificate|unknown certificate(?: authority)?|expired certificate|unsupported certificate)/i;

/**
 * Both ends verify in the same words: since Go 1.20 clients and servers begin with "tls: failed to verify certificate", before
 * that clients began with nothing, and only what stands around it tells whose words they are.
 */
const byCaller =
  /Unable to connect to the server|\bcurl: \(|SSL certificate problem|\b(?:Get|Head|Post|Put|Patch|Delete) \\?"?https:\/\/|transport: authentication handshake failed|grpc: addrConn|clientv3|cluster unreachable|\bdial tcp\b/i;
const byProvider = /TLS handshake error from|rejected connection|failed to verify client(?:'s)? certificate/i;
const eitherEnd: readonly (readonly [RegExp, SideId])[] = [
  [byProvider, 'provider'],
  [byCaller, 'caller'],
];

export const errorRows = [
  error('requestheader-overlap', {
    side: 'itself',
    example:
      '--requestheader-client-ca-file and --client-ca-file contain overlapping certificates; --requestheader-allowed-names must be specified to ensure regular client certificates cannot set authenticating proxy headers for arbitrary users',
    says: [/contain overlapping certificates/i],
    trusts: ['apiserver-front-proxies', 'apiserver-clients'],
    findings: ['no-allowed-names'],
    commands: ['certwright explain --requestheader-allowed-names'],
  }),
  error('signing-file-has-two', {
    side: 'itself',
    example:
      'failed to init kubernetes.io/kubelet-serving certificate controller: error reading CA cert file "csr-controller::/etc/kubernetes/pki/ca.crt::/etc/kubernetes/pki/ca.key": expected 1 certificate, found 2',
    says: [/expected 1 certificate, found \d+/i],
    findings: ['signing-file-is-a-bundle'],
    commands: ['certwright explain --cluster-signing-cert-file'],
  }),
  error('signing-pair-mismatch', {
    side: 'itself',
    example:
      'error reading CA cert file "csr-controller::/etc/kubernetes/pki/ca.crt::/etc/kubernetes/pki/ca.key": tls: private key does not match public key',
    says: [
      /error reading CA cert file .*private key does not match public key/i,
      /certificate controller: .*private key does not match public key/i,
    ],
    findings: ['signing-file-is-a-bundle', 'key-does-not-match'],
    commands: ['sudo certwright inspect /etc/kubernetes/pki/ca.crt'],
  }),
  error('root-ca-unreadable', {
    side: 'itself',
    example:
      'error parsing root-ca-file at /etc/kubernetes/pki/ca.crt: data does not contain any valid RSA or ECDSA certificates',
    says: [/error parsing root-ca-file/i],
    trusts: ['pods-apiserver'],
    findings: ['file-empty', 'block-unreadable', 'file-missing'],
    commands: ['sudo certwright inspect {path}'],
  }),
  error('parent-key-mismatch', {
    side: 'itself',
    example:
      "failure while saving apiserver files and key: unable to sign certificate: x509: provided PrivateKey doesn't match parent's PublicKey",
    says: [/provided PrivateKey doesn't match parent's PublicKey/i],
    findings: ['key-does-not-match'],
    commands: ['sudo certwright inspect /etc/kubernetes/pki/ca.crt', 'sudo certwright check'],
  }),
  error('join-wrong-pin', {
    side: 'caller',
    example:
      'cluster CA found in cluster-info ConfigMap is invalid: none of the public keys "sha256:5f8c0a" are pinned',
    says: [/none of the public keys .*are pinned/i],
    certificates: ['kubernetes-ca'],
    commands: ['kubeadm token create --print-join-command', 'certwright join NODE'],
  }),
  error('join-no-signature', {
    side: 'caller',
    example:
      'there is no JWS signed token in the cluster-info ConfigMap. This token id "abcdef" is invalid for this cluster, can\'t connect',
    says: [/no JWS signed token in the cluster-info/i, /could not find a JWS signature in the cluster-info/i],
    commands: ['sudo certwright token list', 'sudo certwright token create'],
  }),
  error('bootstrap-kubeconfig-missing', {
    side: 'itself',
    example:
      'failed to run Kubelet: unable to load bootstrap kubeconfig: stat /etc/kubernetes/bootstrap-kubelet.conf: no such file or directory',
    says: [/unable to load bootstrap kubeconfig/i, /bootstrap-kubelet\.conf: no such file or directory/i],
    certificates: ['kubelet-client'],
    findings: ['expired', 'kubelet-certificate-embedded'],
    commands: ['sudo certwright check', 'certwright join NODE'],
  }),
  error('certificate-key-gone', {
    side: 'answer',
    example:
      'error downloading certs: error downloading the secret: Secret "kubeadm-certs" was not found in the "kube-system" Namespace. This Secret might have expired',
    says: [/kubeadm-certs"? (?:was )?not found/i, /secrets? .{0,3}kubeadm-certs.{0,3} (?:is forbidden|not found)/i],
    commands: ['kubeadm init phase upload-certs --upload-certs'],
  }),
  error('certificate-key-wrong', {
    side: 'itself',
    example: 'error decoding secret data with provided key: cipher: message authentication failed',
    says: [
      /error decoding (?:certs|secret data with provided key)/i,
      [/kubeadm|download-certs|certificate-key/i, /cipher: message authentication failed/i],
    ],
    commands: ['kubeadm init phase upload-certs --upload-certs'],
  }),
  error('certificates-not-copied', {
    side: 'itself',
    example:
      "[failure loading certificate for CA: couldn't load the certificate file /etc/kubernetes/pki/ca.crt: open /etc/kubernetes/pki/ca.crt: no such file or directory, failure loading key for service account: couldn't load the private key file /etc/kubernetes/pki/sa.key]",
    says: [/failure loading (?:certificate|key) for (?:CA|service account|front-proxy CA|etcd CA)/i],
    certificates: ['kubernetes-ca'],
    commands: ['certwright join NODE', 'kubeadm init phase upload-certs --upload-certs'],
  }),
  error('external-authority', {
    side: 'itself',
    example: "Detected external ca, apiserver certificate can't be renewed",
    says: [
      /detected external \S+.* can(?:'|no)t be renewed/i,
      /(?:open|stat) \S*\/ca\.key: no such file or directory/i,
    ],
    certificates: ['kubernetes-ca'],
    commands: ['certwright inspect /etc/kubernetes/pki/ca.crt'],
  }),
  error('leaf-of-other-authority', {
    side: 'itself',
    example:
      '[certs] certificate apiserver not signed by CA certificate ca: x509: certificate signed by unknown authority',
    says: [/certificate \S+ (?:is )?not signed by (?:CA certificate|corresponding CA)/i],
    findings: ['not-trusted'],
    commands: ['sudo certwright check'],
  }),
  error('csr-other-node', {
    side: 'answer',
    example:
      'certificatesigningrequests.certificates.k8s.io "csr-x" is forbidden: can only create a node CSR with CN=system:node:worker-1',
    says: [/can only create a node CSR with CN=/i],
    certificates: ['kubelet-client'],
    commands: ['kubectl get nodes', 'hostname'],
  }),
  error('csr-masters', {
    side: 'answer',
    example:
      'certificatesigningrequests.certificates.k8s.io "root" is forbidden: use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed',
    says: [/signer with system:masters group is not allowed/i],
    commands: ['certwright user NAME --root / --group GROUP'],
  }),
  error('csr-no-names', {
    side: 'answer',
    example: 'SignerValidationFailure: DNS or IP subjectAltName is required',
    says: [/DNS or IP subjectAltName is required/i],
    certificates: ['kubelet-serving'],
    commands: ['kubectl get csr', 'sudo certwright approve'],
  }),
  error('csr-too-short', {
    side: 'answer',
    example: 'spec.expirationSeconds: Invalid value: 60: may not specify a duration less than 600 seconds (10 minutes)',
    says: [/may not specify a duration less than 600 seconds/i],
  }),
  error('kubelet-not-signed-yet', {
    side: 'far-end',
    sides: [[/no serving certificate available/i, 'itself']],
    example:
      'Error from server: Get "https://10.0.0.21:10250/containerLogs/default/web/web": remote error: tls: internal error',
    says: [/:10250\S* ?:? ?.*remote error: tls: internal error/i, /no serving certificate available for the kubelet/i],
    certificates: ['kubelet-serving'],
    commands: ['kubectl get csr', 'sudo certwright approve'],
  }),
  error('token-flags-missing', {
    side: 'itself',
    example:
      '[service-account-issuer is a required flag, --service-account-signing-key-file and --service-account-issuer are required flags]',
    says: [
      /service-account-issuer is a required flag/i,
      /--service-account-signing-key-file and --service-account-issuer are required/i,
    ],
    commands: ['certwright explain --service-account-signing-key-file', 'certwright explain --service-account-issuer'],
  }),
  error('ca-bundle-wrong', {
    side: 'caller',
    example:
      'Internal error occurred: failed calling webhook "validate.example.org": Post "https://hook.default.svc:443/validate": x509: certificate signed by unknown authority',
    says: [
      [
        /failed calling webhook|conversion webhook|failing or missing response from|v\d\w*\.\S+ failed with|FailedDiscoveryCheck/i,
        /x509: |tls: /i,
      ],
    ],
    unless: [/remote error/i],
    reads: 'whole',
    commands: ['kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations', 'kubectl get apiservices'],
  }),
  error('etcd-peer-address', {
    side: 'etcd',
    example:
      'rejected connection from "10.0.0.12:51234" (error "tls: \\"10.0.0.12\\" does not match any of DNSNames [\\"cp-3\\" \\"localhost\\"]", ServerName "")',
    says: [/does not match any of DNSNames/i],
    certificates: ['etcd-peer'],
    trusts: ['etcd-peers'],
    findings: ['name-missing'],
    commands: ['sudo certwright renew etcd-peer --add-san {host}'],
  }),
  error('front-proxy-name', {
    side: 'apiserver',
    example:
      'Unable to authenticate the request due to an error: [x509: subject with cn=aggregator is not in the allowed list, x509: certificate signed by unknown authority]',
    says: [
      [/is not in the allowed list/i, /signed by unknown authority/i],
      /subject with cn=\S+ is not in the allowed list"?\]?$/i,
    ],
    unless: [/verifying certificate SN=.*(?:expired|incompatible key usage)/i],
    reads: 'whole',
    certificates: ['front-proxy-client'],
    trusts: ['apiserver-front-proxies'],
    findings: ['no-allowed-names'],
    commands: ['certwright explain --requestheader-allowed-names'],
  }),
  error('service-account-key', {
    side: 'apiserver',
    example:
      'Unable to authenticate the request due to an error: [invalid bearer token, invalid signature, no keys found]',
    says: [
      /invalid bearer token, (?:invalid signature|.*no keys found|.*go-?jose\S*: error in cryptographic primitive)/i,
      /invalid signature, no keys found/i,
    ],
    reads: 'whole',
    findings: ['token-key-differs'],
    commands: ['sha256sum /etc/kubernetes/pki/sa.pub', 'certwright explain service-account'],
  }),
  error('service-account-token-ended', {
    side: 'apiserver',
    example: 'Unable to authenticate the request due to an error: [invalid bearer token, Token has expired.]',
    says: [
      /invalid bearer token, (?:service account )?token (?:has )?expired/i,
      /service account token has (?:expired|been invalidated)/i,
      /token is expired \(exp\)/i,
    ],
    reads: 'whole',
    commands: ['date -u'],
  }),
  error('bearer-token-unknown', {
    side: 'answer',
    sides: [[/invalid bearer token/i, 'apiserver']],
    example: 'Unable to authenticate the request due to an error: invalid bearer token',
    says: [/invalid bearer token/i, [/kubeadm-config|cluster-info|discovery|preflight/i, /unauthorized/i]],
    commands: ['sudo certwright token list', 'sudo certwright token create'],
  }),
  error('kubelet-client-expired', {
    side: 'itself',
    example:
      'part of the existing bootstrap client certificate in /etc/kubernetes/kubelet.conf is expired: 2026-11-23 19:17:42 +0000 UTC',
    says: [
      /part of the existing bootstrap client certificate .*is expired/i,
      /client certificate .*is expired.*kubelet|no valid client certificate is found but the server is/i,
    ],
    certificates: ['kubelet-client'],
    findings: ['expired', 'kubelet-certificate-embedded'],
    commands: ['sudo certwright check', 'certwright join NODE'],
  }),
  error('loopback-expired', {
    side: 'itself',
    example:
      '[-]loopback-serving-certificate failed: loopback serving certificate is expired: x509: certificate has expired',
    says: [[/loopback/i, /expired/i]],
    commands: ['certwright explain apiserver-to-itself'],
  }),
  error('no-names', {
    side: 'caller',
    example: 'x509: certificate relies on legacy Common Name field, use SANs instead',
    says: [/relies on legacy Common Name field/i, /certificate is not valid for any names/i],
    certificates: 'server',
    findings: ['name-missing'],
    commands: ['sudo certwright renew {certificate} --add-san {host}'],
  }),
  error('no-address-names', {
    side: 'caller',
    example: "x509: cannot validate certificate for 10.0.0.21 because it doesn't contain any IP SANs",
    says: [/because it doesn't contain any IP SANs/i],
    certificates: 'server',
    findings: ['name-missing'],
    commands: ['certwright inspect {host}:{port}', 'sudo certwright approve'],
  }),
  error('name-mismatch', {
    side: 'caller',
    example: 'tls: failed to verify certificate: x509: certificate is valid for 10.96.0.1, 10.0.0.11, not 127.0.0.1',
    says: [
      /certificate is valid for .*, not \S+/i,
      /no alternative certificate subject name matches target host/i,
      /does not match certificate's altnames/i,
    ],
    certificates: 'server',
    findings: ['name-missing'],
    commands: [
      'sudo certwright renew {certificate} --add-san {name} --dry-run',
      'sudo certwright renew {certificate} --add-san {name}',
    ],
  }),
  error('etcd-client-expired', {
    side: 'etcd',
    example:
      'rejected connection from "127.0.0.1:41122" (error "tls: failed to verify client certificate: x509: certificate has expired or is not yet valid: current time 2026-11-24T08:00:00Z is after 2026-11-23T19:17:42Z", ServerName "")',
    says: [[byEtcd, expired]],
    unless: [toOthers],
    certificates: ['apiserver-etcd-client', 'etcd-healthcheck-client', 'etcd-peer'],
    trusts: ['etcd-clients'],
    findings: ['expired'],
    commands: ['sudo certwright renew apiserver-etcd-client'],
  }),
  error('etcd-client-wrong-usage', {
    side: 'etcd',
    example:
      'rejected connection from "127.0.0.1:41122" (error "tls: failed to verify client certificate: x509: certificate specifies an incompatible key usage", ServerName "")',
    says: [[byEtcd, wrongUsage]],
    unless: [toOthers],
    certificates: ['apiserver-etcd-client', 'etcd-server', 'etcd-peer'],
    findings: ['usage-missing'],
    commands: ['sudo certwright check'],
  }),
  error('etcd-client-unknown-authority', {
    side: 'etcd',
    example:
      'rejected connection from "127.0.0.1:41122" (error "tls: failed to verify client certificate: x509: certificate signed by unknown authority", ServerName "")',
    says: [[byEtcd, unknownAuthority]],
    unless: [toOthers],
    certificates: ['apiserver-etcd-client', 'etcd-healthcheck-client'],
    trusts: ['etcd-clients', 'etcd-peers'],
    findings: ['not-trusted'],
    commands: ['sudo certwright check'],
  }),
  error('client-shows-nothing', {
    side: 'etcd',
    sides: [
      [/remote error/i, 'far-end'],
      [toOthers, 'provider'],
    ],
    example: `rejected connection from "127.0.0.1:41122" (error "tls: client didn't provide a certificate", ServerName "")`,
    says: [/client didn'?t provide a certificate/i, /remote error: tls: certificate required/i],
    certificates: ['apiserver-etcd-client'],
    commands: ['certwright explain --etcd-certfile', 'sudo certwright check'],
  }),
  error('caller-refused-etcd', {
    side: 'far-end',
    example: 'rejected connection from "127.0.0.1:41122" (error "remote error: tls: bad certificate", ServerName "")',
    says: [[/rejected connection/i, badCertificate]],
    certificates: ['etcd-server', 'etcd-peer'],
    trusts: ['etcd-servers', 'etcdctl-servers'],
    findings: ['name-missing', 'not-trusted', 'expired'],
    commands: ['certwright inspect 127.0.0.1:2379', 'sudo certwright check'],
  }),
  error('caller-refused-apiserver', {
    side: 'far-end',
    example: 'http: TLS handshake error from 10.0.0.21:51234: remote error: tls: bad certificate',
    says: [[/TLS handshake error from/i, badCertificate]],
    certificates: 'server',
    findings: ['name-missing', 'expired', 'kubeconfig-has-other-authority'],
    commands: ['certwright inspect 127.0.0.1:6443', 'sudo certwright check'],
  }),
  error('etcd-refused-caller', {
    side: 'far-end',
    example:
      'grpc: addrConn.createTransport failed to connect to {127.0.0.1:2379}. Err: connection error: desc = "error reading server preface: remote error: tls: bad certificate"',
    says: [
      [toEtcd, badCertificate],
      [/error reading server preface/i, badCertificate],
      // With TLS 1.3 a client that is refused has sent its first words already, and only finds the line cut.
      [toEtcd, /createTransport|preface/i, /use of closed network connection|broken pipe|connection reset by peer/i],
    ],
    unless: [/rejected connection/i],
    certificates: ['apiserver-etcd-client'],
    trusts: ['etcd-clients'],
    findings: ['not-trusted', 'expired', 'usage-missing'],
    commands: ['certwright explain --etcd-certfile', 'sudo certwright check'],
  }),
  error('etcd-server-unknown-authority', {
    side: 'caller',
    example:
      'grpc: addrConn.createTransport failed to connect to {127.0.0.1:2379}. Err: connection error: desc = "transport: authentication handshake failed: tls: failed to verify certificate: x509: certificate signed by unknown authority"',
    says: [[toEtcd, byCaller, unknownAuthority]],
    unless: [byEtcd, authenticating],
    certificates: ['etcd-server'],
    trusts: ['etcd-servers', 'etcdctl-servers'],
    findings: ['not-trusted'],
    commands: ['certwright explain --etcd-cafile', 'sudo certwright check'],
  }),
  error('client-expired', {
    side: 'apiserver',
    example:
      'Unable to authenticate the request due to an error: [x509: certificate has expired or is not yet valid: current time 2026-11-24T08:00:00Z is after 2026-11-23T19:17:42Z, verifying certificate SN=3216278549, SKID=, AKID=0A:1B failed: x509: certificate has expired or is not yet valid: current time 2026-11-24T08:00:00Z is after 2026-11-23T19:17:42Z]',
    says: [[authenticating, expired]],
    findings: ['expired', 'copy-is-stale'],
    commands: ['sudo certwright check', 'sudo certwright renew {certificate}'],
  }),
  error('client-wrong-usage', {
    side: 'apiserver',
    example:
      'Unable to authenticate the request due to an error: [x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error" while trying to verify candidate authority certificate "front-proxy-ca"), x509: certificate specifies an incompatible key usage]',
    says: [[authenticating, wrongUsage]],
    findings: ['usage-missing'],
    commands: ['sudo certwright check', 'sudo certwright inspect FILE'],
  }),
  error('client-not-yet-valid', {
    side: 'apiserver',
    sides: [[byEtcd, 'etcd']],
    example:
      'Unable to authenticate the request due to an error: verifying certificate SN=3216278549, SKID=, AKID=0A:1B failed: x509: certificate has expired or is not yet valid: current time 2026-11-23T08:00:00Z is before 2026-11-23T19:17:42Z',
    says: [
      [authenticating, notYetValid],
      [byEtcd, notYetValid],
    ],
    findings: ['not-yet-valid'],
    commands: ['date -u', 'timedatectl'],
  }),
  error('client-unknown-authority', {
    side: 'apiserver',
    example:
      'Unable to authenticate the request due to an error: [x509: certificate signed by unknown authority, verifying certificate SN=3216278549, SKID=, AKID=0A:1B failed: x509: certificate signed by unknown authority]',
    says: [[authenticating, unknownAuthority]],
    trusts: ['apiserver-clients'],
    findings: ['not-trusted'],
    commands: ['sudo certwright check', 'certwright explain --client-ca-file'],
  }),
  error('not-yet-valid', {
    side: 'either',
    sides: eitherEnd,
    example:
      'x509: certificate has expired or is not yet valid: current time 2026-11-23T08:00:00Z is before 2026-11-23T19:17:42Z',
    says: [notYetValid],
    certificates: 'server',
    findings: ['not-yet-valid'],
    commands: ['date -u', 'timedatectl'],
  }),
  error('certificate-expired', {
    side: 'either',
    sides: eitherEnd,
    example:
      'tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-11-24T08:00:00Z is after 2026-11-23T19:17:42Z',
    says: [expired],
    certificates: 'server',
    findings: ['expired', 'served-differs'],
    commands: ['sudo certwright renew {certificate}', 'certwright inspect {host}:{port}'],
  }),
  error('wrong-usage', {
    side: 'either',
    sides: eitherEnd,
    example: 'x509: certificate specifies an incompatible key usage',
    says: [wrongUsage],
    certificates: 'server',
    findings: ['usage-missing'],
    commands: ['sudo certwright check', 'certwright inspect {host}:{port}'],
  }),
  error('authority-namesake', {
    side: 'either',
    sides: eitherEnd,
    example:
      'tls: failed to verify certificate: x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error" while trying to verify candidate authority certificate "kubernetes")',
    says: [/while trying to verify candidate authority certificate/i],
    certificates: 'server',
    trusts: ['kubeconfig-apiserver'],
    findings: ['kubeconfig-has-other-authority', 'copy-is-stale', 'not-trusted'],
    commands: ['certwright inspect ~/.kube/config', 'certwright inspect {host}:{port}'],
  }),
  error('signer-is-no-authority', {
    side: 'either',
    sides: eitherEnd,
    example: 'x509: invalid signature: parent certificate cannot sign this kind of certificate',
    says: [
      /parent certificate cannot sign this kind of certificate/i,
      /certificate is not authorized to sign other certificates/i,
      /insecure algorithm \S+/i,
    ],
    certificates: 'server',
    commands: ['sudo certwright check'],
  }),
  error('unknown-authority', {
    side: 'either',
    sides: eitherEnd,
    example: 'x509: certificate signed by unknown authority',
    says: [unknownAuthority],
    certificates: 'server',
    trusts: ['kubeconfig-apiserver'],
    findings: ['kubeconfig-has-other-authority', 'not-trusted'],
    commands: ['sudo certwright check', 'certwright inspect ~/.kube/config', 'certwright inspect {host}:{port}'],
  }),
  error('other-end-refused', {
    side: 'far-end',
    example: 'remote error: tls: bad certificate',
    says: [badCertificate],
    findings: ['expired', 'not-trusted', 'name-missing', 'usage-missing'],
    commands: ['sudo certwright check', 'certwright inspect {host}:{port}'],
  }),
  error('pair-mid-change', {
    side: 'itself',
    example:
      'key failed with : missing content for serving cert "serving-cert::/etc/kubernetes/pki/apiserver.crt::/etc/kubernetes/pki/apiserver.key"',
    says: [/missing content for serving cert/i],
    certificates: ['apiserver'],
    findings: ['key-does-not-match', 'file-empty'],
    commands: ['sudo certwright check'],
  }),
  error('key-mismatch', {
    side: 'itself',
    example: 'tls: private key does not match public key',
    says: [/private key does not match public key/i, /key values mismatch/i],
    findings: ['key-does-not-match'],
    commands: ['sudo certwright check', 'sudo certwright inspect {path}'],
  }),
  error('pem-broken', {
    side: 'itself',
    example: 'tls: failed to find any PEM data in certificate input',
    says: [
      /failed to find any PEM data in (?:certificate|key) input/i,
      /does not contain any valid RSA or ECDSA certificates/i,
      /failed to find (?:certificate|"?CERTIFICATE"?|PEM) PEM data/i,
      /(?:unable to load|error loading) client CA file/i,
      /x509: malformed (?:certificate|tbs)/i,
      /asn1: structure error/i,
    ],
    unless: [/no such file or directory|permission denied/i],
    findings: ['file-empty', 'block-unreadable'],
    commands: ['sudo certwright inspect {path}', 'sudo certwright check'],
  }),
  error('kubelet-not-configured', {
    side: 'itself',
    example:
      'failed to load kubelet config file, path: /var/lib/kubelet/config.yaml, error: open /var/lib/kubelet/config.yaml: no such file or directory',
    says: [/\/var\/lib\/kubelet\/config\.yaml"?: no such file or directory/i],
    commands: ['certwright join NODE'],
  }),
  error('file-missing', {
    side: 'itself',
    example: 'open /etc/kubernetes/pki/apiserver-etcd-client.crt: no such file or directory',
    says: [
      /(?:open|stat|read|load(?:ing)?|find) "?(?:\/[\w.-]+)*\/[\w.-]+\.(?:crt|key|pem|pub|conf|kubeconfig|ca-bundle)"?: no such file or directory/i,
      /\/(?:etc\/kubernetes|var\/lib\/(?:kubelet|kubernetes|minikube)|etc\/etcd)\/\S+: no such file or directory/i,
    ],
    findings: ['file-missing'],
    commands: ['ls -l {path}', 'certwright explain {path}'],
  }),
  error('file-not-permitted', {
    side: 'itself',
    example: 'open /etc/kubernetes/pki/etcd/peer.key: permission denied',
    says: [
      /(?:open|stat|read|load(?:ing)?) "?(?:\/[\w.-]+)*\/[\w.-]+\.(?:crt|key|pem|pub|conf|kubeconfig)"?: permission denied/i,
      /\/\.kube\/config: permission denied/i,
    ],
    findings: ['not-permitted', 'mode-too-open'],
    commands: ['ls -l {path}', 'certwright explain {path}'],
  }),
  error('forbidden-admin', {
    side: 'answer',
    example:
      'Error from server (Forbidden): nodes is forbidden: User "kubernetes-admin" cannot list resource "nodes" in API group "" at the cluster scope',
    says: [/User "kubernetes-admin" cannot /i],
    certificates: ['admin', 'super-admin'],
    commands: [
      'sudo kubectl --kubeconfig /etc/kubernetes/super-admin.conf create clusterrolebinding kubeadm:cluster-admins --clusterrole=cluster-admin --group=kubeadm:cluster-admins',
    ],
  }),
  error('forbidden-kubelet-api', {
    side: 'kubelet',
    example:
      'Error from server (Forbidden): Forbidden (user=kube-apiserver-kubelet-client, verb=get, resource=nodes, subresource=proxy)',
    says: [/Forbidden \(user=\S+, verb=\S+, resource=nodes, subresource/i],
    certificates: ['apiserver-kubelet-client'],
    commands: [
      'kubectl create clusterrolebinding kubeadm:apiserver-kubelet-client --clusterrole=system:kubelet-api-admin --user=kube-apiserver-kubelet-client',
    ],
  }),
  error('forbidden-anonymous', {
    side: 'answer',
    example:
      'Error from server (Forbidden): pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" in the namespace "default"',
    says: [/User "system:anonymous" cannot /i],
    commands: ['certwright inspect ~/.kube/config'],
  }),
  error('node-name-differs', {
    side: 'answer',
    example: 'nodes "cp-2" is forbidden: node "cp-1" is not allowed to modify node "cp-2"',
    says: [
      /node "[^"]+" is not allowed to (?:modify|read|create|delete) node/i,
      /Unable to register node .*forbidden/i,
    ],
    certificates: ['kubelet-client'],
    commands: ['kubectl get nodes', 'sudo certwright inspect /var/lib/kubelet/pki/kubelet-client-current.pem'],
  }),
  error('forbidden-node', {
    side: 'answer',
    example:
      'Error from server (Forbidden): secrets "db" is forbidden: User "system:node:cp-1" cannot get resource "secrets" in API group "" in the namespace "default": no relationship found between node \'cp-1\' and this object',
    says: [/User "system:node:[^"]+" cannot /i, /no relationship found between node/i],
    certificates: ['kubelet-client'],
    commands: ['kubectl config view --minify', 'sudo kubectl --kubeconfig /etc/kubernetes/admin.conf get nodes'],
  }),
  error('forbidden-token', {
    side: 'answer',
    example:
      'configmaps "kubeadm-config" is forbidden: User "system:bootstrap:abcdef" cannot get resource "configmaps" in API group "" in the namespace "kube-system"',
    says: [/User "system:bootstrap:[^"]+" cannot /i],
    commands: ['kubeadm init phase bootstrap-token'],
  }),
  error('forbidden', {
    side: 'answer',
    example:
      'Error from server (Forbidden): pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "default"',
    says: [/is forbidden: User "[^"]+" cannot /i],
    commands: ['kubectl auth can-i --list', 'kubectl create clusterrolebinding NAME --clusterrole=view --user={user}'],
  }),
  error('handshake-noise', {
    side: 'before-tls',
    example: 'http: TLS handshake error from 10.0.0.5:51234: EOF',
    says: [/TLS handshake error from \S+: (?:EOF|read tcp \S+: (?:read: )?connection reset by peer)/i],
  }),
  error('plain-http', {
    side: 'before-tls',
    example: 'http: server gave HTTP response to HTTPS client',
    says: [
      /server gave HTTP response to HTTPS client/i,
      /client sent an HTTP request to an HTTPS server/i,
      /the server rejected our request for an unknown reason/i,
      /first record does not look like a TLS handshake/i,
    ],
    commands: ['certwright inspect {host}:{port}', 'kubectl config view --minify'],
  }),
  error('kubelet-refuses-apiserver', {
    side: 'kubelet',
    example: 'error: unable to upgrade connection: Unauthorized',
    says: [/unable to upgrade connection: Unauthorized/i, /provide credentials \( ?pods\/log/i],
    certificates: ['apiserver-kubelet-client'],
    trusts: ['kubelet-clients'],
    findings: ['not-trusted', 'expired', 'usage-missing'],
    commands: ['sudo certwright renew apiserver-kubelet-client', 'certwright explain clientCAFile'],
  }),
  error('unauthorized', {
    side: 'answer',
    example: 'error: You must be logged in to the server (Unauthorized)',
    says: [
      /You must be logged in to the server/i,
      /the server has asked for the client to provide credentials/i,
      /(?:^|[:\s"])Unauthorized"?\s*$/i,
      /"reason": ?"Unauthorized"/,
    ],
    findings: ['expired', 'copy-is-stale'],
    commands: ['certwright inspect ~/.kube/config', 'sudo crictl logs $(sudo crictl ps -q --name kube-apiserver)'],
  }),
  error('etcd-unreachable', {
    side: 'in-vain',
    example: 'Error: context deadline exceeded',
    says: [
      /^"?(?:Error: )?context deadline exceeded"?$/i,
      [/context deadline exceeded/i, toEtcd],
      [/context deadline exceeded/i, /kube-apiserver|storage backend|storage factory|error creating leases/i],
    ],
    unless: [/webhook|https?:\/\/(?!\S*:2379)\S+/i],
    certificates: ['apiserver-etcd-client', 'etcd-server'],
    trusts: ['etcd-servers', 'etcd-clients'],
    findings: ['not-trusted', 'expired', 'name-missing', 'usage-missing', 'file-missing', 'key-does-not-match'],
    commands: ['sudo certwright check', 'sudo crictl logs $(sudo crictl ps -aq --name etcd | head -1)'],
  }),
  error('no-kubeconfig', {
    side: 'before-tls',
    example: 'The connection to the server localhost:8080 was refused - did you specify the right host or port?',
    says: [
      /The connection to the server localhost:8080 was refused/i,
      /(?:127\.0\.0\.1|\[::1\]|localhost):8080: connect: connection refused/i,
    ],
    certificates: ['admin'],
    commands: ['sudo kubectl --kubeconfig /etc/kubernetes/admin.conf get nodes', 'certwright explain admin.conf'],
  }),
  error('connection-refused', {
    side: 'before-tls',
    example: 'The connection to the server 10.0.0.11:6443 was refused - did you specify the right host or port?',
    says: [
      /The connection to the server \S+ was refused/i,
      /:(?:6443|8443|2379|2380|10250): connect: connection refused/i,
    ],
    commands: ['sudo crictl ps -a', 'sudo certwright check'],
  }),
] as const;

export type ErrorId = (typeof errorRows)[number]['id'];
