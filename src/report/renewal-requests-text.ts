import type {Problem} from '../base/problem.ts';
import {describeHours} from '../base/duration.ts';
import type {Subject, Usage} from '../pki/blueprint-types.ts';
import {describeProblem} from './failures.ts';
import type {ShownName} from './names-text.ts';
import {blockedLines, labelled, type ShownPlan} from './renewal-text.ts';
import {shellWord} from './same-command.ts';
import {count, subjectText, usagesText} from './words.ts';

/** Requests for certificates of a node. */
export interface ShownRequests {
  /** As typed. */
  readonly directory: string;
  readonly root: string;
  readonly isWritten: boolean;
  /** Hours. */
  readonly validity: number;
  readonly requests: readonly ShownRequest[];
  readonly blocked: ShownPlan['blocked'];
  readonly left: number;
  readonly warnings: readonly Problem[];
}

interface ShownRequest {
  /** Of its files in `requests/`. */
  readonly name: string;
  /** What it renews: `apiserver`, `admin.conf`. */
  readonly item: string;
  readonly path: string;
  /** Of a kubeconfig. */
  readonly user: string | undefined;
  readonly authority: string;
  readonly subject: Subject;
  readonly usages: readonly Usage[];
  readonly sans: readonly string[];
  /** Left out where names neither change nor would have to. */
  readonly names?: readonly ShownName[];
}

/** What is asked for, of whom, and how it goes on. */
export function requestLines(shown: ShownRequests, width?: number): readonly string[] {
  const {directory, isWritten, validity, requests, blocked, left, warnings} = shown;
  return [
    ...requests.flatMap(({item, path, user, authority, subject, usages, sans, names}) => [
      item,
      `  for      ${path}`,
      ...(user === undefined ? [] : [`  user     ${user}`]),
      `  asks     ${authority} for ${describeHours(validity)}, a new key`,
      `  subject  ${subjectText(subject)}`,
      `  usages   ${usagesText(usages) || '-'}`,
      ...(names === undefined
        ? sans.map((name, index) => [index === 0 ? 'names' : '', name] as const)
        : labelled(names, width)
      ).map(([what, says]) => `  ${what.padEnd(7)}  ${says}`),
      '',
    ]),
    ...warnings.flatMap((warning) => [...describeProblem(warning).split('\n'), '']),
    ...blockedLines(blocked),
    `${count(requests.length, 'request')}${blocked.length === 0 ? '' : `, ${blocked.length} not to be asked for`}${left === 0 ? '' : `; ${left} stay as they are`}.`,
    ...(requests.length === 0
      ? []
      : isWritten
        ? [`They lie in ${directory} with their keys; nothing on the node was changed.`, '', ...nextLines(shown)]
        : ['Nothing was written.']),
  ];
}

function nextLines({directory, root, requests}: ShownRequests): readonly string[] {
  const authorities = [...new Set(requests.map(({authority}) => authority))];
  const place = shellWord(directory);
  return [
    'Next',
    `  in full:    ${place}/README.md; the keys stay here`,
    ...(authorities.length === 1
      ? [`  there:      certwright sign ${place} --certificate ca.crt --key ca.key`]
      : [
          `  there:      certwright sign ${place} --authority ID --certificate ca.crt --key ca.key`,
          `              with each ID of ${authorities.join(', ')}`,
        ]),
    `  back here:  certwright renew --signed ${place}${root === '/' ? '' : ` --root ${shellWord(root)}`}`,
  ];
}

export function requestJson({
  directory,
  isWritten,
  validity,
  requests,
  blocked,
  left,
  warnings,
}: ShownRequests): Record<string, unknown> {
  return {
    renewVersion: 1,
    isWritten,
    directory,
    validity,
    requests: requests.map(({user, names, ...request}) => ({
      ...request,
      user: user ?? null,
      ...(names === undefined ? {} : {names: namesJson(names)}),
    })),
    blocked,
    left,
    warnings,
  };
}

/** `null` where there is no such name; `planned` is left out where there is no plan. */
export function namesJson(names: readonly ShownName[]): readonly Record<string, unknown>[] {
  return names.map((row) => ({
    name: row.name,
    has: row.has ?? null,
    neededBy: row.neededBy,
    ...('planned' in row ? {planned: row.planned ?? null} : {}),
    after: row.after ?? null,
  }));
}
