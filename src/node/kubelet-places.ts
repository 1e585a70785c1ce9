import {basename, dirname, normalize} from 'node:path';
import {layouts} from '../pki/layouts.ts';
import {flagOf, type FoundComponent} from './found-component.ts';
import {identify} from './identify.ts';
import type {NodeFound} from './inventory.ts';
import type {NodeRoot} from './root.ts';

/** Where a kubelet has its way into the cluster. Absolute on its node. */
export interface KubeletPlaces {
  readonly kubeconfig: string;
  /** `--cert-dir`: where it keeps what it renews itself. */
  readonly folder: string;
}

/**
 * As this node's kubelet has it and was told; the rest is kubeadm's.
 *
 * @returns undefined = there is no kubelet here, and the files are not laid out as kubeadm does it
 */
export function kubeletPlaces({components, holdings}: Pick<NodeFound, 'components' | 'holdings'>) {
  const kubelets = components.filter(({component}) => component === 'kubelet');
  const {kubeadm, minikube} = layouts;
  const isKubeadms = holdings.some(({path}) =>
    [kubeadm, minikube].some(({certificatesFolder}) => path === `${certificatesFolder}/ca.crt`),
  );
  if (kubelets.length === 0 && !isKubeadms) return undefined;
  const told = (flag: string): string | undefined =>
    kubelets.flatMap((found) => flagOf(found, flag) ?? []).find((value) => value.startsWith('/'));
  const kubeconfig = told('--kubeconfig') ?? kubeadm.kubeconfigs.kubelet;
  const named = holdings.find(({path}) => path === kubeconfig)?.kubeconfig?.names.find(isCurrentPem);
  const [folder = usualFolder] = named === undefined ? certificateFolders(components, []) : [dirname(named)];
  const places: KubeletPlaces = {kubeconfig, folder};
  return places;
}

export const usualFolder = '/var/lib/kubelet/pki';

/**
 * Where kubelets keep the pairs that they make and renew themselves: as they are told, then where a link to such a pair
 * is; the usual folder unless they are told another, for then nobody reads what is left there.
 *
 * @param paths of files that are known, the ones that kubeconfigs name among them
 */
export function certificateFolders(components: readonly FoundComponent[], paths: readonly string[]): readonly string[] {
  const told = components
    .flatMap((found) => (found.component === 'kubelet' ? (flagOf(found, '--cert-dir') ?? []) : []))
    .filter((value) => value.startsWith('/'))
    .map((value) => normalize(value).replace(/(.)\/$/, '$1'));
  const folders = [...told, ...paths.filter(isCurrentPem).map((path) => dirname(path))];
  return [...new Set(told.length > 0 ? folders : [...folders, usualFolder])];
}

/**
 * The link that leads to the client certificate and key in use. It must be a link: over a file the kubelet's next
 * renewal fails (`expected … to be a symlink but it is a file`, client-go, util/certificate/certificate_store.go).
 */
export function currentPem({folder}: Pick<KubeletPlaces, 'folder'>): string {
  return `${folder}/${currentName}`;
}

export function isCurrentPem(path: string): boolean {
  return basename(path) === currentName;
}

const currentName = 'kubelet-client-current.pem';

/** What the kubelet calls a pair that it got at this moment; it takes the machine's own time, here it is UTC. */
export function pemName(now: Date): string {
  return `kubelet-client-${now.toISOString().slice(0, 19).replaceAll(/[T:]/g, '-')}.pem`;
}

/** What the Node of this machine is called, and what says so. */
export interface FoundNodeName {
  readonly name: string;
  readonly by: string;
}

/** By the strongest evidence there is; undefined = nothing says. */
export function nodeNameOn(root: NodeRoot, found: NodeFound, places: KubeletPlaces): FoundNodeName | undefined {
  for (const {by, name} of evidence(root, found, places)) if (name !== undefined && name !== '') return {name, by};
  return undefined;
}

function* evidence(
  root: NodeRoot,
  {components, certificates}: NodeFound,
  {folder, kubeconfig}: KubeletPlaces,
): Iterable<{readonly name: string | undefined; readonly by: string}> {
  const flag = (component: string, name: string): string | undefined =>
    components.flatMap((each) => (each.component === component ? (flagOf(each, name) ?? []) : []))[0];
  // Whoever was let in under a name has that name. Elsewhere on the node there may be other nodes' certificates.
  const [earlier] = certificates
    .filter(
      ({at: {path}, certificate: {subject}}) =>
        (path === kubeconfig || dirname(path) === folder) && subject.commonName.startsWith(nodeUser('')),
    )
    .toSorted((one, other) => other.certificate.notAfter.getTime() - one.certificate.notAfter.getTime());
  yield {name: earlier?.certificate.subject.commonName.slice(nodeUser('').length), by: earlier?.at.path ?? ''};
  yield {name: flag('kubelet', '--hostname-override') ?? overrideIn(root), by: "the kubelet's --hostname-override"};
  // kubeadm calls a member as its Node.
  yield {name: flag('etcd', '--name'), by: "etcd's --name"};
  const member = certificates.find((held) => held.at.place === 0 && identify(held) === 'etcd-server');
  yield {name: member?.certificate.subject.commonName, by: member?.at.path ?? ''};
  const host = root.read('/etc/hostname');
  yield {name: host.ok ? host.bytes.toString('utf8').trim().toLowerCase() : undefined, by: '/etc/hostname'};
}

/** kubeadm's own file of the kubelet's flags, for a root without the unit that reads it. */
function overrideIn(root: NodeRoot): string | undefined {
  const file = root.read('/var/lib/kubelet/kubeadm-flags.env');
  return file.ok ? /--hostname-override[= ]([^\s"]+)/.exec(file.bytes.toString('utf8'))?.[1] : undefined;
}

/** The name under which the Node authorizer knows a kubelet. */
export function nodeUser(node: string): string {
  return `system:node:${node}`;
}
