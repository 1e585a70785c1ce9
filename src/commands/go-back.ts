import {resolve} from 'node:path';
import {Cancelled, Failure, InputFailure} from '../base/failure.ts';
import {problem} from '../base/problem.ts';
import type {Backup} from '../node/change/backup.ts';
import type {Recovered} from '../node/change/change.ts';
import {
  backupsOf,
  damagedBackupsOf,
  finishInterrupted,
  goBackTo,
  goingBack,
  restartsAfter,
} from '../journeys/go-back.ts';
import {restartLines} from '../report/renewal-text.ts';
import {tableLines} from '../report/table.ts';
import {count} from '../report/words.ts';
import {recoveredText} from '../report/recovered-text.ts';
import {askYes} from './ask.ts';
import type {Context} from './context.ts';
import {printJson, printLines, tell} from './print.ts';
import {followedBy, mayRestart, restartProblems, restartsMeant, type RestartWish} from './restart-wish.ts';
import {followRotation} from './rotation.ts';
import {runMarks} from './run-marks.ts';

export interface RootOptions {
  /** The node's `/`. */
  readonly root: string;
}

/** Lists the backups of a node, newest first. */
export async function backups(
  context: Context,
  {root, output}: RootOptions & {readonly output: 'table' | 'json'},
): Promise<number> {
  const all = backupsOf(resolve(context.cwd, root));
  const damaged = damagedBackupsOf(resolve(context.cwd, root));
  for (const id of damaged)
    tell(context, `Backup ${id} is there, and its list cannot be read: certwright restore ${id} says more.`);
  if (output === 'json') {
    printJson(context, {
      backups: all.map(({id, what, made, files}) => ({
        id,
        what,
        made,
        files: files.map(({path, sum}) => ({path, sum})),
      })),
    });
    return 0;
  }
  const lines = tableLines(
    [
      {heading: 'BACKUP', cell: ({id}) => id},
      {heading: 'BEFORE', cell: ({what}) => what},
      {heading: 'FILES', cell: ({files}) => String(files.length)},
    ],
    all,
    context.stdout.isTTY ? context.stdout.columns : undefined,
  );
  const isUntouched = lines.length === 0 && damaged.length === 0;
  printLines(context, isUntouched ? ['There is no backup: nothing was changed here yet.'] : lines);
  return 0;
}

export interface RestoreOptions extends RootOptions, RestartWish {
  readonly id: string;
  readonly yes: boolean;
}

/** Brings a backup back, after asking; then restarts who has read these files when it started, where that is wished. */
export async function restore(context: Context, options: RestoreOptions): Promise<number> {
  const root = resolve(context.cwd, options.root);
  const problems = restartProblems(options, options.root);
  if (problems.length > 0) throw new InputFailure('the backup was not brought back', problems);
  const known = backupsOf(root).find(({id}) => id === options.id);
  if (known !== undefined) {
    tell(context, ...backupLines(known));
    if (!options.yes && !(await isConfirmed(context))) return 0;
  }
  const paths = (known?.files ?? []).map(({path}) => path);
  const {SUDO_USER: sudoUser} = context.environment;
  const find = (): FoundRestarts => restartsAfter(root, paths, sudoUser);
  // Only for restarts is the node looked at before: what is wrong with it must not keep its files from coming back.
  const restarts = known !== undefined && mayRestart(context, root, options) ? findRestarts(context, find) : undefined;
  if (restarts === undefined && options.restart !== undefined && known !== undefined) {
    throw new Failure('restarts-unknown', 'what is to be restarted cannot be found out; nothing was changed', {
      nextSteps: [`bring the files back alone: certwright restore ${options.id}`],
    });
  }
  const restart = restarts === undefined ? [] : await restartsMeant(context, {root, ...restarts}, options);
  const told = (recovered: Recovered): void => tell(context, `An earlier run was cut off. ${recoveredText(recovered)}`);
  if (restarts !== undefined && (options.restart !== undefined || restart.length > 0)) {
    const {outcome} = await followRotation(context, goingBack(root, options.id, restarts.needed, told), {
      restart,
      ...followedBy(options),
      changedTo: 'backup',
    });
    return outcome.state === 'done' ? 0 : 1;
  }
  if (context.signal.aborted) throw new Cancelled();
  const {id} = goBackTo(root, options.id, runMarks(context.now()), context.now(), told);
  printLines(context, [`Brought back. What was there is backup ${id}.`]);
  // What was not there has users only now.
  const needed = findRestarts(context, find)?.needed ?? [];
  if (needed.length > 0) {
    tell(context, 'To be restarted, one after the other:', ...restartLines(needed).map((line) => `  ${line}`));
  }
  return 0;
}

type FoundRestarts = ReturnType<typeof restartsAfter>;

/** undefined = it cannot be found out, which is told. */
export function findRestarts(context: Pick<Context, 'stderr'>, find: () => FoundRestarts): FoundRestarts | undefined {
  try {
    return find();
  } catch (error) {
    tell(
      context,
      `Who has to be restarted cannot be found out: ${error instanceof Error ? error.message : String(error)}`,
    );
    return undefined;
  }
}

function backupLines({id, what, files}: Backup): readonly string[] {
  return [
    `Backup ${id}, before "${what}", brings back ${count(files.length, 'file')}:`,
    ...files.map(
      ({path, copy, link}) =>
        `  ${path}${link === undefined ? (copy === undefined ? ' (was not there)' : '') : ` -> ${link}`}`,
    ),
  ];
}

async function isConfirmed(context: Context): Promise<boolean> {
  if (context.asks === 'nobody') {
    throw new InputFailure('nobody is there to confirm it', [
      problem('not-confirmed', '--yes', 'files of this node are replaced', 'add --yes to bring the backup back'),
    ]);
  }
  const isSure = await askYes(context, 'Bring it back?', ['What is there now is backed up first.']);
  if (!isSure) tell(context, 'Nothing was changed.');
  return isSure;
}

/** Finishes or undoes what an interrupted run has left. */
export async function recover(context: Context, {root}: RootOptions): Promise<number> {
  const recovered = finishInterrupted(resolve(context.cwd, root), runMarks(context.now()));
  printLines(context, [recovered === undefined ? 'Nothing was interrupted.' : recoveredText(recovered)]);
  return 0;
}
