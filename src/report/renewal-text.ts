import {tameLine} from '../base/tame.ts';
import type {ComponentId} from '../pki/blueprint-types.ts';
import type {Restart} from '../pki/rotation.ts';
import type {InspectedCertificate} from '../x509/inspect.ts';
import {kubeletChangeLines, type ShownKubeletChange} from './kubelet-text.ts';
import type {Problem} from '../base/problem.ts';
import {describeProblem} from './failures.ts';
import {nameLines, type ShownName} from './names-text.ts';
import {timeText} from './times.ts';
import {count} from './words.ts';

/** One leaf, old and new, as a person compares them. */
export interface ShownRenewal {
  readonly name: string;
  readonly before: InspectedCertificate;
  readonly after: InspectedCertificate;
  /** Absolute on the node. */
  readonly paths: readonly string[];
  readonly keepsKey: boolean;
  readonly authority: string;
  readonly restarts: readonly ComponentId[];
  readonly readers: readonly ComponentId[];
  /** Every name with where it comes from; left out where names neither change nor would have to. */
  readonly names?: readonly ShownName[];
}

export interface ShownPlan {
  readonly renewed: readonly ShownRenewal[];
  readonly blocked: readonly {
    readonly name: string;
    readonly path: string;
    readonly why: string;
    readonly wayOn: string;
  }[];
  /** What another run has put in its place already. */
  readonly inPlace?: readonly string[];
  readonly left: number;
  readonly kubelet?: readonly ShownKubeletChange[];
  /** What is worth knowing besides. */
  readonly remarks?: readonly Remark[];
  /** What somebody should know before it is done. */
  readonly warnings?: readonly Problem[];
}

export interface Remark {
  /** What it is about: `kubelet-client`. */
  readonly name: string;
  readonly lines: readonly string[];
}

/** The difference, before anything is written. `width` is the terminal's, where there is one. */
export function renewalLines(
  {renewed, blocked, inPlace = [], left, kubelet = [], remarks = [], warnings = []}: ShownPlan,
  width?: number,
): string[] {
  return [
    ...renewed.flatMap((each) => [
      each.name,
      ...differenceOf(each, width).map(([what, says]) => `  ${what.padEnd(7)}  ${says}`),
      '',
    ]),
    ...kubeletChangeLines(kubelet),
    ...warnings.flatMap((warning) => [...describeProblem(warning).split('\n'), '']),
    ...blockedLines(blocked),
    ...remarks.flatMap(({name, lines}) => [name, ...lines.map((line) => `  ${line}`), '']),
    `${[
      `${count(renewed.length + kubelet.length, 'certificate')} to renew`,
      ...(blocked.length === 0 ? [] : [`${blocked.length} not here`]),
      ...(inPlace.length === 0 ? [] : [`${inPlace.length} in place already`]),
    ].join(', ')}${left === 0 ? '' : left === 1 ? '; 1 stays as it is' : `; ${left} stay as they are`}.`,
  ].map(tameLine);
}

/** The names beside their label, which takes eleven columns. */
export function labelled(names: readonly ShownName[], width?: number): readonly (readonly [string, string])[] {
  const lines = names.length === 0 ? [] : nameLines(names, width === undefined ? undefined : width - 11);
  return lines.map((line, index) => [index === 0 ? 'names' : '', line] as const);
}

export function blockedLines(blocked: ShownPlan['blocked']): string[] {
  return blocked.flatMap(({name, path, why, wayOn}) => [name, `  stays as it is (${path}): ${why}`, `  ${wayOn}`, '']);
}

export function differenceOf(
  {before, after, paths, keepsKey, authority, restarts, readers, names = []}: ShownRenewal,
  width?: number,
): readonly (readonly [string, string])[] {
  const byItself = readers.filter((reader) => !restarts.includes(reader));
  return [
    ['ends', `${timeText(before.notAfter)} -> ${timeText(after.notAfter)}`],
    [
      'key',
      keepsKey
        ? `${before.key.name}, the same`
        : before.key.name === after.key.name
          ? `a new ${after.key.name}`
          : `${before.key.name} -> a new ${after.key.name}`,
    ],
    ['serial', `${before.serial} -> ${after.serial}`],
    ['signer', authority],
    ...labelled(names, width),
    ...paths.map((path) => ['writes', path] as const),
    ...(byItself.length === 0
      ? []
      : [['then', `${byItself.join(', ')} ${byItself.length === 1 ? 'takes' : 'take'} it without a restart`] as const]),
    ...(restarts.length === 0
      ? []
      : [['then', `${restarts.join(', ')} must be restarted: it is read at the start only`] as const]),
  ];
}

/** Commands for a person, one component after the other. */
export function restartLines(restarts: readonly Restart[]): string[] {
  return restarts.flatMap((restart) => {
    switch (restart.kind) {
      case 'static-pod': {
        const aside = `/etc/kubernetes/${restart.path.split('/').at(-1)}`;
        return [
          `# ${restart.component}: the kubelet stops it within 20 s of the first, and starts it after the second`,
          `mv ${restart.path} ${aside} && sleep 25 && mv ${aside} ${restart.path}`,
        ];
      }
      case 'unit':
        return [`systemctl restart ${restart.unit}`];
      case 'unknown':
        return [`# restart ${restart.component} the way it was started`];
      default:
        return restart satisfies never;
    }
  });
}
