import {posix} from 'node:path';
import type {Secret} from '../base/secret.ts';
import type {NameOfSubject} from '../x509/extensions.ts';
import {requestAgain} from '../x509/renew.ts';
import {identify} from './identify.ts';
import type {ReplacedItem} from './renew.ts';
import type {RenewalItem} from './renewal-items.ts';

/** A leaf that is asked for again, with the key that was made for it. Nothing of the node is changed by it. */
export interface RenewalRequest {
  readonly item: ReplacedItem;
  /** Of its files, `/`-separated: `apiserver`, `admin.conf`. */
  readonly name: string;
  /** Who is to sign it: an authority's id, or its name where it is none of the catalogue's. */
  readonly authority: string;
  readonly sans: readonly NameOfSubject[];
  readonly key: Secret;
  /** PEM. */
  readonly request: string;
}

/** What a request can be made for, whether or not its authority's key is here; undefined = nothing. */
export function askedItem(item: RenewalItem): ReplacedItem | undefined {
  if (item.kind === 'renewable') return item;
  if (item.kind === 'remade') return undefined;
  const {name, held, users, elsewhere} = item;
  return elsewhere === undefined ? undefined : {name, held, users, ...elsewhere};
}

/**
 * Makes a new key and a request for each, in memory.
 *
 * @throws Failure when a certificate cannot be carried over
 */
export async function prepareRequests(
  items: readonly ReplacedItem[],
  sansOf: (item: ReplacedItem) => readonly NameOfSubject[],
): Promise<readonly RenewalRequest[]> {
  const names = fileNames(items);
  const made: RenewalRequest[] = [];
  for (const [index, item] of items.entries()) {
    const sans = sansOf(item);
    const {key, request} = await requestAgain(item.held.certificate, sans, item.held.at.path);
    const name = names[index] ?? item.name;
    made.push({item, name, authority: authorityOf(item), sans, key: key.privateKey, request});
  }
  return made;
}

function authorityOf({authority, held}: ReplacedItem): string {
  const {issuer} = held.certificate;
  return (authority === undefined ? undefined : identify(authority)) ?? (issuer.commonName || issuer.text);
}

/** The item's name, or its path where several have one name; letters that no file needs become `_`. */
function fileNames(items: readonly ReplacedItem[]): readonly string[] {
  const taken = new Set<string>();
  return items.map(({name, held: {at}}) => {
    const isShared = items.filter((other) => other.name === name).length > 1;
    const wanted = isShared
      ? [at.path, ...(at.entry === undefined ? [] : [at.entry.name.replaceAll('/', '_')])]
      : [name];
    const plain = posix
      .join('/', ...wanted)
      .slice(1)
      .replaceAll(/[^\w./@+=:-]/g, '_');
    let free = plain;
    for (let number = 2; taken.has(free); number++) free = `${plain}-${number}`;
    taken.add(free);
    return free;
  });
}
