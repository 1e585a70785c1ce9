import type {PlannedCertificate, PlannedComponent, PlannedConnection, PlannedFile} from '../pki/blueprint-types.ts';
import type {BlueprintIndex, OwnedFlag} from './blueprint-index.ts';
import type {Thing} from './thing.ts';
import {callerWord, endWord, hostAndPort} from './thing-words.ts';
import {modeText} from './words.ts';

/** From one thing to another that belongs to it. */
export interface Link {
  readonly to: Thing;
  readonly text: string;
}

export function authoritiesUnder({of}: BlueprintIndex, above: string): readonly Link[] {
  return of.authorities
    .filter(({signedBy}) => signedBy === above)
    .map((authority) => ({to: {kind: 'authority', authority}, text: authority.id}));
}

export function authorityLinks({authorities}: BlueprintIndex, ids: readonly string[]): readonly Link[] {
  return ids.flatMap((id) => {
    const authority = authorities.get(id);
    return authority === undefined ? [] : [{to: {kind: 'authority', authority}, text: id} as const];
  });
}

export function keyPairLinks({of}: BlueprintIndex, id: string): readonly Link[] {
  return of.keyPairs
    .filter((keyPair) => keyPair.id === id)
    .map((keyPair) => ({to: {kind: 'key-pair', keyPair}, text: `the key pair ${id}`}));
}

export function certificateLink(certificate: PlannedCertificate): Link {
  return {to: {kind: 'certificate', certificate}, text: certificate.name};
}

export function componentLink(component: PlannedComponent): Link {
  return {to: {kind: 'component', component}, text: `${component.component} on ${component.node}`};
}

export function flagLink({flag, component}: OwnedFlag): Link {
  return {
    to: {kind: 'flag', flag, component},
    text: `${flag.name} of ${component.component} on ${component.node}`,
  };
}

export function connectionLink(connection: PlannedConnection): Link {
  return {
    to: {kind: 'connection', connection},
    text: `${callerWord(connection)} → ${endWord(connection.provider)}, ${hostAndPort(connection)}`,
  };
}

export function fileLink(file: PlannedFile): Link {
  return {
    to: {kind: 'file', file},
    text: `${modeText(file.mode)} ${file.target === undefined ? file.path : `${file.target} on ${file.node ?? ''}`}`,
  };
}

/** What a thing is called when one is sent to it. */
export function linkTo(thing: Thing): Link {
  switch (thing.kind) {
    case 'authority':
      return {to: thing, text: thing.authority.id};
    case 'certificate':
      return certificateLink(thing.certificate);
    case 'key-pair':
      return {to: thing, text: `the key pair ${thing.keyPair.id}`};
    case 'connection':
      return connectionLink(thing.connection);
    case 'component':
      return componentLink(thing.component);
    case 'flag':
      return flagLink(thing);
    case 'file':
      return fileLink(thing.file);
    case 'advice':
      return {to: thing, text: thing.advice.message};
    case 'group':
      return {to: thing, text: thing.title};
    default:
      return thing satisfies never;
  }
}
