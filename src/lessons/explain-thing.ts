import type {EndId} from '../pki/blueprint-types.ts';
import {certificateRows} from '../pki/certificates.ts';
import type {CertificateRow, KubeconfigId, TrustId} from '../pki/certificate.ts';
import {connectionRows, type ConnectionRow} from '../pki/connections.ts';
import type {FileUse} from '../pki/file-flags.ts';
import {kubeconfigRow} from '../pki/kubeconfigs.ts';
import {authorityPath, kubeconfigPath, layouts, type Layout} from '../pki/layouts.ts';
import {emptyPlan, type PlanNode} from '../pki/plan.ts';
import {situationOf} from '../pki/situation.ts';
import {trustRow, trustRows} from '../pki/trusts.ts';
import {type Explanation, section, type Section, type ThisNode} from './explanation.ts';
import {likenesses} from './find-things.ts';
import {glossary, type Seen, type WordId} from './glossary.ts';
import type {DelegationId, Lesson, Lessons} from './lessons.ts';
import {certificatesOf, fileLines, filesOfFlag, heldLine, trustLines} from './on-node.ts';
import {flagThings, type FileContentOf, type FlagThing, isComponent, type Thing} from './things.ts';

/**
 * What is said of each kind of thing: everything comes from the catalogue's rows, the sentences from the lessons. One
 * file because the kinds refer to each other.
 */

/** An error that is asked for by its id has no text to look into: `explain-error.ts` tells it. */
export function explainThing(
  thing: Exclude<Thing, {readonly kind: 'error'}>,
  lessons: Lessons,
  node?: ThisNode,
): Explanation {
  switch (thing.kind) {
    case 'certificate':
      return {kind: thing.kind, id: thing.id, sections: certificateSections(thing.id, lessons, node)};
    case 'authority':
      return {kind: thing.kind, id: thing.id, sections: authoritySections(thing.id, lessons, node)};
    case 'key-pair':
      return {kind: thing.kind, id: thing.id, sections: keyPairSections(lessons)};
    case 'kubeconfig':
      return {kind: thing.kind, id: `${thing.id}.conf`, sections: kubeconfigSections(thing.id, lessons, node)};
    case 'component':
      return {kind: thing.kind, id: thing.id, sections: componentSections(thing.id, lessons)};
    case 'connection':
      return {kind: thing.kind, id: thing.id, sections: connectionSections(thing.id, lessons)};
    case 'flag':
      return {kind: thing.kind, id: `${thing.component} ${thing.flag}`, sections: flagSections(thing, lessons, node)};
    case 'file':
      return {kind: thing.kind, id: thing.path, sections: fileSections(thing.path, thing.content, lessons, node)};
    case 'subject':
      return {
        kind: thing.kind,
        id: [thing.commonName, ...thing.organizations].filter((name) => name !== '').join(', '),
        sections: subjectSections(thing, lessons, node),
      };
    case 'word':
      return {kind: thing.kind, id: wordRow(thing.id).name, sections: wordSections(thing.id, lessons)};
    default:
      return thing satisfies never;
  }
}

const allLayouts: readonly Layout[] = Object.values(layouts);

function certificateSections(id: string, lessons: Lessons, node: ThisNode | undefined): readonly Section[] {
  const row = rowOf(id);
  if (row === undefined) return [];
  const {words} = lessons;
  const lesson = lessonOf(lessons.certificates, id);
  return [
    ...section('what', 'text', [lesson.what, words.signedBy(row.authority)]),
    ...section('subject', 'list', [subjectText(row), row.usages.join(', ')]),
    ...section('shownBy', 'list', shownBy(row, lessons)),
    ...section('checkedBy', 'list', [
      ...verifiedElsewhere(id, lessons),
      ...row.verifiedBy.map((trust) => trustText(trust, lessons)),
    ]),
    ...section('without', 'text', [lesson.without]),
    ...section(
      'where',
      'list',
      inLayouts(lessons, (layout) => certificatePath(layout, row)),
    ),
    ...section(
      'connections',
      'list',
      connectionsWith((one) => showsIn(one) === id || certificateIn(one) === id),
    ),
    ...section(
      'node',
      'list',
      node === undefined ? [] : certificatesOf(node, id).map((one) => heldLine(node, one, lessons)),
    ),
  ];
}

/** Ends that it is shown to and that have no flag of their own for it: aggregated APIs read the API server's file. */
function verifiedElsewhere(id: string, lessons: Lessons): readonly string[] {
  return connectionRows.flatMap((row) => {
    const {provider, providerTrusts} = row;
    if (certificateIn(row) !== id || typeof providerTrusts !== 'string') return [];
    const {component} = trustRow(providerTrusts);
    return component === undefined || component === provider
      ? []
      : [lessons.words.withFileOf(provider, trustText(providerTrusts, lessons))];
  });
}

/** `CN=system:node:NODE, O=system:nodes`, as the newest version has it. */
function subjectText({subject}: CertificateRow): string {
  const {commonName, organizations} = subject({...usual, node: usualNode, user: {name: 'NAME', groups: ['GROUP']}});
  return [`CN=${commonName}`, ...organizations.map((organization) => `O=${organization}`)].join(', ');
}

function shownBy({usedBy, stored}: CertificateRow, {words}: Lessons): readonly string[] {
  if (stored.kind === 'pem') {
    return usedBy.map(({component, certificate, key}) => `${component} ${certificate} (${words.keyFlag(key)})`);
  }
  const users = kubeconfigRow(stored.kubeconfig).usedBy.map(({component, flags}) => `${component} ${flags.join(', ')}`);
  return [...users, words.kubeconfigOf(`${stored.kubeconfig}.conf`)];
}

function authoritySections(id: string, lessons: Lessons, node: ThisNode | undefined): readonly Section[] {
  const lesson = lessonOf(lessons.authorities, id);
  return [
    ...section('what', 'text', [lesson.what]),
    ...section(
      'signs',
      'names',
      certificateRows.filter(({authority}) => authority === id).map((row) => row.id),
    ),
    ...section(
      'usedBy',
      'list',
      trustRows.filter(({authority}) => authority === id).map(({id: trust}) => trustText(trust, lessons)),
    ),
    ...section('without', 'text', [lesson.without]),
    ...section(
      'where',
      'list',
      inLayouts(lessons, (layout) => authorityPlace(layout, id)),
    ),
    ...section(
      'node',
      'list',
      node === undefined ? [] : certificatesOf(node, id).map((one) => heldLine(node, one, lessons)),
    ),
  ];
}

function authorityPlace(layout: Layout, id: string): string | undefined {
  const named = Object.values(layout.authorities).find(({names}) => Object.hasOwn(names, id));
  return named === undefined ? undefined : `${named.folder}/${named.names[id]}.crt`;
}

function keyPairSections(lessons: Lessons): readonly Section[] {
  const flags = flagThings.filter(({use}) => use?.holds === 'token-public-keys' || use?.holds === 'token-private-key');
  return [
    ...section('what', 'text', [lessons.serviceAccount.what]),
    ...section(
      'usedBy',
      'list',
      flags.map(({component, flag}) => `${component} ${flag}`),
    ),
    ...section('without', 'text', [lessons.serviceAccount.without]),
    ...section(
      'where',
      'list',
      inLayouts(lessons, ({serviceAccount}) => `${serviceAccount.private}, ${serviceAccount.public}`),
    ),
  ];
}

function kubeconfigSections(id: KubeconfigId, lessons: Lessons, node: ThisNode | undefined): readonly Section[] {
  const {usedBy, credential} = kubeconfigRow(id);
  const {words} = lessons;
  const row = certificateRows.find(({stored}) => stored.kind === 'kubeconfig' && stored.kubeconfig === id);
  const here =
    node === undefined
      ? []
      : allLayouts.flatMap((layout) => (id === 'user' ? [] : fileLines(node, kubeconfigPath(layout, id), lessons)));
  return [
    ...section('what', 'text', [lessons.kubeconfigs[id]]),
    ...section('holds', 'text', [credential === 'certificate' ? words.kubeconfigWith(row?.id ?? id) : words.tokenWith]),
    ...section(
      'usedBy',
      'list',
      usedBy.flatMap(({component, flags}) => flags.map((flag) => `${component} ${flag}`)),
    ),
    ...section(
      'checkedBy',
      'list',
      (row?.verifiedBy ?? []).map((trust) => trustText(trust, lessons)),
    ),
    ...section('without', 'text', row === undefined ? [] : [lessonOf(lessons.certificates, row.id).without]),
    ...section('where', 'list', id === 'user' ? [] : inLayouts(lessons, (layout) => kubeconfigPath(layout, id))),
    ...section('node', 'list', here),
  ];
}

function componentSections(id: EndId, lessons: Lessons): readonly Section[] {
  const own = flagThings.filter(({component}) => component === id);
  return [
    ...section('what', 'text', [lessons.ends[id]]),
    ...section(
      'connections',
      'list',
      connectionsWith(({caller, provider}) => caller === id || provider === id),
    ),
    ...section(
      'flags',
      'names',
      own.map(({flag}) => flag),
    ),
  ];
}

function connectionSections(id: string, lessons: Lessons): readonly Section[] {
  const row = connectionRows.find((one) => one.id === id);
  if (row === undefined) return [];
  const {words} = lessons;
  const {shows, callerTrusts} = resolved(row);
  const lesson = lessonOf(lessons.connections, id);
  const credential =
    'certificate' in row.credential
      ? words.shows(row.credential.certificate)
      : 'token' in row.credential
        ? words.shows(words.token)
        : words.showsNothing;
  return [
    ...section('what', 'text', [lesson.what]),
    ...section('caller', 'list', [
      row.caller,
      credential,
      typeof callerTrusts === 'string' ? words.checksWith(trustText(callerTrusts, lessons)) : words.checksNothing,
      typeof row.callerTrusts === 'function' ? words.kubeadmLeaves : '',
    ]),
    ...section('provider', 'list', [
      [row.provider, ...portOf(row).map((port) => words.port(port))].join(' '),
      typeof shows === 'string' ? words.shows(shows) : words.showsOwn,
      typeof row.providerTrusts === 'string'
        ? words.checksWith(trustText(row.providerTrusts, lessons))
        : words.checksNothing,
    ]),
    ...section('without', 'text', [lesson.without]),
  ];
}

function flagSections(thing: FlagThing, lessons: Lessons, node: ThisNode | undefined): readonly Section[] {
  const {component, flag, use} = thing;
  const lesson = use === undefined ? undefined : lessonOfUse(use, flag, lessons);
  const setting = isComponent(component) ? lessons.setting(component, flag) : undefined;
  const here =
    node === undefined
      ? []
      : use?.holds === 'authorities'
        ? trustLines(node, use.trust, lessons)
        : filesOfFlag(node, component, flag).flatMap(({path}) => fileLines(node, path, lessons));
  return [
    ...section('what', 'text', [...(lesson?.what ?? []), setting ?? '']),
    ...section('usedBy', 'list', [component]),
    ...section('without', 'text', [lesson?.without ?? '']),
    ...section('where', 'list', use === undefined ? [] : inLayouts(lessons, (layout) => pathOfUse(layout, use))),
    ...section('node', 'list', here),
  ];
}

function lessonOfUse(
  use: FileUse,
  flag: string,
  lessons: Lessons,
): {readonly what: readonly string[]; readonly without: string} {
  const {words} = lessons;
  const said = ({what, without}: Lesson, ...before: readonly string[]) => ({what: [...before, what], without});
  switch (use.holds) {
    case 'certificate':
      return said(lessonOf(lessons.certificates, use.certificate), words.namesCertificate(use.certificate));
    case 'key':
      return said(lessonOf(lessons.certificates, use.certificate), words.namesKey(use.certificate));
    case 'authorities':
      return said(lessons.trusts[use.trust], words.namesAuthority(trustRow(use.trust).authority));
    case 'kubeconfig': {
      const named = words.namesKubeconfig(`${use.kubeconfig}.conf`);
      const delegated = delegations.get(flag);
      if (delegated !== undefined) return said(lessons.delegation[delegated], named);
      return {
        what: [named, lessons.kubeconfigs[use.kubeconfig]],
        without: Object.hasOwn(lessons.certificates, use.kubeconfig)
          ? lessonOf(lessons.certificates, use.kubeconfig).without
          : Object.hasOwn(lessons.certificates, `${use.kubeconfig}-client`)
            ? lessonOf(lessons.certificates, `${use.kubeconfig}-client`).without
            : '',
      };
    }
    case 'signing-certificate':
    case 'signing-key':
      return said(lessons.signing);
    case 'token-public-keys':
    case 'token-private-key':
      return said(lessons.serviceAccount);
    case 'named-by-kubeconfig':
      return {what: [], without: ''};
    default:
      return use satisfies never;
  }
}

const delegations: ReadonlyMap<string, DelegationId> = new Map([
  ['--authentication-kubeconfig', 'authentication'],
  ['--authorization-kubeconfig', 'authorization'],
]);

function pathOfUse(layout: Layout, use: FileUse): string | undefined {
  switch (use.holds) {
    case 'certificate':
    case 'key': {
      const path = layout.certificates[use.certificate];
      return path === undefined ? undefined : `${path}.${use.holds === 'key' ? 'key' : 'crt'}`;
    }
    case 'authorities': {
      const {folder, authority} = trustRow(use.trust);
      return `${authorityPath(layout, folder, authority)}.crt`;
    }
    case 'kubeconfig':
      return use.kubeconfig === 'user' ? undefined : kubeconfigPath(layout, use.kubeconfig);
    case 'signing-certificate':
    case 'signing-key':
      return `${authorityPath(layout, 'control-plane', 'kubernetes-ca')}.${use.holds === 'signing-key' ? 'key' : 'crt'}`;
    case 'token-public-keys':
      return layout.serviceAccount.public;
    case 'token-private-key':
      return layout.serviceAccount.private;
    case 'named-by-kubeconfig':
      return undefined;
    default:
      return use satisfies never;
  }
}

function fileSections(
  path: string,
  {of, half}: FileContentOf,
  lessons: Lessons,
  node: ThisNode | undefined,
): readonly Section[] {
  const {words} = lessons;
  const first = {
    certificate: [words.certificateOf(of.id)],
    key: [words.keyOf(of.id)],
    public: [words.keyOf(of.id), words.sameFilePublic],
    whole: [],
    manifest: [words.manifestOf(of.id)],
    configuration: [words.configurationOf(of.id)],
  }[half];
  const rest = explainThing(of, lessons).sections;
  const here = node === undefined ? [] : fileLines(node, path, lessons);
  const what = rest.find(({label}) => label === 'what')?.lines ?? [];
  return [
    ...section('what', 'text', [...(half === 'public' ? first.slice(1) : first), ...what]),
    ...rest.filter(({label}) => label !== 'what' && label !== 'node' && label !== 'where'),
    ...section('node', 'list', here),
  ];
}

function subjectSections(
  {commonName, organizations}: Extract<Thing, {readonly kind: 'subject'}>,
  lessons: Lessons,
  node: ThisNode | undefined,
): readonly Section[] {
  const {words} = lessons;
  const alike = commonName === '' ? [] : likenesses(commonName).map(({id}) => id);
  const names = [commonName, ...organizations].filter((name) => name !== '');
  const held =
    node?.inventory.certificates.filter(({subject}) => subject.commonName === commonName && commonName !== '') ?? [];
  return [
    ...section('what', alike.length === 0 ? 'text' : 'list', [
      alike.length === 0 ? words.subjectUnknown : words.subjectOf(alike.join(', ')),
      ...alike.map((id) => `${id}: ${lessonOf(lessons.certificates, id).what}`),
    ]),
    ...section(
      'rights',
      'list',
      names.map((name) => {
        const rights = lessons.identity(name);
        return rights === undefined ? words.noRights(name) : `${name}: ${rights}`;
      }),
    ),
    ...section('node', 'list', node === undefined ? [] : held.slice(0, 6).map((one) => heldLine(node, one, lessons))),
  ];
}

function wordSections(id: WordId, lessons: Lessons): readonly Section[] {
  const {what, use} = lessons.glossary[id];
  return [
    ...section('what', 'text', [what]),
    ...section('use', 'text', [use]),
    ...section('see', 'commands', wordRow(id).see.map(commandFor)),
  ];
}

function wordRow(id: WordId) {
  const row = glossary.find((one) => one.id === id);
  if (row === undefined) throw new TypeError(`no word ${id}`);
  return row;
}

function commandFor(seen: Seen): string {
  if ('story' in seen) return `certwright learn stories ${seen.story}`;
  if ('fault' in seen) return `certwright learn lab ${seen.fault}`;
  return `certwright explain ${/\s/.test(seen.explain) ? JSON.stringify(seen.explain) : seen.explain}`;
}

/** `kube-apiserver --client-ca-file (holds kubernetes-ca)`. */
function trustText(id: TrustId, {words}: Lessons): string {
  const {component, flag, authority} = trustRow(id);
  const where = component === undefined || flag === undefined ? words.embedded : `${component} ${flag}`;
  return `${where} (${words.withAuthority(authority)})`;
}

function inLayouts({words}: Lessons, place: (layout: Layout) => string | undefined): readonly string[] {
  return allLayouts.flatMap((layout) => {
    const path = place(layout);
    return path === undefined ? [] : [words.inLayout(layout.id, path)];
  });
}

function certificatePath(layout: Layout, {id, stored}: CertificateRow): string | undefined {
  if (stored.kind === 'kubeconfig') {
    return stored.kubeconfig === 'user' ? undefined : kubeconfigPath(layout, stored.kubeconfig);
  }
  const path = layout.certificates[id];
  return path === undefined ? undefined : `${path}.crt, .key`;
}

/** Rows as they are in a cluster whose kubelets have signed certificates: what depends on the plan is then one of ours. */
const usualNode: PlanNode = {name: 'NODE', addresses: [], roles: ['control-plane'], sans: []};
const usual = situationOf({
  ...emptyPlan,
  kubelets: {...emptyPlan.kubelets, serving: 'signed'},
  nodes: [usualNode],
});

function resolved({shows, callerTrusts}: ConnectionRow) {
  return {
    shows: typeof shows === 'function' ? shows(usual) : shows,
    callerTrusts: typeof callerTrusts === 'function' ? callerTrusts(usual) : callerTrusts,
  };
}

function showsIn(row: ConnectionRow): string | undefined {
  const {shows} = resolved(row);
  return typeof shows === 'string' ? shows : undefined;
}

function certificateIn({credential}: ConnectionRow): string | undefined {
  return 'certificate' in credential ? credential.certificate : undefined;
}

/** `apiserver-to-etcd: kube-apiserver → etcd`. */
function connectionsWith(fits: (row: ConnectionRow) => boolean): readonly string[] {
  return connectionRows.filter(fits).map(({id, caller, provider}) => `${id}: ${caller} → ${provider}`);
}

function portOf(row: ConnectionRow): readonly number[] {
  return [...new Set(row.calls(usual).map(({port}) => port))];
}

function rowOf(id: string): CertificateRow | undefined {
  return certificateRows.find((row) => row.id === id);
}

function lessonOf(lessons: Readonly<Record<string, Lesson>>, id: string): Lesson {
  return lessons[id] ?? {what: '', without: ''};
}
