import type {MappedCluster} from '../pki/mapped-cluster.ts';
import type {MapDetails, Verdicts} from './map-parts.ts';

/** `certwright learn map --output json`: top-level keys stand in this order. */
export function mapJson(
  source: {readonly kind: string; readonly name: string},
  {map, certificates}: MappedCluster,
  verdicts: Verdicts,
): Record<string, unknown> {
  return {
    mapVersion: 1,
    source,
    components: map.boxes,
    connections: map.arrows.map(({number, id, caller, provider, credential, instances}) => ({
      number,
      id,
      caller,
      provider,
      credential,
      calls: instances.map((call) => {
        const {id: _, why: __, ...rest} = call;
        const verdict = verdicts.get(call);
        return {...rest, ...(verdict === undefined ? {} : {verdict})};
      }),
    })),
    certificates,
  };
}

/** The same of one component, connection or certificate: what is said of it, in `language`. */
export function mapDetailsJson(
  source: {readonly kind: string; readonly name: string},
  {title, parts}: MapDetails,
  language: string,
): Record<string, unknown> {
  return {
    mapVersion: 1,
    source,
    language,
    title,
    parts: parts.map(({label, lines, mark}) => ({label, lines, ...(mark === undefined ? {} : {mark})})),
  };
}
