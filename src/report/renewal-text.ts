import type {ComponentId} from '../pki/blueprint-types.ts';
import type {InspectedCertificate} from '../x509/inspect.ts';
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
}

export interface ShownPlan {
  readonly renewed: readonly ShownRenewal[];
  readonly blocked: readonly {
    readonly name: string;
    readonly path: string;
    readonly why: string;
    readonly wayOn: string;
  }[];
  readonly left: number;
}

/** The difference, before anything is written. */
export function renewalLines({renewed, blocked, left}: ShownPlan): string[] {
  return [
    ...renewed.flatMap((each) => [
      each.name,
      ...differenceOf(each).map(([what, says]) => `  ${what.padEnd(7)}  ${says}`),
      '',
    ]),
    ...blocked.flatMap(({name, path, why, wayOn}) => [name, `  stays as it is (${path}): ${why}`, `  ${wayOn}`, '']),
    `${count(renewed.length, 'certificate')} to renew${blocked.length === 0 ? '' : `, ${blocked.length} not here`}${left === 0 ? '' : `; ${left} stay as they are`}.`,
  ];
}

export function differenceOf({
  before,
  after,
  paths,
  keepsKey,
  authority,
  restarts,
  readers,
}: ShownRenewal): readonly (readonly [string, string])[] {
  const names = (certificate: InspectedCertificate): readonly string[] => certificate.sans.map(({value}) => value);
  const added = names(after).filter((name) => !names(before).includes(name));
  const removed = names(before).filter((name) => !names(after).includes(name));
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
    ...added.map((name) => ['names', `+ ${name}`] as const),
    ...removed.map((name) => ['names', `- ${name}`] as const),
    ...paths.map((path) => ['writes', path] as const),
    ...(byItself.length === 0
      ? []
      : [['then', `${byItself.join(', ')} ${byItself.length === 1 ? 'takes' : 'take'} it without a restart`] as const]),
    ...(restarts.length === 0
      ? []
      : [['then', `${restarts.join(', ')} must be restarted: it is read at the start only`] as const]),
  ];
}

/** How a component is restarted, by what starts it. */
export type Restart =
  | {readonly component: ComponentId; readonly kind: 'static-pod'; readonly path: string}
  | {readonly component: ComponentId; readonly kind: 'unit'; readonly unit: string}
  | {readonly component: ComponentId; readonly kind: 'unknown'};

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
