import {isNode, LineCounter, parseDocument, type Document} from 'yaml';
import {certificatesIn} from '../base/pem.ts';
import type {Place, Problem} from '../base/problem.ts';
import {Secret} from '../base/secret.ts';
import type {
  Kubeconfig,
  KubeconfigCertificates,
  KubeconfigCluster,
  KubeconfigContext,
  KubeconfigSecret,
  KubeconfigUser,
} from './kubeconfig.ts';

/** Reads a kubeconfig, YAML or JSON. Never throws; no problem quotes a value, because it may be a key. */
export function readKubeconfig(text: string): Kubeconfig {
  const lines = new LineCounter();
  // `prettyErrors` would quote the line, so it stays off; of an error only the library's code is told.
  const document = parseDocument(text, {prettyErrors: false, lineCounter: lines, version: '1.1', logLevel: 'error'});
  // What follows the first error mostly follows from it, and there may be thousands.
  const [error] = document.errors;
  if (error !== undefined) {
    const {line, col} = lines.linePos(error.pos[0]);
    return nothingBut([notReadable(`this is not YAML (${error.code})`, {path: '', line, column: col})]);
  }

  let root: unknown;
  try {
    root = document.toJS({maxAliasCount: 100});
  } catch {
    return nothingBut([notReadable('its aliases cannot be resolved', {path: ''})]);
  }
  if (!isRecord(root)) return nothingBut([notReadable('there is no map of keys in it', {path: ''})]);

  const problems: Problem[] = [];
  const report: Report = (code, keys, message, fix) => {
    const at = placeOf(document, lines, keys);
    problems.push({code, severity: 'error', at, message, ...(fix === undefined ? {} : {fix})});
  };
  if (root['kind'] !== undefined && root['kind'] !== 'Config') {
    report('not-a-kubeconfig', ['kind'], 'its kind is not Config', 'name a kubeconfig file');
  }
  const clusters = entriesOf(root, 'clusters', 'cluster', report).map(readCluster);
  const users = entriesOf(root, 'users', 'user', report).map(readUser);
  const contexts = entriesOf(root, 'contexts', 'context', report).map(readContext);
  const currentContext = textAt({name: '', fields: root, keys: [], report}, 'current-context');
  reportNames({clusters, users, contexts, currentContext}, report);
  return {clusters, users, contexts, currentContext, problems};
}

type Keys = readonly (string | number)[];
type Report = (code: string, keys: Keys, message: string, fix?: string) => void;

/** One item of `clusters`, `users` or `contexts`. */
interface Entry {
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly keys: Keys;
  readonly report: Report;
}

function nothingBut(problems: readonly Problem[]): Kubeconfig {
  return {clusters: [], users: [], contexts: [], currentContext: undefined, problems};
}

function notReadable(what: string, at: Place): Problem {
  return {
    code: 'not-a-kubeconfig',
    severity: 'error',
    at,
    message: `the kubeconfig cannot be read: ${what}`,
    fix: 'name a kubeconfig file, or write this one anew',
  };
}

function readCluster(entry: Entry): KubeconfigCluster {
  const server = textAt(entry, 'server');
  if (server === undefined) {
    entry.report('no-server', entry.keys, 'the cluster has no server', 'add `server: https://host:port`');
  }
  return {
    name: entry.name,
    server,
    certificateAuthority: certificatesAt(entry, 'certificate-authority-data', 'certificate-authority'),
    skipsVerification: entry.fields['insecure-skip-tls-verify'] === true,
    tlsServerName: textAt(entry, 'tls-server-name'),
  };
}

function readUser(entry: Entry): KubeconfigUser {
  const key = decodedAt(entry, 'client-key-data');
  const token = textAt(entry, 'token');
  return {
    name: entry.name,
    certificate: certificatesAt(entry, 'client-certificate-data', 'client-certificate'),
    key: key === undefined ? fileAt(entry, 'client-key') : embedded(key),
    token: fileAt(entry, 'tokenFile') ?? (token === undefined ? undefined : embedded(token)),
    otherWays: ['exec', 'auth-provider', 'password'].filter((way) => isThere(entry.fields[way])),
  };
}

function readContext(entry: Entry): KubeconfigContext {
  return {
    name: entry.name,
    cluster: textAt(entry, 'cluster') ?? '',
    user: textAt(entry, 'user') ?? '',
    namespace: textAt(entry, 'namespace'),
  };
}

/** `[{name, <inner>: {…}}]`; null and a missing list are empty lists, as for kubectl. */
function entriesOf(
  root: Readonly<Record<string, unknown>>,
  outer: string,
  inner: string,
  report: Report,
): readonly Entry[] {
  const list = root[outer];
  if (!isThere(list)) return [];
  if (!Array.isArray(list)) {
    report('wrong-type', [outer], `${outer} is not a list`);
    return [];
  }
  return list.flatMap((item: unknown, index): Entry[] => {
    const fields = isRecord(item) ? item[inner] : undefined;
    const name = isRecord(item) ? item['name'] : undefined;
    if (!isRecord(fields)) {
      report('wrong-type', [outer, index], `there is no \`${inner}\` with keys in it`);
      return [];
    }
    if (typeof name !== 'string') {
      report('no-name', [outer, index], `the ${inner} has no name`, 'give it a name, in quotes');
      return [];
    }
    return [{name, fields, keys: [outer, index, inner], report}];
  });
}

/** Text; undefined when it is missing or empty, as for client-go. */
function textAt(entry: Entry, key: string): string | undefined {
  const value = entry.fields[key];
  if (!isThere(value) || value === '') return undefined;
  if (typeof value === 'string') return value;
  entry.report('wrong-type', [...entry.keys, key], `${key} is not text`, 'put it in quotes');
  return undefined;
}

function decodedAt(entry: Entry, key: string): string | undefined {
  const text = textAt(entry, key)?.replaceAll(/\s/g, '');
  if (text === undefined) return undefined;
  if (text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)) return Buffer.from(text, 'base64').toString('utf8');
  entry.report('not-base64', [...entry.keys, key], `${key} is not base64`, 'encode the PEM file with `base64 -w0`');
  return undefined;
}

/** Embedded text wins over a file, as for client-go. */
function certificatesAt(entry: Entry, dataKey: string, fileKey: string): KubeconfigCertificates | undefined {
  const pem = decodedAt(entry, dataKey);
  if (pem === undefined) return fileAt(entry, fileKey);
  const certificates = certificatesIn(pem);
  if (certificates.length === 0) {
    entry.report('no-certificate', [...entry.keys, dataKey], `there is no PEM certificate in ${dataKey}`);
  }
  return {kind: 'embedded', certificates};
}

function fileAt(entry: Entry, key: string): {readonly kind: 'file'; readonly path: string} | undefined {
  const path = textAt(entry, key);
  return path === undefined ? undefined : {kind: 'file', path};
}

function embedded(text: string): KubeconfigSecret {
  return {kind: 'embedded', secret: new Secret(text)};
}

function reportNames(kubeconfig: Omit<Kubeconfig, 'problems'>, report: Report): void {
  const {clusters, users, contexts, currentContext} = kubeconfig;
  for (const [kind, entries] of [
    ['cluster', clusters],
    ['user', users],
    ['context', contexts],
  ] as const) {
    const names = entries.map(({name}) => name);
    for (const name of new Set(names.filter((each, index) => names.indexOf(each) !== index))) {
      report('same-name', [`${kind}s`], `two ${kind}s are named ${JSON.stringify(name)}; the first one counts`);
    }
  }
  for (const [index, {cluster, user}] of contexts.entries()) {
    if (!clusters.some(({name}) => name === cluster)) {
      report('unknown-cluster', ['contexts', index], `no cluster is named ${JSON.stringify(cluster)}`);
    }
    // Without a user the caller is anonymous, which is allowed.
    if (user !== '' && !users.some(({name}) => name === user)) {
      report('unknown-user', ['contexts', index], `no user is named ${JSON.stringify(user)}`);
    }
  }
  if (currentContext !== undefined && !contexts.some(({name}) => name === currentContext)) {
    report('unknown-context', ['current-context'], `no context is named ${JSON.stringify(currentContext)}`);
  }
}

function placeOf(document: Document, lines: LineCounter, keys: Keys): Place {
  const path = keys
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '');
  const node = document.getIn(keys, true);
  const start = isNode(node) ? node.range?.[0] : undefined;
  if (start === undefined) return {path};
  const {line, col} = lines.linePos(start);
  return {path, line, column: col};
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
