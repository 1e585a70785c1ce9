import {addressIn, parseSubnet, urlHost} from '../base/address.ts';
import type {ComponentId, PlannedComponent, PlannedFlag, YamlMap, YamlValue} from './blueprint-types.ts';
import type {NodeSituation, TrustRow} from './certificate.ts';
import {authorityPath, layouts} from './layouts.ts';
import {advertiseAddress, kubeletClientOf, registeredAddresses} from './situation.ts';
import {trustRows} from './trusts.ts';
import {formatVersion, holdsFor, newestMinor, valueFor, type Dated, type KubernetesVersion} from './versions.ts';

/**
 * kubeadm's configuration for one node: with it `kubeadm init` or `kubeadm join` takes the files as they lie.
 * Source: the kubeadm.k8s.io API types of each version.
 */

const apiVersions: Dated<string> = [
  {until: '1.21', value: 'kubeadm.k8s.io/v1beta2'},
  {from: '1.22', until: '1.30', value: 'kubeadm.k8s.io/v1beta3'},
  {from: '1.31', value: 'kubeadm.k8s.io/v1beta4'},
];

/** Of the configuration that a kubeadm of this version reads best; undefined = one that is not known, so the newest. */
export function kubeadmApiVersion(version: KubernetesVersion | undefined): string {
  return valueFor(apiVersions, version ?? {minor: newestMinor, patch: 0}, '');
}

export function kubeadmConfig(
  situation: NodeSituation,
  components: readonly PlannedComponent[],
  kubelet: YamlMap,
): readonly YamlMap[] {
  const apiVersion = kubeadmApiVersion(situation.version);
  if (situation.node.name !== situation.controlPlanes[0]?.name) return [joinConfiguration(apiVersion, situation)];
  return [
    {
      apiVersion,
      kind: 'InitConfiguration',
      localAPIEndpoint: localEndpoint(situation),
      nodeRegistration: nodeRegistration(situation, apiVersion),
    },
    clusterConfiguration(apiVersion, situation, components),
    kubelet,
  ];
}

function joinConfiguration(apiVersion: string, situation: NodeSituation): YamlMap {
  const {node, plan} = situation;
  const {kubeconfigs} = layouts[plan.layout];
  const issued = kubeletClientOf(situation) === 'issued';
  const discovery = {file: {kubeConfigPath: issued ? kubeconfigs.kubelet : kubeconfigs['bootstrap-kubelet']}};
  return {
    apiVersion,
    kind: 'JoinConfiguration',
    discovery,
    nodeRegistration: {
      ...nodeRegistration(situation, apiVersion),
      // kubeadm expects to fetch these; here they lie already.
      ignorePreflightErrors: [
        'FileAvailable--etc-kubernetes-pki-ca.crt',
        issued ? 'FileAvailable--etc-kubernetes-kubelet.conf' : 'FileAvailable--etc-kubernetes-bootstrap-kubelet.conf',
      ],
    },
    ...(node.roles.includes('control-plane') ? {controlPlane: {localAPIEndpoint: localEndpoint(situation)}} : {}),
  };
}

function localEndpoint({node, plan}: NodeSituation): YamlMap {
  return {advertiseAddress: advertiseAddress(node), bindPort: layouts[plan.layout].apiserverPort};
}

function nodeRegistration(situation: NodeSituation, apiVersion: string): YamlMap {
  const {node, version} = situation;
  const socket = 'unix:///run/containerd/containerd.sock';
  return {
    name: node.name,
    criSocket: holdsFor({until: '1.23'}, version) ? socket.slice('unix://'.length) : socket,
    kubeletExtraArgs: extraArgs(apiVersion, [['node-ip', registeredAddresses(situation).join(',')]]),
  };
}

function clusterConfiguration(
  apiVersion: string,
  situation: NodeSituation,
  components: readonly PlannedComponent[],
): YamlMap {
  const {plan, version, endpoint} = situation;
  const {algorithm} = plan.keys;
  const withKeyChoice = apiVersion.endsWith('v1beta4');
  const extra = (component: ComponentId): Record<string, YamlValue> => {
    const args = differences(situation, component, components);
    return args.length === 0 ? {} : {extraArgs: extraArgs(apiVersion, args)};
  };
  const gates = {
    ...(algorithm.startsWith('ECDSA') && !withKeyChoice ? {PublicKeysECDSA: true} : {}),
    ...(plan.network.serviceSubnets.length > 1 && holdsFor({until: '1.20'}, version) ? {IPv6DualStack: true} : {}),
  };
  return {
    apiVersion,
    kind: 'ClusterConfiguration',
    clusterName: plan.cluster.name,
    kubernetesVersion: `v${formatVersion(version)}`,
    controlPlaneEndpoint: `${urlHost(endpoint.host)}:${endpoint.port}`,
    certificatesDir: layouts[plan.layout].certificatesFolder,
    ...(withKeyChoice
      ? {
          encryptionAlgorithm: algorithm,
          certificateValidityPeriod: `${plan.validity.leaves}h0m0s`,
          caCertificateValidityPeriod: `${plan.validity.authorities}h0m0s`,
        }
      : {}),
    ...(Object.keys(gates).length === 0 ? {} : {featureGates: gates}),
    networking: {
      serviceSubnet: plan.network.serviceSubnets.join(','),
      ...(plan.network.podSubnets.length === 0 ? {} : {podSubnet: plan.network.podSubnets.join(',')}),
      dnsDomain: plan.network.dnsDomain,
    },
    apiServer: {certSANs: [...plan.sans.apiserver, ...laterServiceAddresses(situation)], ...extra('kube-apiserver')},
    controllerManager: extra('kube-controller-manager'),
    scheduler: {},
    etcd:
      plan.etcd === 'stacked' ? {local: {dataDir: '/var/lib/etcd', ...extra('etcd')}} : {external: external(situation)},
  };
}

/** kubeadm covers only the first family's service address itself. */
function laterServiceAddresses({plan}: NodeSituation): string[] {
  return plan.network.serviceSubnets.slice(1).flatMap((text) => {
    const subnet = parseSubnet(text);
    return (subnet && addressIn(subnet, 1)?.text) ?? [];
  });
}

function external({plan, etcdMembers}: NodeSituation): YamlMap {
  const layout = layouts[plan.layout];
  const client = layout.certificates['apiserver-etcd-client'] ?? '';
  return {
    endpoints: etcdMembers.map((member) => `https://${urlHost(advertiseAddress(member))}:2379`),
    caFile: `${authorityPath(layout, 'control-plane', 'etcd-ca')}.crt`,
    certFile: `${client}.crt`,
    keyFile: `${client}.key`,
  };
}

/** Trust flags that kubeadm would not set, or would set to another file. */
function differences(
  {plan}: NodeSituation,
  id: ComponentId,
  components: readonly PlannedComponent[],
): (readonly [name: string, value: string])[] {
  const flags = components.find(({component}) => component === id)?.flags ?? [];
  const layout = layouts[plan.layout];
  const kubeadms = (row: TrustRow) =>
    row.id === 'apiserver-kubelets' ? undefined : `${authorityPath(layout, row.folder, row.authority)}.crt`;
  const rows = new Map(trustRows.map((row) => [row.id as string, row]));
  const differs = (flag: PlannedFlag): boolean => {
    const row = flag.row === undefined ? undefined : rows.get(flag.row);
    if (row !== undefined) return kubeadms(row) !== flag.value;
    return /^--cluster-signing-(?!cert-file|key-file)/.test(flag.name);
  };
  return flags.filter(differs).map((flag) => [flag.name.replace(/^--/, ''), flag.value]);
}

/** A map until v1beta3, a list of pairs from v1beta4. */
function extraArgs(apiVersion: string, args: readonly (readonly [string, string])[]): YamlValue {
  return apiVersion.endsWith('v1beta4') ? args.map(([name, value]) => ({name, value})) : Object.fromEntries(args);
}
