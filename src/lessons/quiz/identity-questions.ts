import type {Blueprint, PlannedCertificate} from '../../pki/blueprint-types.ts';
import {certificateRows} from '../../pki/certificates.ts';
import {section} from '../explanation.ts';
import {groupNames} from '../identities.ts';
import type {Lessons} from '../lessons.ts';
import {placeOf} from './calls.ts';
import {firstOfEach} from './connection-questions.ts';
import {type Choice, literally, question, type Question} from './question.ts';
import {certificateWhy, subjectText, whyOf} from './why.ts';

/** Which user and groups a client certificate carries, and what a group means. */
export function identityQuestions(blueprint: Blueprint, lessons: Lessons): readonly Question[] {
  const clients = firstOfEach(
    blueprint.certificates.filter(({id, usages}) => id !== 'user' && !usages.includes('server auth')),
    ({id}) => id,
  );
  const groups = [...new Set(blueprint.certificates.flatMap(({subject}) => subject.organizations))];
  return [
    ...clients.flatMap((one) => userIn(one, blueprint, lessons)),
    ...clients.flatMap((one) => groupsIn(one, blueprint, lessons)),
    ...groups.flatMap((group) => groupMeans(group, blueprint, lessons)),
  ];
}

function userIn(one: PlannedCertificate, blueprint: Blueprint, lessons: Lessons): readonly Question[] {
  const {certificates, nodes, components} = blueprint;
  const {commonName, organizations} = one.subject;
  const ofNode = one.node === undefined ? [] : [one.node];
  return question({
    id: `identities/user/${one.id}`,
    topic: 'identities',
    ask: lessons.quiz.userIn(holderOf(one, blueprint)),
    quotes: [],
    right: literally(commonName),
    wrong: [
      one.id === 'kubelet-client'
        ? [...ofNode, ...organizations, ...nodes.map(({name}) => `system:node:${name}`)].map(literally)
        : [literally(one.id)],
      [
        ...certificates.filter(({id}) => id !== 'user').map(({subject}) => literally(subject.commonName)),
        ...components.map(({component}) => literally(component)),
      ],
    ],
    ...reasonsOf(one, blueprint, lessons),
  });
}

function groupsIn(one: PlannedCertificate, blueprint: Blueprint, lessons: Lessons): readonly Question[] {
  const {quiz} = lessons;
  const {organizations} = one.subject;
  const choice = (groups: readonly string[]): Choice =>
    groups.length === 0 ? {key: 'none', text: quiz.choices.noGroup} : literally(groups.join(', '));
  return question({
    id: `identities/groups/${one.id}`,
    topic: 'identities',
    ask: quiz.groupsIn(holderOf(one, blueprint)),
    quotes: [],
    right: choice(organizations),
    wrong: [
      blueprint.certificates.filter(({id}) => id !== 'user').map(({subject}) => choice(subject.organizations)),
      [choice([]), ...inCertificates.map((group) => choice([group]))],
    ],
    ...reasonsOf(one, blueprint, lessons),
  });
}

/** Groups that a certificate can give: who is known at all has `system:authenticated` anyway. */
const inCertificates = ['system:masters', 'kubeadm:cluster-admins', 'system:nodes', 'system:node-proxier'];

function groupMeans(group: string, {certificates}: Blueprint, lessons: Lessons): readonly Question[] {
  const right = lessons.identity(group);
  if (right === undefined) return [];
  return question({
    id: `identities/means/${group}`,
    topic: 'identities',
    ask: lessons.quiz.groupMeans(group),
    quotes: [],
    right: {key: group, text: right},
    wrong: [
      groupNames.flatMap((name) => {
        const text = lessons.identity(name);
        return text === undefined ? [] : [{key: name, text}];
      }),
    ],
    // Who is in it says why it has these rights, which alone would only repeat the answer.
    why: [
      ...whyOf({kind: 'subject', commonName: '', organizations: [group]}, ['rights'], lessons),
      ...section(
        'subject',
        'list',
        firstOfEach(
          certificates.filter(({subject}) => subject.organizations.includes(group)),
          ({id}) => id,
        ).map(({id, subject}) => `${id}: ${subjectText(subject)}`),
      ),
    ],
    about: group,
  });
}

/** The kubeconfig that embeds it, or its own id. */
function holderOf({name, id}: PlannedCertificate, blueprint: Blueprint): string {
  if (certificateRows.find((row) => row.id === id)?.stored.kind !== 'kubeconfig') return id;
  const kubeconfig = blueprint.kubeconfigs.find(
    ({credential}) => credential.kind === 'certificate' && credential.certificate === name,
  )?.name;
  const file = blueprint.files.find(({content}) => content.kind === 'kubeconfig' && content.kubeconfig === kubeconfig);
  return file === undefined ? id : placeOf(file.path, blueprint);
}

function reasonsOf(
  {id, subject}: PlannedCertificate,
  blueprint: Blueprint,
  lessons: Lessons,
): Pick<Question, 'why' | 'about'> {
  return {
    why: [
      ...certificateWhy(id, blueprint, lessons).filter(({label}) => label === 'what' || label === 'subject'),
      ...whyOf({kind: 'subject', ...subject}, ['rights'], lessons),
    ],
    about: id,
  };
}
