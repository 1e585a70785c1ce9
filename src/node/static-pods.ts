import {readCommandLine} from './command-line.ts';
import {componentOf, type FoundComponent, type OnUnread} from './found-component.ts';
import type {NodeRoot} from './root.ts';
import {documentsIn, listAt, textAt, textsAt} from './yaml.ts';

/** Components that the kubelet starts from a folder of manifests; it reads every file whose name has no dot in front. */
export function staticPods(root: NodeRoot, folder: string, onUnread: OnUnread): readonly FoundComponent[] {
  return root
    .list(folder)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) => {
      const path = `${folder}/${name}`;
      const found = root.read(path);
      if (found.ok) {
        return documentsIn(found.bytes, (why) => onUnread({path, why, isManifest: true})).flatMap((pod) =>
          componentsOf(pod, path),
        );
      }
      if (found.why === 'too large') onUnread({path, why: 'it is too large to be one', isManifest: true});
      return [];
    });
}

function componentsOf(pod: Record<string, unknown>, path: string): readonly FoundComponent[] {
  const {spec} = pod;
  const volumes = new Map(
    listAt(spec, 'volumes').map((volume) => [textAt(volume, 'name'), textAt(volume.hostPath, 'path')]),
  );
  return listAt(spec, 'containers').flatMap((container) => {
    const {program, flags} = readCommandLine([...textsAt(container, 'command'), ...textsAt(container, 'args')]);
    const component = componentOf(program);
    if (component === undefined) return [];
    const mounts = listAt(container, 'volumeMounts').flatMap((mount) => {
      const [inside, outside] = [textAt(mount, 'mountPath'), volumes.get(textAt(mount, 'name'))];
      return inside === undefined || outside === undefined
        ? []
        : [{inside: withoutEnd(inside), outside: withoutEnd(outside)}];
    });
    return [{component, from: {kind: 'static-pod', path}, flags, settings: new Map(), onNode: placeIn(mounts)}];
  });
}

/** The longest mount that a path is under; without one the file is the image's own, and its path is all there is. */
function placeIn(mounts: readonly {readonly inside: string; readonly outside: string}[]): (path: string) => string {
  const longestFirst = mounts.toSorted((one, other) => other.inside.length - one.inside.length);
  return (path) => {
    const mount = longestFirst.find(({inside}) => path === inside || path.startsWith(`${inside}/`));
    return mount === undefined ? path : `${mount.outside}${path.slice(mount.inside.length)}`;
  };
}

function withoutEnd(path: string): string {
  return path.replace(/\/+$/, '');
}
