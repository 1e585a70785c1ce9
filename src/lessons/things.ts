import type {ComponentId, EndId} from '../pki/blueprint-types.ts';
import type {KubeconfigId} from '../pki/certificate.ts';
import {certificateRows} from '../pki/certificates.ts';
import {componentRows} from '../pki/components.ts';
import {connectionRows} from '../pki/connections.ts';
import {type FileUse, fileFlags} from '../pki/file-flags.ts';
import {kubeconfigRows} from '../pki/kubeconfigs.ts';
import {topologyAuthorities} from '../pki/topology.ts';
import type {ErrorId} from './errors.ts';
import {errorRows} from './errors.ts';
import {glossary, type WordId} from './glossary.ts';

/** What can be asked about by name: every row of the catalogue and of the tables of errors and words. */
export type Thing =
  | {readonly kind: 'certificate'; readonly id: string}
  | {readonly kind: 'authority'; readonly id: string}
  | {readonly kind: 'key-pair'; readonly id: 'service-account'}
  | {readonly kind: 'kubeconfig'; readonly id: KubeconfigId}
  | {readonly kind: 'component'; readonly id: EndId}
  | {readonly kind: 'connection'; readonly id: string}
  | FlagThing
  | {readonly kind: 'file'; readonly path: string; readonly content: FileContentOf}
  | {readonly kind: 'subject'; readonly commonName: string; readonly organizations: readonly string[]}
  | {readonly kind: 'error'; readonly id: ErrorId}
  | WordThing;

export interface WordThing {
  readonly kind: 'word';
  readonly id: WordId;
}

export interface FlagThing {
  readonly kind: 'flag';
  readonly component: EndId;
  readonly flag: string;
  /** undefined = it names no file of keys or certificates. */
  readonly use: FileUse | undefined;
}

/** What lies in a file, by its place. */
export type FileContentOf = {
  readonly of: Exclude<Thing, {kind: 'file'} | {kind: 'subject'} | {kind: 'error'} | {kind: 'flag'} | {kind: 'word'}>;
  readonly half: FileHalf;
};
export type FileHalf = 'certificate' | 'key' | 'whole' | 'public' | 'manifest' | 'configuration';

const components: ReadonlySet<string> = new Set(componentRows.map(({id}) => id));

export function isComponent(id: string): id is ComponentId {
  return components.has(id);
}

/** Ends of connections that are no component of a node. */
const otherEnds: readonly EndId[] = [
  'kubectl',
  'etcdctl',
  'pod',
  'metrics-server',
  'scraper',
  'aggregated-api',
  'webhook',
];

/** Flags and settings, those that name files first; the same of two components is two. */
export const flagThings: readonly FlagThing[] = [
  ...fileFlags.map(({component, flag, use}): FlagThing => ({kind: 'flag', component, flag, use})),
  ...componentRows.flatMap(({id, flags, settings}) =>
    [...new Set([...flags, ...settings].map(({name}) => name))]
      .filter((flag) => !fileFlags.some((known) => known.component === id && known.flag === flag))
      .map((flag): FlagThing => ({kind: 'flag', component: id, flag, use: undefined})),
  ),
];

/** Everything that has a name of its own, in the order in which it is listed. */
export const namedThings: readonly (readonly [name: string, thing: Thing])[] = [
  ...certificateRows.map(({id}): [string, Thing] => [id, {kind: 'certificate', id}]),
  ...[...new Set(Object.values(topologyAuthorities).flat())].map((id): [string, Thing] => [
    id,
    {kind: 'authority', id},
  ]),
  ['service-account', {kind: 'key-pair', id: 'service-account'}],
  ...kubeconfigRows.map(({id}): [string, Thing] => [`${id}.conf`, {kind: 'kubeconfig', id}]),
  ...[...componentRows.map(({id}) => id), ...otherEnds].map((id): [string, Thing] => [id, {kind: 'component', id}]),
  ...connectionRows.map(({id}): [string, Thing] => [id, {kind: 'connection', id}]),
  ...flagThings.map((thing): [string, Thing] => [thing.flag, thing]),
  ...errorRows.map(({id}): [string, Thing] => [id, {kind: 'error', id}]),
  ...glossary.map(({id, name}): [string, Thing] => [name, {kind: 'word', id}]),
];
