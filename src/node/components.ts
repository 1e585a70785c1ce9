import {flagOf, type FoundComponent} from './found-component.ts';
import {processes} from './processes.ts';
import type {NodeRoot} from './root.ts';
import {staticPods} from './static-pods.ts';
import {units} from './units.ts';
import {kubeletDefaults} from './well-known.ts';
import {documentsIn, settingsIn} from './yaml.ts';

/**
 * The components of a node by every piece of evidence, with the settings of their configuration files: units, static
 * pods, and where the node is this machine its processes.
 */
export function componentsOn(root: NodeRoot, isLive: boolean): readonly FoundComponent[] {
  const running = isLive ? processes(root) : [];
  const services = [...units(root), ...running].map((found) => withSettings(root, found));
  const kubelets = services.some(({component}) => component === 'kubelet') ? [] : unstartedKubelet(root);
  const folders = new Set(
    [...services, ...kubelets].flatMap((found) => (found.component === 'kubelet' ? [manifestFolder(found)] : [])),
  );
  if (folders.size === 0) folders.add(kubeletDefaults.manifests);
  const pods = [...folders].flatMap((folder) => staticPods(root, folder));
  return [...pods, ...kubelets, ...services].map((found) => withSettings(root, found));
}

function manifestFolder(kubelet: FoundComponent): string {
  return kubelet.settings.get('staticPodPath') ?? flagOf(kubelet, '--pod-manifest-path') ?? kubeletDefaults.manifests;
}

/** A node whose files are here without its units: kubeadm's package has the kubelet's. */
function unstartedKubelet(root: NodeRoot): readonly FoundComponent[] {
  const {configuration: path, flags} = kubeletDefaults;
  if (!root.read(path).ok) return [];
  return [
    withSettings(root, {
      component: 'kubelet',
      from: {kind: 'configuration', path},
      flags,
      settings: new Map(),
      onNode: (each) => each,
    }),
  ];
}

function withSettings(root: NodeRoot, found: FoundComponent): FoundComponent {
  const path = flagOf(found, '--config');
  if (path === undefined || found.settings.size > 0) return found;
  const file = root.read(found.onNode(path));
  if (!file.ok) return found;
  const [document] = documentsIn(file.bytes);
  return document === undefined ? found : {...found, settings: settingsIn(document)};
}
