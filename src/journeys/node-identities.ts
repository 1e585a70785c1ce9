import {dirname, resolve} from 'node:path';
import {endOfUrl} from '../base/address.ts';
import {certificatesIn, pemBlocks} from '../base/pem.ts';
import {Secret} from '../base/secret.ts';
import type {KubeconfigCertificates, KubeconfigSecret} from '../kubeconfig/kubeconfig.ts';
import type {Holding} from '../node/holdings.ts';
import type {NodeFound} from '../node/inventory.ts';
import type {NodeRoot} from '../node/root.ts';
import {doorsOf} from '../node/doors.ts';
import {layouts} from '../pki/layouts.ts';
import type {Credential, Question, Trust} from '../api/ask.ts';
import {inspectCertificate} from '../x509/inspect.ts';

/** A kubeconfig of a node, as its owner asks the API server with it. */
export interface Identity {
  /** Of the kubeconfig, on the node. */
  readonly path: string;
  /** The name that its certificate gives it; undefined for a token, which says it to the API server alone. */
  readonly name: string | undefined;
  /** undefined = it verifies nothing. */
  readonly trust: Trust | undefined;
  readonly credential: Credential;
  /** Where its own server is. */
  readonly server: {readonly host: string; readonly port: number};
}

/**
 * Every kubeconfig of the node that is somebody, by path. One that another program gives its way in is left out, and the
 * one that is used up once a node has joined.
 */
export function identitiesOn(root: NodeRoot, {holdings}: Pick<NodeFound, 'holdings'>): readonly Identity[] {
  return holdings
    .filter(({users}) => !users.some(({flag}) => flag === '--bootstrap-kubeconfig'))
    .flatMap((holding) => identityIn(root, holding) ?? []);
}

/** Who may ask everything, the first of them that is there: the administrator's kubeconfig, or a copy of it. */
export function administratorAmong(identities: readonly Identity[]): Identity | undefined {
  const places = Object.values(layouts).flatMap(({kubeconfigs}) => [kubeconfigs.admin, kubeconfigs['super-admin']]);
  return (
    identities.find(({path}) => places.includes(path)) ?? identities.find(({path}) => path.endsWith('/.kube/config'))
  );
}

/**
 * A question to the API server of this node itself, whatever the kubeconfig's own server is: behind a load balancer
 * another node would answer. What is verified stays: the certificate must cover the kubeconfig's server. Without an API
 * server here, the kubeconfig's is asked.
 */
export function questionAs(
  {server, trust, credential}: Identity,
  {components}: Pick<NodeFound, 'components'>,
  path: string,
  body?: string,
): Question {
  const door = doorsOf(components).find(({component}) => component === 'kube-apiserver') ?? server;
  const {host, port} = door;
  return {scheme: 'https', host, port, path, trust, credential, ...(body === undefined ? {} : {body})};
}

function identityIn(root: NodeRoot, {path, kubeconfig}: Holding): Identity | undefined {
  const config = kubeconfig?.config;
  const context = config?.contexts.find(({name}) => name === config.currentContext) ?? config?.contexts[0];
  const cluster = config?.clusters.find(({name}) => name === context?.cluster);
  const user = config?.users.find(({name}) => name === context?.user);
  const server = endOfUrl(cluster?.server ?? '');
  if (cluster === undefined || user === undefined || server === undefined) return undefined;
  const folder = dirname(path);
  const certificate = certificatesAt(root, folder, user.certificate);
  const key = secretAt(root, folder, user.key);
  const token = secretAt(root, folder, user.token);
  const credential: Credential | undefined =
    certificate.length > 0 && key !== undefined
      ? {kind: 'certificate', certificate: certificate.join(''), key}
      : token === undefined
        ? undefined
        : {kind: 'token', token};
  return (
    credential && {
      path,
      name: credential.kind === 'certificate' ? nameIn(credential.certificate) : undefined,
      trust: cluster.skipsVerification
        ? undefined
        : {
            authorities: certificatesAt(root, folder, cluster.certificateAuthority),
            name: cluster.tlsServerName ?? server.host,
          },
      credential,
      server,
    }
  );
}

function nameIn(certificate: string): string | undefined {
  try {
    return inspectCertificate(certificate).subject.commonName;
  } catch {
    // What is wrong with it, the diagnosis says.
    return undefined;
  }
}

function certificatesAt(root: NodeRoot, folder: string, held: KubeconfigCertificates | undefined): readonly string[] {
  if (held?.kind !== 'file') return held?.certificates ?? [];
  const file = root.read(resolve(folder, held.path));
  return file.ok ? certificatesIn(file.bytes.toString('utf8')) : [];
}

function secretAt(root: NodeRoot, folder: string, held: KubeconfigSecret | undefined): Secret | undefined {
  if (held?.kind !== 'file') return held?.secret;
  const file = root.read(resolve(folder, held.path));
  if (!file.ok) return undefined;
  const text = file.bytes.toString('utf8');
  // A kubelet's file holds its certificate and the key.
  return new Secret(pemBlocks(text).find(({label}) => label.endsWith('PRIVATE KEY'))?.text ?? text.trim());
}
