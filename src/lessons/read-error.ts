import {normalizeAddress} from '../base/address.ts';
import {type ErrorRow, type SideId, sideIn} from './error-row.ts';
import {type ErrorId, errorRows} from './errors.ts';
import {decisive, readPasted} from './pasted.ts';

/** An error that is known, with what its text says of this very case. */
export interface ReadError {
  readonly row: ErrorRow & {readonly id: ErrorId};
  /** Whose words they are, as far as the text says it. */
  readonly side: SideId;
  /** The clause that counts. */
  readonly clause: string;
  readonly facts: ErrorFacts;
}

export interface ErrorFacts {
  /** Serial of the certificate that was refused: decimal as it stands there, hex as files have it. */
  readonly serial: {readonly decimal: string; readonly hex: string} | undefined;
  /** Identifier of the key that signed it, lower-case hex. */
  readonly authorityKey: string | undefined;
  /** What the text says that the certificate is valid for, and which name is not among that. */
  readonly names: {readonly holds: readonly string[]; readonly wanted: string} | undefined;
  readonly dates: {readonly now: string; readonly bound: string; readonly is: 'after' | 'before'} | undefined;
  /** Where the call went. */
  readonly called: {readonly host: string; readonly port: number | undefined} | undefined;
  /** Of keys, certificates and kubeconfigs. */
  readonly paths: readonly string[];
  readonly user: string | undefined;
  /** Name of the authority that Go tried in vain. */
  readonly candidate: string | undefined;
  /** The program whose log it is. */
  readonly program: string | undefined;
}

/** undefined = it is about something else, or not known here. */
export function readError(given: string): ReadError | undefined {
  const {texts, whole, program} = readPasted(given.slice(-mostCharacters));
  if (texts.some((text) => elsewhere.some((other) => other.test(text)))) return undefined;
  for (const fitting of errorRows) {
    for (const text of texts) {
      const clause = decisive(text);
      if (!fits(fitting, fitting.reads === 'whole' ? text : clause)) continue;
      const row = inLogOf(program, fitting);
      return {
        row,
        side: sideIn(row, text),
        clause: row.reads === 'whole' ? text : clause,
        facts: factsIn(text, clause, whole, program),
      };
    }
  }
  return undefined;
}

/** A kubelet says of the API server in the same words what the API server says of its clients. */
function inLogOf(program: string | undefined, row: ReadError['row']): ReadError['row'] {
  const isOfKubelet = program === 'kubelet' && row.side === 'apiserver' && !row.id.includes('token');
  return (isOfKubelet ? errorRows.find(({id}) => id === 'kubelet-refuses-apiserver') : undefined) ?? row;
}

/** Of a longer log the end: patterns run over all of it. */
const mostCharacters = 1_000_000;

/** Other people's certificates: registries, package archives, repositories. Their remedies are elsewhere. */
const elsewhere: readonly RegExp[] = [
  /ErrImagePull|ImagePullBackOff|failed to pull (?:and unpack )?image|error pulling image|rpc error: .*pull/i,
  /https:\/\/(?:[\w-]+\.)*(?:docker\.io|docker\.com|quay\.io|gcr\.io|registry\.k8s\.io|ghcr\.io|github\.com|githubusercontent\.com|gitlab\.com|npmjs\.org|pypi\.org|googleapis\.com|letsencrypt\.org)\b/i,
  /Error response from daemon|\bdocker (?:pull|push|login)\b|CERT_HAS_EXPIRED|SELF_SIGNED_CERT|\bnpm (?:ERR!|error)|\bpip(?:3)? install|fatal: unable to access|helm repo add|\bapt-get\b|\bACME\b/i,
];

function fits({says, unless}: ErrorRow, text: string): boolean {
  return (
    says.some((one) => (one instanceof RegExp ? one.test(text) : one.every((part) => part.test(text)))) &&
    !unless.some((one) => one.test(text))
  );
}

function factsIn(text: string, clause: string, whole: string, program: string | undefined): ErrorFacts {
  const named = identifiers.exec(text) ?? identifiers.exec(whole);
  const serial = named?.groups?.serial;
  return {
    serial: serial === undefined ? undefined : {decimal: serial, hex: BigInt(serial).toString(16)},
    authorityKey: named?.groups?.authority?.replaceAll(':', '').toLowerCase(),
    names: namesIn(clause),
    dates: datesIn(clause),
    called: calledIn(text) ?? calledIn(whole),
    paths: pathsIn(text),
    user: /[Uu]ser[ =]"?([^",) ]+)/.exec(clause)?.[1],
    candidate: /candidate authority certificate "([^"]+)"/.exec(clause)?.[1],
    program,
  };
}

/** As the API server names a certificate that it refuses. */
const identifiers = /\bSN=(?<serial>\d+)(?:, SKID=[0-9A-F:]*, AKID=(?<authority>[0-9A-F:]{5,}))?/;

function namesIn(text: string): ErrorFacts['names'] {
  const found = /certificate is valid for (?<holds>.*?), not (?<wanted>[^\s"',;)]+)/i.exec(text)?.groups;
  if (found !== undefined) {
    return {holds: (found.holds ?? '').split(/, ?/).filter((name) => name !== ''), wanted: trimmed(found.wanted ?? '')};
  }
  const wanted =
    /cannot validate certificate for (\S+) because/i.exec(text)?.[1] ??
    /not valid for any names, but wanted to match (\S+)/i.exec(text)?.[1] ??
    /matches target host name '([^']+)'/i.exec(text)?.[1] ??
    /tls: "([^"]+)" does not match any of DNSNames/i.exec(text)?.[1];
  return wanted === undefined ? undefined : {holds: [], wanted: trimmed(wanted)};
}

function trimmed(name: string): string {
  const bare = name.replace(/[.,:;]+$/, '');
  return normalizeAddress(bare) ?? bare;
}

function datesIn(text: string): ErrorFacts['dates'] {
  const found = /current time (?<now>\S+) is (?<is>after|before) (?<bound>\d[\w:+-]*)/.exec(text)?.groups;
  if (found?.now === undefined || found.bound === undefined) return undefined;
  return {now: found.now, bound: found.bound, is: found.is === 'before' ? 'before' : 'after'};
}

function calledIn(text: string): ErrorFacts['called'] {
  const found =
    /https?:\/\/(?<host>\[[^\]]+\]|[\w.-]+)(?::(?<port>\d+))?/.exec(text)?.groups ??
    /(?:dial tcp|to server|to the server|connect to \{?|"?addr(?:ess)?"?:?) ?"?(?<host>\[[^\]]+\]|[\w.-]+):(?<port>\d+)/i.exec(
      text,
    )?.groups;
  if (found?.host === undefined) return undefined;
  return {host: found.host.replaceAll(/[[\]]/g, ''), port: found.port === undefined ? undefined : Number(found.port)};
}

function pathsIn(text: string): readonly string[] {
  const found = text.matchAll(/(?<![\w:/.-])(?:~)?\/[\w.@/-]*[\w]/g);
  const paths = Array.from(found, ([path]) => path.replace(/::.*$/, ''));
  const cut = text.matchAll(/::(\/[\w.@/-]*\w)/g);
  return [...new Set([...paths, ...Array.from(cut, ([, path]) => path ?? '')])].filter((path) =>
    /\.(?:crt|key|pem|pub|conf|kubeconfig|yaml)$|\/\.kube\/config$|kubeconfig$/.test(path),
  );
}
