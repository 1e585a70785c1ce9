import {nearest} from '../base/nearest.ts';
import type {Usage} from '../pki/blueprint-types.ts';
import {connectionRows} from '../pki/connections.ts';
import {rightsOf} from '../pki/identities.ts';
import {type Likeness, recognise} from '../pki/recognise.ts';
import {filesNamed} from './files.ts';
import {glossary, wordCalled} from './glossary.ts';
import {flagThings, isComponent, namedThings, type Thing} from './things.ts';

/**
 * What a name, path, flag, subject or word means; several where it is ambiguous, none where it is no name. A word comes
 * first, but after what has this very name.
 */
export function thingsNamed(given: string): readonly Thing[] {
  const text = given
    .trim()
    .replaceAll(/\s+/g, ' ')
    .replace(/[.,:;]$/, '');
  if (text === '' || text.length > longestName) return [];
  const word = wordCalled(text);
  const found = inCatalogue(text);
  if (word === undefined) return found;
  const told = {kind: 'word', id: word} as const;
  return hasName(text) ? [...found, told] : [told, ...found];
}

/** Whether something of the catalogue is called exactly so. */
function hasName(text: string): boolean {
  const name = text.toLowerCase();
  return namedThings.some(([known, {kind}]) => kind !== 'word' && known.toLowerCase() === name);
}

function inCatalogue(text: string): readonly Thing[] {
  const named = byName(text);
  if (named.length > 0) return named;
  const calls = byEnds(text);
  if (calls.length > 0) return calls;
  const files = filesNamed(text).map(({path, content}): Thing => ({kind: 'file', path, content}));
  return files.length > 0 ? files : bySubject(text);
}

const longestName = 300;

function byName(text: string): readonly Thing[] {
  const flags = byFlag(text);
  if (flags.length > 0) return flags;
  const name = text.toLowerCase();
  const found = namedThings.flatMap(([known, thing]) =>
    thing.kind !== 'flag' && thing.kind !== 'word' && known.toLowerCase() === name ? [thing] : [],
  );
  // kubeadm's own names of what the catalogue calls otherwise.
  const alias = aliases.get(name);
  return found.length > 0 || alias === undefined ? found : byName(alias);
}

const aliases: ReadonlyMap<string, string> = new Map([
  ['ca', 'kubernetes-ca'],
  ['sa', 'service-account'],
  ['sa.key', 'service-account'],
  ['sa.pub', 'service-account'],
  ['apiserver-kubelet', 'apiserver-kubelet-client'],
  ['controller-manager.kubeconfig', 'controller-manager.conf'],
  ['kube-apiserver-kubelet-client', 'apiserver-kubelet-client'],
  ['kube-apiserver-etcd-client', 'apiserver-etcd-client'],
  ['kube-etcd-healthcheck-client', 'etcd-healthcheck-client'],
  ['api server', 'kube-apiserver'],
  ['kube-api-server', 'kube-apiserver'],
  ['controller manager', 'kube-controller-manager'],
]);

/** `kube-apiserver -> etcd`, `apiserver to kubelet`. */
function byEnds(text: string): readonly Thing[] {
  const [, from, to] = /^(\S+) ?(?:→|->|\bto\b) ?(\S+)$/u.exec(text) ?? [];
  if (from === undefined || to === undefined) return [];
  const isEnd = (end: string, name: string): boolean =>
    end === name.toLowerCase() || end === `kube-${name.toLowerCase()}`;
  return connectionRows.flatMap(({id, caller, provider}): Thing[] =>
    isEnd(caller, from) && isEnd(provider, to) ? [{kind: 'connection', id}] : [],
  );
}

/** `--client-ca-file`, `client-ca-file`, `kubelet --client-ca-file`, `--etcd-cafile=/path`, `clientCAFile`. */
function byFlag(text: string): readonly Thing[] {
  const words = text.split(' ');
  const [first = '', second] = words;
  if (words.length > 2) return [];
  const component = second === undefined ? undefined : first;
  if (component !== undefined && !isComponent(component) && component !== 'etcdctl') return [];
  const name = (second ?? first).replace(/=.*$/, '');
  return flagThings.filter(
    ({component: on, flag}) => (component === undefined || on === component) && isCalled(flag, name),
  );
}

function isCalled(flag: string, name: string): boolean {
  // A setting may be named by its last key; a flag without its dashes, where it has more than one word.
  return (
    flag === name || (flag.startsWith('--') ? flag === `--${name}` && name.includes('-') : flag.endsWith(`.${name}`))
  );
}

/** `CN=system:node:cp-1, O=system:nodes`, OpenSSL's `/O=…/CN=…`, or a name that means something by itself. */
function bySubject(text: string): readonly Thing[] {
  const parts = [...text.matchAll(/(?:^|[,/ +])\s*(CN|O)\s*=\s*([^,/+]+)/gi)];
  const valuesOf = (key: string): string[] =>
    parts.flatMap(([, name = '', value = '']) => (name.toUpperCase() === key ? [value.trim()] : []));
  const [commonName] = valuesOf('CN');
  const organizations = valuesOf('O');
  if (parts.length > 0) return [{kind: 'subject', commonName: commonName ?? '', organizations}];
  if (/\s/.test(text)) return [];
  const means = rightsOf({commonName: text, organizations: [text]}).length > 0 || likenesses(text).length > 0;
  return means ? [{kind: 'subject', commonName: text, organizations: []}] : [];
}

/** Certificates of the catalogue with such a common name, whatever they may be used for; those that any name fits are left out. */
export function likenesses(commonName: string): readonly Likeness[] {
  const usages: readonly (readonly Usage[])[] = [['client auth'], ['server auth'], ['server auth', 'client auth']];
  const anyName = usages.flatMap((usage) => recognise({commonName: '\u0000'}, usage).map(({id}) => id));
  const found = usages.flatMap((usage) => recognise({commonName}, usage)).filter(({id}) => !anyName.includes(id));
  return [...new Map(found.map((one) => [one.id, one])).values()];
}

/** Names that a mistyped one may have meant, the nearest first. */
export function namesNear(given: string): readonly string[] {
  const names = new Set(namedThings.map(([name]) => name));
  const near = nearest(given.trim(), [...names, ...glossary.flatMap(({also}) => also)]);
  const word = given.trim().toLowerCase().replace(/^-+/, '');
  const holding = word.length < 3 ? [] : [...names].filter((name) => name.toLowerCase().includes(word));
  return [...new Set([...(near === undefined ? [] : [near]), ...holding])].slice(0, 5);
}
