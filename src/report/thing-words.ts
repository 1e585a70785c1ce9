import type {ConnectionEnd, FileContent, NotVerified, PlannedConnection, Trust} from '../pki/blueprint-types.ts';

/** How connections and files of a blueprint are called, the same in every output. */

/** `kube-apiserver on cp-1`; an end that stands on no node is its component alone. */
export function endWord({component, node}: ConnectionEnd): string {
  return node === undefined ? component : `${component} on ${node}`;
}

/** The end that calls; somebody with kubectl is told by what they show, for several call from one node. */
export function callerWord({caller, credential}: PlannedConnection): string {
  return caller.component === 'kubectl' && 'certificate' in credential
    ? `kubectl as ${credential.certificate}`
    : endWord(caller);
}

/** `10.0.0.11:2379`, `[fd00::11]:2379`; a blueprint's addresses are in normal form, so none has to be read for it. */
export function hostAndPort({host, port}: {readonly host: string; readonly port: number}): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** `apiserver → etcd`: short, and no two kinds of connection share it. */
export function connectionTitle({id}: {readonly id: string}): string {
  return id.replace('-to-', ' → ');
}

/** What TLS proves on it, in the words that the proof uses. */
export function howWord({credential, callerTrusts}: PlannedConnection): string {
  if ('notVerified' in callerTrusts) return 'server unverified';
  if ('certificate' in credential) return 'mutual';
  return 'token' in credential ? 'server + token' : 'server only';
}

export function trustWord(trust: Trust | NotVerified): string {
  return 'notVerified' in trust
    ? `by nothing, because ${trust.notVerified}`
    : `with ${trust.authorities.join(' and ')}, by ${trust.by}`;
}

/** A word or two, for a column. */
export function contentKind(content: FileContent): string {
  switch (content.kind) {
    case 'certificate':
      return 'certificate';
    case 'authorities':
      return content.authorities.length === 1 ? 'CA certificate' : 'CA certificates';
    case 'certificate-key':
      return 'private key';
    case 'authority-key':
      return 'CA key';
    case 'key-pair-private':
      return 'private key';
    case 'key-pair-public':
      return 'public key';
    case 'kubeconfig':
      return 'kubeconfig';
    case 'flags':
      return 'flags';
    case 'yaml':
      return 'YAML';
    case 'token-secret':
      return 'token';
    case 'cluster-info':
      return 'YAML';
    case 'join-command':
      return 'token, in a command';
    default:
      return content satisfies never;
  }
}

/** What is in it, by name. */
export function contentWord(content: FileContent): string {
  switch (content.kind) {
    case 'certificate':
      return `the certificate ${content.certificate}`;
    case 'authorities':
      return `the certificate of ${content.authorities.join(', then ')}`;
    case 'certificate-key':
      return `the private key of ${content.certificate}`;
    case 'authority-key':
      return `the private key of ${content.authority}`;
    case 'key-pair-private':
      return `the private key of ${content.keyPair}`;
    case 'key-pair-public':
      return `the public key of ${content.keyPair}`;
    case 'kubeconfig':
      return `the kubeconfig ${content.kubeconfig}`;
    case 'flags':
      return `the flags of ${content.component}`;
    case 'yaml':
      return content.documents.length === 1 ? 'a YAML document' : `${content.documents.length} YAML documents`;
    case 'token-secret':
      return 'the bootstrap token as a Secret';
    case 'cluster-info':
      return 'the cluster-info ConfigMap and who may read it';
    case 'join-command':
      return 'the command that joins a node';
    default:
      return content satisfies never;
  }
}
