import {InputFailure} from '../base/failure.ts';
import {nearest} from '../base/nearest.ts';
import {problem} from '../base/problem.ts';
import type {Context} from './context.ts';
import {printLines} from './print.ts';
import {openScreen} from './wizard.ts';

interface LearnWords {
  /** Names of the commands below `learn`. */
  readonly rooms: readonly string[];
  readonly help: string;
}

/** Without the name of a room: where they are chosen, and without a full screen what there is. */
export async function learn(context: Context, room: string | undefined, {rooms, help}: LearnWords): Promise<number> {
  if (room !== undefined) throw noSuchRoom(room, rooms);
  if (context.asks === 'screen') return openScreen(context, {kind: 'learn'});
  printLines(context, help.trimEnd().split('\n'));
  return 0;
}

function noSuchRoom(room: string, rooms: readonly string[]): InputFailure {
  const meant = nearest(room.slice(0, 80), rooms);
  const asked = JSON.stringify(room.slice(0, 80));
  return new InputFailure(`there is no command learn ${asked}`, [
    problem(
      'unknown-room',
      'learn',
      `there is no command learn ${asked}`,
      meant === undefined ? `choose one of ${rooms.join(', ')}` : `did you mean learn ${meant}?`,
    ),
  ]);
}
