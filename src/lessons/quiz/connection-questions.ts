import type {Blueprint, PlannedConnection} from '../../pki/blueprint-types.ts';
import type {CertificateRow} from '../../pki/certificate.ts';
import {certificateRows} from '../../pki/certificates.ts';
import {kubeconfigRow} from '../../pki/kubeconfigs.ts';
import {trustRow} from '../../pki/trusts.ts';
import type {Lessons} from '../lessons.ts';
import {callOf, rowIdOf} from './calls.ts';
import {type Choice, literally, question, type Question} from './question.ts';
import {certificateWhy, connectionWhy} from './why.ts';

/** What each end of a connection shows, and who shows a certificate to whom: from the connections of the plan. */
export function connectionQuestions(blueprint: Blueprint, lessons: Lessons): readonly Question[] {
  const firsts = firstOfEach(blueprint.connections, ({id}) => id);
  const shown = firstOfEach(
    firsts.filter(({presents}) => 'certificate' in presents),
    ({provider, presents}) => `${provider.component} ${presentedBy(presents, blueprint)}`,
  );
  return [
    ...firsts.flatMap((one) => callerShows(one, blueprint, lessons)),
    ...shown.flatMap((one) => providerShows(one, blueprint, lessons)),
    ...whoShows(blueprint, lessons),
  ];
}

export function firstOfEach<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  return [...Map.groupBy(items, keyOf).values()].flatMap(([first]) => (first === undefined ? [] : [first]));
}

/** Callers that may show the one or the other, or what nobody outside of the process sees. */
const either: ReadonlySet<string> = new Set([
  'scraper-to-controller-manager',
  'scraper-to-scheduler',
  'apiserver-to-itself',
]);

function callerShows(one: PlannedConnection, blueprint: Blueprint, lessons: Lessons): readonly Question[] {
  const {quiz} = lessons;
  const {id, credential, caller, presents} = one;
  const token = {key: 'token', text: quiz.choices.token};
  const nothing = {key: 'nothing', text: quiz.choices.showsNothing};
  const row = 'certificate' in credential ? rowIdOf(credential.certificate, blueprint) : undefined;
  // A person's certificate is called by the person.
  if (row === 'user' || either.has(id)) return [];
  const right = row === undefined ? ('token' in credential ? token : nothing) : literally(row);
  const clients = rowsHere(blueprint).filter(({usages}) => usages.includes('client auth'));
  const isOfCaller = (each: CertificateRow): boolean => usersOf(each).includes(caller.component);
  return question({
    id: `connections/caller/${id}`,
    topic: 'connections',
    ask: quiz.callerShows(callOf(one, blueprint)),
    quotes: [],
    right,
    wrong: [
      [...clients.filter(isOfCaller).map((each) => literally(each.id)), token],
      [...clients.map((each) => literally(each.id)), ...ownOf(presents, blueprint), nothing],
    ],
    why: connectionWhy(one, blueprint, lessons),
    about: id,
  });
}

function providerShows(one: PlannedConnection, blueprint: Blueprint, lessons: Lessons): readonly Question[] {
  const {quiz} = lessons;
  const {id, provider, credential, presents} = one;
  const right = presentedBy(presents, blueprint);
  if (right === undefined) return [];
  const rows = rowsHere(blueprint);
  const caller = 'certificate' in credential ? [literally(rowIdOf(credential.certificate, blueprint))] : [];
  return question({
    id: `connections/provider/${id}`,
    topic: 'connections',
    ask: quiz.providerShows(callOf(one, blueprint)),
    quotes: [],
    right: literally(right),
    wrong: [
      [
        ...rows.filter((each) => usersOf(each).includes(provider.component)).map((each) => literally(each.id)),
        ...caller,
      ],
      [
        ...rows.filter(({usages}) => usages.includes('server auth')).map((each) => literally(each.id)),
        {key: 'itself', text: quiz.choices.madeItself},
      ],
      rows.map((each) => literally(each.id)),
    ],
    why: connectionWhy(one, blueprint, lessons),
    about: id,
  });
}

function whoShows(blueprint: Blueprint, lessons: Lessons): readonly Question[] {
  const {quiz} = lessons;
  const pairs = blueprint.connections.flatMap(({caller, provider, credential, presents}): readonly Pair[] => {
    const back = presentedBy(presents, blueprint);
    return [
      ...('certificate' in credential
        ? [{row: rowIdOf(credential.certificate, blueprint), from: caller.component, to: provider.component}]
        : []),
      ...(back === undefined ? [] : [{row: back, from: provider.component, to: caller.component}]),
    ];
  });
  const choice = ({from, to}: Pair): Choice => ({key: `${from} ${to}`, text: quiz.choices.showsTo(from, to)});
  return firstOfEach(pairs, ({row}) => row).flatMap((first) => {
    const {row} = first;
    if (row === 'user') return [];
    const right = pairs.filter((pair) => pair.row === row);
    const takers = verifiersOf(row);
    const isRight = ({from, to}: Pair): boolean =>
      right.some((pair) => pair.from === from && (pair.to === to || takers.includes(to)));
    const wrong = pairs.filter((pair) => !isRight(pair));
    const isNear = ({from, to}: Pair): boolean => from === first.from || to === first.to || from === first.to;
    return question({
      id: `connections/pair/${row}`,
      topic: 'connections',
      ask: quiz.whoShows(row),
      quotes: [],
      right: choice(first),
      wrong: [
        wrong.filter(isNear).map(choice),
        [...right.map((pair) => ({...pair, from: pair.to, to: pair.from})), ...wrong]
          .filter((pair) => !isRight(pair))
          .map(choice),
      ],
      why: certificateWhy(row, blueprint, lessons),
      about: row,
    });
  });
}

interface Pair {
  readonly row: string;
  readonly from: string;
  readonly to: string;
}

/** Components that would take such a certificate, whether or not anybody is planned to show it there. */
function verifiersOf(id: string): readonly string[] {
  const row = certificateRows.find((each) => each.id === id);
  return (row?.verifiedBy ?? []).flatMap((trust) => trustRow(trust).component ?? []);
}

/** Rows of the catalogue that this cluster has, but for people's. */
function rowsHere({certificates}: Blueprint): readonly CertificateRow[] {
  const here = new Set(certificates.map(({id}) => id));
  return certificateRows.filter(({id}) => here.has(id) && id !== 'user');
}

function usersOf({stored, usedBy}: CertificateRow): readonly string[] {
  const users = stored.kind === 'pem' ? usedBy : kubeconfigRow(stored.kubeconfig).usedBy;
  return users.map(({component}) => component);
}

function ownOf(presents: PlannedConnection['presents'], blueprint: Blueprint): readonly Choice[] {
  const row = presentedBy(presents, blueprint);
  return row === undefined ? [] : [literally(row)];
}

function presentedBy(presents: PlannedConnection['presents'], blueprint: Blueprint): string | undefined {
  return 'certificate' in presents ? rowIdOf(presents.certificate, blueprint) : undefined;
}
