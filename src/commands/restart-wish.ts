import {parseHours} from '../base/duration.ts';
import {type Problem, problem} from '../base/problem.ts';
import type {Restart} from '../pki/rotation.ts';
import {askYes} from './ask.ts';
import type {Context} from './context.ts';
import {namesOf} from './rotation.ts';

/** What is to follow a change of a node's files. */
export interface RestartWish {
  /** Restart what must be, or everything; left out = nothing is restarted unless somebody says so. */
  readonly restart?: 'needed' | 'all' | undefined;
  readonly rollBack: boolean;
  /** How long a component may take to be well: `4m`. */
  readonly wait: string;
}

/** @param root as typed */
export function restartProblems({restart, wait}: RestartWish, root: string): readonly Problem[] {
  const hours = parseHours(wait);
  return [
    ...(hours === undefined || hours === 0
      ? [problem('bad-duration', '--wait', `${JSON.stringify(wait)} is no duration`, 'write 4m, 90s or 1h')]
      : []),
    ...(restart !== undefined && root !== '/'
      ? [
          problem(
            'not-this-machine',
            '--restart',
            'only the components of this machine can be restarted',
            'run it on the node itself, or without --restart: it says what is to be restarted',
          ),
        ]
      : []),
  ];
}

/** For `followRotation`; `wait` has been looked at before. */
export function followedBy({rollBack, wait}: RestartWish): {readonly rollsBack: boolean; readonly starting: number} {
  return {rollsBack: rollBack, starting: (parseHours(wait) ?? 0) * 3_600_000};
}

/** Components of a node that a change is about. */
export interface RestartChoice {
  /** The node's `/`, absolute. */
  readonly root: string;
  readonly needed: readonly Restart[];
  readonly all: readonly Restart[];
}

/** Whether restarts can follow at all: they are wished, or somebody can be asked about them. */
export function mayRestart(
  {asks}: Pick<Context, 'asks'>,
  root: string,
  {restart, yes}: Pick<RestartWish, 'restart'> & {readonly yes: boolean},
): boolean {
  return restart !== undefined || (!yes && asks !== 'nobody' && root === '/');
}

/** What is to be restarted: as the options say, else as somebody answers; only this machine's own components can be. */
export async function restartsMeant(
  context: Context,
  {root, needed, all}: RestartChoice,
  {restart, yes}: RestartWish & {readonly yes: boolean},
): Promise<readonly Restart[]> {
  if (restart !== undefined) return restart === 'all' ? all : needed;
  if (!mayRestart(context, root, {restart, yes}) || needed.length === 0) return [];
  const isWanted = await askYes(context, `Restart ${namesOf(needed)} then?`, [
    'They read a changed file only when they start. One after the other, each waited for; then the certificates are looked at where they are shown.',
  ]);
  return isWanted ? needed : [];
}
