import type {PreviewRow} from './preview-rows.ts';
import type {Thing} from './thing.ts';
import {contentWord, endWord, hostAndPort} from './thing-words.ts';
import {subjectText} from './words.ts';

/** Words that must all be found, in any order and whatever their capitals. */
export type Query = readonly string[];

export function queryOf(typed: string): Query {
  return typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** @param text in small letters */
export function holdsAll(text: string, query: Query): boolean {
  return query.every((word) => text.includes(word));
}

/** In small letters: what somebody might look for in a row beyond its cells, which are searched too. */
export function searchText(cells: readonly string[], thing: Thing): string {
  return `${cells.join('\n')}\n${beyondCells(thing).join('\n')}`.toLowerCase();
}

function beyondCells(thing: Thing): readonly string[] {
  switch (thing.kind) {
    case 'authority':
      return [subjectText(thing.authority.subject), ...thing.authority.sans.map(({value}) => value)];
    case 'certificate': {
      const {subject, authority, chain, sans, algorithm} = thing.certificate;
      return [subjectText(subject), authority, ...chain, algorithm, ...sans.map(({value}) => value)];
    }
    case 'key-pair':
      return [thing.keyPair.algorithm];
    case 'connection': {
      const {connection} = thing;
      const {caller, provider, presents, credential, callerTrusts, providerTrusts} = connection;
      return [
        connection.id,
        endWord(caller),
        endWord(provider),
        hostAndPort(connection),
        ...[presents, credential].flatMap((end) => ('certificate' in end ? end.certificate : [])),
        ...('token' in credential ? [credential.token] : []),
        ...[callerTrusts, providerTrusts].flatMap((trust) =>
          'by' in trust ? [trust.by, ...trust.authorities, trust.from.path] : ['verified by nothing'],
        ),
      ];
    }
    case 'component':
      return [];
    case 'flag':
      return [`${thing.flag.name}=${thing.flag.value}`, thing.flag.row ?? ''];
    case 'file':
      return [thing.file.path, contentWord(thing.file.content)];
    case 'advice':
      return [thing.advice.path, thing.advice.fix ?? ''];
    case 'group':
      return [thing.title, ...thing.names];
    default:
      return thing satisfies never;
  }
}

/**
 * Rows that have all the words in themselves or in the groups around them, with the groups left out that only hold
 * others; in the order of the view.
 */
export function rowsHolding(rows: readonly PreviewRow[], query: Query, around = ''): readonly PreviewRow[] {
  return rows.flatMap((row) => {
    const text = `${around}\n${searchText(row.cells, row.thing)}`;
    const isHeld = row.thing.kind !== 'group' && holdsAll(text, query);
    return [...(isHeld ? [row] : []), ...rowsHolding(row.children ?? [], query, text)];
  });
}
