import type {Secret} from '../base/secret.ts';
import {formatHours} from '../base/duration.ts';
import {writeYaml} from '../kubeconfig/write-yaml.ts';
import type {YamlMap} from '../pki/blueprint-types.ts';
import {kubeadmApiVersion} from '../pki/kubeadm-config.ts';
import {parseVersion} from '../pki/versions.ts';
import type {TokenSettings} from './words.ts';

/**
 * kubeadm's configuration around a secret that must not stand among its words. What it would otherwise find out is
 * given too: its version (else it asks the internet), an address and a socket (else it looks for a default route and for
 * container runtimes, and fails where there is none, or more than one).
 */
export interface SecretConfiguration {
  /** `v1.20.2`, of the kubeadm that is to read it. */
  readonly version: string;
  readonly token?: {readonly token: Secret; readonly settings: TokenSettings} | undefined;
  readonly certificateKey?: Secret | undefined;
  /** YAML of the cluster's own ClusterConfiguration, where it counts; without it, kubeadm's defaults. */
  readonly cluster?: string | undefined;
}

/** It holds the secret. */
export function secretConfiguration({version, token, certificateKey, cluster}: SecretConfiguration): string {
  const apiVersion = apiVersionFor(version);
  const init: YamlMap = {
    apiVersion,
    kind: 'InitConfiguration',
    // An address for documentation: nothing is made of it here.
    localAPIEndpoint: {advertiseAddress: '192.0.2.1'},
    nodeRegistration: {criSocket: 'unix:///run/containerd/containerd.sock', name: 'certwright'},
    ...(certificateKey === undefined ? {} : {certificateKey: certificateKey.reveal()}),
    ...(token === undefined ? {} : {bootstrapTokens: [tokenEntry(token.token, token.settings)]}),
  };
  const other = cluster ?? writeYaml([{apiVersion, kind: 'ClusterConfiguration', kubernetesVersion: version}]);
  return `${writeYaml([init])}---\n${other}`;
}

function tokenEntry(token: Secret, {ttl, description, groups, usages}: TokenSettings): YamlMap {
  return {
    token: token.reveal(),
    ttl: ttl === 0 ? '0s' : formatHours(ttl),
    ...(description === '' ? {} : {description}),
    usages,
    ...(groups.length === 0 ? {} : {groups}),
  };
}

/** For `kubeadm join --config`, with discovery by token. It holds the token. */
export function joinConfiguration({
  version,
  node,
  token,
  endpoint,
  pins,
}: {
  readonly version: string;
  readonly node: string;
  readonly token: Secret;
  /** `host:port` */
  readonly endpoint: string;
  readonly pins: readonly string[];
}): string {
  const bootstrapToken = {token: token.reveal(), apiServerEndpoint: endpoint, caCertHashes: pins};
  return writeYaml([
    {
      apiVersion: apiVersionFor(version),
      kind: 'JoinConfiguration',
      discovery: {bootstrapToken, tlsBootstrapToken: token.reveal()},
      nodeRegistration: {name: node},
    },
  ]);
}

/** @param version `v1.20.2`, `v1.37.0-rc.1` */
function apiVersionFor(version: string): string {
  return kubeadmApiVersion(parseVersion(version.replace(/[-+].*$/, '')));
}
