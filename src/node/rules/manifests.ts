import type {Problem} from '../../base/problem.ts';
import {doubtful, type Examination, wrong} from './rule.ts';

/** Manifests and configurations from which nothing is to be learned: the component is not started, nor looked at here. */
export function* unread({unread: files}: Examination): Iterable<Problem> {
  for (const {path, why, isManifest} of files) {
    if (!isManifest) {
      yield wrong(
        'configuration-unreadable',
        path,
        `the configuration ${path} says nothing: ${why}; whoever is started with it ends at once`,
        'put the right file there; kubeadm writes the kubelet’s again: kubeadm upgrade node phase kubelet-config',
      );
      continue;
    }
    // The kubelet reads what is called otherwise too, and only complains of it.
    const isMeant = /\.(ya?ml|json|manifest)$/.test(path);
    yield (isMeant ? wrong : doubtful)(
      'manifest-unreadable',
      path,
      `the kubelet starts nothing from ${path}: ${why}; what it is for is not looked at here either`,
      isMeant ? 'put the right manifest there' : 'move it out of the folder, of which the kubelet reads every file',
    );
  }
}

/** Two manifests of one component: the kubelet reads every file of the folder, a copy that somebody keeps there too. */
export function* twins({components}: Examination): Iterable<Problem> {
  const places = new Map<string, Set<string>>();
  for (const {component, from} of components) {
    if (from.kind !== 'static-pod') continue;
    places.set(component, (places.get(component) ?? new Set()).add(from.path));
  }
  for (const [component, paths] of places) {
    const [first, ...others] = paths;
    if (first === undefined || others.length === 0) continue;
    yield doubtful(
      'manifest-twice',
      others[0] ?? first,
      `${component} stands in several manifests, and the kubelet reads all of them, whatever they are called: ${[first, ...others].join(', ')}`,
      'move what is not meant out of the folder',
    );
  }
}
