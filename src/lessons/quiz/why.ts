import type {Blueprint, PlannedConnection, Subject} from '../../pki/blueprint-types.ts';
import type {TrustId} from '../../pki/certificate.ts';
import {certificateRows} from '../../pki/certificates.ts';
import {fileFlags, fileUseOf} from '../../pki/file-flags.ts';
import type {AuthorityId} from '../../pki/plan.ts';
import {trustRow} from '../../pki/trusts.ts';
import {explainErrorId} from '../explain-error.ts';
import {explainThing} from '../explain-thing.ts';
import {section, type Section} from '../explanation.ts';
import type {LabelId, Lessons} from '../lessons.ts';
import type {Thing} from '../things.ts';
import {rowIdOf, trustName, trustOwner} from './calls.ts';
import {type NamedFile, namedFiles} from './cluster-files.ts';

/**
 * Why an answer is right. What `certwright explain` says of a thing holds for kubeadm's three authorities; which authority
 * it is in this cluster comes from the blueprint.
 */

/** What `certwright explain` says, as far as it answers a question, and names no authority. */
export function whyOf(thing: Thing, labels: readonly LabelId[], lessons: Lessons): readonly Section[] {
  const {sections} = thing.kind === 'error' ? explainErrorId(thing.id, lessons) : explainThing(thing, lessons);
  return labels.flatMap((label) => sections.filter((one) => one.label === label));
}

export function certificateWhy(id: string, blueprint: Blueprint, lessons: Lessons): readonly Section[] {
  const {words} = lessons;
  const planned = blueprint.certificates.find((one) => one.id === id);
  const row = certificateRows.find((one) => one.id === id);
  if (planned === undefined || row === undefined) return [];
  const thing = {kind: 'certificate', id} as const;
  const [lesson = ''] = whyOf(thing, ['what'], lessons)[0]?.lines ?? [];
  return [
    ...section('what', 'text', [lesson, words.signedBy(planned.authority)]),
    ...section('subject', 'list', [subjectText(planned.subject)]),
    ...whyOf(thing, ['shownBy'], lessons),
    ...section(
      'checkedBy',
      'list',
      row.verifiedBy.flatMap((trust) => verifierText(trust, blueprint, lessons) ?? []),
    ),
    ...whyOf(thing, ['without'], lessons),
  ];
}

export function connectionWhy(
  connection: PlannedConnection,
  blueprint: Blueprint,
  lessons: Lessons,
): readonly Section[] {
  const {id, caller, provider, port, presents, credential, callerTrusts, providerTrusts} = connection;
  const {words} = lessons;
  const thing = {kind: 'connection', id} as const;
  const checks = (component: string, trust: PlannedConnection['callerTrusts']): string =>
    'from' in trust
      ? words.checksWith(
          `${trustOwner(component, trust)} ${trustName(trust)} (${words.withAuthority(trust.authorities.join(', '))})`,
        )
      : words.checksNothing;
  return [
    ...whyOf(thing, ['what'], lessons),
    ...section('caller', 'list', [
      caller.component,
      'certificate' in credential
        ? words.shows(rowIdOf(credential.certificate, blueprint))
        : 'token' in credential
          ? words.shows(words.token)
          : words.showsNothing,
      checks(caller.component, callerTrusts),
    ]),
    ...section('provider', 'list', [
      `${provider.component} ${words.port(port)}`,
      'certificate' in presents ? words.shows(rowIdOf(presents.certificate, blueprint)) : words.showsOwn,
      checks(provider.component, providerTrusts),
    ]),
    ...whyOf(thing, ['without'], lessons),
  ];
}

export function flagWhy({component, flag, content}: NamedFile, lessons: Lessons): readonly Section[] {
  const use = fileUseOf(component, flag);
  const told = whyOf({kind: 'flag', component, flag, use}, ['what', 'without'], lessons);
  if (use?.holds !== 'authorities' || content.kind !== 'authorities') return told;
  const holds = lessons.words.namesAuthority(content.authorities.join(', '));
  return [
    ...section('what', 'text', [holds, lessons.trusts[use.trust].what]),
    ...told.filter(({label}) => label !== 'what'),
  ];
}

/** As short as it says which flag is meant. */
export function flagName(component: string, flag: string): string {
  const isOne = fileFlags.filter((one) => one.flag === flag).length === 1;
  return isOne ? flag : `${component} ${flag}`;
}

export function subjectText({commonName, organizations}: Subject): string {
  return [`CN=${commonName}`, ...organizations.map((organization) => `O=${organization}`)].join(', ');
}

/** undefined = nobody verifies with it in this cluster. */
function verifierText(id: TrustId, blueprint: Blueprint, {words}: Lessons): string | undefined {
  const {component, flag} = trustRow(id);
  const told = (where: string, authorities: readonly AuthorityId[]): string =>
    `${where} (${words.withAuthority(authorities.join(', '))})`;
  if (component === undefined || flag === undefined) {
    const [kubeconfig] = blueprint.kubeconfigs;
    return kubeconfig === undefined ? undefined : told(words.embedded, kubeconfig.trusts);
  }
  const file = namedFiles(blueprint).find((one) => one.component === component && one.flag === flag);
  return file?.content.kind === 'authorities' ? told(`${component} ${flag}`, file.content.authorities) : undefined;
}
