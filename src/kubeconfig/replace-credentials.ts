import {isMap, isPair, isScalar, isSeq, parseDocument, type YAMLMap} from 'yaml';

/** What a user's entry is to show from now on: base64 of PEM. */
export interface NewCredentials {
  readonly certificate: string;
  readonly key: string;
}

/**
 * Puts other credentials into a user's entry and leaves every other byte as it is: comments, order, all authorities.
 *
 * @returns undefined when there is no such entry with both embedded
 */
export function replaceCredentials(text: string, user: string, {certificate, key}: NewCredentials): string | undefined {
  const document = parseDocument(text, {prettyErrors: false, logLevel: 'error', version: '1.1'});
  const entry = userEntry(document.get('users', true), user);
  const places = [
    {at: rangeOf(entry, 'client-certificate-data'), value: certificate},
    {at: rangeOf(entry, 'client-key-data'), value: key},
  ];
  let changed = text;
  // From the end, so that places further up stay where they are.
  for (const {at, value} of places.toSorted((one, other) => (other.at?.[0] ?? 0) - (one.at?.[0] ?? 0))) {
    if (at === undefined) return undefined;
    changed = changed.slice(0, at[0]) + value + changed.slice(at[1]);
  }
  return changed;
}

function userEntry(users: unknown, name: string): YAMLMap | undefined {
  if (!isSeq(users)) return undefined;
  for (const item of users.items) {
    if (!isMap(item) || item.get('name') !== name) continue;
    const user = item.get('user', true);
    return isMap(user) ? user : undefined;
  }
  return undefined;
}

/** From where to where a key's value stands in the text. */
function rangeOf(entry: YAMLMap | undefined, key: string): readonly [from: number, to: number] | undefined {
  const pair = entry?.items.find((each) => isPair(each) && isScalar(each.key) && each.key.value === key);
  const value = pair?.value;
  if (!isScalar(value) || value.range === undefined || value.range === null) return undefined;
  return [value.range[0], value.range[1]];
}
