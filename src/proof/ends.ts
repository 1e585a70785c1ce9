import {createPrivateKey} from 'node:crypto';
import {Secret} from '../base/secret.ts';
import type {Blueprint, PresentedFrom, Trust} from '../pki/blueprint-types.ts';
import {pathOnNode} from '../pki/files.ts';
import type {Kubeconfig, KubeconfigCluster, KubeconfigUser} from '../kubeconfig/kubeconfig.ts';
import {remembered, type BundleView, type FileText} from './bundle-view.ts';
import type {SeenCertificate} from './seen-certificate.ts';

/** What an end presents: the very texts of its files. */
export interface ShownFiles {
  readonly kind: 'usable';
  readonly leaf: SeenCertificate;
  /** What its file has after the leaf and is sent along. */
  readonly along: readonly SeenCertificate[];
  readonly certificate: string;
  readonly key: Secret;
  /** Whether the key can be read and is the certificate's. */
  readonly keyFits: boolean;
}

/** What an end verifies with. */
export interface TrustedFile {
  readonly kind: 'usable';
  readonly anchors: readonly SeenCertificate[];
  readonly pem: string;
}

/** Files with which the process would not start, or would not dial. */
export interface Unusable {
  readonly kind: 'unusable';
  /** What the process itself would say, or Node did. */
  readonly says: string;
  /** The likely cause in plain words. */
  readonly why: string;
}

/** What a kubeconfig makes its user dial. */
export interface Dialled {
  /** No brackets. */
  readonly host: string;
  readonly port: number;
}

export interface Ends {
  shown(from: PresentedFrom): Promise<ShownFiles | Unusable>;
  trusted(from: Trust['from']): Promise<TrustedFile | Unusable>;
  /** undefined when the kubeconfig cannot be read or its server is no URL. */
  dialled(path: string): Promise<Dialled | undefined>;
}

/** Reads what both ends of a connection use, from a bundle's files; each file once. */
export function endsOf(view: BundleView, blueprint: Pick<Blueprint, 'files'>): Ends {
  const shown = new Map<string, Promise<ShownFiles | Unusable>>();
  const trusted = new Map<string, Promise<TrustedFile | Unusable>>();
  const inBundle = targets(blueprint);
  return {
    shown: (from) =>
      remembered(shown, from.kind === 'files' ? `${from.certificate}\0${from.key}` : from.path, () =>
        from.kind === 'files'
          ? shownByFiles(view, from.certificate, from.key)
          : shownByKubeconfig(view, from.path, inBundle),
      ),
    trusted: (from) =>
      remembered(trusted, from.path, async () => {
        if (from.kind === 'file') return asTrust(view, await view.text(from.path), from.path);
        const cluster = await clusterAt(view, from.path);
        if (cluster.kind === 'unusable') return cluster;
        const authority = cluster.found.certificateAuthority;
        switch (authority?.kind) {
          case 'embedded':
            return asTrust(view, {kind: 'text', text: authority.certificates.join('')}, from.path);
          case 'file':
            return asTrust(view, await view.text(inBundle(from.path, authority.path)), authority.path);
          case undefined:
            return unusable(
              'x509: certificate signed by unknown authority',
              `${pathOnNode(from.path)} names no authority, so the machine's own list would be used, which knows none of the cluster's`,
            );
          default:
            return authority satisfies never;
        }
      }),
    dialled: async (path) => {
      const cluster = await clusterAt(view, path);
      return cluster.kind === 'unusable' ? undefined : dialledAt(cluster.found);
    },
  };
}

async function shownByFiles(
  view: BundleView,
  certificatePath: string,
  keyPath: string,
): Promise<ShownFiles | Unusable> {
  const certificate = await view.text(certificatePath);
  if (certificate.kind !== 'text') return gone(certificate, certificatePath);
  const key = await view.text(keyPath);
  if (key.kind !== 'text') return gone(key, keyPath);
  return asShown(view, certificate.text, new Secret(key.text), {certificatePath, keyPath});
}

async function shownByKubeconfig(view: BundleView, path: string, inBundle: InBundle): Promise<ShownFiles | Unusable> {
  const user = await userAt(view, path);
  if (user.kind === 'unusable') return user;
  const {certificate, key} = user.found;
  if (certificate === undefined || key === undefined) {
    return unusable(
      'no client certificate',
      `${pathOnNode(path)} has no ${certificate === undefined ? 'client certificate' : 'client key'}`,
    );
  }
  const certificateText: FileText =
    certificate.kind === 'embedded'
      ? {kind: 'text', text: certificate.certificates.join('')}
      : await view.text(inBundle(path, certificate.path));
  if (certificateText.kind !== 'text') {
    return gone(certificateText, certificate.kind === 'file' ? certificate.path : path);
  }
  if (key.kind === 'embedded') {
    return asShown(view, certificateText.text, key.secret, {certificatePath: path, keyPath: path});
  }
  const keyText = await view.text(inBundle(path, key.path));
  if (keyText.kind !== 'text') return gone(keyText, key.path);
  return asShown(view, certificateText.text, new Secret(keyText.text), {certificatePath: path, keyPath: key.path});
}

function asShown(
  view: BundleView,
  certificate: string,
  key: Secret,
  {certificatePath, keyPath}: {readonly certificatePath: string; readonly keyPath: string},
): ShownFiles | Unusable {
  const seen = view.certificates(certificate);
  if ('says' in seen)
    return unusable(seen.says, `${pathOnNode(certificatePath)} holds no certificate that can be read`);
  const [leaf, ...along] = seen;
  if (leaf === undefined) return unusable('no certificate', `${pathOnNode(certificatePath)} holds no certificate`);
  const fits = keyFits(leaf, key);
  if (fits === 'unreadable') {
    return unusable('tls: failed to parse private key', `${pathOnNode(keyPath)} holds no private key that can be read`);
  }
  return {kind: 'usable', leaf, along, certificate, key, keyFits: fits === 'yes'};
}

function keyFits(leaf: SeenCertificate, key: Secret): 'yes' | 'no' | 'unreadable' {
  try {
    return leaf.x509.checkPrivateKey(createPrivateKey(key.reveal())) ? 'yes' : 'no';
  } catch {
    // OpenSSL's reason ("unsupported") tells nothing, and its message could quote the text.
    return 'unreadable';
  }
}

function asTrust(view: BundleView, file: FileText, path: string): TrustedFile | Unusable {
  if (file.kind !== 'text') return gone(file, path);
  const anchors = view.certificates(file.text);
  return 'says' in anchors
    ? unusable(
        anchors.says,
        `${pathOnNode(path)} holds no certificate that can be read, so there is nothing to verify with`,
      )
    : {kind: 'usable', anchors, pem: file.text};
}

type Found<T> = {readonly kind: 'found'; readonly found: T} | Unusable;

async function clusterAt(view: BundleView, path: string): Promise<Found<KubeconfigCluster>> {
  return inContext(view, path, 'cluster', ({clusters}, {cluster}) => clusters.find(({name}) => name === cluster));
}

async function userAt(view: BundleView, path: string): Promise<Found<KubeconfigUser>> {
  return inContext(view, path, 'user', ({users}, {user}) => users.find(({name}) => name === user));
}

async function inContext<T>(
  view: BundleView,
  path: string,
  what: string,
  find: (kubeconfig: Kubeconfig, context: Kubeconfig['contexts'][number]) => T | undefined,
): Promise<Found<T>> {
  const kubeconfig = await view.kubeconfig(path);
  if ('kind' in kubeconfig) return gone(kubeconfig, path);
  const [problem] = kubeconfig.problems;
  if (problem !== undefined)
    return unusable(`invalid configuration: ${problem.message}`, `${pathOnNode(path)}: ${problem.message}`);
  const context = kubeconfig.contexts.find(({name}) => name === kubeconfig.currentContext);
  const found = context === undefined ? undefined : find(kubeconfig, context);
  return found === undefined
    ? unusable(
        'invalid configuration: no configuration has been provided',
        `${pathOnNode(path)} names no current ${what}`,
      )
    : {kind: 'found', found};
}

function dialledAt({server, tlsServerName}: KubeconfigCluster): Dialled | undefined {
  const url = URL.parse(server ?? '');
  if (url === null || url.protocol !== 'https:') return undefined;
  return {
    host: tlsServerName ?? url.hostname.replaceAll(/^\[|\]$/g, ''),
    port: url.port === '' ? 443 : Number(url.port),
  };
}

function gone(file: Exclude<FileText, {kind: 'text'}>, bundlePath: string): Unusable {
  const path = pathOnNode(bundlePath);
  return file.kind === 'missing'
    ? unusable(`open ${path}: no such file or directory`, `${path} is missing`)
    : unusable(file.says, `${path} is there but cannot be read`);
}

function unusable(says: string, why: string): Unusable {
  return {kind: 'unusable', says, why};
}

/** The bundle's path of what a file of one node calls by its absolute path on that node. */
type InBundle = (from: string, target: string) => string;

function targets({files}: Pick<Blueprint, 'files'>): InBundle {
  const nodes = new Map(files.map(({path, node}) => [path, node]));
  const paths = new Map(files.map(({path, node, target}) => [`${node ?? ''}\0${target ?? ''}`, path]));
  return (from, target) => paths.get(`${nodes.get(from) ?? ''}\0${target}`) ?? target;
}
