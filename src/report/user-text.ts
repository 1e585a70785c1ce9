import {toName} from '../base/names.ts';
import {rightsOfGroup} from '../pki/identities.ts';
import type {PlanUser} from '../pki/plan.ts';
import {shellWord} from './same-command.ts';

/** A person's kubeconfig, as much of it as is told. */
export interface ToldUser {
  readonly person: PlanUser;
  /** Of the kubeconfig, as it is to be typed. */
  readonly path: string;
  readonly server: string;
  readonly notAfter: Date;
  /** Who signed. */
  readonly authority: string;
  readonly isCutShort: boolean;
}

/** What was made, what it is good for, and what it takes to be good for more. */
export function userLines(made: ToldUser): readonly string[] {
  const {person, path, server, notAfter, authority, isCutShort} = made;
  return [
    `${path} lets ${person.name} in at ${server} until ${momentText(notAfter)}.`,
    isCutShort ? `Signed by ${authority}; it ends with that CA, earlier than was asked.` : `Signed by ${authority}.`,
    '',
    ...person.groups.map(
      (group) => `Group ${group}: ${rightsOfGroup(group) ?? 'nothing, until a role is bound to it'}.`,
    ),
    ...bindingLines(person),
    '',
    `A client certificate cannot be revoked: until it ends, whoever holds this file is ${person.name}.`,
    'Taking the bindings away takes the rights away; a shorter --validity limits the rest.',
    '',
    `See what it may do: kubectl --kubeconfig ${shellWord(path)} auth can-i --list`,
  ];
}

/** The exact command that gives rights: to the first group that has none yet, so that it holds for everybody in it. */
function bindingLines({name, groups}: PlanUser): string[] {
  if (groups.includes('system:masters')) return [];
  const group = groups.find((each) => rightsOfGroup(each) === undefined);
  const bound = group ?? name;
  const subject = group === undefined ? `--user=${name}` : `--group=${group}`;
  const words = [
    'kubectl',
    'create',
    'clusterrolebinding',
    `${toName(bound) ?? 'person'}-view`,
    '--clusterrole=view',
    subject,
  ];
  return [
    `Rights come from a binding. To let ${group === undefined ? name : `everybody in ${group}`} look at all but Secrets, an administrator runs:`,
    `  ${words.map(shellWord).join(' ')}`,
    'For one namespace: rolebinding instead of clusterrolebinding, with --namespace.',
  ];
}

/** `2027-11-24 12:00 UTC`. */
function momentText(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
