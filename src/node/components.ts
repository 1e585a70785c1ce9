import {readCommandLine, wordsOf} from './command-line.ts';
import {flagOf, type FoundComponent, type OnUnread} from './found-component.ts';
import {processes} from './processes.ts';
import type {NodeRoot} from './root.ts';
import {staticPods} from './static-pods.ts';
import {environmentIn, units} from './units.ts';
import {kubeletDefaults} from './well-known.ts';
import {documentsIn, settingsIn} from './yaml.ts';

/**
 * The components of a node by every piece of evidence, with the settings of their configuration files: units, static
 * pods, and where the node is this machine its processes.
 */
export function componentsOn(
  root: NodeRoot,
  isLive: boolean,
  onUnread: OnUnread = () => {},
): readonly FoundComponent[] {
  const read = (found: FoundComponent): FoundComponent => withSettings(root, found, onUnread);
  const running = isLive ? processes(root) : [];
  const services = [...units(root), ...running].map(read);
  const kubelets = services.some(({component}) => component === 'kubelet') ? [] : unstartedKubelet(root).map(read);
  const folders = new Set(
    [...services, ...kubelets].flatMap((found) => (found.component === 'kubelet' ? [manifestFolder(found)] : [])),
  );
  if (folders.size === 0) folders.add(kubeletDefaults.manifests);
  const pods = [...folders].flatMap((folder) => staticPods(root, folder, onUnread));
  return [...pods.map(read), ...kubelets, ...services];
}

function manifestFolder(kubelet: FoundComponent): string {
  return flagOf(kubelet, '--pod-manifest-path') ?? kubelet.settings.get('staticPodPath') ?? kubeletDefaults.manifests;
}

/** A node whose files are here without its units: kubeadm's package has the kubelet's, which read these flags. */
function unstartedKubelet(root: NodeRoot): readonly FoundComponent[] {
  const {configuration: path, environment} = kubeletDefaults;
  if (!root.read(path).ok) return [];
  const given = environmentIn(root, environment.files);
  const {flags} = readCommandLine(['kubelet', ...environment.names.flatMap((name) => wordsOf(given.get(name) ?? ''))]);
  return [
    {
      component: 'kubelet',
      from: {kind: 'configuration', path},
      flags: new Map([...kubeletDefaults.flags, ...flags]),
      settings: new Map(),
      onNode: (each) => each,
    },
  ];
}

function withSettings(root: NodeRoot, found: FoundComponent, onUnread: OnUnread): FoundComponent {
  const [named, folder] = [flagOf(found, '--config'), dropInFolder(found)];
  const paths = [
    ...(named === undefined ? [] : [found.onNode(named)]),
    ...(folder === undefined
      ? []
      : root
          .list(folder)
          .filter(isDropIn)
          .map((name) => `${folder}/${name}`)),
  ];
  const settings = paths.flatMap((path) => {
    const file = root.read(path);
    const [document] = file.ok ? documentsIn(file.bytes, (why) => onUnread({path, why, isManifest: false})) : [];
    return document === undefined ? [] : [...settingsIn(document)];
  });
  return settings.length === 0 ? found : {...found, settings: new Map(settings)};
}

/** Further configurations of a kubelet, of which the later by name are the stronger. */
function dropInFolder(found: FoundComponent): string | undefined {
  return found.component === 'kubelet' ? flagOf(found, '--config-dir') : undefined;
}

function isDropIn(name: string): boolean {
  return name.endsWith('.conf');
}
