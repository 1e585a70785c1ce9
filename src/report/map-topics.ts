import {thingsNamed} from '../lessons/find-things.ts';
import type {MappedCluster} from '../pki/mapped-cluster.ts';
import {kubeconfigRow} from '../pki/kubeconfigs.ts';
import {certificateRows} from '../pki/certificates.ts';
import type {MapTopic} from './map-text.ts';

/** Everything of a map that has a name: components, then connections, then certificates. */
export function topicsOf({map, certificates}: MappedCluster): readonly string[] {
  return [...map.boxes.map(({id}) => id), ...map.arrows.map(({id}) => id), ...certificateIds({certificates})];
}

/** Each row once, in issuing order. */
export function certificateIds({certificates}: Pick<MappedCluster, 'certificates'>): readonly string[] {
  return [...new Set(certificates.map(({id}) => id))];
}

/**
 * What a word means on this map: a number is a connection; a kubeconfig is its certificate.
 *
 * @returns undefined = it is not there
 */
export function topicNamed(cluster: MappedCluster, word: string): MapTopic | undefined {
  const text = word.trim();
  const {boxes, arrows} = cluster.map;
  const arrow = arrows.find(({id, number}) => text === String(number) || text === id);
  if (arrow !== undefined) return {kind: 'connection', id: arrow.id};
  const certificates = certificateIds(cluster);
  const found = cluster.certificates.find(({id, name, path}) => [id, name, path].includes(text));
  if (found !== undefined) return {kind: 'certificate', id: found.id};
  for (const thing of thingsNamed(text)) {
    if (thing.kind === 'component' && boxes.some(({id}) => id === thing.id)) return {kind: 'component', id: thing.id};
    if (thing.kind === 'connection' && arrows.some(({id}) => id === thing.id))
      return {kind: 'connection', id: thing.id};
    const row =
      thing.kind === 'certificate'
        ? thing.id
        : thing.kind === 'kubeconfig'
          ? carriedBy(kubeconfigRow(thing.id).id)
          : '';
    if (certificates.includes(row)) return {kind: 'certificate', id: row};
  }
  return undefined;
}

function carriedBy(kubeconfig: string): string {
  return certificateRows.find(({stored}) => stored.kind === 'kubeconfig' && stored.kubeconfig === kubeconfig)?.id ?? '';
}
