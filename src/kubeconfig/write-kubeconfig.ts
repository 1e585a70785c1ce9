import type {Secret} from '../base/secret.ts';
import type {YamlMap} from '../pki/blueprint-types.ts';
import {writeYaml} from './write-yaml.ts';

/** How the user of a kubeconfig shows who they are. */
export type KubeconfigCredential =
  /** `certificate`: the leaf, followed by the intermediates that go along. */
  | {readonly kind: 'certificate'; readonly certificate: string; readonly key: Secret}
  | {readonly kind: 'token'; readonly token: Secret}
  /** Paths on the node that reads it: the kubelet's own rotating certificate. */
  | {readonly kind: 'files'; readonly certificate: string; readonly key: string}
  | {readonly kind: 'token-file'; readonly path: string};

export interface NewKubeconfig {
  readonly clusterName: string;
  /** `https://host:port`, brackets around IPv6. */
  readonly server: string;
  /** PEM; every CA of a bundle is kept (kubeadm embeds only the first). */
  readonly certificateAuthority: string;
  /** The name to look for in the serving certificate, where it is not the server's host. */
  readonly tlsServerName?: string | undefined;
  readonly user: string;
  /** kubeadm's is `<user>@<cluster>`. */
  readonly contextName: string;
  readonly credential: KubeconfigCredential;
}

/** The text of a kubeconfig, with kubeadm's structure and order of keys. It holds the credential: handle it as a secret. */
export function writeKubeconfig(kubeconfig: NewKubeconfig): string {
  const {clusterName, user, contextName} = kubeconfig;
  return writeYaml([
    {
      apiVersion: 'v1',
      clusters: [{cluster: clusterEntry(kubeconfig), name: clusterName}],
      contexts: [{context: {cluster: clusterName, user}, name: contextName}],
      'current-context': contextName,
      kind: 'Config',
      users: [{name: user, user: userEntry(kubeconfig.credential)}],
    },
  ]);
}

/** The kubeconfig inside the `cluster-info` ConfigMap: one cluster named `""`, no user, no secret. */
export function writeClusterInfo(cluster: Pick<NewKubeconfig, 'server' | 'certificateAuthority'>): string {
  return writeYaml([
    {
      apiVersion: 'v1',
      clusters: [{cluster: clusterEntry(cluster), name: ''}],
      contexts: null,
      'current-context': '',
      kind: 'Config',
      users: null,
    },
  ]);
}

function clusterEntry(cluster: Pick<NewKubeconfig, 'server' | 'certificateAuthority' | 'tlsServerName'>): YamlMap {
  const {certificateAuthority, server, tlsServerName} = cluster;
  return {
    'certificate-authority-data': base64(certificateAuthority),
    server,
    ...(tlsServerName === undefined ? {} : {'tls-server-name': tlsServerName}),
  };
}

function userEntry(credential: KubeconfigCredential): YamlMap {
  switch (credential.kind) {
    case 'certificate':
      return {
        'client-certificate-data': base64(credential.certificate),
        'client-key-data': base64(credential.key.reveal()),
      };
    case 'token':
      return {token: credential.token.reveal()};
    case 'files':
      return {'client-certificate': credential.certificate, 'client-key': credential.key};
    case 'token-file':
      return {tokenFile: credential.path};
    default: {
      const never: never = credential;
      return never;
    }
  }
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
