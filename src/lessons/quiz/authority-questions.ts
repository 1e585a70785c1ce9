import type {Blueprint, PlannedConnection, Trust} from '../../pki/blueprint-types.ts';
import {certificateRows} from '../../pki/certificates.ts';
import type {AuthorityId} from '../../pki/plan.ts';
import {trustRow, trustRows} from '../../pki/trusts.ts';
import type {Section} from '../explanation.ts';
import type {Lessons} from '../lessons.ts';
import {callOf, placeOf, rowIdOf, trustName, trustOwner} from './calls.ts';
import {areRelated, filesOn, lineOf} from './cluster-files.ts';
import {firstOfEach} from './connection-questions.ts';
import {type Choice, literally, question, type Question} from './question.ts';
import {certificateWhy, connectionWhy, whyOf} from './why.ts';

/** Which CA signs what, and what an end of a connection verifies the other with. */
export function authorityQuestions(blueprint: Blueprint, lessons: Lessons): readonly Question[] {
  const {connections} = blueprint;
  const verifying = (of: End) =>
    firstOfEach(
      connections.filter((one) => {
        const trust = trustOf(one, of);
        const {component, node} = one[of];
        // A flag of another component says nothing of this one.
        return trust !== undefined && node !== undefined && trustOwner(component, trust) === component;
      }),
      (one) => `${one[of].component} ${trustOf(one, of)?.by}`,
    );
  return [
    ...whoSigns(blueprint, lessons),
    ...verifying('caller').flatMap((one) => verifiesWith(one, 'caller', blueprint, lessons)),
    ...verifying('provider').flatMap((one) => verifiesWith(one, 'provider', blueprint, lessons)),
    ...whoVerifies(blueprint, lessons),
  ];
}

type End = 'caller' | 'provider';

/** What this end verifies a certificate of the other with; undefined = with nothing of ours. */
function trustOf(one: PlannedConnection, of: End): Trust | undefined {
  const trust = of === 'caller' ? one.callerTrusts : one.providerTrusts;
  const isShown = of === 'caller' ? 'certificate' in one.presents : 'certificate' in one.credential;
  return isShown && 'from' in trust ? trust : undefined;
}

function whoSigns(blueprint: Blueprint, lessons: Lessons): readonly Question[] {
  const {authorities} = blueprint;
  const {choices} = lessons.quiz;
  const signed: readonly {readonly id: string; readonly by: AuthorityId; readonly why: readonly Section[]}[] = [
    ...firstOfEach(blueprint.certificates, ({id}) => id).map(({id, authority}) => ({
      id,
      by: authority,
      why: certificateWhy(id, blueprint, lessons),
    })),
    ...authorities.flatMap(({id, signedBy}) =>
      signedBy === undefined
        ? []
        : [{id, by: signedBy, why: whyOf({kind: 'authority', id}, ['what', 'without'], lessons)}],
    ),
  ];
  return signed.flatMap(({id, by, why}) => {
    // What stands above the signer has signed it too, in a way.
    const others = authorities.filter((authority) => !lineOf(by, blueprint).includes(authority.id));
    return question({
      id: `authorities/signs/${id}`,
      topic: 'authorities',
      ask: lessons.quiz.whoSigns(id),
      quotes: [],
      right: literally(by),
      wrong: [
        others.filter((authority) => authority.id !== id).map((authority) => literally(authority.id)),
        [
          {key: 'itself', text: choices.signsItself},
          {key: 'service-account', text: choices.serviceAccountKey},
        ],
      ],
      why,
      about: id,
    });
  });
}

function verifiesWith(one: PlannedConnection, of: End, blueprint: Blueprint, lessons: Lessons): readonly Question[] {
  const {quiz} = lessons;
  const trust = trustOf(one, of);
  if (trust === undefined) return [];
  const path = placeOf(trust.from.path, blueprint);
  const right: Choice = trust.from.kind === 'file' ? literally(path) : {key: path, text: quiz.choices.embeddedIn(path)};
  const files = filesOn(blueprint, one[of].node);
  const unrelated = files.flatMap((file) =>
    file.content.kind === 'authorities' && !areRelated(file.content.authorities, trust.authorities, blueprint)
      ? [literally(file.path)]
      : [],
  );
  const keys = files.flatMap((file) => (file.content.kind === 'authority-key' ? [literally(file.path)] : []));
  const call = callOf(one, blueprint);
  return question({
    id: `authorities/${of}/${one.id}`,
    topic: 'authorities',
    ask: of === 'caller' ? quiz.callerVerifies(call) : quiz.providerVerifies(call),
    quotes: [],
    right,
    wrong: [
      unrelated,
      [
        {key: 'nothing', text: quiz.choices.verifiesNothing},
        {key: 'machine', text: quiz.choices.machineAuthorities},
      ],
      keys,
    ],
    why: connectionWhy(one, blueprint, lessons),
    about: one.id,
  });
}

/** A component and the flag with which it verifies somebody. */
interface Verifier {
  readonly component: string;
  readonly by: string;
}

/** Right is whoever does so in a connection of the plan, or may by the catalogue; wrong is whoever verifies others. */
function whoVerifies(blueprint: Blueprint, lessons: Lessons): readonly Question[] {
  const {quiz} = lessons;
  const choice = ({component, by}: Verifier): Choice => ({
    key: `${component} ${by}`,
    text: quiz.choices.verifiesWith(component, by),
  });
  const inConnections = blueprint.connections.flatMap((one) =>
    (['provider', 'caller'] as const).flatMap((of) => {
      const trust = trustOf(one, of);
      const shown = of === 'caller' ? one.presents : one.credential;
      if (trust === undefined || !('certificate' in shown)) return [];
      // What a pod verifies with comes to it in other ways than by that flag.
      if (of === 'caller' && one.caller.node === undefined && trust.from.kind === 'file') return [];
      return [{row: rowIdOf(shown.certificate, blueprint), component: one[of].component, by: trustName(trust)}];
    }),
  );
  const all = new Map(inConnections.map((one) => [choice(one).key, choice(one)]));
  for (const row of trustRows) {
    const known =
      row.component === undefined || row.flag === undefined ? undefined : {component: row.component, by: row.flag};
    if (known !== undefined && isHere(known, blueprint)) all.set(choice(known).key, choice(known));
  }
  return firstOfEach(inConnections, ({row}) => row).flatMap((first) => {
    const {row} = first;
    if (row === 'user') return [];
    const right = new Set([
      ...inConnections.filter((one) => one.row === row).map((one) => choice(one).key),
      ...verifiedBy(row).map((one) => choice(one).key),
    ]);
    const wrong = [...all.values()].filter(({key}) => !right.has(key));
    const isNear = ({key}: Choice): boolean => key.startsWith(`${first.component} `);
    const isEmbedded = ({key}: Choice): boolean => key.includes('certificate-authority-data');
    return question({
      id: `authorities/verifier/${row}`,
      topic: 'authorities',
      ask: quiz.whoVerifies(row),
      quotes: [],
      right: choice(first),
      wrong: [
        wrong.filter(isNear),
        wrong.filter((one) => !isNear(one) && !isEmbedded(one)),
        wrong.filter((one) => !isNear(one) && isEmbedded(one)),
      ],
      why: certificateWhy(row, blueprint, lessons),
      about: row,
    });
  });
}

function verifiedBy(id: string): readonly Verifier[] {
  const row = certificateRows.find((each) => each.id === id);
  return (row?.verifiedBy ?? []).flatMap((trust) => {
    const {component, flag} = trustRow(trust);
    return component === undefined || flag === undefined ? [] : [{component, by: flag}];
  });
}

function isHere({component, by}: Verifier, {components}: Blueprint): boolean {
  return components.some(
    (each) => each.component === component && [...each.flags, ...each.settings].some(({name}) => name === by),
  );
}
