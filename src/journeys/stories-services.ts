import type {Artefact} from '../lessons/artefact.ts';
import type {ArtefactId} from '../lessons/stories.ts';
import type {ClusterMap} from '../pki/cluster-map.ts';

/** What the screen of the stories needs of the world. */
export interface StoriesServices {
  /** Of the cluster that the stories are about. */
  readonly map: () => Promise<ClusterMap>;
  /** @throws Failure when this machine does not let it be made */
  readonly artefact: (id: ArtefactId) => Promise<Artefact>;
}
