import {parseAllDocuments} from 'yaml';

/**
 * Every document of a YAML (or JSON) file as plain values; documents that cannot be read are left out.
 *
 * @param onFault told once when one is, or when there is none
 */
export function documentsIn(bytes: Uint8Array, onFault?: (why: string) => void): readonly Record<string, unknown>[] {
  let documents: readonly Record<string, unknown>[] = [];
  let fault: string | undefined;
  try {
    const read = parseAllDocuments(Buffer.from(bytes).toString('utf8'), {logLevel: 'silent', prettyErrors: false});
    documents = (Array.isArray(read) ? read : []).flatMap((document) => {
      if (document.errors.length > 0) fault = 'it is not YAML';
      const value: unknown = document.errors.length > 0 ? undefined : document.toJS({maxAliasCount: 100});
      return isRecord(value) ? [value] : [];
    });
  } catch {
    fault = 'its aliases have no end';
  }
  if (documents.length === 0) fault ??= 'nothing is in it';
  if (fault !== undefined) onFault?.(fault);
  return documents;
}

/** A document's scalars by their path: `authentication.x509.clientCAFile` → `/etc/kubernetes/pki/ca.crt`. */
export function settingsIn(document: Record<string, unknown>): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  const walk = (value: unknown, path: string): void => {
    if (isRecord(value)) {
      for (const [key, each] of Object.entries(value)) walk(each, path === '' ? key : `${path}.${key}`);
    } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      settings.set(path, String(value));
    }
  };
  walk(document, '');
  return settings;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The list at a key; empty when there is none. */
export function listAt(value: unknown, key: string): readonly Record<string, unknown>[] {
  const list = isRecord(value) ? value[key] : undefined;
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

/** The texts of a list at a key. */
export function textsAt(value: unknown, key: string): readonly string[] {
  const list = isRecord(value) ? value[key] : undefined;
  return Array.isArray(list) ? list.filter((each) => typeof each === 'string') : [];
}

export function textAt(value: unknown, key: string): string | undefined {
  const text = isRecord(value) ? value[key] : undefined;
  return typeof text === 'string' ? text : undefined;
}
