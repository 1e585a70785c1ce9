import type {LabWords} from '../../../src/lessons/lab-words.ts';
import type {EndId} from '../../../src/pki/blueprint-types.ts';
import type {Trial} from '../../../src/pki/experiment.ts';

/** Why nothing is marked on the map of a fault for which no connection fails, and which component it is about. */
export interface Unmarked {
  readonly why: string;
  readonly component: EndId;
}

/** undefined = what was tried are connections, and they are marked. */
export function unmarkedBy([asked]: readonly Trial[], {unmarked}: Pick<LabWords, 'unmarked'>): Unmarked | undefined {
  if (asked?.kind !== 'start' && asked?.kind !== 'door') return undefined;
  const {component} = asked.kind === 'start' ? asked.caller : asked.provider;
  return {why: unmarked[asked.kind](component), component};
}
