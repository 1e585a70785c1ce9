/**
 * What tells options from each other, worked out from their blueprints. Longer than a page because the topics belong together:
 * each is a row of one table, in the order of the screen.
 */

import type {Blueprint, PlannedFile} from '../pki/blueprint-types.ts';
import type {NodeKind, Outline} from '../pki/outline.ts';
import {trustMapOf} from '../pki/trust-map.ts';
import type {TriedOption} from '../wizard/try-option.ts';
import {count} from './words.ts';

/** An option that was tried, to be held against others. */
export interface ComparedOption extends TriedOption {
  /** How long its keys take here, in words; undefined = nobody has measured it. */
  readonly keyTime?: string | undefined;
}

/** One way in which options differ. */
export interface Difference {
  readonly topic: string;
  /** By option, each as a list. */
  readonly values: readonly (readonly string[])[];
  /** By option: whether it is what one would rather not have. */
  readonly isBad: readonly boolean[];
}

/**
 * In what the plans of several options differ: worked out from their blueprints, so that nothing is claimed that would
 * not be made. Empty = they come to the same.
 */
export function differencesOf(options: readonly ComparedOption[], now: Date): readonly Difference[] {
  return topics(options, now).filter(({values: [first, ...rest]}) => rest.some((one) => !sameList(one, first ?? [])));
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}

function topic(
  name: string,
  options: readonly ComparedOption[],
  ask: (option: ComparedOption) => string | readonly string[],
): Difference {
  const values = options.map((option) => {
    const answer = ask(option);
    return typeof answer === 'string' ? [answer] : answer;
  });
  return {topic: name, values, isBad: values.map(() => false)};
}

function topics(options: readonly ComparedOption[], now: Date): readonly Difference[] {
  const of = (name: string, ask: Parameters<typeof topic>[2]): Difference => topic(name, options, ask);
  return [
    of('Authorities', ({outline: {blueprint}}) => [
      count(blueprint.authorities.length, 'authority', 'authorities'),
      ...blueprint.authorities.map(({id}) => id),
    ]),
    of('Keys are', ({outline: {plan}}) => plan.keys.algorithm),
    of('Making the keys takes here', ({keyTime}) => keyTime ?? 'not measured yet'),
    ...doors(options),
    costs(options),
    of('Still to be done then', ({problems}) =>
      problems()
        .filter(({severity}) => severity === 'error')
        .map(({message}) => message),
    ),
    ...verifiers(options),
    ...ofNodes(options),
    of('Certificates made now', ({outline}) => `${outline.amounts.certificates}`),
    of('Private keys made now', ({outline}) => `${outline.amounts.keys}`),
    of('Files', ({outline}) => `${outline.amounts.files}`),
    of('Folders on the nodes', ({outline}) => foldersOf(outline.blueprint)),
    of('Ends to watch', ({outline}) => endsOf(outline, now)),
    ...replacements(options),
  ];
}
/** What one would rather not have; what every option costs is no difference. */
function costs(options: readonly ComparedOption[]): Difference {
  const all = options.map(
    ({outline, problems}) =>
      new Set([
        ...outline.blueprint.advice.map(({message}) => message),
        ...problems()
          .filter(({severity}) => severity === 'warning')
          .map(({message}) => message),
      ]),
  );
  const values = all.map((here) => [...here].filter((cost) => !all.every((other) => other.has(cost))));
  return {topic: 'Costs', values, isBad: values.map((value) => value.length > 0)};
}

/** Who is let in where. */
function doors(options: readonly ComparedOption[]): readonly Difference[] {
  const outcomes = options.map(
    ({outline}) => new Map(outline.blueprint.intrusions.map(({id, expected}) => [id, expected])),
  );
  const ids = [...new Set(outcomes.flatMap((here) => [...here.keys()]))];
  return ids.flatMap((id): readonly Difference[] => {
    const answers = outcomes.map((here) => here.get(id));
    // A door that cannot be tried in one of them, and is shut in the other, tells nothing.
    if (!answers.includes('let-in')) return [];
    return [
      {
        topic: doorNames.get(id) ?? id,
        values: answers.map((answer) => [
          answer === undefined ? 'is not tried' : answer === 'let-in' ? 'is let in' : 'is refused',
        ]),
        isBad: answers.map((answer) => answer === 'let-in'),
      },
    ];
  });
}

const doorNames: ReadonlyMap<string, string> = new Map([
  ['cluster-client-at-etcd', "A kubelet's or person's certificate at etcd"],
  ['cluster-client-at-etcd-peers', "A kubelet's or person's certificate among etcd's members"],
  ['server-certificate-at-etcd', 'A certificate for servers at etcd'],
  ['nobody-at-etcd', 'Nobody in particular at etcd'],
  ['stranger-at-etcd', 'A stranger at etcd'],
  ['etcd-client-at-apiserver', 'A client of etcd at the API server'],
  ['front-proxy-at-apiserver', 'The front proxy as a user of the API server'],
  ['stranger-at-apiserver', 'A stranger at the API server'],
  ['etcd-client-at-kubelet', 'A client of etcd at a kubelet'],
  ['stranger-at-kubelet', 'A stranger at a kubelet'],
]);

/** What each file that verifies somebody holds; flags of one component that hold the same share a row. */
function verifiers(options: readonly ComparedOption[]): readonly Difference[] {
  const maps = options.map(({outline}) => trustMapOf(outline).verifiers);
  const named = new Map(maps.flat().map((one) => [`${one.component ?? 'kubeconfigs'} ${one.flag}`, one]));
  const rows = [...named.values()].map(({component, flag}) => {
    const found = maps.map((here) => here.find((one) => one.component === component && one.flag === flag));
    const isThere = options.map(({outline}) => outline.blueprint.components.some((one) => one.component === component));
    return {
      who: component ?? 'kubeconfigs',
      flag: flag.replace(/^.*[.]x509[.]/, ''),
      values: found.map((one, index) => [
        one?.authorities.join(', ') ?? (isThere[index] === true ? 'verifies nothing' : 'is not there yet'),
      ]),
      isBad: found.map((one, index) => one?.isTooWide ?? isThere[index] === true),
    };
  });
  const alike = Map.groupBy(rows, ({who, values, isBad}) => JSON.stringify([who, values, isBad]));
  return [...alike.values()].flatMap(([first, ...rest]) =>
    first === undefined
      ? []
      : [{...first, topic: `${first.who} ${[first, ...rest].map(({flag}) => flag).join(' and ')}`}],
  );
}

/** What lies on a node of each kind. */
function ofNodes(options: readonly ComparedOption[]): readonly Difference[] {
  const kinds = new Map<string, NodeKind>();
  for (const {outline} of options) for (const kind of outline.kinds) kinds.set(kind.example.name, kind);
  return [...kinds.values()].flatMap(({example: {name}, count: number}) => {
    const where = number === 1 ? name : `${name} and ${number - 1} like it`;
    const filesOn = ({blueprint}: Outline): readonly PlannedFile[] => blueprint.files.filter(({node}) => node === name);
    const certificatesOn = ({blueprint}: Outline): readonly string[] =>
      blueprint.certificates.filter(({node}) => node === name).map(({id}) => id);
    const everywhere = shared(options.map(({outline}) => certificatesOn(outline)));
    return [
      topic(`Authority keys on ${where}`, options, ({outline}) =>
        orNone(
          new Set(
            filesOn(outline).flatMap(({content}) => (content.kind === 'authority-key' ? [content.authority] : [])),
          ),
        ),
      ),
      topic(
        `Private keys on ${where}`,
        options,
        ({outline}) => `${filesOn(outline).filter((file) => holdsKey(file, outline.blueprint)).length}`,
      ),
      topic(`Certificates on ${where}`, options, ({outline}) =>
        orNone(new Set(certificatesOn(outline).filter((id) => !everywhere.includes(id)))),
      ),
    ];
  });
}

function orNone(items: ReadonlySet<string>): readonly string[] {
  return items.size === 0 ? ['none'] : [...items];
}

function holdsKey({content}: PlannedFile, {kubeconfigs}: Blueprint): boolean {
  switch (content.kind) {
    case 'certificate-key':
    case 'authority-key':
    case 'key-pair-private':
      return true;
    case 'kubeconfig':
      return kubeconfigs.some(({name, credential}) => name === content.kubeconfig && credential.kind === 'certificate');
    case 'certificate':
    case 'authorities':
    case 'key-pair-public':
    case 'flags':
    case 'yaml':
    case 'token-secret':
    case 'cluster-info':
    case 'join-command':
      return false;
    default:
      return content satisfies never;
  }
}

/** How much is touched when an authority has to be replaced. */
function replacements(options: readonly ComparedOption[]): readonly Difference[] {
  const ids = shared(options.map(({outline}) => outline.blueprint.authorities.map(({id}) => id)));
  return ids.map((id) =>
    topic(`Replacing ${id} changes`, options, ({outline: {blueprint, timesOf}}) => {
      const embedding = new Set(blueprint.kubeconfigs.filter(({trusts}) => trusts.includes(id)).map(({name}) => name));
      const signed = new Set(blueprint.certificates.filter(({authority}) => authority === id).map(({name}) => name));
      const touched = blueprint.files.filter(({node, content}) => {
        if (node === undefined) return false;
        if (content.kind === 'authorities') return content.authorities.includes(id);
        if (content.kind === 'kubeconfig') return embedding.has(content.kubeconfig);
        return content.kind === 'certificate' && signed.has(content.certificate);
      });
      return count(
        touched.reduce((sum, {node}) => sum + timesOf(node), 0),
        'file',
      );
    }),
  );
}

function endsOf({plan, amounts, blueprint}: Outline, now: Date): readonly string[] {
  const made = blueprint.authorities.filter(({brought}) => brought === undefined).length;
  const leaves = amounts.certificates - made;
  return [
    ...(made === 0
      ? []
      : [`${count(made, 'authority', 'authorities')} on ${dayAfter(now, plan.validity.authorities)}`]),
    `${count(leaves, 'certificate')} on ${dayAfter(now, plan.validity.leaves)}`,
  ];
}

/** `2027-11-23`. */
export function dayAfter(now: Date, hours: number): string {
  const end = new Date(now.getTime() + hours * 3_600_000);
  return Number.isNaN(end.getTime()) ? 'beyond the calendar' : end.toISOString().slice(0, 10);
}

/** `/etc/kubernetes`, `/var/lib/kubelet`: where the files of all nodes lie. */
function foldersOf({files}: Blueprint): readonly string[] {
  const folders = files.flatMap(({target}) => (target === undefined ? [] : [target.slice(0, target.lastIndexOf('/'))]));
  const outermost = [...new Set(folders)].toSorted();
  return outermost.filter((folder) => !outermost.some((other) => folder.startsWith(`${other}/`)));
}

/** What all lists have. */
function shared(lists: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...rest] = lists;
  return first.filter((item) => rest.every((list) => list.includes(item)));
}

/** What changes, in a line: `39 certificates instead of 35, 2 costs more`. Empty when nothing does. */
export function gistOf(from: TriedOption, to: TriedOption): string {
  const instead = (now: number, then: number, one: string, many?: string): string[] =>
    now === then ? [] : [`${count(then, one, many)} instead of ${now}`];
  const costsOf = ({outline}: TriedOption): ReadonlySet<string> =>
    new Set(outline.blueprint.advice.map(({code}) => code));
  const [before, after] = [costsOf(from), costsOf(to)];
  const more = [...after].filter((code) => !before.has(code)).length;
  const fewer = [...before].filter((code) => !after.has(code)).length;
  return [
    ...instead(
      from.outline.blueprint.authorities.length,
      to.outline.blueprint.authorities.length,
      'authority',
      'authorities',
    ),
    ...instead(from.outline.amounts.certificates, to.outline.amounts.certificates, 'certificate'),
    ...instead(from.outline.amounts.files, to.outline.amounts.files, 'file'),
    ...(more === 0 ? [] : [`${count(more, 'cost')} more`]),
    ...(fewer === 0 ? [] : [`${count(fewer, 'cost')} less`]),
  ].join(', ');
}
