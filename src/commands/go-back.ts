import {resolve} from 'node:path';
import {InputFailure} from '../base/failure.ts';
import {problem} from '../base/problem.ts';
import {backupsOf, finishInterrupted, goBackTo, restartsAfter} from '../journeys/go-back.ts';
import {restartLines} from '../report/renewal-text.ts';
import {tableLines} from '../report/table.ts';
import {count} from '../report/words.ts';
import {recoveredText} from '../report/recovered-text.ts';
import {askYes} from './ask.ts';
import type {Context} from './context.ts';
import {printJson, printLines, tell} from './print.ts';
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
  printLines(context, lines.length === 0 ? ['There is no backup: nothing was changed here yet.'] : lines);
  return 0;
}

/** Brings a backup back, after asking. */
export async function restore(
  context: Context,
  options: RootOptions & {readonly id: string; readonly yes: boolean},
): Promise<number> {
  const root = resolve(context.cwd, options.root);
  const known = backupsOf(root).find(({id}) => id === options.id);
  if (known !== undefined) {
    tell(context, `Backup ${known.id}, before "${known.what}", brings back ${count(known.files.length, 'file')}:`);
    tell(
      context,
      ...known.files.map(
        ({path, copy, link}) =>
          `  ${path}${link === undefined ? (copy === undefined ? ' (was not there)' : '') : ` -> ${link}`}`,
      ),
    );
    if (!options.yes) {
      if (context.asks === 'nobody') {
        throw new InputFailure('nobody is there to confirm it', [
          problem('not-confirmed', '--yes', 'files of this node are replaced', 'add --yes to bring the backup back'),
        ]);
      }
      const isSure = await askYes(context, 'Bring it back?', ['What is there now is backed up first.']);
      if (!isSure) {
        tell(context, 'Nothing was changed.');
        return 0;
      }
    }
  }
  const {id} = goBackTo(root, options.id, runMarks(context.now()), context.now(), (recovered) =>
    tell(context, `An earlier run was cut off. ${recoveredText(recovered)}`),
  );
  printLines(context, [`Brought back. What was there is backup ${id}.`]);
  const paths = (known?.files ?? []).map(({path}) => path);
  const restarts = restartsAfter(root, paths, context.environment.SUDO_USER);
  if (restarts.length > 0) {
    tell(context, 'To be restarted, one after the other:', ...restartLines(restarts).map((line) => `  ${line}`));
  }
  return 0;
}

/** Finishes or undoes what an interrupted run has left. */
export async function recover(context: Context, {root}: RootOptions): Promise<number> {
  const recovered = finishInterrupted(resolve(context.cwd, root), runMarks(context.now()));
  printLines(context, [recovered === undefined ? 'Nothing was interrupted.' : recoveredText(recovered)]);
  return 0;
}
