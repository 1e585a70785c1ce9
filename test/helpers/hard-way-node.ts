import {rmSync} from 'node:fs';
import {type FixtureNode, nodeIn} from './node-fixture.ts';
import {openssl} from './openssl.ts';
import {temporaryFolder} from './temporary-folder.ts';

const home = '/var/lib/kubernetes';

/**
 * A controller of "Kubernetes the hard way" as people have had it since 2018, made with openssl alone: one authority, one
 * pair for the API server and both doors of etcd, keys beside their certificates as `NAME-key.pem`, units of systemd.
 */
export function hardWayNode(): FixtureNode {
  const node = nodeIn(temporaryFolder());
  const make = (name: string): string => {
    const key = `${home}/${name}-key.pem`;
    node.write(key, openssl(['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']));
    return node.at(key);
  };
  const authority = ['-x509', '-days', '1825', '-subj', '/O=Kubernetes/CN=Kubernetes'];
  const extensions = ['-addext', 'keyUsage=critical,keyCertSign,cRLSign'];
  node.write(`${home}/ca.pem`, openssl(['req', '-new', '-key', make('ca'), ...authority, ...extensions]), 0o644);

  const names = 'DNS:kubernetes,DNS:kubernetes.default.svc,DNS:cp-1,IP:10.32.0.1,IP:10.240.0.10,IP:127.0.0.1';
  for (const [name, subject, said] of [
    ['kubernetes', 'O=Kubernetes/CN=kubernetes', `subjectAltName=${names}\nextendedKeyUsage=serverAuth,clientAuth`],
    ['service-account', 'O=Kubernetes/CN=service-accounts', 'extendedKeyUsage=clientAuth'],
    ['kube-controller-manager', 'CN=system:kube-controller-manager', 'extendedKeyUsage=clientAuth'],
    ['kube-scheduler', 'CN=system:kube-scheduler', 'extendedKeyUsage=clientAuth'],
  ] as const) {
    const request = openssl(['req', '-new', '-key', make(name), '-subj', `/${subject}`]);
    node.write(`${home}/${name}.pem`, signWithHardWayAuthority(node, request, said), 0o644);
  }
  for (const name of ['kube-controller-manager', 'kube-scheduler']) {
    node.write(`${home}/${name}.kubeconfig`, kubeconfig(node, name));
    // What is embedded is not needed beside it.
    for (const end of ['.pem', '-key.pem']) rmSync(node.at(`${home}/${name}${end}`));
  }
  for (const [name, mode] of [
    ['ca.pem', 0o644],
    ['kubernetes.pem', 0o644],
    ['kubernetes-key.pem', 0o600],
  ] as const) {
    node.write(`/etc/etcd/${name}`, node.read(`${home}/${name}`), mode);
  }
  for (const [name, flags] of Object.entries(units)) {
    const command = [`ExecStart=/usr/local/bin/${name}`, ...flags].join(' \\\n  ');
    node.write(`/etc/systemd/system/${name}.service`, `[Service]\n${command}\nRestart=on-failure\n`, 0o644);
  }
  return node;
}

/** @param extensions lines of an extensions file */
export function signWithHardWayAuthority(node: FixtureNode, request: string, extensions: string): string {
  node.write('/tmp/extensions', extensions);
  const authority = ['-CA', node.at(`${home}/ca.pem`), '-CAkey', node.at(`${home}/ca-key.pem`)];
  return openssl(['x509', '-req', ...authority, '-days', '365', '-extfile', node.at('/tmp/extensions')], request);
}

function kubeconfig(node: FixtureNode, name: string): string {
  const data = (path: string): string => Buffer.from(node.read(`${home}/${path}`)).toString('base64');
  return `apiVersion: v1
kind: Config
clusters:
- {name: hard, cluster: {server: 'https://127.0.0.1:6443', certificate-authority-data: ${data('ca.pem')}}}
users:
- {name: ${name}, user: {client-certificate-data: ${data(`${name}.pem`)}, client-key-data: ${data(`${name}-key.pem`)}}}
contexts:
- {name: default, context: {cluster: hard, user: ${name}}}
current-context: default
`;
}

const units: Readonly<Record<string, readonly string[]>> = {
  etcd: [
    '--cert-file=/etc/etcd/kubernetes.pem',
    '--key-file=/etc/etcd/kubernetes-key.pem',
    '--peer-cert-file=/etc/etcd/kubernetes.pem',
    '--peer-key-file=/etc/etcd/kubernetes-key.pem',
    '--trusted-ca-file=/etc/etcd/ca.pem',
    '--peer-trusted-ca-file=/etc/etcd/ca.pem',
    '--client-cert-auth',
    '--peer-client-cert-auth',
    '--initial-advertise-peer-urls https://10.240.0.10:2380',
    '--listen-peer-urls https://10.240.0.10:2380',
    '--listen-client-urls https://10.240.0.10:2379,https://127.0.0.1:2379',
    '--advertise-client-urls https://10.240.0.10:2379',
  ],
  'kube-apiserver': [
    '--advertise-address=10.240.0.10',
    `--client-ca-file=${home}/ca.pem`,
    `--etcd-cafile=${home}/ca.pem`,
    `--etcd-certfile=${home}/kubernetes.pem`,
    `--etcd-keyfile=${home}/kubernetes-key.pem`,
    '--etcd-servers=https://10.240.0.10:2379',
    `--kubelet-certificate-authority=${home}/ca.pem`,
    `--kubelet-client-certificate=${home}/kubernetes.pem`,
    `--kubelet-client-key=${home}/kubernetes-key.pem`,
    `--service-account-key-file=${home}/service-account.pem`,
    '--service-cluster-ip-range=10.32.0.0/24',
    `--tls-cert-file=${home}/kubernetes.pem`,
    `--tls-private-key-file=${home}/kubernetes-key.pem`,
  ],
  'kube-controller-manager': [
    `--cluster-signing-cert-file=${home}/ca.pem`,
    `--cluster-signing-key-file=${home}/ca-key.pem`,
    `--kubeconfig=${home}/kube-controller-manager.kubeconfig`,
    `--root-ca-file=${home}/ca.pem`,
    `--service-account-private-key-file=${home}/service-account-key.pem`,
  ],
  'kube-scheduler': [`--kubeconfig=${home}/kube-scheduler.kubeconfig`],
};
